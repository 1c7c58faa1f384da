package org.trefoil.vault.screen;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.policy.HeldRules;
import org.trefoil.core.proposal.Change;
import org.trefoil.core.proposal.CheckedSpend;
import org.trefoil.core.proposal.HalfSigned;
import org.trefoil.core.proposal.Recipient;
import org.trefoil.core.wire.FromVault;
import org.trefoil.core.wire.RecipientLine;
import org.trefoil.custody.envelope.v1.Marker;
import org.trefoil.custody.envelope.v1.Opened;
import org.trefoil.custody.keys.AccountKey;
import org.trefoil.custody.sign.HalfSigner;
import org.trefoil.vault.view.Piece;
import org.trefoil.vault.wallet.KnownWallet;

/** Review and passcode: what is half-signed is what was drawn. */
final class SignStep {
  private static final String ASKING = "Asking whoever co-signs for its rules";

  private final Desk desk;
  private final KnownWallet wallet;
  private final @Nullable String pin;
  private final Supplier<String> note;
  private final Map<String, byte[]> previous;
  private final Runnable back;

  /**
   * Draws nothing yet.
   *
   * @param previous whole transactions that coins come from, by id, for signers elsewhere
   */
  SignStep(
      Desk desk,
      KnownWallet wallet,
      @Nullable String pin,
      Supplier<String> note,
      Map<String, byte[]> previous,
      Runnable back) {
    this.desk = desk;
    this.wallet = wallet;
    this.pin = pin;
    this.note = note;
    this.previous = previous;
    this.back = back;
  }

  /**
   * Shows what was drawn of the spend, and signs the spend once the passcode is typed. Nothing is
   * signed for whoever co-signs unless it says that it holds the rules that the server shows.
   */
  void show(Piece drawn, CheckedSpend spend) {
    desk.outbox().send(new FromVault.Reviewing(lines(spend), spend.fee().value()));
    PasscodePrompt[] prompt = new PasscodePrompt[1];
    prompt[0] =
        new PasscodePrompt(
            desk, wallet, "Sign", "sign", key -> sign(spend, prompt[0], key, this::handIn));
    Piece change = Piece.button("Change it", "review-back", desk.safely(back)).looks("quiet");
    Runnable again = () -> show(drawn, spend);
    Elsewhere elsewhere = new Elsewhere(desk, wallet, pin, spend, previous, this, again);
    Piece other =
        Piece.button("Use another key", "sign-elsewhere", desk.safely(elsewhere::show))
            .looks("quiet")
            .show(!wallet.cosigners().others().isEmpty());
    review(drawn, prompt[0].box(), prompt[0].submitButton(), change, other);
  }

  /** Draws the review once the co-signer has said which rules it holds; else nothing is asked. */
  private void review(Piece drawn, Piece asks, Piece submit, Piece... more) {
    desk.show(Desk.heading(ASKING));
    desk.rules()
        .ask(
            wallet,
            held -> draw(desk, drawn, RulePieces.shortly(held).add(asks), submit, more),
            why -> {
              desk.outbox().refused(why);
              draw(desk, drawn, Desk.alert(why), submit.show(false), more);
            });
  }

  private static void draw(Desk desk, Piece drawn, Piece asks, Piece submit, Piece... more) {
    desk.show(
        Desk.heading("Is this right?"),
        Piece.says(
            "soft", "The vault drew this from the transaction that it will sign, and checked it."),
        drawn,
        asks,
        Piece.of("div", "actions").add(submit).add(more));
  }

  /**
   * The same with either of the two keys that a person has: for older keys, where the one or the
   * other may be lost. A cold one signs elsewhere.
   *
   * @param byPaper whether the backup key is asked for first
   */
  void showEither(Piece drawn, CheckedSpend spend, boolean byPaper) {
    if (wallet.view().backupIsCold()) {
      show(drawn, spend);
      return;
    }
    EitherKey[] key = new EitherKey[1];
    key[0] =
        new EitherKey(
            desk,
            wallet,
            "Sign",
            "sign",
            byPaper,
            (account, marker) -> sign(spend, account, marker, key[0]));
    Piece change = Piece.button("Change it", "review-back", desk.safely(back)).looks("quiet");
    review(drawn, key[0].box(), Piece.of("span"), change);
  }

  private void sign(
      CheckedSpend spend, AccountKey account, @Nullable Marker marker, EitherKey key) {
    String mark = mark(spend, marker);
    desk.work(
        "Signing",
        HalfSigner.begin(spend, account),
        key.progress(),
        psbt -> {
          account.close();
          HalfSigned half = HalfSigned.verify(spend, psbt, account.role());
          if (pin == null && account.role() == KeyRole.USER) {
            desk.outbox().send(new FromVault.Pinned(wallet.fingerprint()));
          }
          handIn(half, mark);
        },
        why -> {
          account.close();
          key.refuse(why);
        },
        account::close);
  }

  /** Signs with the key that the passcode opened, and remembers the key set that it was for. */
  void sign(
      CheckedSpend spend,
      PasscodePrompt prompt,
      Opened key,
      BiConsumer<HalfSigned, @Nullable String> signed) {
    AccountKey account;
    String mark;
    try (key) {
      account = key.seed().account(wallet.cosigners().network());
      mark = key.marker().mark(spend.digest());
    }
    desk.work(
        "Signing",
        HalfSigner.begin(spend, account),
        prompt.progress(),
        psbt -> {
          account.close();
          HalfSigned half = HalfSigned.verify(spend, psbt, KeyRole.USER);
          if (pin == null) {
            desk.outbox().send(new FromVault.Pinned(wallet.fingerprint()));
          }
          signed.accept(half, mark);
        },
        why -> {
          account.close();
          prompt.refuse(why);
        },
        account::close);
  }

  private static @Nullable String mark(CheckedSpend spend, @Nullable Marker marker) {
    if (marker == null) {
      return null;
    }
    try (marker) {
      return marker.mark(spend.digest());
    }
  }

  /**
   * Hands in what was signed elsewhere. With the user key's signature on it the passcode is asked
   * all the same: the server takes that only with the passcode's mark.
   */
  void handInFromElsewhere(HalfSigned half) {
    desk.show(Desk.heading(ASKING));
    desk.rules()
        .ask(
            wallet,
            held -> handInFromElsewhere(half, held),
            why -> desk.refuseFinally("It is not handed in", why));
  }

  private void handInFromElsewhere(HalfSigned half, HeldRules held) {
    if (!half.by().contains(KeyRole.USER) || wallet.secondSlot() == null) {
      handIn(half, null);
      return;
    }
    PasscodePrompt prompt =
        new PasscodePrompt(
            desk,
            wallet,
            "Send it",
            "sign",
            key -> {
              try (key) {
                handIn(half, key.marker().mark(half.spend().digest()));
              }
            });
    desk.show(
        Desk.heading("Is it you who sends it?"),
        Piece.says(
            "soft",
            "Your user key signed this elsewhere. With your passcode the server knows that it is"
                + " you who hands it in."),
        RulePieces.shortly(held).add(prompt.box()),
        Piece.of("div", "actions")
            .add(
                prompt.submitButton(),
                Piece.button("Not this", "brought-back", desk.safely(back)).looks("quiet")));
    prompt.focus();
  }

  private static List<RecipientLine> lines(CheckedSpend spend) {
    List<RecipientLine> lines = new ArrayList<>();
    for (Recipient recipient : spend.recipients()) {
      lines.add(new RecipientLine(recipient.address().text(), recipient.amount().value()));
    }
    return lines;
  }

  /** Hands a half-signed spend to the page, for the server to check and complete. */
  private void handIn(HalfSigned half, @Nullable String mark) {
    CheckedSpend spend = half.spend();
    Change change = spend.change();
    desk.sayFinally(
        "Half-signed",
        Piece.says(
            "good",
            half.by().size()
                + " of "
                + spend.cosigners().threshold()
                + " signatures "
                + (half.by().size() == 1 ? "is" : "are")
                + " on it: "
                + String.join(" ", spend.digestWords())
                + (half.missing() == 0
                    ? ". The page asks for your second factor now."
                    : ". The page has other owners sign now.")));
    desk.outbox()
        .send(
            new FromVault.HalfSigned(
                half.psbt().base64(),
                lines(spend),
                spend.intent().everything(),
                spend.intent().feeRate().satPerKvB(),
                note.get(),
                change == null ? null : change.index(),
                spend.digestWords(),
                mark));
  }
}
