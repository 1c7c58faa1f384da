package org.trefoil.e2e.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.trefoil.core.address.Address;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.proposal.CheckedSpend;
import org.trefoil.core.units.FeeRate;
import org.trefoil.core.units.Network;
import org.trefoil.custody.passcode.Passcode;
import org.trefoil.custody.recover.CoinReport;
import org.trefoil.custody.recover.CoinSearch;
import org.trefoil.custody.recover.FoundCoins;
import org.trefoil.custody.recover.OpenedKey;
import org.trefoil.custody.recover.OwnPlaces;
import org.trefoil.custody.recover.SealedKeyOpening;
import org.trefoil.custody.recover.SealedKeyText;
import org.trefoil.custody.recover.Signed;
import org.trefoil.custody.recover.Signing;
import org.trefoil.custody.recover.Spending;

/**
 * The other engine, in a network namespace that has nothing but its own loopback, signs the very
 * transaction that the same code signs on the JVM.
 */
final class InFirefoxIT {
  private final Sheets sheets = Sheets.of(FirefoxVisit.NAME);
  private final Cosigners cosigners = sheets.cosigners();

  @Test
  void theFileSignsInFirefoxWithoutANetworkWhatTheJvmSigns()
      throws IOException, InterruptedException {
    boolean unshared = WithoutNetworkIT.canUnshare();
    List<String> said = visited(unshared);
    if (unshared) {
      assertThat(said).noneMatch(line -> line.startsWith("network "));
    }
    assertThat(said).contains("signed " + signedHere());
  }

  /** Runs the visit as a process of its own; its lines. */
  private static List<String> visited(boolean unshared) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    if (unshared) {
      String up = "ip link set lo up && exec \"$@\"";
      command.addAll(List.of("unshare", "-n", "sh", "-c", up, "sh"));
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("-Dtrefoil.recovery.page=" + RecoveryFile.path());
    command.add(FirefoxVisit.class.getName());
    Path said = Files.createTempFile("trefoil-firefox", ".out");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    try {
      assertThat(process.waitFor(180, TimeUnit.SECONDS)).as("it ends").isTrue();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    return Files.readAllLines(said);
  }

  private String signedHere() {
    List<CoinReport> coins = List.of(CoinReport.read(FirefoxVisit.coins(cosigners)));
    FoundCoins found = CoinSearch.begin(new OwnPlaces(cosigners), coins).run();
    Address to = Address.parse(FirefoxVisit.to(cosigners), Network.REGTEST);
    CheckedSpend spend = Spending.everything(found, to, FeeRate.ofSatPerVb("3"));
    char[] words = String.join(" ", sheets.words()).toCharArray();
    try (Passcode passcode = Passcode.typed(Sheets.PASSCODE.toCharArray());
        OpenedKey backup = OpenedKey.reading(words, cosigners).run();
        OpenedKey user =
            SealedKeyOpening.begin(SealedKeyText.read(sheets.sealed()), passcode, cosigners)
                .run()) {
      Signed signed = Signing.begin(spend, List.of(backup, user)).run();
      return ((Signed.Whole) signed).tx().hex();
    }
  }
}
