package org.trefoil.e2e.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SignatureException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bitcoinj.crypto.ECKey;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.trefoil.core.keys.CosignerKey;
import org.trefoil.core.units.Network;
import org.trefoil.custody.bip39.Mnemonic;
import org.trefoil.custody.keys.AccountKey;
import org.trefoil.custody.keys.BackupSeed;
import org.trefoil.e2e.audit.Looks;
import org.trefoil.e2e.harness.Browser;
import org.trefoil.e2e.harness.Tool;

/** A cold backup key of dice and paper: made, read back, and shown to be held, in recovery.html. */
final class KeyMakerIT {
  private static final String TEXT = "I hold the backup key of the Trefoil wallet a b c d";

  private final List<String> faults = new ArrayList<>();

  @Test
  void diceMakeAKeyWhoseWordsAreReadBackAndSignTheVaultsText() throws SignatureException {
    try (Browser browser = Browser.open()) {
      RecoveryPage page = RecoveryPage.opened(browser);
      List<String> words = made(browser);
      CosignerKey key = key(words);
      browser.click("made-pdf");
      assertThat(printed(browser)).containsExactly(String.join(" ", words), key.expression());
      readsBack(browser, words);
      assertThat(page.text("cold-key")).isEqualTo(key.expression());
      assertThat(browser.see("cold-key-qr").isDisplayed()).isTrue();
      browser.click("made-done");
      assertThat(browser.text()).doesNotContain(words.get(0) + "\n" + words.get(1));
      signs(page, words, key);
      assertThat(faults).isEmpty();
    }
  }

  @Test
  void aKeyKeptAsSharesIsReadBackAndEnoughOfThemSignTheVaultsText() throws SignatureException {
    try (Browser browser = Browser.open()) {
      RecoveryPage page = RecoveryPage.opened(browser);
      browser.see("own-key").findElement(By.tagName("summary")).click();
      browser.click("make-key");
      browser.click("network-regtest");
      browser.click("kept-shares");
      browser.type("split-threshold", "4");
      browser.click("throws-submit");
      assertThat(browser.refusal("split-numbers")).contains("at most all");
      browser.type("split-threshold", "2");
      browser.type("throws", thrown(100));
      faults.addAll(Looks.at(browser, "recovery-key-split"));
      browser.click("throws-submit");
      List<List<String>> shares = new ArrayList<>();
      for (int i = 1; i <= 3; i++) {
        List<WebElement> list = browser.see("made-share-" + i).findElements(By.tagName("li"));
        shares.add(list.stream().map(WebElement::getText).toList());
      }
      browser.click("made-pdf");
      assertThat(browser.text()).contains("Saved as trefoil-backup-key.pdf");
      List<String> printed = printed(browser);
      faults.addAll(Looks.at(browser, "recovery-key-shares"));
      browser.click("words-written");
      for (int i = 1; i <= 6; i++) {
        String[] label = label(browser, i).split(" of sheet A");
        List<String> share = shares.get(Integer.parseInt(label[1]) - 1);
        browser.type("check-word-" + i, share.get(Integer.parseInt(label[0].substring(5)) - 1));
      }
      browser.click("check-submit");
      browser.see("cold-key");
      char[][] two = {typed(shares.get(2)), typed(shares.get(0))};
      CosignerKey key;
      try (BackupSeed seed = BackupSeed.ofShares(two);
          AccountKey account = seed.account(Network.REGTEST)) {
        key = account.cosignerKey();
      }
      assertThat(page.text("cold-key")).isEqualTo(key.expression());
      List<String> sheets = new ArrayList<>();
      for (List<String> share : shares) {
        sheets.addAll(List.of(String.join(" ", share), key.expression()));
      }
      assertThat(printed).containsExactlyElementsOf(sheets);
      browser.click("made-done");

      browser.see("own-key").findElement(By.tagName("summary")).click();
      browser.click("sign-text");
      browser.click("network-regtest");
      browser.type("message", TEXT);
      browser.click("message-shares");
      for (int share : new int[] {1, 2}) {
        browser.type("share-word-1", String.join(" ", shares.get(share)));
        browser.click("shares-submit");
      }
      assertThat(browser.read("message-key")).isEqualTo(key.expression());
      byte[] signer = ECKey.signedMessageToKey(TEXT, page.text("signature")).getPubKey();
      assertThat(signer).isEqualTo(key.xpub().childPublicKey(0, 0));
      assertThat(faults).isEmpty();
    }
  }

  /** What poppler copies from the saved file: of each page the secret and the public key. */
  private static List<String> printed(Browser browser) {
    Path pdf = browser.download("trefoil-backup-key.pdf");
    Tool.output("qpdf", "--check", pdf.toString());
    List<String> found = new ArrayList<>();
    for (String line : Tool.output("pdftotext", "-raw", pdf.toString(), "-").split("\n")) {
      if (line.matches("([a-z]{3,8} ){23}[a-z]{3,8}|([a-z]{4,8} ){32}[a-z]{4,8}|\\[.+\\]tpub.+")) {
        found.add(line);
      }
    }
    return found;
  }

  private static char[] typed(List<String> share) {
    return String.join(" ", share).toCharArray();
  }

  private static String thrown(int count) {
    Random dice = new Random(4);
    StringBuilder thrown = new StringBuilder();
    for (int i = 0; i < count; i++) {
      thrown.append(1 + dice.nextInt(6)).append(i % 10 == 9 ? " " : "");
    }
    return thrown.toString();
  }

  private static String label(Browser browser, int word) {
    return browser
        .driver()
        .findElement(By.cssSelector("label[for='check-word-" + word + "']"))
        .getText();
  }

  private List<String> made(Browser browser) {
    browser.see("own-key").findElement(By.tagName("summary")).click();
    browser.click("make-key");
    browser.click("network-regtest");
    browser.type("throws", "6".repeat(100));
    browser.click("throws-submit");
    assertThat(browser.refusal("throws-lopsided")).contains("Throw");
    String thrown = thrown(99);
    browser.type("throws", thrown);
    assertThat(browser.text()).contains("99 of 100 throws");
    browser.click("throws-submit");
    assertThat(browser.refusal("throws-missing")).contains("100", "99");
    faults.addAll(Looks.at(browser, "recovery-key-throws"));
    browser.type("throws", thrown + "3");
    browser.click("throws-submit");
    List<WebElement> list = browser.see("made-words").findElements(By.tagName("li"));
    return list.stream().map(WebElement::getText).toList();
  }

  private static void readsBack(Browser browser, List<String> words) {
    browser.click("words-written");
    browser.type("check-word-1", "zzzz");
    browser.click("check-submit");
    assertThat(browser.refusal("word-wrong")).contains("wrote");
    for (int i = 1; i <= 4; i++) {
      int position = Integer.parseInt(label(browser, i).substring("Word ".length()));
      assertThat(position).isBetween(6 * i - 5, 6 * i);
      browser.type("check-word-" + i, words.get(position - 1));
    }
    browser.click("check-submit");
    browser.see("cold-key");
  }

  private static CosignerKey key(List<String> words) {
    try (Mnemonic mnemonic = Mnemonic.parse(String.join(" ", words).toCharArray());
        BackupSeed seed = BackupSeed.ofWords(mnemonic);
        AccountKey account = seed.account(Network.REGTEST)) {
      return account.cosignerKey();
    }
  }

  private void signs(RecoveryPage page, List<String> words, CosignerKey key)
      throws SignatureException {
    Browser browser = page.browser();
    browser.see("own-key").findElement(By.tagName("summary")).click();
    browser.click("sign-text");
    browser.click("network-regtest");
    browser.type("message", TEXT + "\u00e9");
    browser.click("message-sign");
    assertThat(browser.refusal("message-not-plain")).contains("252");
    browser.type("message", TEXT);
    browser.type("paper-word-1", String.join(" ", words.subList(0, 23)) + " zzzz");
    browser.click("message-sign");
    assertThat(browser.refusal("word-unknown")).contains("24");
    browser.type("paper-word-1", String.join(" ", words));
    browser.click("message-sign");
    assertThat(browser.read("message-key")).isEqualTo(key.expression());
    byte[] signer = ECKey.signedMessageToKey(TEXT, page.text("signature")).getPubKey();
    assertThat(signer).isEqualTo(key.xpub().childPublicKey(0, 0));
    faults.addAll(Looks.at(browser, "recovery-key-signed"));
  }
}
