package org.trefoil.server.store;

import static java.util.stream.Collectors.joining;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trefoil.server.passkey.Passkey;
import org.trefoil.server.passkey.PasskeyStore;
import org.trefoil.server.passkey.Question;
import org.trefoil.server.passkey.SendProof;

/** Passkeys in {@code passkey}, {@code passkey_question}, {@code passkey_ticket}, send_proof. */
public final class JdbiPasskeyStore implements PasskeyStore {
  private final Database database;

  public JdbiPasskeyStore(Database database) {
    this.database = database;
  }

  @Override
  public List<Row> list(String accountId) {
    return database.with(
        h ->
            h.createQuery(
                    "SELECT * FROM passkey WHERE account_id = :account"
                        + " ORDER BY created_at, passkey_id")
                .bind("account", accountId)
                .map((rs, context) -> new Row(passkey(rs), rs.getBytes("seal")))
                .list());
  }

  @Override
  public Optional<Row> byCredential(byte[] credentialId) {
    return database.with(
        h ->
            h.createQuery("SELECT * FROM passkey WHERE credential_id = :credential")
                .bind("credential", credentialId)
                .map((rs, context) -> new Row(passkey(rs), rs.getBytes("seal")))
                .findOne());
  }

  private static Passkey passkey(ResultSet rs) throws SQLException {
    long used = rs.getLong("last_used_at");
    Instant lastUsedAt = rs.wasNull() ? null : Instant.ofEpochSecond(used);
    return new Passkey(
        rs.getString("passkey_id"),
        rs.getString("account_id"),
        rs.getBytes("credential_id"),
        rs.getBytes("credential"),
        rs.getBytes("public_key"),
        rs.getInt("algorithm"),
        rs.getLong("sign_count"),
        rs.getBoolean("backup_eligible"),
        rs.getBoolean("backed_up"),
        transports(rs.getString("transports")),
        rs.getString("name"),
        rs.getBoolean("signs_in"),
        Instant.ofEpochSecond(rs.getLong("created_at")),
        lastUsedAt);
  }

  private static List<String> transports(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(" "));
  }

  @Override
  public boolean add(Row row) {
    Passkey passkey = row.passkey();
    return database.inserted(
        h ->
            h.createUpdate(
                    "INSERT INTO passkey (passkey_id, account_id, credential_id, credential,"
                        + " public_key, algorithm, sign_count, backup_eligible, backed_up,"
                        + " transports, name, signs_in, created_at, seal)"
                        + " SELECT :id, :account, :credentialId, :credential, :publicKey,"
                        + " :algorithm, :count, :eligible, :backed, :transports, :name, :signsIn,"
                        + " :created, :seal WHERE NOT EXISTS"
                        + " (SELECT 1 FROM passkey WHERE credential_id = :credentialId)")
                .bind("id", passkey.passkeyId())
                .bind("account", passkey.accountId())
                .bind("credentialId", passkey.credentialId())
                .bind("credential", passkey.credential())
                .bind("publicKey", passkey.publicKey())
                .bind("algorithm", passkey.algorithm())
                .bind("count", passkey.signCount())
                .bind("eligible", passkey.backupEligible())
                .bind("backed", passkey.backedUp())
                .bind("transports", String.join(" ", passkey.transports()))
                .bind("name", passkey.name())
                .bind("signsIn", passkey.signsIn())
                .bind("created", passkey.createdAt().getEpochSecond())
                .bind("seal", row.seal())
                .execute());
  }

  @Override
  public boolean change(Passkey passkey, String name, boolean signsIn, byte[] seal) {
    return database.with(
        h ->
            h.createUpdate(
                        "UPDATE passkey SET name = :name, signs_in = :signsIn, seal = :seal"
                            + " WHERE account_id = :account AND passkey_id = :id")
                    .bind("name", name)
                    .bind("signsIn", signsIn)
                    .bind("seal", seal)
                    .bind("account", passkey.accountId())
                    .bind("id", passkey.passkeyId())
                    .execute()
                == 1);
  }

  @Override
  public boolean remove(String accountId, String passkeyId) {
    return database.with(
        h ->
            h.execute(
                    "DELETE FROM passkey WHERE account_id = ? AND passkey_id = ?",
                    accountId,
                    passkeyId)
                == 1);
  }

  @Override
  public int removeAll(String accountId) {
    return database.with(h -> h.execute("DELETE FROM passkey WHERE account_id = ?", accountId));
  }

  @Override
  public boolean used(String passkeyId, long oldCount, long count, boolean backedUp, Instant at) {
    return database.with(
        h ->
            h.createUpdate(
                        "UPDATE passkey SET sign_count = :count, backed_up = :backed,"
                            + " last_used_at = :at WHERE passkey_id = :id AND sign_count = :old")
                    .bind("count", count)
                    .bind("backed", backedUp)
                    .bind("at", at.getEpochSecond())
                    .bind("id", passkeyId)
                    .bind("old", oldCount)
                    .execute()
                == 1);
  }

  @Override
  public void ask(Question question) {
    database.use(
        h ->
            h.createUpdate(
                    "INSERT INTO passkey_question (challenge, account_id, purpose, preimage,"
                        + " expires_at) VALUES (:challenge, :account, :purpose, :preimage,"
                        + " :expires)")
                .bind("challenge", question.challenge())
                .bind("account", question.accountId())
                .bind("purpose", question.purpose().name())
                .bind("preimage", question.preimage())
                .bind("expires", question.expiresAt().getEpochSecond())
                .execute());
  }

  @Override
  public Optional<Question> question(byte[] challenge) {
    return database.with(
        h ->
            h.createQuery("SELECT * FROM passkey_question WHERE challenge = :challenge")
                .bind("challenge", challenge)
                .map(
                    (rs, context) ->
                        new Question(
                            rs.getBytes("challenge"),
                            rs.getString("account_id"),
                            Question.Purpose.valueOf(rs.getString("purpose")),
                            rs.getBytes("preimage"),
                            Instant.ofEpochSecond(rs.getLong("expires_at"))))
                .findOne());
  }

  @Override
  public boolean take(byte[] challenge, Instant now) {
    return database.with(
        h ->
            h.createUpdate(
                        "DELETE FROM passkey_question"
                            + " WHERE challenge = :challenge AND expires_at > :now")
                    .bind("challenge", challenge)
                    .bind("now", now.getEpochSecond())
                    .execute()
                == 1);
  }

  @Override
  public void addTicket(byte[] tokenHash, String accountId, Instant expiresAt) {
    database.use(
        h ->
            h.createUpdate(
                    "INSERT INTO passkey_ticket (token_hash, account_id, expires_at)"
                        + " VALUES (:hash, :account, :expires)")
                .bind("hash", tokenHash)
                .bind("account", accountId)
                .bind("expires", expiresAt.getEpochSecond())
                .execute());
  }

  @Override
  public boolean useTicket(byte[] tokenHash, String accountId, Instant now) {
    return database.with(
        h ->
            h.createUpdate(
                        "DELETE FROM passkey_ticket WHERE token_hash = :hash"
                            + " AND account_id = :account AND expires_at > :now")
                    .bind("hash", tokenHash)
                    .bind("account", accountId)
                    .bind("now", now.getEpochSecond())
                    .execute()
                == 1);
  }

  @Override
  public void prove(SendProof proof) {
    prove("send_proof", Map.of("send_id", proof.sendId()), proof);
  }

  @Override
  public void proveVote(String accountId, SendProof proof) {
    prove("vote_proof", Map.of("send_id", proof.sendId(), "account_id", accountId), proof);
  }

  /** In the place of what may stand there: of a send that was asked for again, or put in. */
  private void prove(String table, Map<String, String> whose, SendProof proof) {
    String keys = String.join(", ", whose.keySet());
    String values = ":" + String.join(", :", whose.keySet());
    String same =
        whose.keySet().stream().map(name -> name + " = :" + name).collect(joining(" AND "));
    database.run(
        () ->
            database.use(
                h -> {
                  h.createUpdate("DELETE FROM " + table + " WHERE " + same)
                      .bindMap(whose)
                      .execute();
                  h.createUpdate(
                          "INSERT INTO "
                              + table
                              + " (digest, preimage, origin, client_data, authenticator_data,"
                              + " signature, public_key, algorithm, "
                              + keys
                              + ") VALUES (:digest, :preimage, :origin, :clientData, :data,"
                              + " :signature, :publicKey, :algorithm, "
                              + values
                              + ")")
                      .bindMap(whose)
                      .bind("digest", proof.digest())
                      .bind("preimage", proof.preimage())
                      .bind("origin", proof.origin())
                      .bind("clientData", proof.clientData())
                      .bind("data", proof.authenticatorData())
                      .bind("signature", proof.signature())
                      .bind("publicKey", proof.publicKey())
                      .bind("algorithm", proof.algorithm())
                      .execute();
                }));
  }

  @Override
  public Optional<SendProof> proof(String sendId) {
    return database.with(
        h ->
            h.createQuery("SELECT * FROM send_proof WHERE send_id = :send")
                .bind("send", sendId)
                .map((rs, context) -> proof(rs))
                .findOne());
  }

  @Override
  public Optional<SendProof> voteProof(String sendId, String accountId) {
    return database.with(
        h ->
            h.createQuery(
                    "SELECT * FROM vote_proof WHERE send_id = :send AND account_id = :account")
                .bind("send", sendId)
                .bind("account", accountId)
                .map((rs, context) -> proof(rs))
                .findOne());
  }

  private static SendProof proof(ResultSet rs) throws SQLException {
    return new SendProof(
        rs.getString("send_id"),
        rs.getBytes("digest"),
        rs.getBytes("preimage"),
        rs.getString("origin"),
        rs.getBytes("client_data"),
        rs.getBytes("authenticator_data"),
        rs.getBytes("signature"),
        rs.getBytes("public_key"),
        rs.getInt("algorithm"));
  }

  @Override
  public int sweep(Instant now) {
    long seconds = now.getEpochSecond();
    return database.with(
        h ->
            h.execute("DELETE FROM passkey_question WHERE expires_at <= ?", seconds)
                + h.execute("DELETE FROM passkey_ticket WHERE expires_at <= ?", seconds));
  }
}
