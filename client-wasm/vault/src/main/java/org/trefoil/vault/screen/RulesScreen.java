package org.trefoil.vault.screen;

import java.util.HashSet;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.policy.Loosening;
import org.trefoil.core.policy.PolicyChain;
import org.trefoil.core.policy.RuleWords;
import org.trefoil.core.wire.FromVault;
import org.trefoil.core.wire.PageAnswer;
import org.trefoil.core.wire.PolicyDocument;
import org.trefoil.core.wire.Rules;
import org.trefoil.core.wire.ToVault;
import org.trefoil.custody.envelope.v1.Opened;
import org.trefoil.custody.keys.AccountKey;
import org.trefoil.custody.sign.Stater;
import org.trefoil.vault.view.Piece;
import org.trefoil.vault.wallet.KnownWallet;

/**
 * The next version of a wallet's rules: verifies all versions before it, shows what changes and
 * what would hold, and has the user key sign exactly that.
 */
final class RulesScreen extends WalletScreen {
  private final ToVault.SignRules task;
  private @Nullable Runnable stored;

  RulesScreen(Desk desk, ToVault.SignRules task) {
    super(desk, task.wallet(), task.pin(), "The rules stay as they are");
    this.task = task;
  }

  @Override
  void begin(KnownWallet wallet) {
    PolicyChain chain =
        PolicyChain.verify(wallet.cosigners(), wallet.walletId(), task.policy().documents());
    Integer seen = task.seen();
    if (seen != null && chain.version() < seen) {
      throw PolicyChain.broken(chain.version() + 1);
    }
    HashSet<Integer> cancelled = new HashSet<>(task.policy().cancelled());
    long now = task.policy().now();
    if (chain.waiting(now, cancelled) != null) {
      throw Refusal.of(Token.POLICY_WAITS).exception();
    }
    Rules old = chain.rulesAt(now, cancelled);
    Rules fresh = PolicyChain.read(task.rules(), wallet.cosigners().network());
    boolean looser = !Loosening.of(old, fresh).isEmpty();
    PolicyDocument next =
        new PolicyDocument(
            chain.version() + 1,
            chain.head(),
            looser ? now + 3_600L * old.delayHours() : 0,
            task.rules(),
            "");
    show(wallet, old, fresh, next);
  }

  private void show(KnownWallet wallet, Rules old, Rules fresh, PolicyDocument next) {
    PasscodePrompt prompt =
        new PasscodePrompt(desk, wallet, "Sign", "vault-submit", key -> sign(wallet, next, key));
    desk.show(
        Desk.heading("Are these your rules?"),
        RulePieces.changes("rule-changes", old, fresh),
        next.notBefore() == 0
            ? Piece.says("soft", "They hold as soon as they are signed.").testId("rules-at-once")
            : Piece.says(
                    "warn",
                    "These are looser. The present ones hold for another "
                        + RuleWords.time(3_600L * old.delayHours())
                        + "; until then they can be cancelled, and you are told by mail.")
                .testId("rules-looser"),
        Piece.of("h2").text("All rules, as version " + next.version()),
        RulePieces.lines("rule-lines", fresh),
        prompt.box(),
        Piece.of("div", "actions").add(prompt.submitButton()));
  }

  private void sign(KnownWallet wallet, PolicyDocument next, Opened key) {
    PolicyDocument signed;
    try (key;
        AccountKey user = key.seed().account(wallet.cosigners().network())) {
      signed = Stater.policy(user, wallet.cosigners(), wallet.walletId(), next);
    }
    if (task.pin() == null) {
      desk.outbox().send(new FromVault.Pinned(wallet.fingerprint()));
    }
    desk.sayFinally("Signed", Piece.says("good", "The page asks for your second factor now."));
    stored = () -> confirm(wallet, next);
    desk.outbox().send(new FromVault.RulesSigned(signed));
  }

  @Override
  public boolean told(PageAnswer message) {
    Runnable next = stored;
    if (!(message instanceof PageAnswer.RulesStored) || next == null) {
      return false;
    }
    stored = null;
    next.run();
    return true;
  }

  /** Has whoever co-signs say that it holds what was signed. */
  private void confirm(KnownWallet wallet, PolicyDocument next) {
    byte[] digest = PolicyChain.digest(wallet.cosigners(), wallet.walletId(), next);
    desk.sayFinally("Stored", Piece.says("soft", "Asking whoever co-signs whether it holds them."));
    desk.rules()
        .ask(
            wallet,
            held -> {
              try {
                held.expect(digest, next.version());
                desk.show(
                    Desk.heading("Your rules are there"),
                    RulePieces.holds(next.version()),
                    Piece.of("div").add(RulePieces.news(held)));
              } catch (RefusedException e) {
                unconfirmed(e.refusal());
              }
            },
            this::unconfirmed);
  }

  private void unconfirmed(Refusal why) {
    desk.refuseFinally("These rules may not hold", why);
  }
}
