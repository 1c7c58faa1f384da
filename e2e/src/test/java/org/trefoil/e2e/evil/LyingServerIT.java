package org.trefoil.e2e.evil;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.bitcoinj.base.BitcoinNetwork;
import org.bitcoinj.base.ScriptType;
import org.bitcoinj.crypto.ECKey;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.e2e.harness.Browser;
import org.trefoil.e2e.harness.ManInTheMiddle;
import org.trefoil.e2e.harness.RunningServer;
import org.trefoil.e2e.person.Person;

/**
 * C6: the vault believes nothing the server says that it can check itself. Every test changes one
 * answer of an honest server on its way to the browser, which must refuse with the token that says
 * what is wrong.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LyingServerIT {
  private static final String API = "/api/wallets/.*";

  private RunningServer server;
  private ManInTheMiddle middle;
  private Browser browser;
  private Person mallorysVictim;
  private int toldBefore;

  @BeforeAll
  void honestBeginning() {
    server = RunningServer.start();
    middle = ManInTheMiddle.inFrontOf(server.origin());
    browser = Browser.open();
    mallorysVictim = new Person(browser, middle.origin(), "victim@example.org");
    mallorysVictim.signsUp().makesWallet("Savings");
    mallorysVictim.receives();
    browser.click("practice-coins");
    browser.go(middle.origin() + mallorysVictim.wallet());
    browser.until(() -> browser.text().contains("0.05") ? true : null, "the coins arrive");
    mallorysVictim.mines();
    browser.until(
        () -> browser.read("balance").contains("0.05") ? true : null, "the coins are confirmed");
  }

  @AfterAll
  void close() {
    browser.close();
    middle.close();
    server.close();
  }

  @BeforeEach
  void countLies() {
    toldBefore = middle.liesTold();
  }

  @AfterEach
  void aLieWasTold() {
    assertThat(middle.liesTold()).as("answers changed").isGreaterThan(toldBefore);
    middle.stopLying();
  }

  @Test
  void fault24ASwappedServerKeyIsRefused() {
    middle.tell(KeySetLies.oneKey(KeyRole.SERVER));
    opensReceivePage();
    browser.refusal("endorsement-wrong");
    showsNoAddress();
  }

  @Test
  void fault24ThreeSwappedKeysThatAgreeWithEachOtherAreRefusedByThePin() {
    middle.tell(KeySetLies.allThreeKeys());
    opensReceivePage();
    browser.refusal("key-set-changed");
    showsNoAddress();
  }

  /** Without a pin only the passcode can tell: the sealed key says which keys it was born with. */
  @Test
  void fault24SwappedKeysAreRefusedOnABrowserThatHasNotSeenTheWallet() {
    middle.tell(KeySetLies.oneKey(KeyRole.SERVER));
    Browser other = Browser.open();
    try {
      mallorysVictim.sitsDownAt(other);
      mallorysVictim.signsIn();
      other.go(middle.origin() + mallorysVictim.wallet() + "/receive");
      other.enterVault();
      other.refusal("endorsement-wrong");
      assertThat(other.text()).doesNotContain("bcrt1");

      middle.stopLying();
      middle.tell(KeySetLies.allThreeKeys());
      other.go(middle.origin() + mallorysVictim.wallet() + "/receive");
      other.enterVault();
      other.type("passcode", mallorysVictim.passcode());
      other.click("vault-submit");
      other.refusal("key-set-changed");
      assertThat(other.text()).doesNotContain("bcrt1");
    } finally {
      mallorysVictim.sitsDownAt(browser);
      other.close();
    }
  }

  /** What the vault cannot read ends it, and the page around it says so as well. */
  @Test
  void anAnswerThatTheVaultCannotReadClosesItInWords() {
    middle.tell(ManInTheMiddle.replace("GET", API, "\"tipHeight\":\\d+", "\"tipHeight\":-7"));
    browser.go(middle.origin() + mallorysVictim.wallet() + "/send");
    browser.enterVault();
    browser.refusal("wrong-value");
    asksForNoPasscode();
    assertThat(browser.refusal("vault-closed")).contains("Reload the page", "nothing was sent");
  }

  @Test
  void fault24AForeignAddressToReceiveAtIsRefused() {
    String foreign = foreignAddress();
    middle.tell(
        ManInTheMiddle.replace(
            "POST",
            API + "/addresses",
            "\"address\":\"[a-z0-9]+\"",
            "\"address\":\"" + foreign + "\""));
    opensReceivePage();
    browser.refusal("address-not-ours");
    showsNoAddress();
  }

  @Test
  void fault24AnAlteredAmountOfACoinIsRefused() {
    middle.tell(
        ManInTheMiddle.replace("GET", API + "/spendable", "\"value\":\\d+", "\"value\":4000000"));
    mallorysVictim.prepares(foreignAddress(), "0.01");
    browser.refusal("wrong-input-amount");
    asksForNoPasscode();
  }

  @Test
  void fault24ACoinOfSomebodyElseIsRefused() {
    middle.tell(
        ManInTheMiddle.replace("GET", API + "/spendable", "\"index\":\\d+", "\"index\":17"));
    mallorysVictim.prepares(foreignAddress(), "0.01");
    browser.refusal("foreign-input");
    asksForNoPasscode();
  }

  @Test
  void fault24ChangeWhereNobodyWouldFindItIsRefused() {
    for (String index : List.of("5000", "1000000", "1900000000")) {
      middle.tell(
          ManInTheMiddle.replace("GET", API, "\"changeIndex\":\\d+", "\"changeIndex\":" + index));
      mallorysVictim.prepares(foreignAddress(), "0.01");
      browser.refusal("foreign-change");
      asksForNoPasscode();
    }
  }

  @Test
  void fault24AHugeFeeIsRefused() {
    for (String rate : List.of("999000", "9000000")) {
      offer("slow|normal|fast|ceiling", rate);
      mallorysVictim.prepares(foreignAddress(), "0.01");
      browser.refusal("fee-too-high");
      asksForNoPasscode();
    }
  }

  @Test
  void aHighFeeThatMightBeMeantIsWarnedOf() {
    offer("normal", "490000");
    mallorysVictim.prepares(foreignAddress(), "0.01");
    assertThat(browser.read("fee-warning")).contains("% of what you send", "times the lowest");
    browser.leaveVault();
  }

  private void offer(String names, String satPerKvB) {
    middle.tell(
        ManInTheMiddle.replace(
            "GET", API + "/spendable", "\"(" + names + ")\":\\d+", "\"$1\":" + satPerKvB));
  }

  @Test
  void fault24AnExtraOutputInWhatTheServerTookIsRefused() {
    String foreign = foreignAddress();
    middle.tell(
        ManInTheMiddle.replace(
            "POST",
            API + "/sends",
            "\"recipients\":\\[",
            "\"recipients\":[{\"address\":\"" + foreign + "\",\"amount\":700000},"));
    mallorysVictim.prepares(foreignAddress(), "0.01");
    browser.type("passcode", mallorysVictim.passcode());
    browser.click("sign");
    browser.leaveVault();
    browser.refusal("send-differs");
    assertThat(browser.sees("totp-code")).as("the code is asked for").isFalse();
  }

  @Test
  void fault24AnOlderSendInPlaceOfThisOneIsRefused() {
    AtomicReference<byte[]> older = new AtomicReference<>();
    String to = foreignAddress();
    middle.tell(
        (method, path, body) -> {
          if (!method.equals("POST") || !path.matches(API + "/sends")) {
            return null;
          }
          older.compareAndSet(null, body);
          return older.get(); // the first time as it was
        });
    for (String token : new String[] {"", "send-differs"}) {
      // the same payment: recipients and amounts of the older one are right
      mallorysVictim.prepares(to, "0.01");
      browser.type("passcode", mallorysVictim.passcode());
      browser.click("sign");
      browser.leaveVault();
      if (token.isEmpty()) {
        browser.until(() -> browser.sees("totp-code") ? true : null, "the code is asked for");
        mallorysVictim.mines(); // the next transaction is another one by its lock time
      } else {
        browser.refusal(token);
        assertThat(browser.sees("totp-code")).as("the code is asked for").isFalse();
      }
    }
  }

  @Test
  void fault29ATamperedVaultIsRefused() {
    middle.tell(
        (method, path, body) -> {
          if (!path.contains("vault.wasm")) {
            return null;
          }
          byte[] changed = body.clone();
          changed[changed.length / 2] ^= 1;
          return changed;
        });
    try (Browser fresh = Browser.open()) {
      fresh.go(middle.origin() + "/signup");
      fresh.type("email", "another@example.org");
      fresh.click("submit");
      fresh.enterVault();
      fresh.refusal("vault-tampered");
      assertThat(fresh.sees("password")).isFalse();
    }
  }

  @Test
  void fault29ATamperedLoaderIsRefused() {
    middle.tell(
        (method, path, body) ->
            path.contains("vault-loader")
                ? (new String(body, StandardCharsets.UTF_8) + "\n;")
                    .getBytes(StandardCharsets.UTF_8)
                : null);
    browser.go(middle.origin() + mallorysVictim.wallet() + "/receive");
    browser.refusal("vault-tampered");
  }

  @Test
  void aVaultThatDoesNotArriveIsNoAlarm() {
    AtomicInteger asked = new AtomicInteger();
    middle.tell(
        (method, path, body) ->
            path.contains("vault-loader") && asked.getAndIncrement() == 0 ? new byte[0] : null);
    browser.go(middle.origin() + mallorysVictim.wallet() + "/receive");
    assertThat(browser.refusal("vault-late")).contains("did not arrive");
  }

  private void opensReceivePage() {
    browser.go(middle.origin() + mallorysVictim.wallet() + "/receive");
    browser.enterVault();
  }

  private void showsNoAddress() {
    assertThat(browser.text().toLowerCase(Locale.ROOT)).doesNotContain("bcrt1");
    browser.leaveVault();
    assertThat(browser.sees("receive-address")).isFalse();
  }

  private void asksForNoPasscode() {
    assertThat(browser.sees("passcode")).as("a passcode is asked for").isFalse();
    browser.leaveVault();
  }

  private static String foreignAddress() {
    return new ECKey().toAddress(ScriptType.P2WPKH, BitcoinNetwork.REGTEST).toString();
  }
}
