package org.trefoil.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.trefoil.e2e.audit.Looks;
import org.trefoil.e2e.harness.Browser;
import org.trefoil.e2e.harness.MailSink;
import org.trefoil.e2e.harness.RunningServer;
import org.trefoil.e2e.person.Person;

/**
 * Signing up at a server that sends mail: by the code of a letter, over a closed tab and a killed
 * server; and again with the same address, of which the letter alone tells.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SignUpByLetterIT {
  private static final String ADA = "ada@example.org";
  private static final Pattern CODE = Pattern.compile("\\d{4} \\d{4} \\d{4}");

  private final MailSink post = new MailSink();
  private RunningServer server;
  private Browser browser;
  private Person ada;
  private URI origin;

  @BeforeAll
  void start() {
    server = RunningServer.start(post.flags().toArray(String[]::new));
    origin = server.origin();
    browser = Browser.open();
    ada = new Person(browser, origin, ADA);
  }

  @AfterAll
  void stop() {
    if (browser != null) {
      browser.close();
    }
    server.close();
    post.close();
  }

  private void killsAndStartsTheServer() {
    Path data = server.data();
    server.kill();
    List<String> flags = new ArrayList<>(post.flags());
    flags.addAll(List.of("--port", String.valueOf(origin.getPort())));
    server = RunningServer.startOn(data, flags.toArray(String[]::new));
  }

  private void asksForALetter(String email) {
    browser.go(origin + "/signup");
    browser.type("email", email);
    browser.click("submit");
    browser.see("signup-code");
    assertThat(browser.url()).isEqualTo(origin + "/signup/code");
    assertThat(browser.read("signup-sent")).contains("We have sent a letter to " + email);
  }

  private String codeOf(String email) {
    Matcher code = CODE.matcher(post.letter(email, "makes a Trefoil account").text());
    assertThat(code.find()).isTrue();
    return code.group();
  }

  private void givesCode(String code) {
    browser.see("signup-code").clear();
    browser.type("signup-code", code);
    browser.click("submit");
  }

  @Test
  @Order(1)
  void theCodeOfTheLetterOpensTheVaultAndMakesTheAccount() {
    browser.go(origin + "/signup");
    browser.see("submit");
    assertThat(Looks.at(browser, "page-signup-letter")).isEmpty();
    browser.type("email", "nonsense@");
    browser.driver().executeScript("document.querySelector('main form').noValidate = true");
    browser.click("submit");
    browser.refusal("email-malformed");
    asksForALetter(ADA);
    assertThat(Looks.at(browser, "page-signup-code")).isEmpty();
    String code = codeOf(ADA); // a letter that is cut off is sent again, but only a minute later
    killsAndStartsTheServer();
    browser.go(origin + "/signup");
    assertThat(browser.read("signup-begun")).contains(ADA);
    assertThat(Looks.at(browser, "page-signup-begun")).isEmpty();
    browser.click("signup-go-on");
    givesCode("0000 0000 0000");
    assertThat(browser.refusal("signup-code-wrong")).contains("newest letter");
    assertThat(Looks.at(browser, "page-signup-code-wrong")).isEmpty();
    givesCode(" " + code.replace(" ", ""));
    browser.enterVault();
    browser.see("password");
    browser.leaveVault();
    assertThat(Looks.at(browser, "page-signup-code-vault")).isEmpty();
    browser.enterVault();
    browser.type("password", ada.password());
    browser.type("password-again", ada.password());
    browser.click("vault-submit");
    browser.leaveVault();
    browser.see("totp-secret");
    ada.enrols();
    browser.click("codes-saved");
    browser.see("create-wallet");
    browser.go(origin + "/account");
    assertThat(browser.read("email-confirmed")).isEqualTo("The address is confirmed.");
    assertThat(Looks.at(browser, "page-account-confirmed")).isEmpty();
    ada.signsOut();
  }

  @Test
  @Order(2)
  void ofATakenAddressTheLetterTellsAndThePageDoesNot() {
    asksForALetter(ADA);
    String seen = browser.text();
    String letter = post.letter(ADA, "You have one").text();
    assertThat(letter).contains("Subject: You have a Trefoil account already", "/signin");
    givesCode("1234 5678 9012");
    String refused = browser.refusal("signup-code-wrong");
    asksForALetter("eve@example.org");
    assertThat(browser.text()).isEqualTo(seen.replace(ADA, "eve@example.org"));
    givesCode("1234 5678 9012");
    assertThat(browser.refusal("signup-code-wrong")).isEqualTo(refused);
    browser.click("signup-resend");
    browser.see("signup-sent");
    ada.signsIn();
  }

  @Test
  @Order(3)
  void anotherBrowserGoesOnWithAddressAndCode() {
    String code = codeOf("eve@example.org");
    try (Browser other = Browser.open()) {
      other.go(origin + "/signup");
      other.click("signup-have-code");
      other.type("email", "eve@example.org");
      assertThat(Looks.at(other, "page-signup-code-elsewhere")).isEmpty();
      other.type("signup-code", code);
      other.click("submit");
      other.enterVault();
      other.see("password");
      other.leaveVault();
      assertThat(other.sees("error")).isFalse();
    }
  }
}
