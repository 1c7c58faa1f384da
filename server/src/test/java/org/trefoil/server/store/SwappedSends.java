package org.trefoil.server.store;

/** What a thief who writes to the database does: one send's transaction under another's name. */
public record SwappedSends(Database database) {
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
