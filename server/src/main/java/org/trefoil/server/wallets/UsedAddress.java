package org.trefoil.server.wallets;

/**
 * An address of a wallet that was handed out or paid.
 *
 * @param received satoshis it ever received
 * @param payments how many outputs paid it
 */
public record UsedAddress(int index, String address, boolean change, long received, int payments) {}
