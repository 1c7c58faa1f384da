package org.trefoil.server.signer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trefoil.server.keyfile.KeyFile;

/** Wrong codes run out, for whoever guesses and for nobody else. */
class GuessesTest {
  private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");

  @TempDir Path folder;

  private Instant now = START;

  private void on(boolean again, Consumer<Guesses> test) throws IOException {
    try (KeyFile keyFile = KeyFile.open(folder, again, new SecureRandom());
        Books books =
            Books.open(folder, keyFile, () -> now, 64L << 20, Runnable::run, step -> {})) {
      Guesses guesses = new Guesses(books, "guesses", Guesses.MOST, () -> now);
      books.read(false);
      books.run(() -> test.accept(guesses));
    }
  }

  private static void wrong(Guesses guesses, String account, int times) {
    for (int i = 0; i < times; i++) {
      guesses.wrong(account);
    }
  }

  @Test
  void anAccountsTriesAreUsedUpForADayAlsoOverARestart() throws IOException {
    on(
        false,
        guesses -> {
          wrong(guesses, "a", Guesses.MOST - 1);
          assertThat(guesses.usedUp("a")).isFalse();
          guesses.wrong("a");
          assertThat(guesses.usedUp("a")).isTrue();
          assertThat(guesses.usedUp("b")).isFalse();
        });
    now = START.plus(Duration.ofHours(23));
    on(true, guesses -> assertThat(guesses.usedUp("a")).isTrue());
    now = START.plus(Duration.ofHours(24));
    on(true, guesses -> assertThat(guesses.usedUp("a")).isFalse());
  }

  @Test
  void strangersWithManyAccountsKeepNobodyOut() throws IOException {
    on(
        false,
        guesses -> {
          for (int i = 0; i < Guesses.MOST_OF_ALL / Guesses.MOST; i++) {
            wrong(guesses, "stranger" + i, Guesses.MOST);
          }
          assertThat(guesses.usedUp("owner")).isFalse();
          wrong(guesses, "owner", Guesses.FREE);
          assertThat(guesses.usedUp("owner")).as("as many as are nobody's fault").isTrue();
          assertThat(guesses.usedUp("another")).isFalse();
        });
  }
}
