package org.trefoil.e2e.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.bitcoinj.core.Transaction;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.WebElement;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.units.Network;
import org.trefoil.custody.birth.Born;
import org.trefoil.custody.birth.TestBirths;
import org.trefoil.e2e.audit.Looks;
import org.trefoil.e2e.harness.Browser;

/** A split backup key: two of its three sheets, sheet B and the passcode spend in recovery.html. */
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
  void twoOfThreeSharesTakeThePlaceOfTheBackupKeysWords() {
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
      adds(browser, words(born, 2));

      page.has("backup").opensSealed(born.sealed().text(), TestBirths.PASSCODE).has("user");
      browser.click("sign");
      byte[] raw = HexFormat.of().parseHex(page.text("raw-transaction"));
      Transaction signed = Transaction.read(ByteBuffer.wrap(raw));
      assertThat(signed.getTxId()).hasToString(browser.read("txid"));
      assertThat(signed.getInput(0).getWitness().getPushCount()).isEqualTo(4);
      assertThat(faults).isEmpty();
    }
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
