package org.trefoil.server.store;

/** What a thief who writes to the database does to sends: says something else of them. */
public record SwappedSends(Database database) {
  /** Says of a send that it lets nothing out of the wallet. */
  public void cheapen(String victim) {
    database.use(h -> h.execute("UPDATE send SET amount = 0, fee = 0 WHERE send_id = ?", victim));
  }

  /** Says of a send that it stands at another stage. */
  public void stand(String victim, String stage) {
    database.use(
        h ->
            h.execute(
                "UPDATE send SET state = ?, approved_at = created_at, raw_tx = psbt WHERE send_id = ?",
                stage,
                victim));
  }

  /** Says of a send that it takes the place of another one, faster. */
  public void replace(String original, String victim) {
    database.use(
        h ->
            h.execute(
                "UPDATE send SET replaces = ?, kind = 'BUMP', next_try_at = 1 WHERE send_id = ?",
                original,
                victim));
  }

  /** The digest that a send's row names. */
  public byte[] digest(String sendId) {
    return database.with(
        h ->
            h.select("SELECT digest FROM send WHERE send_id = ?", sendId)
                .mapTo(byte[].class)
                .one());
  }

  /** Writes another digest into a send's row. */
  public void digest(String victim, byte[] digest) {
    database.use(h -> h.execute("UPDATE send SET digest = ? WHERE send_id = ?", digest, victim));
  }

  /** Puts the transaction of {@code other}, and all that is known of it, into {@code victim}. */
  public void put(String other, String victim) {
    for (String column :
        new String[] {
          "psbt", "digest", "digest_words", "txid", "recipients", "amount", "fee", "change_amount"
        }) {
      database.use(
          h ->
              h.createUpdate(
                      "UPDATE send SET <column> = (SELECT <column> FROM send WHERE send_id = :other)"
                          + " WHERE send_id = :victim")
                  .define("column", column)
                  .bind("other", other)
                  .bind("victim", victim)
                  .execute());
    }
  }
}
