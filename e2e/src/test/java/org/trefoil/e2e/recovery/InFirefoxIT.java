package org.trefoil.e2e.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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
import org.trefoil.custody.recover.WordsOpening;
import org.trefoil.e2e.harness.Firefox;

/** The other engine signs the very transaction that the same code signs on the JVM. */
final class InFirefoxIT {
  private final Sheets sheets = Sheets.of("firefox");
  private final Cosigners cosigners = sheets.cosigners();
  private final String to = cosigners.address(Cosigners.RECEIVE, 9);
  private final String coins =
      Sheets.listed("ab".repeat(32), 3, cosigners.address(Cosigners.CHANGE, 77), "1.25");

  @Test
  void theFileSignsInFirefoxWhatTheJvmSigns() {
    try (Firefox browser = Firefox.open()) {
      browser.go(RecoveryFile.path().toUri().toString());
      browser.type("descriptor", cosigners.descriptor());
      browser.click("network-regtest");
      browser.click("wallet-continue");
      assertThat(browser.read("first-addresses")).contains(cosigners.address(Cosigners.RECEIVE, 0));
      browser.click("recover-spend");
      browser.type("coins", coins);
      browser.click("coins-look");
      assertThat(browser.read("coins-total")).isEqualTo("1.25000000 BTC");
      browser.click("coins-continue");
      browser.type("send-to", to);
      browser.type("send-fee-rate", "3");
      browser.click("review");
      browser.click("open-words");
      for (int i = 1; i <= 24; i++) {
        browser.type("paper-word-" + i, sheets.words().get(i - 1));
      }
      browser.click("words-submit");
      browser.click("open-sealed");
      browser.type("sealed-key", sheets.sealed());
      browser.type("passcode", Sheets.PASSCODE);
      browser.click("passcode-submit");
      browser.reads("key-user", "open");
      browser.click("sign");
      assertThat(browser.value("raw-transaction")).isEqualTo(signedHere());
    }
  }

  private String signedHere() {
    FoundCoins found =
        CoinSearch.begin(new OwnPlaces(cosigners), List.of(CoinReport.read(coins))).run();
    CheckedSpend spend =
        Spending.everything(found, Address.parse(to, Network.REGTEST), FeeRate.ofSatPerVb("3"));
    char[] words = String.join(" ", sheets.words()).toCharArray();
    try (Passcode passcode = Passcode.typed(Sheets.PASSCODE.toCharArray());
        OpenedKey backup = WordsOpening.begin(words, cosigners).run();
        OpenedKey user =
            SealedKeyOpening.begin(SealedKeyText.read(sheets.sealed()), passcode, cosigners)
                .run()) {
      Signed signed = Signing.begin(spend, List.of(backup, user)).run();
      return ((Signed.Whole) signed).tx().hex();
    }
  }
}
