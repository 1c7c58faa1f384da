package org.trefoil.vault.screen;

import java.util.ArrayList;
import java.util.List;
import org.trefoil.core.policy.HeldRules;
import org.trefoil.core.policy.RuleWords;
import org.trefoil.core.wire.PolicyDocument;
import org.trefoil.core.wire.Rules;
import org.trefoil.vault.view.Piece;

/** Draws what the co-signer holds of a wallet's rules. */
final class RulePieces {
  private RulePieces() {}

  /** What changes from one to the other, a line each. */
  static Piece changes(String testId, Rules old, Rules fresh) {
    List<String> before = RuleWords.lines(old);
    List<String> after = RuleWords.lines(fresh);
    Piece changes = Piece.of("ul").testId(testId);
    for (String line : RuleWords.without(after, before)) {
      changes.add(Piece.of("li").text("New: " + line));
    }
    for (String line : RuleWords.without(before, after)) {
      changes.add(Piece.of("li").text("Gone: " + line));
    }
    return changes;
  }

  /** All rules, a line each. */
  static Piece lines(String testId, Rules rules) {
    Piece all = Piece.of("ul").testId(testId);
    for (String line : RuleWords.lines(rules)) {
      all.add(Piece.of("li").text(line));
    }
    return all;
  }

  /** What is held, in a sentence; empty for a wallet without rules that is not stopped. */
  static Piece shortly(HeldRules held) {
    Piece box = Piece.of("div");
    if (held.version() > 0) {
      box.add(holds(held.version()));
    }
    return box.add(news(held));
  }

  /** That a version is held. */
  static Piece holds(int version) {
    return Piece.says(
            "good",
            "Whoever co-signs holds version "
                + version
                + " of your rules: its own signature says so.")
        .testId("rules-held")
        .attribute("data-version", Integer.toString(version));
  }

  /** A looser version that waits, and a stop. */
  static Piece[] news(HeldRules held) {
    List<Piece> news = new ArrayList<>();
    PolicyDocument waiting = held.waiting();
    if (waiting != null) {
      news.add(
          Piece.says(
                  "warn",
                  "Looser rules wait there, and hold within "
                      + hours(waiting.notBefore() - held.at())
                      + ". Was it not you? Cancel them on the page Rules, or move your coins.")
              .testId("held-waiting"));
      news.add(changes("held-waiting-changes", held.rules(), held.rules(waiting.version())));
    }
    if (held.stopped()) {
      news.add(
          Piece.says(
                  "warn",
                  "Whoever co-signs has stopped this wallet: its own signature says so."
                      + end(held))
              .testId("held-stopped"));
    }
    return news.toArray(new Piece[0]);
  }

  private static String end(HeldRules held) {
    Long thaw = held.thawAt();
    return thaw == null ? "" : " It goes on within " + hours(thaw - held.at()) + ".";
  }

  /** Whole hours, rounded up. */
  private static String hours(long seconds) {
    return RuleWords.time((seconds + 3_599) / 3_600 * 3_600);
  }
}
