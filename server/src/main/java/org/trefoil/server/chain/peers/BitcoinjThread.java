package org.trefoil.server.chain.peers;

import org.bitcoinj.core.Context;

/** bitcoinj wants its context on each thread that makes a peer or checks a header. */
final class BitcoinjThread {
  private static final Context CONTEXT = new Context();

  private BitcoinjThread() {}

  /** Sets it on this thread. */
  static void prepare() {
    Context.propagate(CONTEXT);
  }
}
