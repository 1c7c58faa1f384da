package org.trefoil.server.signer;

import java.util.concurrent.Executor;

/** Runs each piece of work in a thread of its own, which keeps no process alive. */
record Threads(String name) implements Executor {
  /**
   * Starts one.
   *
   * @throws OutOfMemoryError where the system gives no thread
   */
  @Override
  public void execute(Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }
}
