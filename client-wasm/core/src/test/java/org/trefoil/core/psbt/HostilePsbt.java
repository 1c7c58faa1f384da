package org.trefoil.core.psbt;

import java.util.Set;

/**
 * A PSBT that must not be signed.
 *
 * @param name what was done to it
 * @param bytes the PSBT, or what pretends to be one
 * @param tokens with which of these it may be refused; empty when any refusal will do
 */
public record HostilePsbt(String name, byte[] bytes, Set<String> tokens) {}
