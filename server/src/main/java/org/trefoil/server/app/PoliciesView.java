package org.trefoil.server.app;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.policy.PolicyChain;
import org.trefoil.core.policy.RuleWords;
import org.trefoil.core.wire.PolicyDocument;
import org.trefoil.core.wire.PolicyRequest;
import org.trefoil.core.wire.PolicyView;
import org.trefoil.core.wire.RecipientLine;
import org.trefoil.core.wire.RulesAndReceipt;
import org.trefoil.server.account.Devices;
import org.trefoil.server.http.Policies;
import org.trefoil.server.http.Services;
import org.trefoil.server.policy.Verdict;
import org.trefoil.server.rules.RuleStore;
import org.trefoil.server.rules.Rulebook;
import org.trefoil.server.rules.Standing;
import org.trefoil.server.spend.Sends;

/** Wallets' rules as the door sees them. */
record PoliciesView(Rulebook rules, Sends sends, Devices devices) implements Policies {
  @Override
  public State state(String accountId, String walletId) {
    try {
      return state(rules.standing(accountId, walletId), rules.now());
    } catch (RefusedException e) {
      if (!e.refusal().is(Token.POLICY_CHAIN_BROKEN)) {
        throw e;
      }
      int version = Integer.parseInt(e.refusal().data().getOrDefault("version", "0"));
      return new State(version, List.of(), List.of(), null, false, null);
    }
  }

  private static State state(Standing standing, Instant now) {
    List<String> lines = RuleWords.lines(standing.rules(now));
    List<Version> versions = new ArrayList<>();
    int inForce = standing.inForce(now);
    PolicyDocument waiting = standing.waiting(now);
    for (RuleStore.Row row : standing.rows()) {
      int number = row.document().version();
      String how =
          number == inForce
              ? "holds"
              : row.cancelledAt() != null
                  ? "cancelled"
                  : waiting != null && waiting.version() == number ? "waits" : "over";
      versions.add(0, new Version(number, row.signedAt().getEpochSecond(), how));
    }
    boolean frozen = standing.frozen(now);
    Instant thaw = standing.thawAt();
    return new State(
        null,
        lines,
        versions,
        change(standing.chain(), lines, waiting),
        frozen,
        frozen && thaw != null ? (Long) thaw.getEpochSecond() : null);
  }

  private static @Nullable Change change(
      PolicyChain chain, List<String> lines, @Nullable PolicyDocument waiting) {
    if (waiting == null) {
      return null;
    }
    List<String> then = RuleWords.lines(chain.rules(waiting.version()));
    return new Change(
        RuleWords.without(then, lines), RuleWords.without(lines, then), waiting.notBefore());
  }

  @Override
  public PolicyView view(String accountId, String walletId) {
    return rules.view(accountId, walletId);
  }

  @Override
  public RulesAndReceipt held(String accountId, String walletId, byte[] nonce) {
    return rules.held(accountId, walletId, nonce);
  }

  @Override
  public void sign(String accountId, String walletId, PolicyRequest request) {
    rules.sign(accountId, walletId, request);
  }

  @Override
  public void cancel(String accountId, String walletId) {
    rules.cancel(accountId, walletId);
  }

  @Override
  public void freeze(String accountId, String walletId) {
    rules.freeze(accountId, walletId);
  }

  @Override
  public void thaw(String accountId, String walletId, String code) {
    rules.thaw(accountId, walletId, code);
  }

  @Override
  public Cancellation lookAtCancel(String link) {
    Rulebook.Cancellation cancels = rules.lookAtCancel(link);
    return new Cancellation(cancels.wallet(), cancels.thaw());
  }

  @Override
  public void cancelByLink(String link) {
    rules.cancelByLink(link);
  }

  @Override
  public Preview preview(
      String accountId,
      String walletId,
      List<RecipientLine> lines,
      long fee,
      Services.Whence whence) {
    return seen(
        sends.preview(
            accountId, walletId, lines, fee, HttpServices.whence(devices, accountId, whence)));
  }

  @Override
  public Preview preview(String accountId, String walletId, String sendId, Services.Whence whence) {
    try {
      return seen(
          sends.preview(
              accountId, walletId, sendId, HttpServices.whence(devices, accountId, whence)));
    } catch (RefusedException e) {
      return new Preview(true, null, List.of(e.refusal()));
    }
  }

  private static Preview seen(Verdict verdict) {
    Long until =
        verdict instanceof Verdict.Waits held ? (Long) held.until().getEpochSecond() : null;
    return new Preview(verdict instanceof Verdict.Refused, until, verdict.reasons());
  }

  @Override
  public @Nullable Long heldUntil(String accountId, String walletId, String sendId) {
    return sends.heldUntil(accountId, walletId, sendId).map(Instant::getEpochSecond).orElse(null);
  }
}
