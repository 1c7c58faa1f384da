package org.trefoil.vault.screen;

import java.util.Base64;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.policy.HeldRules;
import org.trefoil.core.wire.FromVault;
import org.trefoil.core.wire.PageAnswer;
import org.trefoil.vault.browser.Globals;
import org.trefoil.vault.wallet.KnownWallet;

/**
 * Asks, by way of the page, which rules whoever co-signs holds. Only the last question counts, for
 * a while; what is not signed by the wallet's server key for it is no answer.
 */
public final class RuleQuestion {
  private static final int PATIENCE = 20_000;

  private final Desk desk;
  private int asked;
  private int answers;
  private @Nullable Consumer<PageAnswer.@Nullable RulesHeld> waiting;

  RuleQuestion(Desk desk) {
    this.desk = desk;
  }

  /** Asks; exactly one of {@code known} and {@code refused} is called. */
  void ask(KnownWallet wallet, Consumer<HeldRules> known, Consumer<Refusal> refused) {
    byte[] nonce = desk.entropy().bytes(HeldRules.NONCE);
    waiting = said -> answer(wallet, nonce, said, known, refused);
    asked++;
    int question = asked;
    desk.outbox()
        .send(new FromVault.AskRules(wallet.walletId(), Base64.getEncoder().encodeToString(nonce)));
    Globals.setTimeout(
        desk.safely(
                () -> {
                  if (question == asked) {
                    take(null);
                  }
                })
            ::run,
        PATIENCE);
  }

  /** Whether this is the answer to a question that was asked. */
  boolean answered(PageAnswer message) {
    if (!(message instanceof PageAnswer.RulesHeld said) || answers == asked) {
      return false;
    }
    answers++;
    if (answers == asked) {
      take(said);
    }
    return true;
  }

  private void take(PageAnswer.@Nullable RulesHeld said) {
    Consumer<PageAnswer.@Nullable RulesHeld> wait = waiting;
    waiting = null;
    if (wait != null) {
      wait.accept(said);
    }
  }

  private static void answer(
      KnownWallet wallet,
      byte[] nonce,
      PageAnswer.@Nullable RulesHeld said,
      Consumer<HeldRules> known,
      Consumer<Refusal> refused) {
    HeldRules held;
    try {
      if (said == null) {
        throw Refusal.of(Token.RECEIPT_MISSING).exception();
      }
      held =
          HeldRules.check(wallet.cosigners(), wallet.walletId(), nonce, said.held(), said.seen());
    } catch (RefusedException e) {
      refused.accept(e.refusal());
      return;
    }
    known.accept(held);
  }
}
