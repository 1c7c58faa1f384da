package org.trefoil.server.signer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.trefoil.server.keyfile.KeyFile;

/**
 * How long a signer keeps its askers while a journal of so many sends begins anew: {@code main}
 * with their number, and {@code held} to have it written as if the askers waited for it.
 */
final class JournalBenchmark {
  private static final int AT_ONCE = 1_000;

  private JournalBenchmark() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    int sends = Integer.parseInt(args[0]);
    boolean held = args.length > 1;
    Path folder = Files.createTempDirectory("journal");
    AtomicLong begun = new AtomicLong();
    AtomicLong took = new AtomicLong(-1);
    Executor beside =
        work -> {
          Runnable timed =
              () -> {
                begun.set(System.nanoTime());
                work.run();
                took.set(System.nanoTime() - begun.get());
              };
          if (held) {
            timed.run();
          } else {
            new Thread(timed).start();
          }
        };
    Instant[] now = {Instant.parse("2026-11-22T12:00:00Z")};
    try (KeyFile keyFile = KeyFile.open(folder, false, new SecureRandom())) {
      long roomy = sends * 500L;
      Books books = Books.open(folder, keyFile, () -> now[0], roomy, beside, step -> {});
      Ledger ledger = new Ledger(books);
      books.read(false);
      for (int i = 0; i < sends && begun.get() == 0; i += AT_ONCE) {
        int from = i;
        books.run(
            () -> {
              for (int each = from; each < from + AT_ONCE; each++) {
                ledger.put(sent(each, now[0]));
              }
              return from;
            });
      }
      long longest = 0;
      int asked = 0;
      while (took.get() < 0) {
        long before = System.nanoTime();
        int each = sends + asked++;
        books.run(
            () -> {
              ledger.put(sent(each, now[0]));
              return each;
            });
        longest = Math.max(longest, System.nanoTime() - before);
      }
      System.out.printf(
          "%d sends, %d bytes: written in %d ms; %d sends meanwhile, the longest %d ms%n",
          ledger.find("wallet0", "digest0").isPresent() ? sends : 0,
          Files.size(folder.resolve(Books.FILE)),
          Duration.ofNanos(took.get()).toMillis(),
          asked,
          Duration.ofNanos(longest).toMillis());
      books.close();
    }
  }

  private static Sent sent(int number, Instant at) {
    String hex = String.format("%064x", number);
    return new Sent(
        "wallet" + number % 1_000,
        "digest" + number,
        "0123456789abcdef0123456789abcdef",
        at,
        at,
        Sent.State.APPROVED,
        at,
        1_000,
        1_000,
        true,
        List.of(hex + ":0"),
        List.of("5000"),
        List.of("bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080 900"),
        hex,
        number % 50,
        List.of());
  }
}
