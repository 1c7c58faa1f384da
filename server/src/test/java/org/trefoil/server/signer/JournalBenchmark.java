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
 * with their number, and {@code held} to have it written as if the askers waited for it, or {@code
 * old} to have all of them be of so long ago that little of them is kept.
 */
final class JournalBenchmark {
  private static final int AT_ONCE = 1_000;

  private JournalBenchmark() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    int sends = Integer.parseInt(args[0]);
    List<String> how = List.of(args).subList(1, args.length);
    boolean held = how.contains("held");
    Path folder = Files.createTempDirectory("journal");
    AtomicLong begun = new AtomicLong();
    AtomicLong took = new AtomicLong(-1);
    Executor beside =
        work -> {
          Runnable timed =
              () -> {
                work.run();
                took.set(System.nanoTime() - begun.get());
              };
          begun.set(System.nanoTime());
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
      long began = 0;
      for (int i = 0; begun.get() == 0; i += AT_ONCE) {
        int from = i;
        if (how.contains("old") && Files.size(folder.resolve(Books.FILE)) > roomy - 2_000_000) {
          now[0] = now[0].plus(Ledger.KEPT).plus(Duration.ofDays(1));
        }
        began = System.nanoTime();
        books.run(
            () -> {
              for (int each = from; each < from + AT_ONCE; each++) {
                ledger.put(sent(each, now[0]));
              }
              return from;
            });
      }
      began = System.nanoTime() - began;
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
          "%d sends, %d bytes: begun in %d ms, written in %d ms; %d sends meanwhile, the longest %d"
              + " ms%n",
          sends,
          Files.size(folder.resolve(Books.FILE)),
          Duration.ofNanos(began).toMillis(),
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
