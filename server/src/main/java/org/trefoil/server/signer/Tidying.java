package org.trefoil.server.signer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Takes from the shelves, before each snapshot, what is not needed any more. */
final class Tidying {
  private final List<Supplier<BooleanSupplier>> work = new ArrayList<>();

  /** Runs a piece of work while nobody else does. */
  interface Alone {
    <T> T run(Supplier<T> piece) throws IOException;
  }

  /** Work that begins anew each time and does some of it at a call, until nothing is left. */
  void bySteps(Supplier<BooleanSupplier> begin) {
    work.add(begin);
  }

  /** Work that is done in one go. */
  void atOnce(Runnable all) {
    bySteps(
        () ->
            () -> {
              all.run();
              return false;
            });
  }

  /** Does all of it; whoever waits is served between two pieces. */
  void run(Alone alone) throws IOException {
    for (Supplier<BooleanSupplier> each : work) {
      BooleanSupplier more = alone.run(each);
      while (alone.run(more::getAsBoolean)) {
        // The next piece of it.
      }
    }
  }
}
