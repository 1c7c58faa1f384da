package org.trefoil.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.openqa.selenium.WebElement;
import org.trefoil.core.descriptor.Descriptors;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.units.Network;
import org.trefoil.e2e.harness.Browser;
import org.trefoil.e2e.person.Person;

/**
 * The main job, step by step in one browser: sign up, back up, receive, send, look. Each step goes
 * on where the one before it ended.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class MainJobJourney {
  private World world;
  private Browser browser;
  private Person ada;
  private Cosigners printed;
  private String paidTo;

  abstract World world();

  @BeforeAll
  void open() {
    world = world();
    browser = Browser.open();
    ada = new Person(browser, world.origin(), "ada@example.org");
  }

  @AfterAll
  void close() {
    if (browser != null) {
      browser.close();
    }
    if (world != null) {
      world.close();
    }
  }

  @Test
  @Order(10)
  void signsUpWithPasswordAndAuthenticator() {
    ada.signsUp();
    assertThat(ada.recoveryCodes()).hasSize(10).doesNotHaveDuplicates();
  }

  @Test
  @Order(20)
  void noAddressIsShownBeforeThePaperIsChecked() {
    ada.beginsWallet("Savings");
    browser.click("backup-here");
    ada.typesPasscodeTwice();
    ada.downloadsPaper();
    List<WebElement> fields = ada.asked();
    for (int i = 0; i < fields.size(); i++) {
      fields.get(i).sendKeys(i == 1 ? "zebra" : ada.answer(fields.get(i)));
    }
    browser.click("paper-submit");
    assertThat(browser.read("paper-error")).containsAnyOf("word", "Word");
    assertThat(browser.text()).doesNotContain("bcrt1");
  }

  @Test
  @Order(30)
  void makesAWalletAndReadsItBackFromPaper() {
    ada.makesWallet("Savings");
    assertThat(ada.paper().words()).hasSize(24);
    printed =
        Descriptors.parse(
            ada.paper().descriptor(),
            Network.REGTEST,
            List.of(KeyRole.USER, KeyRole.BACKUP, KeyRole.SERVER));
    assertThat(printed.words()).isEqualTo(ada.paper().keyWords());
    String digest = digest(world.origin() + "/recovery.html");
    assertThat(ada.paper().page("SHEET A")).contains(digest);
    assertThat(ada.paper().page("SHEET B")).contains(digest);
  }

  /** SHA-256 of what is served there. */
  private static String digest(String address) {
    try (InputStream file = URI.create(address).toURL().openStream()) {
      byte[] bytes = file.readAllBytes();
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (IOException | NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  @Order(40)
  void receivesAtAnAddressOfThePrintedDescriptor() {
    paidTo = ada.receives();
    assertThat(paidTo).isEqualTo(printed.address(0, 0));
    world.pays(ada, paidTo, "0.05000000");
    browser.go(world.origin() + ada.wallet());
    browser.until(
        () -> browser.text().contains("0.05") ? true : null, "the payment appears as pending");
    world.mines(ada);
    browser.until(
        () -> browser.sees("balance") && browser.read("balance").contains("0.05") ? true : null,
        "the payment is confirmed without a reload");
  }

  @Test
  @Order(50)
  void sendsWithPasscodeAndCode() {
    String to = world.foreignAddress();
    ada.prepares(to, "0.01");
    assertThat(browser.read("review-recipient").replaceAll("\\s+", "")).contains(to);
    assertThat(browser.read("review-amount")).contains("0.01");
    ada.signs();
    String txid = ada.confirms();
    world.judgesWaiting(txid);
    world.mines(ada);
    browser.until(
        () ->
            browser.read("send-status").toLowerCase(java.util.Locale.ROOT).contains("confirmed")
                ? true
                : null,
        "the send is confirmed without a reload");
    world.judgesMined(txid, to, "0.01000000");
    assertThat(ada.balance()).contains("0.039");
  }
}
