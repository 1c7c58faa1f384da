package org.trefoil.server.store;

/** What a thief who writes to the database does to sends: says something else of them. */
public record SwappedSends(Database database) {
  /** Says of a send that it lets nothing out of the wallet. */
  public void cheapen(String victim) {
    database.use(h -> h.execute("UPDATE send SET amount = 0, fee = 0 WHERE send_id = ?", victim));
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
