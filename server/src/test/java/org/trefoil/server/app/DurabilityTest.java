package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.trefoil.server.spend.SendRecord;
import org.trefoil.server.store.Database;
import org.trefoil.server.store.JdbiSendStore;
import org.trefoil.server.store.JdbiWalletStore;
import org.trefoil.server.store.TestDatabase;

/** C8: what was acknowledged survives {@code kill -9}. */
class DurabilityTest {
  private static final int ACKNOWLEDGED = 25;

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void acknowledgedWalletsAndSendsSurviveKill9(TestDatabase engine) throws Exception {
    if (engine == TestDatabase.POSTGRES) {
      TestDatabase.assumePostgres();
      TestPlace.moveToPostgres(folder);
    }
    Process server =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Working.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<String> acknowledged = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine();
          line != null && acknowledged.size() < ACKNOWLEDGED;
          line = lines.readLine()) {
        acknowledged.add(line);
      }
      if (engine == TestDatabase.H2) {
        assertThatThrownBy(
                () -> Foundation.open(TestHouse.config(folder, null), new SecureRandom()))
            .hasMessageContaining("Another server is using");
      }
    } finally {
      server.destroyForcibly().waitFor();
    }
    assertThat(acknowledged).hasSize(ACKNOWLEDGED);

    try (TestHouse house = new TestHouse(TestPlace.open(folder), null)) {
      Database database = house.foundation.database();
      house.rooms.follower().lookAfterDue();
      house.mine(1);
      for (String line : acknowledged) {
        String[] words = line.split(" ");
        if (words[0].equals("wallet")) {
          assertThat(new JdbiWalletStore(database).find(words[1])).as(line).isPresent();
        } else {
          SendRecord send = new JdbiSendStore(database).find(words[1]).orElseThrow();
          assertThat(send.rawTx()).as(line).isNotNull();
          assertThat(send.txid()).isEqualTo(words[2]);
          assertThat(house.rooms.chain().index().confirmations(send.walletId(), send.txid()))
              .as(line)
              .isPositive();
        }
      }
    }
  }

  /** The other process: makes wallets and sends, and says so once each is acknowledged. */
  static final class Working {
    private Working() {}

    public static void main(String[] args) throws Exception {
      TestHouse house = new TestHouse(TestPlace.open(Path.of(args[0])), null);
      TestHouse.Person ada = house.new Person(1);
      for (int i = 0; ; i++) {
        var draft = house.rooms.wallets().draft(ada.accountId, "Wallet " + i, "draft-no-" + i);
        say("wallet " + draft.walletId());
        if (i >= 40) {
          continue;
        }
        ada.receive(100_000);
        var proposed =
            house
                .rooms
                .sends()
                .propose(ada.accountId, ada.walletId, ada.request("send-no-" + i, 50_000));
        var sent =
            house.rooms.sends().confirm(ada.accountId, ada.walletId, proposed.sendId(), ada.code());
        say("send " + sent.sendId() + " " + sent.txid());
      }
    }

    private static void say(String line) {
      System.out.println(line);
      System.out.flush();
    }
  }
}
