package org.trefoil.core.wire;

import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;

/** What a vault waits for in the midst of a task. */
public sealed interface PageAnswer extends ToVault {
  /** Reads the rest of a message that is no task. */
  static PageAnswer read(Fields f) {
    return switch (f.text("type")) {
      case "passkey-gave" -> new PasskeyGave(f.base64("credential"), f.base64("output"));
      case "passkey-failed" -> new PasskeyFailed(f.bool("answered"));
      case "opening-stored" -> new OpeningStored();
      case "rules-stored" -> new RulesStored();
      case "rules-held" ->
          new RulesHeld(
              f.optionalValue("held", RulesAndReceipt::fromJson), f.optionalCount("seen"));
      case "looked" -> new Looked(f.value("found", ForeignCoins::fromJson));
      case "envelope-stored" -> new EnvelopeStored();
      case "wallet-stored" -> new WalletStored();
      case "wallet-active" -> new WalletActive();
      default -> throw Refusal.of(Token.UNKNOWN_MESSAGE).exception();
    };
  }

  /**
   * What a passkey's PRF made of its salt, which the page around the vault has seen: secret from
   * everybody else.
   *
   * @param output 32 bytes
   */
  record PasskeyGave(String credential, String output) implements PageAnswer {
    @Override
    public Json toJson() {
      return Json.message("passkey-gave")
          .put("credential", credential)
          .put("output", output)
          .json();
    }

    @Override
    public String toString() {
      return "PasskeyGave[redacted]";
    }
  }

  /**
   * No passkey gave anything.
   *
   * @param answered whether one answered, but has no PRF
   */
  record PasskeyFailed(boolean answered) implements PageAnswer {
    @Override
    public Json toJson() {
      return Json.message("passkey-failed").put("answered", answered).json();
    }
  }

  /** The server has stored the other way into the envelope. */
  record OpeningStored() implements PageAnswer {
    @Override
    public Json toJson() {
      return Json.message("opening-stored").json();
    }
  }

  /** The server has stored the new version. */
  record RulesStored() implements PageAnswer {
    @Override
    public Json toJson() {
      return Json.message("rules-stored").json();
    }
  }

  /**
   * What the server says to {@link FromVault.AskRules}.
   *
   * @param held null where it said nothing
   * @param seen the newest version that this browser signed
   */
  record RulesHeld(@Nullable RulesAndReceipt held, @Nullable Integer seen) implements PageAnswer {
    @Override
    public Json toJson() {
      return Json.message("rules-held")
          .putOptional("held", held == null ? null : held.toJson())
          .put("seen", seen)
          .json();
    }
  }

  /** What the server says to {@link FromVault.LookFor}. */
  record Looked(ForeignCoins found) implements PageAnswer {
    @Override
    public Json toJson() {
      return Json.message("looked").put("found", found.toJson()).json();
    }
  }

  /** The server has put the new envelope in the place of the old one. */
  record EnvelopeStored() implements PageAnswer {
    @Override
    public Json toJson() {
      return Json.message("envelope-stored").json();
    }
  }

  /** The server has stored the new keys. */
  record WalletStored() implements PageAnswer {
    @Override
    public Json toJson() {
      return Json.message("wallet-stored").json();
    }
  }

  /** The server has made the wallet active. */
  record WalletActive() implements PageAnswer {
    @Override
    public Json toJson() {
      return Json.message("wallet-active").json();
    }
  }
}
