package org.trefoil.core.wire;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;

/** What the vault says to the page. Nothing here can carry a secret. */
public sealed interface FromVault {
  /** Whole messages are at most this many characters. */
  int MAX_LENGTH = 4 * 1024 * 1024;

  Json toJson();

  /** Reads a message as it came through the port. */
  static FromVault parse(String text) {
    return Json.parse(text, MAX_LENGTH)
        .read(
            f ->
                switch (f.text("type")) {
                  case "ready" -> new Ready(f.text("selfTest"));
                  case "height" -> new Height(f.count("px"));
                  case "busy" -> new Busy(f.text("what"), f.count("percent"));
                  case "refused" -> new Refused(f.text("token"), f.textMap("data"));
                  case "closed" -> new Closed(f.text("reason"));
                  case "password-made" ->
                      new PasswordMade(
                          f.base64("salt"), f.value("kdf", Kdf::fromJson), f.base64("proof"));
                  case "password-proved" -> new PasswordProved(f.base64("proof"));
                  case "password-changed" ->
                      new PasswordChanged(
                          f.base64("oldProof"),
                          f.base64("salt"),
                          f.value("kdf", Kdf::fromJson),
                          f.base64("proof"));
                  case "wallet-born" ->
                      new WalletBorn(
                          f.text("userKey"),
                          f.optionalText("backupKey"),
                          f.bool("backupIsCold"),
                          f.text("descriptor"),
                          f.base64("endorsement"),
                          f.text("sealed"),
                          f.text("firstAddress"),
                          f.optionalValue("succession", SuccessionStatement::fromJson),
                          f.optionalValue("brought", BroughtKeys::fromJson),
                          f.optionalValue("split", KeySplit::fromJson),
                          f.value("secondSlot", SecondSlot::fromJson),
                          f.optionalBase64("mark"));
                  case "passcode-changed" ->
                      new PasscodeChanged(
                          f.text("old"),
                          f.text("sealed"),
                          f.base64("signature"),
                          f.value("secondSlot", SecondSlot::fromJson),
                          f.optionalBase64("mark"));
                  case "passcode-checked" -> new PasscodeChecked(f.base64("mark"));
                  case "ask-passkey" -> new AskPasskey(f.list("passkeys", PasskeySalt::fromJson));
                  case "opening-made" ->
                      new OpeningMade(
                          f.value("opening", PasskeyOpening::fromJson),
                          f.text("sealed"),
                          f.optionalBase64("second"));
                  case "paper-checked" ->
                      new PaperChecked(f.text("by"), f.base64("signature"), f.texts("coldProofs"));
                  case "keys-proved" ->
                      new KeysProved(f.base64("user"), f.optionalBase64("backup"));
                  case "pinned" -> new Pinned(f.text("fingerprint"));
                  case "address-shown" -> new AddressShown(f.count("index"));
                  case "half-signed" ->
                      new HalfSigned(
                          f.base64("psbt"),
                          f.list("recipients", RecipientLine::fromJson),
                          f.bool("everything"),
                          f.number("feeRate"),
                          f.text("note"),
                          f.optionalCount("changeIndex"),
                          f.texts("digestWords"),
                          f.optionalBase64("mark"));
                  case "reviewing" ->
                      new Reviewing(f.list("recipients", RecipientLine::fromJson), f.number("fee"));
                  case "rules-signed" ->
                      new RulesSigned(f.value("document", PolicyDocument::fromJson));
                  case "ask-rules" -> new AskRules(f.text("wallet"), f.base64("nonce"));
                  case "look-for" -> new LookFor(f.texts("scripts"));
                  case "swept" -> new Swept(f.texts("transactions"));
                  default -> throw Refusal.of(Token.UNKNOWN_MESSAGE).exception();
                });
  }

  /** The vault started and its known answers came out right. */
  record Ready(String selfTest) implements FromVault {
    @Override
    public Json toJson() {
      return Json.message("ready").put("selfTest", selfTest).json();
    }
  }

  /** The frame asks for this many pixels. */
  record Height(int px) implements FromVault {
    @Override
    public Json toJson() {
      return Json.message("height").put("px", px).json();
    }
  }

  /** Something long is under way. */
  record Busy(String what, int percent) implements FromVault {
    @Override
    public Json toJson() {
      return Json.message("busy").put("what", what).put("percent", percent).json();
    }
  }

  /** The vault said no and shows why. */
  record Refused(String token, Map<String, String> data) implements FromVault {
    public Refused {
      data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
    }

    @Override
    public Json toJson() {
      return Json.message("refused").put("token", token).putTextMap("data", data).json();
    }
  }

  /** The vault is done, or saw a message that it does not take. */
  record Closed(String reason) implements FromVault {
    @Override
    public Json toJson() {
      return Json.message("closed").put("reason", reason).json();
    }
  }

  /** Answer to make-password. */
  record PasswordMade(String salt, Kdf kdf, String proof) implements FromVault {
    @Override
    public Json toJson() {
      return Json.message("password-made")
          .put("salt", salt)
          .put("kdf", kdf.toJson())
          .put("proof", proof)
          .json();
    }
  }

  /** Answer to prove-password. */
  record PasswordProved(String proof) implements FromVault {
    @Override
    public Json toJson() {
      return Json.message("password-proved").put("proof", proof).json();
    }
  }

  /** Answer to change-password. */
  record PasswordChanged(String oldProof, String salt, Kdf kdf, String proof) implements FromVault {
    @Override
    public Json toJson() {
      return Json.message("password-changed")
          .put("oldProof", oldProof)
          .put("salt", salt)
          .put("kdf", kdf.toJson())
          .put("proof", proof)
          .json();
    }
  }

  /**
   * The user key sealed under another passcode, or another second slot beside it, and its signature
   * that it should be so.
   *
   * @param mark of the passcode that opened it; null where its words were typed
   */
  record PasscodeChanged(
      String old, String sealed, String signature, SecondSlot secondSlot, @Nullable String mark)
      implements FromVault {
    @Override
    public Json toJson() {
      return Json.message("passcode-changed")
          .put("old", old)
          .put("sealed", sealed)
          .put("signature", signature)
          .put("secondSlot", secondSlot.toJson())
          .put("mark", mark)
          .json();
    }
  }

  /** A passcode opened the user key, and this is its mark. */
  record PasscodeChecked(String mark) implements FromVault {
    @Override
    public Json toJson() {
      return Json.message("passcode-checked").put("mark", mark).json();
    }
  }

  /** Have one of these passkeys make its PRF output, each of its own salt. */
  record AskPasskey(List<PasskeySalt> passkeys) implements FromVault {
    public AskPasskey {
      passkeys = List.copyOf(passkeys);
    }

    @Override
    public Json toJson() {
      return Json.message("ask-passkey")
          .put("passkeys", Json.array(passkeys, PasskeySalt::toJson))
          .json();
    }
  }

  /** Another way into this envelope and the second slot beside it. */
  record OpeningMade(PasskeyOpening opening, String sealed, @Nullable String second)
      implements FromVault {
    @Override
    public Json toJson() {
      return Json.message("opening-made")
          .put("opening", opening.toJson())
          .put("sealed", sealed)
          .put("second", second)
          .json();
    }
  }

  /**
   * The new wallet's public side and the sealed user key.
   *
   * @param succession how an older key says so, when it comes after another wallet
   * @param brought the keys of a wallet of several, which has no backup key
   * @param split on how many sheets the backup key is printed; null where it was not made here
   * @param mark of the passcode that opened the older user key; null where paper did
   */
  record WalletBorn(
      String userKey,
      @Nullable String backupKey,
      boolean backupIsCold,
      String descriptor,
      String endorsement,
      String sealed,
      String firstAddress,
      @Nullable SuccessionStatement succession,
      @Nullable BroughtKeys brought,
      @Nullable KeySplit split,
      SecondSlot secondSlot,
      @Nullable String mark)
      implements FromVault {
    @Override
    public Json toJson() {
      return Json.message("wallet-born")
          .put("userKey", userKey)
          .put("backupKey", backupKey)
          .put("backupIsCold", backupIsCold)
          .put("descriptor", descriptor)
          .put("endorsement", endorsement)
          .put("sealed", sealed)
          .put("firstAddress", firstAddress)
          .putOptional("succession", succession == null ? null : succession.toJson())
          .putOptional("brought", brought == null ? null : brought.toJson())
          .putOptional("split", split == null ? null : split.toJson())
          .put("secondSlot", secondSlot.toJson())
          .put("mark", mark)
          .json();
    }
  }

  /**
   * The paper was typed back; a key states so.
   *
   * @param coldProofs what the holders of brought keys signed, in the descriptor's order
   */
  record PaperChecked(String by, String signature, List<String> coldProofs) implements FromVault {
    public PaperChecked {
      coldProofs = List.copyOf(coldProofs);
    }

    @Override
    public Json toJson() {
      return Json.message("paper-checked")
          .put("by", by)
          .put("signature", signature)
          .putTexts("coldProofs", coldProofs)
          .json();
    }
  }

  /** Answer to prove-keys: signatures of the user key and, where asked, of the backup key. */
  record KeysProved(String user, @Nullable String backup) implements FromVault {
    @Override
    public Json toJson() {
      return Json.message("keys-proved").put("user", user).put("backup", backup).json();
    }
  }

  /** The key set to remember in this browser, hexadecimal. */
  record Pinned(String fingerprint) implements FromVault {
    @Override
    public Json toJson() {
      return Json.message("pinned").put("fingerprint", fingerprint).json();
    }
  }

  /** The address at this index is on the screen. */
  record AddressShown(int index) implements FromVault {
    @Override
    public Json toJson() {
      return Json.message("address-shown").put("index", index).json();
    }
  }

  /**
   * One signature is on it; the other is the server's to give.
   *
   * @param changeIndex the number of the address that change goes to, null without change
   * @param mark of the passcode that signed it; null where the backup key did
   */
  record HalfSigned(
      String psbt,
      List<RecipientLine> recipients,
      boolean everything,
      long feeRate,
      String note,
      @Nullable Integer changeIndex,
      List<String> digestWords,
      @Nullable String mark)
      implements FromVault {
    public HalfSigned {
      recipients = List.copyOf(recipients);
      digestWords = List.copyOf(digestWords);
    }

    @Override
    public Json toJson() {
      return Json.message("half-signed")
          .put("psbt", psbt)
          .put("recipients", Json.array(recipients, RecipientLine::toJson))
          .put("everything", everything)
          .put("feeRate", feeRate)
          .put("note", note)
          .put("changeIndex", changeIndex)
          .putTexts("digestWords", digestWords)
          .put("mark", mark)
          .json();
    }
  }

  /** A send is on the screen and may be signed: whom it pays. */
  record Reviewing(List<RecipientLine> recipients, long fee) implements FromVault {
    public Reviewing {
      recipients = List.copyOf(recipients);
    }

    @Override
    public Json toJson() {
      return Json.message("reviewing")
          .put("recipients", Json.array(recipients, RecipientLine::toJson))
          .put("fee", fee)
          .json();
    }
  }

  /** The next version of the wallet's rules, signed by the user key. */
  record RulesSigned(PolicyDocument document) implements FromVault {
    @Override
    public Json toJson() {
      return Json.message("rules-signed").put("document", document.toJson()).json();
    }
  }

  /** Have whoever co-signs say which rules of a wallet it holds; {@code nonce} is 32 bytes. */
  record AskRules(String wallet, String nonce) implements FromVault {
    @Override
    public Json toJson() {
      return Json.message("ask-rules").put("wallet", wallet).put("nonce", nonce).json();
    }
  }

  /** Have the server look for what pays these scripts of a key from elsewhere, in hexadecimal. */
  record LookFor(List<String> scripts) implements FromVault {
    public LookFor {
      scripts = List.copyOf(scripts);
    }

    @Override
    public Json toJson() {
      return Json.message("look-for").putTexts("scripts", scripts).json();
    }
  }

  /** Signed transactions that bring coins of another key in, each in base64. */
  record Swept(List<String> transactions) implements FromVault {
    public Swept {
      transactions = List.copyOf(transactions);
    }

    @Override
    public Json toJson() {
      return Json.message("swept").putTexts("transactions", transactions).json();
    }
  }
}
