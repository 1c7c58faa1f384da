package org.trefoil.server.chain;

/**
 * A transaction that waits, together with all waiting ones that it builds on.
 *
 * @param fee what they pay, satoshis
 * @param vsize their virtual bytes
 */
public record Ancestry(long fee, long vsize) {}
