package org.trefoil.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;

import org.bitcoinj.base.BitcoinNetwork;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.trefoil.core.descriptor.Descriptors;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.psbt.Psbt;
import org.trefoil.core.units.Network;
import org.trefoil.e2e.person.ColdDevice;

/**
 * A wallet of four keys of which three sign: two further owners bring theirs, one of them signs a
 * send elsewhere, the server signs last, and a real node mines it.
 */
@EnabledIfSystemProperty(
    named = "trefoil.bitcoind",
    matches = ".+",
    disabledReason = "NO BITCOIND: run e2e/verify, which installs one and runs this journey")
final class SeveralOwnersIT extends Visit<BitcoindWorld> {
  private final ColdDevice ann = new ColdDevice(BitcoinNetwork.REGTEST);
  private final ColdDevice bob = new ColdDevice(BitcoinNetwork.REGTEST);

  @Override
  BitcoindWorld world() {
    return new BitcoindWorld();
  }

  private void shots(String name) {
    for (boolean phone : new boolean[] {false, true}) {
      for (boolean dark : new boolean[] {false, true}) {
        browser.look(phone, dark);
        browser.shot(name + (phone ? "-phone" : "") + (dark ? "-dark" : ""));
      }
    }
    browser.look(false, false);
  }

  @Test
  @Order(1)
  void eachOwnerBringsAKeyAndShowsThatItIsAtHand() {
    ada.beginsWallet("Club");
    browser.click("backup-several");
    browser.type("owners-sign", "4");
    assertThat(browser.read("owners-warning")).contains("without this server");
    browser.click("owners-next");
    browser.see("owners-warning");
    browser.type("owners-sign", "5");
    browser.click("owners-next");
    assertThat(browser.refusal("quorum-numbers")).contains("2 to 7 keys");
    browser.type("owners-sign", "3");
    assertThat(browser.sees("owners-warning")).isFalse();
    browser.type("owner-name-1", "Ann");
    browser.type("owner-key-1", ann.expression());
    browser.type("owner-name-2", "Bob");
    browser.type("owner-key-2", ann.expression());
    browser.click("owners-next");
    assertThat(browser.refusal("key-repeated")).contains("twice");
    browser.type("owner-key-2", bob.expression());
    shots("owners");
    browser.click("birth-back");
    browser.click("backup-several");
    assertThat(value("owners-sign")).isEqualTo("3");
    assertThat(value("owner-name-2")).isEqualTo("Bob");
    assertThat(value("owner-key-2")).isEqualTo(bob.expression());
    browser.click("owners-next");
    ada.typesPasscodeTwice();
    ada.downloadsPaper();
    ada.answersPaperCheck();
    String text = browser.read("cold-proof-text");
    assertThat(text).startsWith("I hold a key of the Trefoil wallet ");
    browser.type("cold-proof-1", ann.signs(text, "m/48'/1'/0'/2'/0/0"));
    browser.type("cold-proof-2", ann.signs(text, "m/48'/1'/0'/2'/0/0"));
    browser.click("cold-proof-submit");
    browser.refusal("cold-proof-wrong");
    browser.type("cold-proof-2", bob.signs(text, "m/48'/1'/0'/2'/0/0"));
    shots("owners-proofs");
    browser.click("cold-proof-submit");
    ada.opensActiveWallet();
    assertThat(browser.read("quorum")).contains("3 of 4", "Ann", "Bob");
    shots("owners-wallet");
    Cosigners printed = Descriptors.ofWallet(ada.paper().descriptor(), Network.REGTEST);
    assertThat(printed.threshold()).isEqualTo(3);
    assertThat(printed.key(KeyRole.OWNER_2).expression()).isEqualTo(bob.expression());
    String address = ada.receives();
    assertThat(address).isEqualTo(printed.address(Cosigners.RECEIVE, 0));
    world.pays(ada, address, "0.05");
    world.mines(ada);
    browser.go(world.origin() + ada.wallet());
    browser.until(
        () -> browser.read("balance").contains("0.05") ? true : null, "the deposit is there");
  }

  @Test
  @Order(2)
  void anotherOwnerSignsElsewhereAndTheServerLast() {
    String to = world.foreignAddress();
    ada.prepares(to, "0.01");
    browser.type("passcode", ada.passcode());
    browser.click("sign");
    browser.leaveVault();
    Psbt half = Psbt.parseBase64(browser.see("psbt-out").getAttribute("value"));
    assertThat(half.inputs()).allMatch(input -> input.partialSignatures().size() == 1);
    assertThat(browser.read("send-status")).contains("one more owner");
    assertThat(browser.read("signers")).contains("You", "Ann", "Bob");
    shots("owners-gather");
    browser.type("psbt-in", half.base64());
    browser.click("psbt-add");
    browser.refusal("not-signed-yet");
    browser.type("psbt-in", bob.signs(half).base64());
    browser.click("psbt-add");
    browser.see("totp-code");
    String txid = ada.confirms();
    world.judgesWaiting(txid);
    world.mines(ada);
    world.judgesMined(txid, to, "0.01000000");
    browser.go(world.origin() + ada.wallet() + "/safety");
    assertThat(browser.read("quorum")).contains("3 of 4 sign");
    shots("owners-safety");
  }

  /** What the page Safety promises where the passcode is lost: it is not typed here. */
  @Test
  @Order(3)
  void withoutThePasscodeOneOwnerBeginsASendAndAnotherAddsASignature() {
    String to = world.foreignAddress();
    ada.prepares(to, "0.02");
    browser.click("sign-elsewhere");
    browser.click("elsewhere-unsigned");
    Psbt unsigned = Psbt.parseBase64(browser.see("psbt-text").getAttribute("value"));
    browser.type("brought-text", ann.signs(unsigned).base64());
    browser.click("brought-check");
    browser.leaveVault();
    Psbt half = Psbt.parseBase64(browser.see("psbt-out").getAttribute("value"));
    browser.type("psbt-in", bob.signs(half).base64());
    browser.click("psbt-add");
    browser.see("totp-code");
    String txid = ada.confirms();
    world.judgesWaiting(txid);
    world.mines(ada);
    world.judgesMined(txid, to, "0.02000000");
    browser.go(world.origin() + ada.wallet() + "/safety");
  }

  @Test
  @Order(4)
  void newKeysBeginWithThePresentOwnersFilledIn() {
    browser.click("replace-keys");
    browser.click("begin-replacement");
    browser.enterVault();
    browser.type("passcode", ada.passcode());
    browser.click("old-key-submit");
    assertThat(browser.read("owners-filled")).contains("present owners");
    assertThat(value("owners-sign")).isEqualTo("3");
    assertThat(value("owner-name-1")).isEqualTo("Ann");
    assertThat(value("owner-key-2")).isEqualTo(bob.expression());
    shots("owners-filled");
    browser.click("owners-next");
    browser.see("passcode-again");
  }

  private String value(String field) {
    return browser.see(field).getDomProperty("value");
  }
}
