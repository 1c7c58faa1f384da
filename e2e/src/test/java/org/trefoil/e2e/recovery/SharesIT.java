package org.trefoil.e2e.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.bitcoinj.core.Transaction;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.WebElement;
import org.trefoil.core.VectorFiles;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.units.Network;
import org.trefoil.custody.birth.Born;
import org.trefoil.custody.birth.TestBirths;
import org.trefoil.custody.keys.AccountKey;
import org.trefoil.custody.keys.BackupSeed;
import org.trefoil.e2e.audit.Looks;
import org.trefoil.e2e.harness.Browser;

/** A split backup key in recovery.html: its sheets, or what other software made of a key. */
final class SharesIT {
  private static List<String> words(Born born, int share) {
    List<String> words = new ArrayList<>();
    for (char[] word : born.backupShares().words(share)) {
      words.add(new String(word));
    }
    return words;
  }

  private static void adds(Browser browser, List<String> words) {
    browser.type("share-word-1", String.join(" ", words));
    browser.click("shares-submit");
  }

  @Test
  void twoOfThreeSharesTypedOrPrintedTakeThePlaceOfTheBackupKeysWords() {
    try (Born born = TestBirths.split(Network.REGTEST, "split recovery", 2, 3);
        Born other = TestBirths.split(Network.REGTEST, "another split", 2, 3);
        Browser browser = Browser.open()) {
      Cosigners cosigners = born.cosigners();
      RecoveryPage page = RecoveryPage.opened(browser).names(cosigners);
      String own = cosigners.address(Cosigners.RECEIVE, 7);
      assertThat(page.finds(Sheets.listed("33".repeat(32), 0, own, "0.4"))).contains("0.4");
      page.sweeps(cosigners.address(Cosigners.RECEIVE, 8), "3");
      browser.click("open-shares");
      assertThat(offered(browser)).hasSize(1024).contains("academic", "zero");

      List<String> third = words(born, 3);
      List<String> wrong = new ArrayList<>(third);
      wrong.set(20, wrong.get(20).equals("zero") ? "acid" : "zero");
      adds(browser, wrong);
      assertThat(browser.refusal("share-mistyped")).contains("share 1", "21");
      wrong.set(20, "trefoil");
      browser.type("share-word-21", "trefoil");
      browser.click("shares-submit");
      assertThat(browser.refusal("share-word-unknown")).contains("share 1", "word 21");
      assertThat(browser.see("share-word-21").getAttribute("aria-invalid")).isEqualTo("true");
      List<String> faults = Looks.at(browser, "recovery-shares");
      adds(browser, third);
      assertThat(browser.read("shares-read")).startsWith("1 of 2");
      adds(browser, third);
      assertThat(browser.refusal("share-repeated")).contains("Share 2", "share 1");
      adds(browser, words(other, 2));
      assertThat(browser.refusal("share-other-set")).contains("2");
      assertThat(browser.read("shares-read")).startsWith("1 of 2");
      browser.choose("paper-file", Sheets.split(born, 2));

      page.has("backup").opensSealed(born.sealed().text(), TestBirths.PASSCODE).has("user");
      browser.click("sign");
      byte[] raw = HexFormat.of().parseHex(page.text("raw-transaction"));
      Transaction signed = Transaction.read(ByteBuffer.wrap(raw));
      assertThat(signed.getTxId()).hasToString(browser.read("txid"));
      assertThat(signed.getInput(0).getWitness().getPushCount()).isEqualTo(4);
      assertThat(faults).isEmpty();
    }
  }

  /** The standard's own vector: two groups of four are needed, one with 3 shares, one with 2. */
  @Test
  void groupsOfSharesThatOtherSoftwareMadeAreJoinedAndEachIsCounted() {
    List<char[]> shares = new ArrayList<>();
    for (String share : vector("36. ").split(";")) {
      shares.add(share.toCharArray());
    }
    try (BackupSeed seed = BackupSeed.ofShares(shares.toArray(char[][]::new));
        AccountKey backup = seed.account(Network.REGTEST);
        Born born = TestBirths.cold(Network.REGTEST, "groups", backup);
        Browser browser = Browser.open()) {
      RecoveryPage page = RecoveryPage.opened(browser).names(born.cosigners());
      String own = born.cosigners().address(Cosigners.RECEIVE, 0);
      page.finds(Sheets.listed("44".repeat(32), 0, own, "0.1"));
      page.sweeps(own, "2");
      browser.click("open-shares");
      String[] read = {
        "Group 3: 1 of 3 shares are here. Groups complete: 0 of 2 needed.",
        "Group 4: 1 of 2 shares are here. Groups complete: 0 of 2 needed.",
        "Group 3: 2 of 3 shares are here. Groups complete: 0 of 2 needed.",
        "Group 3: 3 of 3 shares are here. Groups complete: 1 of 2 needed."
      };
      for (int i = 0; i < read.length; i++) {
        adds(browser, List.of(new String(shares.get(i))));
        String now = read[i];
        browser.until(() -> browser.read("shares-read").equals(now) ? true : null, now);
      }
      List<String> faults = Looks.at(browser, "recovery-groups");
      adds(browser, List.of(new String(shares.get(4))));
      page.has("backup");
      assertThat(faults).isEmpty();
    }
  }

  private static String vector(String number) {
    return VectorFiles.text("slip-0039/vectors.txt")
        .lines()
        .filter(line -> line.startsWith(number))
        .map(line -> line.substring(line.lastIndexOf('|') + 1))
        .findFirst()
        .orElseThrow();
  }

  /** The words with which the browser completes what is typed. */
  @SuppressWarnings("unchecked")
  private static List<String> offered(Browser browser) {
    WebElement field = browser.see("share-word-1");
    return (List<String>)
        browser
            .driver()
            .executeScript("return [...arguments[0].list.options].map(o => o.value)", field);
  }
}
