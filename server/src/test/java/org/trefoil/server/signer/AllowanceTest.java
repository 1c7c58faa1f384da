package org.trefoil.server.signer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trefoil.core.RefusedException;
import org.trefoil.core.keys.CosignerKey;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.units.Network;
import org.trefoil.server.cosign.NewServerKey;
import org.trefoil.server.keyfile.KeyFile;
import org.trefoil.server.keyfile.Sealed;
import org.trefoil.server.policy.Ceilings;

/** A front that was taken over fills neither memory nor disk with what nobody confirms. */
class AllowanceTest {
  private static final String KEY =
      "[5a3469b6/48'/1'/0'/2']tpubDEhFJsryccF9b2PaR3mgUBVfoYbpVaXsmpK6sonC8cysYcpJzYsZfiwkR9JaoiNWCT9o1HN2bFccb2wMnAXGdKpW6nYQukZMZXfF32RnS6y";

  @TempDir Path folder;

  private Instant now = Instant.parse("2026-11-22T12:00:00Z");

  private static String id(int number) {
    return String.format("%032x", number);
  }

  private String taken(Allowance allowance, int times, Runnable one) {
    for (int i = 0; i < times; i++) {
      one.run();
    }
    try {
      one.run();
    } catch (RefusedException e) {
      return e.refusal().token();
    }
    return "taken";
  }

  @Test
  void whatIsNewEndsForADayAndNoAccountUsesUpAnothers() throws IOException {
    try (KeyFile keyFile = KeyFile.open(folder, false, new SecureRandom());
        Books books = Books.open(folder, keyFile, () -> now, 1 << 20, Runnable::run, step -> {})) {
      Allowance allowance = new Allowance(books, () -> now);
      books.read(false);
      books.run(
          () -> {
            assertThat(taken(allowance, Allowance.MOST_NEW, allowance::takeKey))
                .isEqualTo("signer-full");
            assertThat(taken(allowance, Allowance.MOST_SHOWN, () -> allowance.takeApp("eve")))
                .isEqualTo("too-many-tries");
            allowance.takeApp("bob");
            assertThat(taken(allowance, Allowance.MOST_AGAIN, () -> allowance.takeAgain("ada")))
                .isEqualTo("too-many-tries");
            allowance.takeAgain("bob");
            assertThat(taken(allowance, Allowance.MOST_SENDS, () -> allowance.takeSend("one")))
                .isEqualTo("too-many-tries");
            allowance.takeSend("another");
            now = now.plus(Duration.ofHours(24));
            allowance.takeKey();
            allowance.takeAgain("ada");
            return true;
          });
    }
  }

  /** Books that begin anew with whatever is written next. */
  private Books full(KeyFile keyFile, long roomy) throws IOException {
    return Books.open(folder, keyFile, () -> now, roomy, Runnable::run, step -> {});
  }

  private static void work(Books books, Runnable work) {
    books.run(
        () -> {
          work.run();
          return true;
        });
  }

  @Test
  void aSignerMakesNoMoreKeysInADay() throws IOException {
    try (KeyFile keyFile = KeyFile.open(folder, false, new SecureRandom());
        Books books = full(keyFile, Long.MAX_VALUE)) {
      Allowance allowance = new Allowance(books, () -> now);
      books.read(false);
      work(books, () -> taken(allowance, Allowance.MOST_NEW - 1, allowance::takeKey));
    }
    Path socket = folder.resolve("s");
    RunningSigner.Settings settings =
        new RunningSigner.Settings(
            folder,
            socket,
            null,
            Network.REGTEST,
            "practice",
            new Ceilings(null, null),
            Duration.ofHours(72),
            null,
            false);
    try (RunningSigner signer =
            RunningSigner.start(settings, () -> now, () -> now, new SecureRandom());
        SignerLine line = new SignerLine(socket, folder.resolve("seen"))) {
      assertThatThrownBy(() -> line.tell(SignerLine.op("make").put("wallet", id(1))))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("signer-full");
      line.ask(SignerLine.op("enrol").put("account", id(1)), f -> f.text("secret"));
      now = now.plus(Duration.ofHours(24));
      line.ask(SignerLine.op("make").put("wallet", id(1)), f -> f.text("key"));
      assertThat(signer.keyUses()).isZero();
    }
  }

  @Test
  void ofAppsThatWereNeverConfirmedTheNewestAreKept() throws IOException {
    int most = BookFactors.MOST_OFFERED;
    Sealed secret = new Sealed(new byte[48]);
    try (KeyFile keyFile = KeyFile.open(folder, false, new SecureRandom())) {
      try (Books books = full(keyFile, Long.MAX_VALUE)) {
        BookFactors factors = new BookFactors(books);
        books.read(false);
        work(
            books,
            () -> {
              for (int i = 0; i < most + 10; i++) {
                factors.begin(id(i), secret);
              }
              factors.confirm(id(0), 1, List.of(), now);
              factors.begin(id(1), secret);
            });
      }
      try (Books books = full(keyFile, 1)) {
        BookFactors factors = new BookFactors(books);
        books.read(false);
        work(books, () -> factors.begin(id(most + 10), secret));
        assertThat(factors.find(id(0))).as("confirmed").isPresent();
        assertThat(factors.find(id(1))).as("begun anew").isPresent();
        assertThat(factors.find(id(11))).isEmpty();
        assertThat(factors.find(id(12))).isPresent();
      }
    }
  }

  @Test
  void ofKeysThatWereNeverUsedTheNewestAreKept() throws IOException {
    int most = PinnedWallets.MOST_UNUSED;
    NewServerKey key =
        new NewServerKey(
            CosignerKey.parse(KeyRole.SERVER, KEY, Network.REGTEST), new Sealed(new byte[48]));
    try (KeyFile keyFile = KeyFile.open(folder, false, new SecureRandom())) {
      try (Books books = full(keyFile, Long.MAX_VALUE)) {
        PinnedWallets wallets = new PinnedWallets(books, Network.REGTEST);
        books.read(false);
        for (int from = 0; from < most; from += 10_000) {
          int first = from;
          work(
              books,
              () -> {
                for (int i = first; i < first + 10_000; i++) {
                  wallets.add(id(i), key);
                }
              });
        }
      }
      try (Books books = full(keyFile, 1)) {
        PinnedWallets wallets = new PinnedWallets(books, Network.REGTEST);
        books.read(false);
        work(books, () -> wallets.add(id(most), key));
        assertThat(wallets.count()).isEqualTo(most);
        assertThat(wallets.find(id(0))).isEmpty();
        assertThat(wallets.find(id(1))).isPresent();
      }
    }
  }

  @Test
  void statementsAreForgottenOnceTheyEnded() throws IOException {
    try (KeyFile keyFile = KeyFile.open(folder, false, new SecureRandom());
        Books books = full(keyFile, 1)) {
      SaidOnce stated = new SaidOnce(books, "stated", () -> now);
      books.read(false);
      Instant until = now.plus(Duration.ofHours(1));
      work(books, () -> stated.take("ada/aa", until));
      now = until.plus(SaidOnce.KEPT);
      work(books, () -> stated.take("ada/bb", now));
      assertThat(stated.was("ada/aa")).isTrue();
      now = now.plusSeconds(1);
      for (int i = 0; stated.was("ada/aa") && i < 100; i++) {
        int number = i;
        work(books, () -> stated.take("ada/" + number, now));
      }
      assertThat(stated.was("ada/aa")).isFalse();
      assertThat(stated.was("ada/bb")).isTrue();
    }
  }

  /** Each of them shows one account after the other a secret, or has it ask again. */
  @Test
  void allAccountsTogetherHaveSoManyInADay() throws IOException {
    try (KeyFile keyFile = KeyFile.open(folder, false, new SecureRandom());
        Books books = full(keyFile, Long.MAX_VALUE)) {
      Allowance allowance = new Allowance(books, () -> now);
      books.read(false);
      int[] account = {0};
      work(
          books,
          () -> {
            int most = Allowance.MOST_NEW;
            assertThat(taken(allowance, most, () -> allowance.takeApp(id(account[0]++ / 10))))
                .isEqualTo("signer-full");
            account[0] = 0;
            assertThat(taken(allowance, most, () -> allowance.takeAgain("a" + account[0]++ / 50)))
                .isEqualTo("signer-full");
            allowance.takeKey();
          });
    }
  }
}
