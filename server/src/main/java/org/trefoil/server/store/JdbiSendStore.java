package org.trefoil.server.store;

import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.server.policy.RulesAt;
import org.trefoil.server.spend.SendRecord;
import org.trefoil.server.spend.SendStage;
import org.trefoil.server.spend.SendStore;
import org.trefoil.server.spend.Version;

/** Sends in the table {@code send}, their coins are {@link HeldCoins}. */
public final class JdbiSendStore implements SendStore {
  /** What is left of a half-signed transaction that must not be completed any more. */
  static final byte[] NOTHING = {};

  private static final String LIVE =
      "SELECT send_id, wallet_id, txid, state, next_try_at FROM send WHERE next_try_at IS NOT NULL"
          + " AND state IN ('SIGNED', 'BROADCAST', 'CONFIRMED', 'REPLACED', 'CANCELLED')";

  /** What leaves the wallet. */
  static final String COST = "CASE WHEN kind IN ('CANCEL', 'CHILD') THEN fee ELSE amount + fee END";

  private static final String APPROVALS =
      "SELECT COALESCE(SUM(CASE WHEN family IS NULL"
          + " AND state NOT IN ('REJECTED', 'REPLACED', 'CANCELLED') THEN "
          + COST
          + " ELSE 0 END), 0), COUNT(family),"
          + " (SELECT COALESCE(MAX(l.approved_at), 0) FROM send l WHERE l.wallet_id = :wallet)"
          + " FROM send WHERE wallet_id = :wallet AND approved_at > :since";

  private final Database database;
  private final HeldCoins held;
  private final SendVersions versions;

  public JdbiSendStore(Database database) {
    this.database = database;
    this.held = new HeldCoins(database);
    this.versions = new SendVersions(database);
  }

  @Override
  public boolean add(SendRecord send) {
    return database.inserted(
        h ->
            h.createUpdate(
                    "INSERT INTO send (send_id, wallet_id, request_id, request_hash, state, psbt,"
                        + " digest, digest_words, txid, lock_time, recipients, everything, fee_rate, amount,"
                        + " fee, change_amount, note, created_at, expires_at, tries, kind,"
                        + " replaces, signers, missing, begun_by) SELECT :id, :wallet, :request, :hash,"
                        + " :state, :psbt, :digest,"
                        + " :words, :txid, :lockTime, :recipients, :everything, :feeRate, :amount, :fee,"
                        + " CAST(:change AS BIGINT), :note, :created, :expires, 0, :kind,"
                        + " CAST(:replaces AS VARCHAR), :signers, :missing, :begunBy WHERE NOT EXISTS"
                        + " (SELECT 1 FROM send WHERE"
                        + " wallet_id = :wallet AND request_id = :request)")
                .bind("id", send.sendId())
                .bind("wallet", send.walletId())
                .bind("request", send.requestId())
                .bind("hash", send.requestHash())
                .bind("state", send.stage().name())
                .bind("psbt", send.psbt())
                .bind("digest", send.digest())
                .bind("words", String.join(" ", send.digestWords()))
                .bind("txid", send.txid())
                .bind("lockTime", send.lockTime())
                .bind("recipients", SendRows.recipients(send.recipients()))
                .bind("everything", send.everything())
                .bind("feeRate", send.feeRate())
                .bind("amount", send.amount())
                .bind("fee", send.fee())
                .bind("change", send.change())
                .bind("note", send.note())
                .bind("created", send.createdAt().getEpochSecond())
                .bind("expires", send.expiresAt().getEpochSecond())
                .bind("kind", send.kind().name())
                .bind("replaces", send.replaces())
                .bind("signers", String.join(" ", send.signers()))
                .bind("missing", send.missing())
                .bind("begunBy", send.begunBy())
                .execute());
  }

  @Override
  public Optional<SendRecord> find(String sendId) {
    return sends("send_id = :id", Map.of("id", sendId)).stream().findFirst();
  }

  @Override
  public Optional<SendRecord> byRequest(String walletId, String requestId) {
    return sends(
            "wallet_id = :wallet AND request_id = :request",
            Map.of("wallet", walletId, "request", requestId))
        .stream()
        .findFirst();
  }

  @Override
  public Optional<SendRecord> byTransaction(String walletId, String txid) {
    return sends(
            "txid = :txid AND wallet_id = :wallet AND approved_at IS NOT NULL",
            Map.of("txid", txid, "wallet", walletId))
        .stream()
        .findFirst();
  }

  @Override
  public List<SendRecord> list(String walletId, int limit) {
    return sends(
        "wallet_id = :wallet ORDER BY created_at DESC, send_id LIMIT :limit",
        Map.of("wallet", walletId, "limit", limit));
  }

  @Override
  public Set<Integer> lockTimesOfEnded(String walletId, int last) {
    return database.with(
        h ->
            h.createQuery(
                    "SELECT DISTINCT lock_time FROM (SELECT state, lock_time FROM send"
                        + " WHERE wallet_id = :wallet ORDER BY created_at DESC LIMIT :last) latest"
                        + " WHERE state IN ('CANCELLED', 'EXPIRED', 'REJECTED')")
                .bind("wallet", walletId)
                .bind("last", last)
                .mapTo(Integer.class)
                .set());
  }

  @Override
  public List<SendRecord> waiting(String walletId, Instant after, Instant now) {
    return sends(
        "wallet_id = :wallet AND (state = 'HELD' OR (created_at > :after AND expires_at > :now"
            + " AND state = 'NEEDS_FACTOR')) ORDER BY created_at DESC, send_id",
        Map.of("wallet", walletId, "after", after.getEpochSecond(), "now", now.getEpochSecond()));
  }

  @Override
  public void addSignatures(String sendId, byte[] psbt, List<String> signers, int missing) {
    database.use(
        h ->
            h.createUpdate(
                    "UPDATE send SET psbt = :psbt, signers = :signers, missing = :missing"
                        + " WHERE send_id = :id AND state = 'NEEDS_FACTOR'")
                .bind("psbt", psbt)
                .bind("signers", String.join(" ", signers))
                .bind("missing", missing)
                .bind("id", sendId)
                .execute());
  }

  @Override
  public List<SendRecord> due(Instant now, int limit) {
    return sends(
        "next_try_at <= :now ORDER BY next_try_at, created_at LIMIT :limit",
        Map.of("now", now.getEpochSecond(), "limit", limit));
  }

  @Override
  public List<SendRecord> held() {
    return sends("state = 'HELD' ORDER BY created_at, send_id", Map.of());
  }

  @Override
  public List<SendRecord> held(String walletId) {
    return sends(
        "wallet_id = :wallet AND state = 'HELD' ORDER BY created_at, send_id",
        Map.of("wallet", walletId));
  }

  @Override
  public List<Live> live() {
    return database.with(h -> h.createQuery(LIVE).map((rs, context) -> SendRows.live(rs)).list());
  }

  @Override
  public List<Live> live(Collection<String> walletIds) {
    return database.with(
        h ->
            Among.list(
                h,
                LIVE + " AND wallet_id IN (<ids>)",
                walletIds,
                (rs, context) -> SendRows.live(rs)));
  }

  private List<SendRecord> sends(String condition, Map<String, ?> values) {
    return database.with(
        h ->
            h.createQuery("SELECT * FROM send WHERE " + condition)
                .bindMap(values)
                .map((rs, context) -> SendRows.read(rs))
                .list());
  }

  @Override
  public Map<SendStage, Long> open() {
    return database.with(
        h -> {
          Map<SendStage, Long> counts = new EnumMap<>(SendStage.class);
          for (String stage : List.of("NEEDS_FACTOR", "HELD", "APPROVED", "SIGNED", "BROADCAST")) {
            counts.put(
                SendStage.valueOf(stage),
                h.select("SELECT COUNT(*) FROM send WHERE state = ?", stage)
                    .mapTo(Long.class)
                    .one());
          }
          return counts;
        });
  }

  @Override
  public long overdue(Instant before) {
    return database.with(
        h ->
            h.select("SELECT COUNT(*) FROM send WHERE next_try_at < ?", before.getEpochSecond())
                .mapTo(Long.class)
                .one());
  }

  @Override
  public Approvals approvals(String walletId, Instant since) {
    return database.with(
        h ->
            h.createQuery(APPROVALS)
                .bind("wallet", walletId)
                .bind("since", since.getEpochSecond())
                .map(
                    (rs, context) ->
                        new Approvals(
                            rs.getLong(1), rs.getInt(2) > 0, Instant.ofEpochSecond(rs.getLong(3))))
                .one());
  }

  @Override
  public boolean knows(String walletId, String txid) {
    return database.with(
        h ->
            h.createQuery(
                        "SELECT COUNT(*) FROM send WHERE wallet_id = :wallet AND txid = :txid"
                            + " AND approved_at IS NOT NULL")
                    .bind("wallet", walletId)
                    .bind("txid", txid)
                    .mapTo(Integer.class)
                    .one()
                > 0);
  }

  @Override
  public List<String> familiesSince(String walletId, Instant since) {
    return versions.familiesSince(walletId, since);
  }

  @Override
  public List<Version> versions(String family) {
    return versions.of(family);
  }

  @Override
  public boolean beingReplaced(String walletId, Collection<String> txids) {
    return versions.beingReplaced(walletId, txids);
  }

  @Override
  public List<SendRecord> replaced(String walletId, Collection<String> txids) {
    return versions.replaced(walletId, txids);
  }

  @Override
  public void join(String originalId, String replacementId, String family) {
    versions.join(originalId, replacementId, family);
  }

  @Override
  public int handOver(String fromSendId, String toSendId) {
    return held.handOver(fromSendId, toSendId);
  }

  @Override
  public boolean reserve(String walletId, String sendId, Collection<Outpoint> outpoints) {
    return held.reserve(walletId, sendId, List.copyOf(outpoints));
  }

  @Override
  public Set<Outpoint> heldBy(String sendId) {
    return held.heldBy(sendId);
  }

  @Override
  public void release(String sendId) {
    held.release(sendId);
  }

  @Override
  public Set<Outpoint> of(String walletId) {
    return held.of(walletId);
  }

  @Override
  public Map<String, String> notes(String walletId, Collection<String> txids) {
    return database.with(
        h -> {
          Map<String, String> notes = new HashMap<>();
          Among.each(
              h,
              "SELECT txid, note, wallet_id FROM send WHERE txid IN (<ids>)"
                  + " AND note <> '' AND approved_at IS NOT NULL",
              txids,
              rs -> {
                if (rs.getString(3).equals(walletId)) {
                  notes.put(rs.getString(1), rs.getString(2));
                }
              });
          return notes;
        });
  }

  @Override
  public boolean approve(String sendId, Instant at, Instant nextTryAt, RulesAt rules, byte[] seal) {
    return database.with(
        h ->
            h.createUpdate(
                        "UPDATE send SET state = 'APPROVED', approved_at = :at,"
                            + " next_try_at = :next, policy_version = :version,"
                            + " policy_step = :step, seal = :seal"
                            + " WHERE send_id = :id AND state IN ('NEEDS_FACTOR', 'HELD')")
                    .bind("at", at.getEpochSecond())
                    .bind("version", rules.version())
                    .bind("step", rules.step())
                    .bind("seal", seal)
                    .bind("next", nextTryAt.getEpochSecond())
                    .bind("id", sendId)
                    .execute()
                == 1);
  }

  @Override
  public boolean signed(String sendId, byte[] rawTx, Instant nextTryAt) {
    return database.with(
        h ->
            h.createUpdate(
                        "UPDATE send SET state = 'SIGNED', raw_tx = :raw, next_try_at = :next"
                            + " WHERE send_id = :id AND state = 'APPROVED'")
                    .bind("raw", rawTx)
                    .bind("next", nextTryAt.getEpochSecond())
                    .bind("id", sendId)
                    .execute()
                == 1);
  }

  @Override
  public boolean move(
      String sendId,
      Set<SendStage> from,
      SendStage to,
      @Nullable Instant nextTryAt,
      @Nullable String reason) {
    return database.with(
        h ->
            h.createUpdate(
                        "UPDATE send SET state = :to, next_try_at = CAST(:next AS BIGINT),"
                            + " reason = :reason, tries = 0,"
                            + " psbt = CASE WHEN :to IN ('CANCELLED', 'EXPIRED') AND raw_tx IS NULL"
                            + " THEN CAST(:nothing AS BYTEA) ELSE psbt END"
                            + " WHERE send_id = :id AND state IN (<from>)")
                    .bindList("from", from.stream().map(Enum::name).toList())
                    .bind("to", to.name())
                    .bind("next", nextTryAt == null ? null : nextTryAt.getEpochSecond())
                    .bind("reason", reason)
                    .bind("nothing", NOTHING)
                    .bind("id", sendId)
                    .execute()
                == 1);
  }

  @Override
  public void tried(String sendId, Instant nextTryAt) {
    database.use(
        h ->
            h.createUpdate(
                    "UPDATE send SET tries = tries + 1, next_try_at = :next"
                        + " WHERE send_id = :id AND next_try_at IS NOT NULL")
                .bind("next", nextTryAt.getEpochSecond())
                .bind("id", sendId)
                .execute());
  }

  @Override
  public List<Overdue> over(Instant now) {
    return database.with(
        h ->
            h.createQuery(
                    "SELECT send_id, wallet_id, digest FROM send"
                        + " WHERE state = 'NEEDS_FACTOR' AND expires_at <= :now")
                .bind("now", now.getEpochSecond())
                .map((rs, context) -> new Overdue(rs.getString(1), rs.getString(2), rs.getBytes(3)))
                .list());
  }

  @Override
  public boolean expire(String sendId, Instant now) {
    return database.run(
        () -> {
          int over =
              database.with(
                  h ->
                      h.createUpdate(
                              "UPDATE send SET state = 'EXPIRED', psbt = :nothing"
                                  + " WHERE send_id = :id AND state = 'NEEDS_FACTOR'"
                                  + " AND expires_at <= :now")
                          .bind("nothing", NOTHING)
                          .bind("id", sendId)
                          .bind("now", now.getEpochSecond())
                          .execute());
          if (over == 1) {
            held.release(sendId);
          }
          return over == 1;
        });
  }

  @Override
  public boolean noteNonce(byte[] r, byte[] message) {
    boolean fresh =
        database.inserted(
            h ->
                h.createUpdate(
                        "INSERT INTO signature_nonce (r, message) SELECT :r, :message"
                            + " WHERE NOT EXISTS (SELECT 1 FROM signature_nonce WHERE r = :r)")
                    .bind("r", r)
                    .bind("message", message)
                    .execute());
    return fresh
        || database.with(
            h ->
                h.createQuery(
                            "SELECT COUNT(*) FROM signature_nonce"
                                + " WHERE r = :r AND message = :message")
                        .bind("r", r)
                        .bind("message", message)
                        .mapTo(Integer.class)
                        .one()
                    == 1);
  }
}
