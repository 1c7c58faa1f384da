package org.trefoil.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** Two recipients with a note, a payment link, and everything; then what history says of it. */
final class SeveralRecipientsAndEverythingIT extends PracticeVisit {
  private String own;
  private String first;
  private String second;

  @Test
  @Order(1)
  void paysTwoAtOnceWithANote() {
    ada.makesWallet("Savings");
    own = isPaid();
    first = world.foreignAddress();
    second = world.foreignAddress();
    browser.go(at(ada.wallet() + "/send"));
    browser.enterVault();
    for (String fee : new String[] {"slow", "normal", "fast"}) {
      assertThat(browser.read("send-fee-" + fee)).contains("sat/vB");
    }
    browser.type("send-to", first);
    browser.type("send-amount", "0.01");
    browser.click("add-recipient");
    browser.type("send-to-2", second);
    browser.click("send-unit-sat-2");
    browser.type("send-amount-2", "2000000");
    browser.type("send-note", "Rent & tea");
    browser.until(
        () -> browser.read("send-fee-estimate").contains("sat") ? true : null, "a fee estimate");
    browser.click("review");
    assertThat(browser.read("review-note")).isEqualTo("Rent & tea");
    assertThat(squeezed(browser.read("review-recipient"))).isEqualTo(first);
    assertThat(browser.read("review-amount")).contains("0.01000000");
    assertThat(squeezed(browser.read("review-recipient-2"))).isEqualTo(second);
    assertThat(browser.read("review-amount-2")).contains("0.02000000");
    assertThat(browser.read("review-fee")).contains("sat/vB", "%");
    assertThat(browser.read("review-change")).contains("0.019");
    String words = browser.read("digest-words");
    ada.signs();
    assertThat(browser.read("send-words")).isEqualTo(words);
    ada.confirms();
    world.mines(ada);
    statusIs("confirmed");
  }

  @Test
  @Order(2)
  void historyDetailsAndAddressesTellOfIt() {
    browser.go(at(ada.wallet()));
    assertThat(browser.all("history-row")).hasSize(2);
    // The rows are drawn anew with each change.
    assertThat(browser.read("history-row")).contains("Rent & tea", "0.030");
    browser.click("history-row");
    browser.until(() -> browser.url().contains("/tx/") ? true : null, "the details open");
    assertThat(squeezed(browser.text())).contains(first, second, "Rent&tea", "thiswallet");
    browser.go(at(ada.wallet() + "/addresses"));
    assertThat(squeezed(browser.text())).contains(own, "0.05000000", "change0");
  }

  @Test
  @Order(3)
  void aPaymentLinkFillsInTheForm() {
    browser.go(at(ada.wallet() + "/send"));
    browser.enterVault();
    browser.type("send-to", "bitcoin:" + first + "?amount=0.0012&message=Tea%20for%20two");
    browser.see("send-to").sendKeys(Keys.TAB);
    assertThat(browser.see("send-to").getAttribute("value")).isEqualTo(first);
    assertThat(browser.see("send-amount").getAttribute("value")).isEqualTo("0.00120000");
    assertThat(browser.see("send-note").getAttribute("value")).isEqualTo("Tea for two");
    browser.click("review");
    assertThat(browser.read("review-amount")).contains("0.00120000");
    browser.leaveVault();
  }

  @Test
  @Order(4)
  void everythingLeavesNothing() {
    ada.prepares(second, "everything");
    assertThat(browser.read("review-change")).contains("None");
    assertThat(browser.read("review-amount")).contains("0.019");
    ada.signs();
    ada.confirms();
    balanceIs("0.00000000");
    world.mines(ada);
    balanceIs("0.00000000");
  }
}
