package org.trefoil.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.wire.SendState;

/** What a wallet's pages say of its stop, of its rules, and of what waits by them. */
class RulePagesTest {
  private static final String WALLET = "/wallets/" + FakeHouse.WALLET;
  private static final String OLDER = "/wallets/" + FakeHouse.REPLACED;
  private static final String SEND = WALLET + "/sends/" + FakeHouse.SEND;

  @AutoClose private final OpenDoor door = new OpenDoor();

  private String get(String path) {
    return door.page(path).ada().send().body();
  }

  @Test
  void aStoppedWalletSaysSoOnItsOverview() {
    assertThat(get(WALLET)).doesNotContain("data-testid=\"stopped\"");
    door.house.stopped = true;
    assertThat(get(WALLET)).contains("This wallet is stopped.", "Let it go on");
    assertThat(get(OLDER)).contains("This wallet is stopped.");
    door.house.thawAt = FakeHouse.NOW + 100;
    assertThat(get(WALLET)).contains("Nothing is signed until", "Keep it stopped");
  }

  @Test
  void rulesThatAreNotWhatWasSignedAreNamedOnTheOverview() {
    door.house.brokenVersion = 3;
    assertThat(get(WALLET)).contains("Version 3 of this wallet's rules is not what was signed");
    assertThat(get(WALLET + "/rules")).contains("Version 3 of these rules is not what you signed");
    door.house.brokenVersion = 0;
    assertThat(get(WALLET)).contains("Version 0 of this wallet's rules is not what was signed");
    assertThat(get(WALLET + "/rules")).contains("Whether this wallet is stopped is not what was");
  }

  @Test
  void aSendThatAPasskeyConfirmedOffersItsProofAndAnyOtherSaysWhyThereIsNone() {
    assertThat(get(SEND)).doesNotContain("Proof of this confirmation");
    door.house.sendState = SendState.BROADCAST;
    assertThat(get(SEND)).contains("data-testid=\"proof-none\"").doesNotContain("/proof\"");
    assertThat(door.page(SEND + "/proof").ada().send().statusCode()).isEqualTo(303);
    door.house.proof = "{}\n";
    assertThat(get(SEND)).contains(SEND + "/proof\"").doesNotContain("proof-none");
    var file = door.page(SEND + "/proof").ada().send();
    assertThat(file.body()).isEqualTo("{}\n");
    assertThat(file.headers().firstValue("content-disposition").orElse(""))
        .matches("attachment; filename=\"trefoil-proof-[a-z-]+\\.json\"");
  }

  @Test
  void replacedKeysStillReachTheirStopAndChangeNoRule() {
    assertThat(get(OLDER)).contains("data-testid=\"nav-rules\"");
    assertThat(get(OLDER + "/rules"))
        .contains("data-testid=\"freeze\"", "data-testid=\"rules-of-older-keys\"")
        .doesNotContain("Change a rule", "Sign these rules now");
    assertThat(get(WALLET + "/rules"))
        .contains("Sign these rules now")
        .doesNotContain("rules-of-older-keys");
  }

  @Test
  void aSendThatWaitsForAYesSaysSoAndNotThatARuleHasItWait() {
    door.house.sendState = SendState.HELD;
    assertThat(get(WALLET)).contains("as your rules say");
    door.house.poll = poll(false);
    assertThat(get(WALLET)).contains("for a yes of others, until").doesNotContain("rules say");
    assertThat(get(SEND)).contains("Waiting for a yes of others").doesNotContain("rules say");
    door.house.poll = poll(true);
    assertThat(get(WALLET)).contains("for your yes or no, until");
    assertThat(get(SEND)).contains("Waiting for your yes or no");
  }

  @Test
  void aSendThatWaitsSaysByWhichRulesAndCountsDown() {
    door.house.sendState = SendState.HELD;
    door.house.held = Refusal.of(Token.HOLD_AMOUNT, "above", "0.1 BTC", "hours", "24");
    assertThat(get(SEND))
        .contains("<li>A send of more than 0.1 BTC waits for 24 hours.", "data-until=\"")
        .contains("It goes on by itself");
    door.house.poll = poll(false);
    assertThat(get(SEND)).contains("held-why", "data-until=\"").doesNotContain("by itself");
  }

  private static Sends.Poll poll(boolean asks) {
    Sends.Voice voice = new Sends.Voice("bea@b.c", null);
    return new Sends.Poll(1, List.of(voice), FakeHouse.NOW + 3_600, asks);
  }

  @Test
  void theRecordTellsFactorVersionAndEveryReasonInWords() {
    Happenings words = new Happenings(new Sentences());
    String digest = "ab".repeat(32);
    assertThat(words.of(happening("send-approved", digest + ", rules 3, passkey")))
        .isEqualTo(
            "A send was approved with the second factor, a passkey, under version 3 of its rules.");
    assertThat(words.of(happening("send-approved", digest + ", rules 0, waited")))
        .isEqualTo("A send was approved with the second factor, given before it waited.");
    assertThat(words.of(happening("send-yes", digest + ", rules 0, code")))
        .endsWith("for exactly it, a code of the app.");
    assertThat(
            words.of(
                happening(
                    "send-held", digest + ", rules 1, recovery-code, hold-amount hold-new-device")))
        .isEqualTo(
            "The second factor was given for a send, a recovery code, under version 1 of its rules;"
                + " it waits by its rules: it is above an amount, the browser is new.");
    assertThat(
            words.of(
                happening(
                    "send-refused",
                    digest + ", rules 3, no-factor, network-not-allowed wallet-frozen")))
        .startsWith("A send was refused, under version 3 of its rules. Your rules")
        .contains(new Sentences().of("wallet-frozen"));
    assertThat(
            words.of(
                happening("send-cancelled", digest + ", rules broken, waited, sender-removed")))
        .isEqualTo(
            "A send was cancelled, while its rules could not be read. Whoever began it may not send"
                + " from this wallet any more.");
    assertThat(words.of(happening("send-unheard", digest + ", rules 0, waited, approval-expired")))
        .startsWith("A send that waited ended: not enough")
        .endsWith("Not enough of those who were asked said yes to it in time.");
    assertThat(words.of(happening("wallet-frozen", "head 3.1 " + digest)))
        .isEqualTo("“Savings” was stopped.");
    assertThat(words.of(happening("rules-cancelled", "2, head 3.1 " + digest)))
        .endsWith("(version 2).");
  }

  @Test
  void theRecordOfAnOlderReleaseIsToldAsItWas() {
    Happenings words = new Happenings(new Sentences());
    assertThat(words.of(happening("send-approved", "ab".repeat(32))))
        .isEqualTo("A send was approved with the second factor.");
    assertThat(words.of(happening("send-held", "hold-amount")))
        .isEqualTo(
            "The second factor was given for a send; it waits by its rules: it is above an amount.");
    assertThat(words.of(happening("send-refused", "sender-removed")))
        .isEqualTo("A send was refused. Whoever began it may not send from this wallet any more.");
    assertThat(words.of(happening("send-cancelled", "restored")))
        .isEqualTo("A send was cancelled.");
    assertThat(words.of(happening("send-unheard", null))).endsWith("may not send.");
    assertThat(words.of(happening("wallet-frozen", null))).isEqualTo("“Savings” was stopped.");
  }

  private static Services.Happening happening(String kind, @Nullable String detail) {
    return new Services.Happening(FakeHouse.NOW, kind, "Savings", detail);
  }
}
