package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.wire.Json;
import org.trefoil.core.wire.JsonObject;
import org.trefoil.server.passkey.Assertion;
import org.trefoil.server.passkey.Preimage;
import org.trefoil.server.passkey.Preimage.Deed;
import org.trefoil.server.passkey.Sha256;

/** What somebody at a signer's socket says of second factors. */
abstract class SignerFactorsFixture extends SignerFixture {
  String linked(String code) {
    return front
        .ask(op("use-link").put("account", ADA).put("code", code))
        .read(f -> f.text("verdict") + String.join("", f.texts("recovery")));
  }

  String used(String kind, String code) {
    return used(ADA, kind, code);
  }

  String used(String account, String kind, String code) {
    return front
        .ask(op("use").put("account", account).put("code", code).put("kind", kind))
        .read(f -> f.text("verdict") + String.join("", f.texts("recovery")));
  }

  static JsonObject reset(String account) {
    return reset(account, false);
  }

  static JsonObject reset(String account, boolean byKeys) {
    return op("reset").put("account", account).put("byKeys", byKeys);
  }

  byte[] shown(String account) {
    return TestHouse.unbase32(
        front.ask(op("reset-show").put("account", account)).read(f -> f.text("secret")));
  }

  String endReset(String code) {
    return endReset(ADA, code);
  }

  String endReset(String account, String code) {
    return front.says(op("reset-end").put("account", account).put("code", code));
  }

  String ended(String account, String code) {
    return front
        .ask(op("reset-end").put("account", account).put("code", code))
        .read(f -> f.text("verdict") + String.join("", f.texts("recovery")));
  }

  static JsonObject grant(String account, String code) {
    return op("grant").put("account", account).put("code", code);
  }

  String add(String account, byte[] app, TestPasskey passkey) {
    assertThat(front.says(grant(account, code(app)))).isEqualTo("done");
    return front.says(passkey("passkey", account, passkey));
  }

  /** One of hers that counts. */
  TestPasskey grown() {
    TestPasskey hers = new TestPasskey(SITE);
    assertThat(add(ADA, totp, hers)).isEqualTo("done");
    clock.forward(Duration.ofHours(73));
    return hers;
  }

  static JsonObject passkey(String op, String account, TestPasskey passkey) {
    return op(op).put("account", account).put("publicKey", base64(passkey.publicKey()));
  }

  static JsonObject vouch(TestPasskey fresh) {
    return passkey("passkey-now", ADA, fresh);
  }

  byte[] vouching(TestPasskey fresh) {
    long end = clock.instant().plusSeconds(120).getEpochSecond();
    return Preimage.of(Deed.PASSKEY, ADA, Sha256.of(fresh.publicKey()), 0, new byte[32], end);
  }

  String vouched(TestPasskey by, TestPasskey fresh) {
    byte[] asked = vouching(fresh);
    return front.says(vouch(fresh).put("proof", proof(by, asked, answer(by, asked))));
  }

  static Assertion answer(TestPasskey by, byte[] asked) {
    return by.answer(Preimage.challenge(asked), "wallet.example");
  }

  byte[] preimage(@Nullable Deed deed, byte[] digest) {
    long end = clock.instant().plusSeconds(120).getEpochSecond();
    return Preimage.of(deed, WALLET, digest, known.size(), new byte[32], end);
  }

  String answered(byte[] psbt, TestPasskey by) {
    return answered(Deed.SEND, psbt, by);
  }

  String answered(@Nullable Deed deed, byte[] psbt, TestPasskey by) {
    byte[] asked = preimage(deed, digest(psbt));
    return front.says(confirm(psbt, ADA).put("proof", proof(by, asked, answer(by, asked))));
  }

  String yes(@Nullable Deed deed, byte[] psbt, TestPasskey by) {
    byte[] asked = preimage(deed, digest(psbt));
    return front.says(
        op("yes", WALLET)
            .put("account", EVE)
            .put("digest", HexFormat.of().formatHex(digest(psbt)))
            .put("proof", proof(by, asked, answer(by, asked))));
  }

  /** Confirms one with what a passkey signed of another. */
  String answered(byte[] psbt, TestPasskey by, byte[] signed, long end, long version) {
    byte[] asked = Preimage.of(Deed.SEND, WALLET, digest(signed), version, new byte[32], end);
    return front.says(
        confirm(psbt, ADA).put("proof", proof(by, asked, answer(by, asked), digest(psbt))));
  }

  /** What it signed, of the digest that stands in the question. */
  static Json proof(TestPasskey by, byte[] asked, Assertion answer) {
    return proof(
        by, asked, answer, Arrays.copyOfRange(asked, asked.length - 80, asked.length - 48));
  }

  static Json proof(TestPasskey by, byte[] asked, Assertion answer, byte[] digest) {
    return Json.object()
        .put("digest", base64(digest))
        .put("preimage", base64(asked))
        .put("origin", by.origin())
        .put("clientData", base64(answer.clientData()))
        .put("authenticatorData", base64(answer.authenticatorData()))
        .put("signature", base64(answer.signature()))
        .put("publicKey", base64(by.publicKey()))
        .put("algorithm", -7)
        .json();
  }

  /** Her factor was given for something of her wallet, long ago. */
  void usedForLong() {
    assertThat(confirmed(spend(40, SHOP, 500), code())).isEqualTo("done");
    clock.forward(Duration.ofHours(73));
  }

  String lost(String account, String walletId, TestVault by, Cosigners set, String challenge) {
    long end = clock.instant().plusSeconds(600).getEpochSecond();
    String user = by.lost(set, walletId, account, challenge, end, KeyRole.USER);
    String backup = by.lost(set, walletId, account, challenge, end, KeyRole.BACKUP);
    return front.says(hastens(account, walletId, challenge, end, user, backup));
  }

  String hastens(TestVault by, String challenge, long end, KeyRole second) {
    String user = by.lost(cosigners, WALLET, ADA, challenge, end, KeyRole.USER);
    String other = by.lost(cosigners, WALLET, ADA, challenge, end, second);
    return front.says(hastens(WALLET, challenge, end, user, other));
  }

  static JsonObject hastens(
      String walletId, String challenge, long end, String user, String backup) {
    return hastens(ADA, walletId, challenge, end, user, backup);
  }

  static JsonObject hastens(
      String account, String walletId, String challenge, long end, String user, String backup) {
    return op("reset-keys", walletId)
        .put("account", account)
        .put("challenge", challenge)
        .put("expires", end)
        .put("user", user)
        .put("backup", backup);
  }
}
