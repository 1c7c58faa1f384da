package org.trefoil.server.signer;

import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.psbt.InputSignature;
import org.trefoil.core.wire.Fields;
import org.trefoil.core.wire.Json;
import org.trefoil.core.wire.JsonObject;
import org.trefoil.core.wire.PolicyDocument;
import org.trefoil.core.wire.RuleReceipt;
import org.trefoil.server.cosign.NewServerKey;
import org.trefoil.server.cosign.OwnKeys;
import org.trefoil.server.passkey.SendProof;
import org.trefoil.server.secondfactor.KeyProof;
import org.trefoil.server.secondfactor.Tries;
import org.trefoil.server.secondfactor.Verdict;

/**
 * Takes the front's requests, each a JSON object with {@code op}, and answers each with one: {@code
 * no} and {@code data} are a refusal. One is done at a time, and on disk before it is answered.
 */
final class SignerDesk {
  private static final Logger LOG = LoggerFactory.getLogger(SignerDesk.class);

  private final Books books;
  private final PinnedWallets wallets;
  private final Allowance allowance;
  private final Speakers speakers;
  private final OwnKeys keys;
  private final Factors factors;
  private final Ruling ruling;
  private final Signing signing;
  private final Map<String, Function<Fields, JsonObject>> operations;

  SignerDesk(
      Books books,
      PinnedWallets wallets,
      Allowance allowance,
      Speakers speakers,
      OwnKeys keys,
      Factors factors,
      Ruling ruling,
      Signing signing,
      String network) {
    this.books = books;
    this.wallets = wallets;
    this.allowance = allowance;
    this.speakers = speakers;
    this.keys = keys;
    this.factors = factors;
    this.ruling = ruling;
    this.signing = signing;
    this.operations =
        Map.ofEntries(
            Map.entry("hello", f -> Json.object().put("network", network)),
            Map.entry("make", this::make),
            Map.entry("pin", this::pin),
            Map.entry("factor", this::factor),
            Map.entry("enrol", f -> Json.object().put("secret", factors.begin(account(f)))),
            Map.entry("enrolled", this::enrolled),
            Map.entry("use", this::use),
            Map.entry("use-link", this::useLink),
            Map.entry("renew", this::renew),
            Map.entry("reset", this::reset),
            Map.entry("reset-keys", this::resetKeys),
            Map.entry("reset-show", this::resetShow),
            Map.entry("reset-end", this::resetEnd),
            Map.entry("grant", this::grant),
            Map.entry("grant-gone", this::grantGone),
            Map.entry("passkey", this::passkey),
            Map.entry("young", this::young),
            Map.entry("passkey-now", this::passkeyNow),
            Map.entry("passkey-gone", this::passkeyGone),
            Map.entry("rules", this::rules),
            Map.entry("rules-cancel", this::rulesCancel),
            Map.entry("rules-after", this::rulesAfter),
            Map.entry("stop", this::stop),
            Map.entry("thaw", this::thaw),
            Map.entry("receipt", this::receipt),
            Map.entry("confirm", this::confirm),
            Map.entry("yes", this::yes),
            Map.entry("drop", this::drop),
            Map.entry("sign", this::sign));
  }

  /** Answers; whatever it was asked, in whatever form. */
  String answer(String request) {
    try {
      return books.run(() -> Json.parse(request, Frames.MOST).read(this::done)).json().write();
    } catch (RefusedException e) {
      return no(e.refusal());
    } catch (UncheckedIOException e) { // a full disk, as often as somebody asks
      LOG.warn(
          "A request was not carried out: {}: {}", e.getMessage(), String.valueOf(e.getCause()));
      return no(Refusal.of(Token.SIGNER_UNAVAILABLE));
    } catch (RuntimeException e) {
      LOG.error("A request could not be carried out", e);
      return no(Refusal.of(Token.SIGNER_UNAVAILABLE));
    }
  }

  private static String no(Refusal refusal) {
    return Json.object()
        .put("no", refusal.token())
        .putTextMap("data", refusal.data())
        .json()
        .write();
  }

  private JsonObject done(Fields fields) {
    String seen = fields.optionalText("seen");
    if (seen == null) {
      return operate(fields);
    }
    Head head = Head.read(seen);
    if (head == null) {
      throw Refusal.of(Token.WRONG_VALUE, "field", "seen").exception();
    }
    books.refuseOlder(head);
    return operate(fields).put("head", books.head().text());
  }

  private JsonObject operate(Fields fields) {
    books.refuseBehind();
    Function<Fields, JsonObject> operation = operations.get(fields.text("op"));
    if (operation == null) {
      throw Refusal.of(Token.WRONG_VALUE, "field", "op").exception();
    }
    return operation.apply(fields);
  }

  private static String wallet(Fields f) {
    return f.text("wallet");
  }

  private static String account(Fields f) {
    return f.text("account");
  }

  private static byte[] bytes(Fields f, String name) {
    return Base64.getDecoder().decode(f.base64(name));
  }

  private JsonObject make(Fields f) {
    String walletId = wallet(f);
    wallets.refuseSecondKey(walletId);
    allowance.takeKey();
    NewServerKey key = keys.make(walletId);
    keys.keep(walletId, key);
    return Json.object().put("key", key.key().expression());
  }

  private JsonObject pin(Fields f) {
    wallets.pin(wallet(f), Pinned.read(f));
    return Json.object();
  }

  private JsonObject factor(Fields f) {
    String accountId = account(f);
    Instant recovery = factors.recoveryFrom(accountId);
    return Json.object()
        .put("enrolled", factors.enrolled(accountId))
        .put("left", (long) factors.recoveryLeft(accountId))
        .put("keysAlone", factors.keysAlone(accountId, wallets.owns(accountId)))
        .put("recoveryFrom", recovery == null ? null : recovery.getEpochSecond());
  }

  private JsonObject young(Fields f) {
    factors.passkeys().only(account(f), Set.copyOf(f.texts("known")));
    Json young =
        Json.array(
            List.copyOf(factors.passkeys().young(account(f)).entrySet()),
            each ->
                Json.object()
                    .put("key", each.getKey())
                    .put("from", each.getValue().getEpochSecond())
                    .json());
    return Json.object().put("young", young);
  }

  private static JsonObject said(Verdict verdict, List<String> recovery) {
    return Json.object().put("verdict", verdict.name()).putTexts("recovery", recovery);
  }

  private JsonObject enrolled(Fields f) {
    List<String> recovery = new ArrayList<>();
    return said(factors.confirm(account(f), f.text("code"), recovery), recovery);
  }

  private JsonObject use(Fields f) {
    Tries kind = f.choice("kind", Tries.values());
    String digest = f.optionalBase64("digest");
    byte @Nullable [] exactly = digest == null ? null : Base64.getDecoder().decode(digest);
    return said(factors.use(account(f), f.text("code"), exactly, kind), List.of());
  }

  private JsonObject useLink(Fields f) {
    return said(factors.useByLink(account(f), f.text("code")), List.of());
  }

  private JsonObject renew(Fields f) {
    List<String> recovery = new ArrayList<>();
    return said(factors.renew(account(f), f.text("code"), recovery), recovery);
  }

  private JsonObject reset(Fields f) {
    String accountId = account(f);
    factors.beginReset(accountId, wallets.owns(accountId), f.bool("byKeys"));
    return Json.object();
  }

  private JsonObject resetKeys(Fields f) {
    KeyProof proof =
        new KeyProof(
            wallet(f),
            f.text("challenge"),
            f.number("expires"),
            f.base64("user"),
            f.base64("backup"));
    String accountId = account(f);
    String walletId = proof.walletId();
    if (!speakers.speaks(walletId, accountId)) {
      throw Refusal.of(Token.STATEMENT_WRONG).exception();
    }
    boolean atOnce = speakers.atOnce(walletId, accountId);
    Instant ready = factors.hasten(accountId, wallets.cosigners(walletId), proof, atOnce);
    return Json.object().put("ready", atOnce ? null : ready.getEpochSecond());
  }

  private JsonObject resetShow(Fields f) {
    return Json.object().put("secret", factors.showReset(account(f)));
  }

  private JsonObject resetEnd(Fields f) {
    List<String> recovery = new ArrayList<>();
    String accountId = account(f);
    if (factors.wasReplaced(accountId)) { // the front ended before it knew
      return said(factors.renew(accountId, f.text("code"), recovery), recovery);
    }
    boolean owner = wallets.owns(accountId);
    boolean done = factors.endReset(accountId, owner, f.text("code"), recovery);
    if (done) {
      signing.factorReplaced(accountId);
    }
    return said(done ? Verdict.OK : Verdict.WRONG, recovery);
  }

  private JsonObject grant(Fields f) {
    return said(factors.grant(account(f), f.text("code")), List.of());
  }

  private JsonObject grantGone(Fields f) {
    return said(factors.grantGone(account(f), f.text("code")), List.of());
  }

  private JsonObject passkey(Fields f) {
    Instant from = factors.passkeys().add(account(f), bytes(f, "publicKey"));
    return Json.object().put("from", from.getEpochSecond());
  }

  private JsonObject passkeyNow(Fields f) {
    SendProof proof = Given.read(f).proof();
    if (proof == null) {
      throw Refusal.of(Token.PASSKEY_REFUSED).exception();
    }
    factors.hasten(account(f), bytes(f, "publicKey"), proof);
    return Json.object();
  }

  private JsonObject passkeyGone(Fields f) {
    factors.passkeys().remove(account(f), bytes(f, "publicKey"));
    return Json.object();
  }

  private JsonObject rules(Fields f) {
    PolicyDocument document = f.value("document", PolicyDocument::fromJson);
    ruling.take(wallet(f), account(f), document, f.text("code"));
    return Json.object();
  }

  private JsonObject rulesCancel(Fields f) {
    ruling.cancel(wallet(f), f.count("version"));
    return Json.object();
  }

  private JsonObject rulesAfter(Fields f) {
    Optional<PolicyDocument> next = ruling.after(wallet(f), f.count("version"));
    return Json.object().putOptional("document", next.map(PolicyDocument::toJson).orElse(null));
  }

  private JsonObject stop(Fields f) {
    ruling.stop(wallet(f));
    return Json.object();
  }

  private JsonObject thaw(Fields f) {
    ruling.thaw(wallet(f), account(f), f.text("code"));
    return Json.object();
  }

  private JsonObject receipt(Fields f) {
    String walletId = wallet(f);
    RuleReceipt signed =
        keys.receipt(
            walletId, wallets.cosigners(walletId), bytes(f, "nonce"), ruling.held(walletId));
    return Json.object().put("receipt", signed.toJson());
  }

  private JsonObject confirm(Fields f) {
    Long known = f.optionalNumber("known");
    Optional<Instant> until =
        signing.confirm(
            new Signing.Asked(
                wallet(f),
                account(f),
                bytes(f, "psbt"),
                Given.read(f),
                f.optionalText("address"),
                known == null ? null : Instant.ofEpochSecond(known)));
    return Json.object().put("until", until.map(Instant::getEpochSecond).orElse(null));
  }

  private JsonObject yes(Fields f) {
    signing.yes(wallet(f), account(f), f.text("digest"), Given.read(f));
    return Json.object();
  }

  private JsonObject drop(Fields f) {
    signing.drop(wallet(f), f.text("digest"));
    return Json.object();
  }

  private JsonObject sign(Fields f) {
    List<InputSignature> signatures = signing.sign(wallet(f), bytes(f, "psbt"));
    return Json.object().put("signatures", Json.array(signatures, SignerDesk::signature));
  }

  private static Json signature(InputSignature made) {
    Base64.Encoder base64 = Base64.getEncoder();
    return Json.object()
        .put("key", base64.encodeToString(Objects.requireNonNull(made.signature().publicKey())))
        .put("signature", base64.encodeToString(made.signature().signature()))
        .json();
  }
}
