package org.trefoil.server.chain.follow;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bitcoinj.core.Transaction;
import org.bitcoinj.core.TransactionInput;
import org.bitcoinj.core.TransactionOutput;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.server.chain.script.InputCheck;

/**
 * Tells spends of our coins that are signed from those that are only said. Peers relay what they
 * like and nobody judged it for us; without this, two that lie together would make any coin look
 * spent, and nobody could spend it. What pays us from elsewhere cannot be judged here.
 *
 * <p>Limit: of what the owner signs with other software it knows the usual form, SIGHASH_ALL;
 * anything else counts once it is in a block.
 */
final class SignedSpends {
  private static final Logger LOG = LoggerFactory.getLogger(SignedSpends.class);

  private final ChainStore store;

  SignedSpends(ChainStore store) {
    this.store = store;
  }

  /** Those that spend nothing of ours, or with right signatures; parents before children. */
  List<FoundTransaction> among(List<FoundTransaction> found) {
    List<FoundTransaction> believed = new ArrayList<>(found.size());
    Map<String, byte[]> makers = new HashMap<>();
    for (FoundTransaction each : found) {
      if (signed(each, makers)) {
        believed.add(each);
        makers.put(each.txid(), each.raw());
      } else {
        LOG.warn("Peers tell of {}, which spends coins of ours and is not signed", each.txid());
      }
    }
    return believed;
  }

  private boolean signed(FoundTransaction found, Map<String, byte[]> makers) {
    if (found.debits().isEmpty()) {
      return true;
    }
    Transaction tx = read(found.raw());
    for (FoundTransaction.Debit debit : found.debits()) {
      TransactionOutput spent = output(debit.outpoint(), makers);
      int input = spent == null ? -1 : spending(tx, debit.outpoint());
      if (spent == null || input < 0) {
        return false;
      }
      long value = spent.getValue().value;
      if (InputCheck.judge(tx, input, value, spent.getScriptBytes()).refusal() != null) {
        return false;
      }
    }
    return true;
  }

  private @Nullable TransactionOutput output(Outpoint outpoint, Map<String, byte[]> makers) {
    byte[] fresh = makers.get(outpoint.txid());
    byte[] maker = fresh == null ? store.raw(outpoint.txid()) : fresh;
    return maker == null ? null : read(maker).getOutput(outpoint.vout());
  }

  private static int spending(Transaction tx, Outpoint outpoint) {
    for (int i = 0; i < tx.getInputs().size(); i++) {
      TransactionInput input = tx.getInput(i);
      if (input.getOutpoint().index() == outpoint.vout()
          && input.getOutpoint().hash().toString().equals(outpoint.txid())) {
        return i;
      }
    }
    return -1;
  }

  private static Transaction read(byte[] raw) {
    return Transaction.read(ByteBuffer.wrap(raw));
  }
}
