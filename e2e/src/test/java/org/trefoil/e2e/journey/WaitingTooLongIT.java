package org.trefoil.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.selenium.AxeBuilder;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.trefoil.e2e.audit.Looks;

/** What waits too long is sped up, taken back, or pulled along, on a chain that mines on demand. */
final class WaitingTooLongIT extends PracticeVisit {
  private String to;
  private String first;
  private String second;

  @Override
  PracticeWorld world() {
    return new PracticeWorld("--practice-block-seconds", "0");
  }

  private void isAccessible() {
    assertThat(new AxeBuilder().setLegacyMode(true).analyze(browser.driver()).getViolations())
        .isEmpty();
  }

  @Test
  @Order(1)
  void speedsUpASend() {
    ada.makesWallet("Savings");
    isPaid();
    to = world.foreignAddress();
    first = ada.sends(to, "0.01");
    assertThat(browser.sees("replaced-by")).isFalse();
    isAccessible();
    browser.look(true, false);
    browser.shot("late-send-phone");
    browser.look(false, false);
    String page = browser.url();
    ada.asksFor("speed-up");
    assertThat(squeezed(browser.read("review-recipient"))).isEqualTo(to);
    assertThat(browser.read("review-amount")).contains("0.01000000");
    assertThat(browser.read("review-before")).contains("2 sat/vB");
    assertThat(browser.read("review-extra")).contains("sat");
    assertThat(Looks.inside(browser, "speed-up-review")).isEmpty();
    browser.leaveVault();
    isAccessible();
    browser.shot("speed-up-review");
    browser.enterVault();
    ada.signs();
    assertThat(browser.text()).contains("Confirm the higher fee", "instead of");
    second = ada.confirms();
    assertThat(second).isNotEqualTo(first);
    browser.go(page);
    statusIs("replaced");
    assertThat(browser.sees("speed-up")).isFalse();
    browser.click("replaced-by");
    browser.until(() -> browser.sees("replaces") ? true : null, "the version that counts is shown");
  }

  @Test
  @Order(2)
  void takesItBack() {
    ada.asksFor("take-back");
    assertThat(browser.sees("review-change")).isFalse();
    assertThat(browser.text()).contains("Back to you");
    ada.signs();
    assertThat(browser.text()).contains("Confirm the cancellation");
    assertThat(browser.text()).contains("Let the first send go on");
    ada.confirms();
    world.mines(ada);
    statusIs("confirmed");
    browser.go(at(ada.wallet()));
    List<String> history = browser.texts("history-row");
    assertThat(history).hasSize(4);
    assertThat(history.get(0)).contains("Cancelled");
    assertThat(history.get(1)).contains("replaced");
    assertThat(browser.read("balance")).startsWith("0.0499");
    isAccessible();
    assertThat(browser.sees("older")).isFalse();
    browser.look(true, true);
    browser.shot("replaced-history-phone-dark");
    browser.look(false, false);
  }

  @Test
  @Order(3)
  void pullsAPaymentAlong() {
    ada.receives(); // the vault has settled, so the button stays where it is
    browser.click("practice-coins");
    browser.see("arrived");
    browser.go(at(ada.wallet()));
    browser.click("history-row");
    browser.see("pull-along");
    ada.asksFor("pull-along");
    assertThat(browser.read("review-package")).contains("sat/vB");
    browser.leaveVault();
    browser.shot("pull-along-review");
    browser.enterVault();
    ada.signs();
    ada.confirms();
    world.mines(ada);
    statusIs("confirmed");
    assertThat(ada.balance()).startsWith("0.099");
  }
}
