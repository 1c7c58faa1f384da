package org.trefoil.server.chain.follow;

/** The output script of one address of a wallet. */
public record WatchedScript(String walletId, int branch, int index, byte[] script) {}
