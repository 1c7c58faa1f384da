package org.trefoil.server.signer;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.keys.Statement;
import org.trefoil.core.policy.PolicyChain;
import org.trefoil.core.wire.PolicyDocument;
import org.trefoil.core.wire.RuleReceipt;
import org.trefoil.core.wire.Rules;
import org.trefoil.server.rules.Rulebook;

/**
 * The rules of wallets as their user keys signed them, each version on the one before. What is
 * looser waits by this signer's clock; no version ever goes, and a stop ends after its delay alone.
 */
final class Ruling {
  private final Shelf<RuleRow> rows;
  private final Shelf<Stop> stops;
  private final PinnedWallets wallets;
  private final Speakers speakers;
  private final CodeUse factors;
  private final InstantSource careful;

  /** Uses a code up for a digest; refuses what is wrong. */
  interface CodeUse {
    void use(String accountId, String code, byte[] digest);
  }

  /**
   * On these books.
   *
   * @param heard whoever hears of each document, also of those that are read at the start
   */
  Ruling(
      Books books,
      PinnedWallets wallets,
      Speakers speakers,
      CodeUse factors,
      Consumer<PolicyDocument> heard,
      InstantSource careful) {
    this.rows = books.shelf("rules", RuleRow::json, RuleRow::read);
    this.stops = books.shelf("stop", Stop::json, Stop::read);
    this.wallets = wallets;
    this.speakers = speakers;
    this.factors = factors;
    this.careful = careful;
    rows.listen((key, row) -> heard.accept(row.document()));
  }

  /** A wallet's rules, verified. */
  record Standing(PolicyChain chain, Set<Integer> cancelled) {
    Rules at(Instant now) {
      return chain.rulesAt(now.getEpochSecond(), cancelled);
    }
  }

  Standing of(String walletId) {
    List<PolicyDocument> documents = new ArrayList<>();
    Set<Integer> cancelled = new HashSet<>();
    for (int version = 1; rows.find(key(walletId, version)).isPresent(); version++) {
      RuleRow row = rows.find(key(walletId, version)).orElseThrow();
      documents.add(row.document());
      if (row.cancelled()) {
        cancelled.add(version);
      }
    }
    // Each was verified when it came, and the books are sealed.
    Cosigners cosigners = wallets.cosigners(walletId);
    PolicyChain chain = PolicyChain.verify(cosigners, walletId, documents, (digest, sig) -> true);
    return new Standing(chain, cancelled);
  }

  private static String key(String walletId, int version) {
    return walletId + "/" + version;
  }

  boolean stopped(String walletId, Instant now) {
    return stops.find(walletId).map(stop -> stop.holds(now)).orElse(false);
  }

  /**
   * Takes the next version; the same again changes nothing. Refuses {@code role-refused} for
   * anybody but the owner, {@code policy-changed-elsewhere} unless it is the next, {@code
   * policy-waits}, {@code policy-wrong} unless the user key signed it, {@code policy-too-soon}, and
   * what a code is refused for.
   */
  void take(String walletId, String accountId, PolicyDocument document, String code) {
    Cosigners cosigners = wallets.cosigners(walletId);
    refuseOthers(walletId, accountId);
    Standing standing = of(walletId);
    PolicyChain chain = standing.chain();
    if (chain.documents().contains(document)) {
      return;
    }
    Instant now = careful.instant();
    if (document.version() != chain.version() + 1 || !document.previous().equals(chain.head())) {
      throw Refusal.of(Token.POLICY_CHANGED_ELSEWHERE).exception();
    }
    if (chain.version() >= PolicyChain.MOST) {
      throw Refusal.of(Token.POLICY_TOO_MANY).exception();
    }
    if (chain.waiting(now.getEpochSecond(), standing.cancelled()) != null) {
      throw Refusal.of(Token.POLICY_WAITS).exception();
    }
    Rules fresh = PolicyChain.read(document.rules(), cosigners.network());
    byte[] digest = PolicyChain.digest(cosigners, walletId, document);
    byte[] signature = Base64.getDecoder().decode(document.signature());
    if (!Statement.verify(digest, cosigners, KeyRole.USER, signature)) {
      throw Refusal.of(Token.POLICY_WRONG).exception();
    }
    Rulebook.refuseUnknownZone(fresh);
    Rulebook.refuseWrongBegin(document, standing.at(now), fresh, now);
    factors.use(accountId, code, digest);
    speakers.used(walletId);
    rows.put(key(walletId, document.version()), new RuleRow(document, false));
  }

  /** Cancels a version that waits, for good; one that does not stays as it is. */
  void cancel(String walletId, int version) {
    Standing standing = of(walletId);
    PolicyDocument waiting =
        standing.chain().waiting(careful.instant().getEpochSecond(), standing.cancelled());
    if (waiting != null && waiting.version() == version) {
      rows.put(key(walletId, version), new RuleRow(waiting, true));
    }
  }

  /** Stops a wallet at once, or has it stay so although it was to go on. */
  void stop(String walletId) {
    wallets.owner(walletId);
    boolean stays = stops.find(walletId).map(stop -> stop.thawAt() == null).orElse(false);
    if (!stays) {
      stops.put(walletId, new Stop(null));
    }
  }

  /** The version that comes after another; empty where none does. */
  Optional<PolicyDocument> after(String walletId, int version) {
    wallets.owner(walletId);
    return rows.find(key(walletId, version + 1)).map(RuleRow::document);
  }

  /**
   * Lets a stopped wallet go on after the delay of its rules, on a code of its owner. One that is
   * to go on already, or does so, is answered alike and stays as it is: a front that ended before
   * it knew asks again.
   */
  void thaw(String walletId, String accountId, String code) {
    refuseOthers(walletId, accountId);
    Instant now = careful.instant();
    byte[] digest = Statement.digest("thaw", wallets.cosigners(walletId), walletId);
    factors.use(accountId, code, digest);
    if (stops.find(walletId).filter(known -> known.thawAt() == null).isEmpty()) {
      return;
    }
    int hours = of(walletId).at(now).delayHours();
    long end = now.plus(Duration.ofHours(hours)).getEpochSecond();
    stops.put(walletId, new Stop(Instant.ofEpochSecond(end)));
  }

  /** What is held of a wallet's rules, for a receipt; not signed yet. */
  RuleReceipt held(String walletId) {
    Standing standing = of(walletId);
    Instant now = careful.instant();
    boolean stopped = stopped(walletId, now);
    Instant thaw = stops.find(walletId).map(Stop::thawAt).orElse(null);
    return new RuleReceipt(
        now.getEpochSecond(),
        standing.chain().version(),
        standing.chain().head(),
        standing.cancelled().stream().sorted().toList(),
        stopped,
        stopped && thaw != null ? (Long) thaw.getEpochSecond() : null,
        "");
  }

  private void refuseOthers(String walletId, String accountId) {
    if (!wallets.owner(walletId).equals(accountId)) {
      throw Refusal.of(Token.ROLE_REFUSED).exception();
    }
  }
}
