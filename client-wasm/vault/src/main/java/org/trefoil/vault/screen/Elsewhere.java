package org.trefoil.vault.screen;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.keys.Quorum;
import org.trefoil.core.proposal.CheckedSpend;
import org.trefoil.core.proposal.HalfSigned;
import org.trefoil.core.proposal.Returned;
import org.trefoil.vault.view.Piece;
import org.trefoil.vault.wallet.KnownWallet;

/**
 * A spend that another key of the person's signs: taken out unsigned and brought back, or signed
 * here and completed elsewhere, without the server. What was drawn is what goes out.
 */
final class Elsewhere {
  private final Desk desk;
  private final KnownWallet wallet;
  private final @Nullable String pin;
  private final CheckedSpend spend;
  private final Map<String, byte[]> previous;
  private final SignStep step;
  private final Runnable back;

  Elsewhere(
      Desk desk,
      KnownWallet wallet,
      @Nullable String pin,
      CheckedSpend spend,
      Map<String, byte[]> previous,
      SignStep step,
      Runnable back) {
    this.desk = desk;
    this.wallet = wallet;
    this.pin = pin;
    this.spend = spend;
    this.previous = previous;
    this.step = step;
    this.back = back;
  }

  void show() {
    desk.show(
        Desk.heading("Which keys sign?"),
        Piece.says("soft", anyOf()),
        Piece.of("div", "choices")
            .add(
                desk.choice(
                    "elsewhere-unsigned",
                    several() ? "Other owners, and this server" : "My backup key, and this server",
                    (several()
                            ? "Take the transaction to another owner, and bring it back signed."
                            : "Take the transaction to the device that holds your backup key, and"
                                + " bring it back signed.")
                        + " Your second factor and all limits stay.",
                    this::unsignedOnceKnown),
                desk.choice(
                        "elsewhere-half",
                        several()
                            ? "Its owners, without this server"
                            : "My two keys, without this server",
                        "Sign here, take it to "
                            + (several() ? "the other owners" : "your backup key")
                            + ", and send the result with any Bitcoin program. No limit and no"
                            + " second factor stands in between.",
                        this::half)
                    .show(!Quorum.of(wallet.cosigners()).needsEach())),
        Piece.of("div", "actions").add(back("Back to the review")));
  }

  /** Whether it is another wallet than user, backup and server of which two sign. */
  private boolean several() {
    return !wallet.cosigners().has(KeyRole.BACKUP);
  }

  private String anyOf() {
    Quorum quorum = Quorum.of(wallet.cosigners());
    return quorum.threshold() == 2 && quorum.keys() == 3
        ? "Any two of the wallet's three keys spend."
        : "Any " + quorum.threshold() + " of the wallet's " + quorum.keys() + " keys spend.";
  }

  private String others() {
    return several() ? "the other owners" : "your backup key";
  }

  private Piece back(String text) {
    return Piece.button(text, "elsewhere-back", desk.safely(back)).looks("quiet");
  }

  /** Where the change goes follows from the key set, so that must be sure before it goes out. */
  private void unsignedOnceKnown() {
    if (pin == null) {
      new FirstLook(desk, wallet, "Check and go on", this::unsigned, this::show).show();
    } else {
      unsigned();
    }
  }

  private void unsigned() {
    BringBack bring = new BringBack(desk, this::returned);
    desk.show(
        Desk.heading("Take it to " + others()),
        words(),
        new HandOut(desk, spend, spend.psbt(), previous, "unsigned").box(),
        Piece.of("h2").text("Bring it back"),
        Piece.says(
            "soft", "Keep this page open, or come back later: Send, Bring a signed transaction."),
        bring.box(),
        Piece.of("div", "actions").add(bring.button(), back("Back to the review")));
  }

  private void returned(Returned returned) {
    step.handInFromElsewhere(returned.on(spend));
  }

  private void half() {
    PasscodePrompt[] prompt = new PasscodePrompt[1];
    prompt[0] =
        new PasscodePrompt(
            desk,
            wallet,
            "Sign and take it out",
            "sign-out",
            key -> step.sign(spend, prompt[0], key, (signed, mark) -> handOut(signed)));
    desk.show(
        Desk.heading("Sign for " + others()),
        words(),
        Piece.says(
            "warn",
            several()
                ? "Once enough owners have signed it is complete: this server's limits and your"
                    + " second factor do not count then. Take it to nobody else's device."
                : "With your backup key's signature it is complete: this server's limits and your"
                    + " second factor do not count then. Take it to nobody else's device."),
        prompt[0].box(),
        Piece.of("div", "actions").add(prompt[0].submitButton(), back("Back to the review")));
    prompt[0].focus();
  }

  private void handOut(HalfSigned half) {
    desk.show(
        Desk.heading("Take it to " + others()),
        Piece.says(
                "good",
                several()
                    ? "Your user key has signed. The other owners complete it."
                    : "Your user key has signed. Your backup key completes it.")
            .testId("handed-out"),
        words(),
        new HandOut(desk, spend, half.psbt(), previous, "half-signed").box(),
        Piece.says(
            "hint",
            "Until the network has it, nobody here knows that these coins are on their way: do not"
                + " send them a second time."));
  }

  private Piece words() {
    return Piece.of("p")
        .add(
            Piece.of("span", "soft").text("This transaction: "),
            Piece.of("span", "words")
                .testId("digest-words")
                .text(String.join(" ", spend.digestWords())));
  }
}
