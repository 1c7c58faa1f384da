package org.trefoil.server.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.server.chain.HistoryPlace;
import org.trefoil.server.chain.follow.Changes;
import org.trefoil.server.chain.follow.FollowedBlock;
import org.trefoil.server.chain.follow.FoundTransaction;
import org.trefoil.server.chain.follow.FoundTransaction.Credit;
import org.trefoil.server.chain.follow.FoundTransaction.Debit;

/**
 * Writes what the follower found, inside its transaction; what is there already stays as it is. All
 * of a block goes in a few statements, so that a database behind a network is asked a few times.
 */
final class ChainWriting {
  private static final int CHUNK = 500;

  private record Spend(Outpoint outpoint, String spender) {}

  private record Entry(String txid, String walletId) {}

  /** A transaction, and the height of its block or null. */
  private record Row(FoundTransaction tx, @Nullable Integer height) {}

  private final Handle handle;
  private final Changes changes;

  ChainWriting(Handle handle, Changes changes) {
    this.handle = handle;
    this.changes = changes;
  }

  /** Transactions of followed blocks: rivals in the mempool for the same coins are gone. */
  void confirmed(List<FollowedBlock> blocks, long now) {
    List<Row> rows = new ArrayList<>();
    for (FollowedBlock block : blocks) {
      block.found().forEach(tx -> rows.add(new Row(tx, block.block().height())));
    }
    for (int i = 0; i < rows.size(); i += CHUNK) {
      List<Row> some = rows.subList(i, Math.min(rows.size(), i + CHUNK));
      insert(some, now);
      forgetRivals(some);
      some.forEach(row -> touch(row.tx()));
    }
  }

  /** Transactions of the mempool; one that is in a block already stays there. */
  void unconfirmed(List<FoundTransaction> found, long now) {
    for (int i = 0; i < found.size(); i += CHUNK) {
      List<FoundTransaction> some = found.subList(i, Math.min(found.size(), i + CHUNK));
      Set<String> added = insert(some.stream().map(tx -> new Row(tx, null)).toList(), now);
      some.stream().filter(tx -> added.contains(tx.txid())).forEach(this::touch);
    }
  }

  private void touch(FoundTransaction tx) {
    tx.wallets().forEach(walletId -> changes.add(walletId, tx.txid()));
  }

  /**
   * Gives the ids of those of which anything was not there yet. What was there already gets its
   * height, if there is one now.
   */
  private Set<String> insert(List<Row> rows, long now) {
    List<String> ids = rows.stream().map(row -> row.tx().txid()).toList();
    Set<String> added = new HashSet<>();
    Map<String, Long> known = newness(ids);
    Set<Entry> entries = new HashSet<>();
    Set<Outpoint> coins =
        query(
            "SELECT txid, vout, wallet_id FROM chain_coin WHERE txid IN (<ids>)",
            ids,
            (rs, c) -> {
              entries.add(new Entry(rs.getString(1), rs.getString(3)));
              return new Outpoint(rs.getString(1), rs.getInt(2));
            });
    Set<Spend> spends =
        query(
            "SELECT txid, vout, spender, wallet_id FROM chain_spend WHERE spender IN (<ids>)",
            ids,
            (rs, c) -> {
              entries.add(new Entry(rs.getString(3), rs.getString(4)));
              return new Spend(new Outpoint(rs.getString(1), rs.getInt(2)), rs.getString(3));
            });
    PreparedBatch transactions =
        handle.prepareBatch(
            "INSERT INTO chain_tx (txid, raw_tx, height, place, is_coinbase, inputs, seen_at)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?)");
    PreparedBatch newCoins =
        handle.prepareBatch(
            "INSERT INTO chain_coin (txid, vout, wallet_id, branch, address_index, amount)"
                + " VALUES (?, ?, ?, ?, ?, ?)");
    PreparedBatch newSpends =
        handle.prepareBatch(
            "INSERT INTO chain_spend (txid, vout, spender, wallet_id, amount)"
                + " VALUES (?, ?, ?, ?, ?)");
    PreparedBatch spent =
        handle.prepareBatch("UPDATE chain_coin SET spent = TRUE WHERE txid = ? AND vout = ?");
    PreparedBatch newEntries =
        handle.prepareBatch("INSERT INTO chain_entry (txid, wallet_id, newness) VALUES (?, ?, ?)");
    PreparedBatch places =
        handle.prepareBatch("UPDATE chain_tx SET height = ?, place = ? WHERE txid = ?");
    PreparedBatch moved = handle.prepareBatch("UPDATE chain_entry SET newness = ? WHERE txid = ?");
    for (Row row : rows) {
      FoundTransaction tx = row.tx();
      Integer height = row.height();
      String txid = tx.txid();
      Long before = known.get(txid);
      long newness =
          height != null
              ? HistoryPlace.inBlock(height, tx.place())
              : before != null ? before : HistoryPlace.waiting(now);
      if (before == null) {
        int place = height == null ? 0 : tx.place();
        transactions.add(txid, tx.raw(), height, place, tx.coinbase(), tx.inputs(), now);
        added.add(txid);
      } else if (newness != before) {
        places.add(height, tx.place(), txid);
        moved.add(newness, txid);
      }
      known.put(txid, newness);
      for (Credit credit : tx.credits()) {
        if (coins.add(new Outpoint(txid, credit.vout()))) {
          newCoins.add(
              txid,
              credit.vout(),
              credit.walletId(),
              credit.branch(),
              credit.index(),
              credit.amount());
          added.add(txid);
        }
      }
      for (Debit debit : tx.debits()) {
        Outpoint coin = debit.outpoint();
        if (spends.add(new Spend(coin, txid))) {
          newSpends.add(coin.txid(), coin.vout(), txid, debit.walletId(), debit.amount());
          spent.add(coin.txid(), coin.vout());
          added.add(txid);
        }
      }
      for (String walletId : tx.wallets()) {
        if (entries.add(new Entry(txid, walletId))) {
          newEntries.add(txid, walletId, newness);
        }
      }
    }
    for (PreparedBatch batch :
        List.of(transactions, places, moved, newEntries, newCoins, newSpends, spent)) {
      if (batch.size() > 0) {
        batch.execute();
      }
    }
    return added;
  }

  private Map<String, Long> newness(List<String> ids) {
    Map<String, Long> newness = new HashMap<>();
    Among.each(
        handle,
        "SELECT txid, height, place, seen_at FROM chain_tx WHERE txid IN (<ids>)",
        ids,
        rs -> {
          Integer height = rs.getObject(2, Integer.class);
          newness.put(
              rs.getString(1),
              height == null
                  ? HistoryPlace.waiting(rs.getLong(4))
                  : HistoryPlace.inBlock(height, rs.getInt(3)));
        });
    return newness;
  }

  private void forgetRivals(List<Row> rows) {
    Set<String> ids = new HashSet<>();
    Set<Outpoint> spent = new HashSet<>();
    for (Row row : rows) {
      FoundTransaction tx = row.tx();
      ids.add(tx.txid());
      tx.debits().forEach(debit -> spent.add(debit.outpoint()));
    }
    if (spent.isEmpty()) {
      return;
    }
    Set<String> parents = new TreeSet<>();
    spent.forEach(outpoint -> parents.add(outpoint.txid()));
    List<Spend> waiting =
        new ArrayList<>(
            query(
                "SELECT s.txid, s.vout, s.spender FROM chain_spend s"
                    + " JOIN chain_tx t ON t.txid = s.spender"
                    + " WHERE t.height IS NULL AND s.txid IN (<ids>)",
                parents,
                (rs, c) ->
                    new Spend(new Outpoint(rs.getString(1), rs.getInt(2)), rs.getString(3))));
    ChainForgetting forgetting = new ChainForgetting(handle, changes);
    for (Spend rival : waiting) {
      if (spent.contains(rival.outpoint()) && !ids.contains(rival.spender())) {
        forgetting.forgetUnconfirmed(rival.spender());
      }
    }
  }

  private <T> Set<T> query(String sql, Collection<String> ids, RowMapper<T> mapper) {
    return new HashSet<>(Among.list(handle, sql, ids, mapper));
  }
}
