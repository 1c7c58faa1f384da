package org.trefoil.server.store;

import static org.assertj.core.api.Assertions.assertThat;

/** What the chain index keeps twice, so that pages are quick, must always agree. */
public final class ChainInvariants {
  private ChainInvariants() {}

  /** Fails with what does not. */
  public static void hold(Database database) {
    none(
        database,
        "coins that are spent and do not say so, or the other way round",
        "chain_coin c WHERE c.spent <> (EXISTS (SELECT 1 FROM chain_spend s"
            + " WHERE s.txid = c.txid AND s.vout = c.vout))");
    String concerned =
        "(SELECT txid, wallet_id FROM chain_coin"
            + " UNION SELECT spender, wallet_id FROM chain_spend)";
    String entered = "SELECT txid, wallet_id FROM chain_entry";
    none(
        database,
        "transactions without an entry",
        "(" + concerned + " EXCEPT " + entered + ") missing");
    none(
        database,
        "entries of what does not concern the wallet",
        "(" + entered + " EXCEPT " + concerned + ") strange");
    none(
        database,
        "entries that stand elsewhere than their transaction",
        "chain_entry e JOIN chain_tx t ON t.txid = e.txid WHERE e.newness <> CASE"
            + " WHEN t.height IS NULL THEN 4503599627370496 + t.seen_at"
            + " ELSE CAST(t.height AS BIGINT) * 1048576 + t.place END");
  }

  private static void none(Database database, String what, String from) {
    int count =
        database.with(
            h -> h.createQuery("SELECT COUNT(*) FROM " + from).mapTo(Integer.class).one());
    assertThat(count).as(what).isZero();
  }
}
