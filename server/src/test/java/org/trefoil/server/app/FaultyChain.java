package org.trefoil.server.app;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.Function;
import org.trefoil.server.chain.BroadcastOutcome;
import org.trefoil.server.chain.ChainHealth;
import org.trefoil.server.chain.ChainIndex;

/** A chain as it is, but for how it is and what becomes of a transaction that is handed to it. */
final class FaultyChain {
  private final ChainIndex real;
  private volatile ChainHealth health = ChainHealth.FINE;
  private volatile Function<byte[], BroadcastOutcome> network;

  FaultyChain(ChainIndex real) {
    this.real = real;
    this.network = real::broadcast;
  }

  void be(ChainHealth.State state) {
    health = new ChainHealth(state, "so it says");
  }

  /** From now on this becomes of what is handed over. */
  void answer(Function<byte[], BroadcastOutcome> how) {
    network = how;
  }

  /** Nothing is wrong any more. */
  void mend() {
    health = ChainHealth.FINE;
    network = real::broadcast;
  }

  ChainIndex index() {
    return (ChainIndex)
        Proxy.newProxyInstance(
            ChainIndex.class.getClassLoader(),
            new Class<?>[] {ChainIndex.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("health") && !health.fine()) {
                return health;
              }
              if (method.getName().equals("broadcast")) {
                return network.apply((byte[]) arguments[0]);
              }
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
