package org.trefoil.server.duress;

/**
 * A wallet and who is at it.
 *
 * @param owner the account that it belongs to
 * @param actor the account that is signed in
 */
public record Whose(String walletId, String owner, String actor) {}
