package org.trefoil.server.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.trefoil.core.RefusedException;

/** Many who do one thing at once. */
final class Crowd {
  private Crowd() {}

  /** What the one of that number does. */
  interface Numbered {
    Object run(int number) throws Exception;
  }

  /** Runs the work that often at once; a refusal's token counts as its answer. */
  static List<Object> atOnce(int times, Numbered work) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(times);
    try {
      List<Callable<Object>> calls = new ArrayList<>();
      for (int i = 0; i < times; i++) {
        int number = i;
        calls.add(
            () -> {
              try {
                return Objects.requireNonNull(work.run(number));
              } catch (RefusedException e) {
                return e.refusal().token();
              }
            });
      }
      List<Object> answers = new ArrayList<>();
      for (Future<Object> future : pool.invokeAll(calls)) {
        answers.add(future.get());
      }
      return answers;
    } finally {
      pool.shutdownNow();
    }
  }
}
