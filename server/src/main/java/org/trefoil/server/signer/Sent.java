package org.trefoil.server.signer;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.wire.Fields;
import org.trefoil.core.wire.Json;

/**
 * A transaction for which a second factor was given.
 *
 * @param by the account that gave it
 * @param since when, by the careful clock
 * @param known since when the front says that the browser is known
 * @param state how far it is
 * @param at when it was approved; when the factor was given before that
 * @param cost what it lets out of the wallet, its fee included
 * @param adds as much of that as counts against limits
 * @param first whether it counts as a send, and not as another version of one
 * @param outpoints what it spends
 * @param amounts of each of them, in satoshis, as the transaction's signatures have it
 * @param pays what it pays to others: {@code <address> <satoshis>}
 * @param txid of the transaction, whatever amounts are said of its coins; empty in journals from
 *     before
 * @param top the highest number of an address of ours in it
 * @param votes what members said of it
 */
record Sent(
    String walletId,
    String digest,
    String by,
    Instant since,
    Instant known,
    State state,
    Instant at,
    long cost,
    long adds,
    boolean first,
    List<String> outpoints,
    List<String> amounts,
    List<String> pays,
    String txid,
    int top,
    List<Vote> votes) {

  /** How far one is. */
  enum State {
    /** Waits by a rule. */
    HELD,
    /** May be signed, and nobody asked for it yet. */
    GRANTED,
    /** May be signed, as often as somebody asks; it was, or may have been. */
    APPROVED,
    /** Was granted, and cancelled before it was signed: it may be confirmed anew. */
    FORGOTTEN,
    /** Was cancelled, for good. */
    DROPPED,
    /** Waited on a second factor that was replaced; for good. */
    UNPROVED
  }

  /** What a member said. */
  record Vote(String accountId, boolean yes) {
    static Vote read(Json json) {
      return json.read(f -> new Vote(f.text("account"), f.bool("yes")));
    }

    Json json() {
      return Json.object().put("account", accountId).put("yes", yes).json();
    }
  }

  Sent {
    outpoints = List.copyOf(outpoints);
    amounts = List.copyOf(amounts);
    if (amounts.size() != outpoints.size()) {
      throw new IllegalArgumentException("each coin has an amount");
    }
    pays = List.copyOf(pays);
    votes = List.copyOf(votes);
  }

  static String key(String walletId, String digest) {
    return walletId + "/" + digest;
  }

  Sent granted(Instant when, long adding, boolean asFirst) {
    return new Sent(
        walletId,
        digest,
        by,
        since,
        known,
        State.GRANTED,
        when,
        cost,
        adding,
        asFirst,
        outpoints,
        amounts,
        pays,
        txid,
        top,
        votes);
  }

  /** Whether it may be signed. */
  boolean granted() {
    return state == State.GRANTED || state == State.APPROVED;
  }

  Sent signed() {
    return as(State.APPROVED);
  }

  Sent forgotten() {
    return as(State.FORGOTTEN);
  }

  Sent dropped() {
    return as(State.DROPPED);
  }

  Sent unproved() {
    return as(State.UNPROVED);
  }

  private Sent as(State how) {
    return new Sent(
        walletId, digest, by, since, known, how, at, cost, adds, first, outpoints, amounts, pays,
        txid, top, votes);
  }

  Sent said(Vote vote) {
    List<Vote> all = new ArrayList<>(votes);
    all.add(vote);
    return new Sent(
        walletId, digest, by, since, known, state, at, cost, adds, first, outpoints, amounts, pays,
        txid, top, all);
  }

  @Nullable Boolean voteOf(String accountId) {
    return votes.stream()
        .filter(vote -> vote.accountId().equals(accountId))
        .map(vote -> (Boolean) vote.yes())
        .findFirst()
        .orElse(null);
  }

  /**
   * Whether no chain can take both: they spend the same coins, as far as they share any, with the
   * same amounts. A signature (BIP-0143) is over the amount of its own coin, so of two that differ
   * in one at least one is worth nothing; unless they are one transaction, whose signatures over
   * different amounts, each of another coin, would make one whole.
   */
  boolean concurs(Sent other) {
    boolean one = txid.isEmpty() || other.txid().isEmpty() || txid.equals(other.txid());
    Map<String, String> mine = coins();
    return one
        || other.coins().entrySet().stream()
            .allMatch(
                coin -> mine.getOrDefault(coin.getKey(), coin.getValue()).equals(coin.getValue()));
  }

  /** The amount of each coin that it spends. */
  Map<String, String> coins() {
    Map<String, String> coins = new HashMap<>();
    for (int i = 0; i < outpoints.size(); i++) {
      coins.put(outpoints.get(i), amounts.get(i));
    }
    return coins;
  }

  static Sent read(Fields f) {
    return new Sent(
        f.text("wallet"),
        f.text("digest"),
        f.text("by"),
        Instant.ofEpochSecond(f.number("since")),
        Instant.ofEpochSecond(f.number("known")),
        Objects.requireNonNull(f.choice("state", State.values())),
        Instant.ofEpochSecond(f.number("at")),
        f.number("cost"),
        f.number("adds"),
        f.bool("first"),
        f.texts("outpoints"),
        f.texts("amounts"),
        f.texts("pays"),
        Objects.requireNonNullElse(f.optionalText("txid"), ""),
        f.count("top"),
        f.list("votes", Vote::read));
  }

  Json json() {
    return Json.object()
        .put("wallet", walletId)
        .put("digest", digest)
        .put("by", by)
        .put("since", since.getEpochSecond())
        .put("known", known.getEpochSecond())
        .put("state", state.name())
        .put("at", at.getEpochSecond())
        .put("cost", cost)
        .put("adds", adds)
        .put("first", first)
        .putTexts("outpoints", outpoints)
        .putTexts("amounts", amounts)
        .putTexts("pays", pays)
        .put("txid", txid)
        .put("top", top)
        .put("votes", Json.array(votes, Vote::json))
        .json();
  }
}
