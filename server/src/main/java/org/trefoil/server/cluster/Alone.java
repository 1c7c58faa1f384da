package org.trefoil.server.cluster;

import java.util.function.Consumer;

/** Leads always, and has nobody to talk to. */
final class Alone implements Cluster {
  @Override
  public boolean leads() {
    return true;
  }

  @Override
  public void onTurn(Runnable listener) {}

  @Override
  public void tell(Topic topic, String text) {}

  @Override
  public void hear(Topic topic, Consumer<String> listener) {}

  @Override
  public void onGap(Runnable listener) {}
}
