package org.trefoil.server.wallets;

/**
 * An address that was handed out.
 *
 * @param received satoshis it ever received
 */
public record UsedAddress(int index, String address, long received, boolean used) {}
