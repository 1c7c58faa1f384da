package org.trefoil.core.psbt;

import fr.acinq.bitcoin.OutPoint;
import fr.acinq.bitcoin.Satoshi;
import fr.acinq.bitcoin.ScriptFlags;
import fr.acinq.bitcoin.Transaction;
import fr.acinq.bitcoin.TxId;
import fr.acinq.bitcoin.TxOut;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.bitcoinj.base.Sha256Hash;
import org.bitcoinj.crypto.ECKey;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.core.coins.TxOutput;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.core.keys.Scripts;
import org.trefoil.core.units.Sats;

/** One output of anybody's m-of-n script, and a PSBT that spends it. Keys of tests. */
final class MultisigSpend {
  static final byte[] PAID = {
    0, 20, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20
  };

  final ScriptType type;
  final List<ECKey> keys;
  final byte[] script;
  final TxOutput spent;
  final Psbt psbt;

  MultisigSpend(ScriptType type, byte[] script, List<ECKey> keys) {
    this.type = type;
    this.keys = keys;
    this.script = script;
    this.spent = new TxOutput(new Sats(70_000), Scripts.scriptPubKey(type, script));
    this.psbt =
        new PsbtDraft(tx(1)).input(null, spent, redeem(), witness(), List.of()).output().finish();
  }

  static MultisigSpend of(ScriptType type, int threshold, int count) {
    List<ECKey> keys = keys(count, true);
    return new MultisigSpend(type, script(threshold, keys), keys);
  }

  /** Keys from a seed, with public keys of 33 bytes or 65. */
  static List<ECKey> keys(int count, boolean compressed) {
    Random random = new Random(count);
    List<ECKey> keys = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      keys.add(ECKey.fromPrivate(new BigInteger(250, random).add(BigInteger.ONE), compressed));
    }
    return keys;
  }

  /** {@code m <key>… n OP_CHECKMULTISIG}, in the order given. */
  static byte[] script(int threshold, List<ECKey> keys) {
    ByteSink out = new ByteSink(100);
    number(out, threshold);
    for (ECKey key : keys) {
      out.putSized(key.getPubKey());
    }
    number(out, keys.size());
    return out.u8(0xae).toBytes();
  }

  private static void number(ByteSink out, int number) {
    if (number > 16) {
      out.u8(1).u8(number);
    } else {
      out.u8(0x50 + number);
    }
  }

  static UnsignedTx tx(int inputs) {
    List<Outpoint> outpoints = new ArrayList<>();
    for (int i = 0; i < inputs; i++) {
      outpoints.add(new Outpoint("5a".repeat(32), i));
    }
    return UnsignedTx.of(outpoints, -1, List.of(new TxOutput(new Sats(60_000), PAID)), 0);
  }

  byte @Nullable [] redeem() {
    return switch (type) {
      case P2WSH -> null;
      case P2SH_P2WSH -> Scripts.witness(script);
      case P2SH -> script;
    };
  }

  byte @Nullable [] witness() {
    return type == ScriptType.P2SH ? null : script;
  }

  /** A signature of SIGHASH_ALL for one input of a transaction that spends this. */
  byte[] signature(UnsignedTx tx, int input, int key) {
    Sighash sighash = new Sighash(tx);
    byte[] hash =
        type == ScriptType.P2SH
            ? sighash.legacy(input, script)
            : sighash.segwit(input, script, spent.value());
    byte[] der = keys.get(key).sign(Sha256Hash.wrap(hash)).encodeToDER();
    byte[] signature = Arrays.copyOf(der, der.length + 1);
    signature[der.length] = Sighash.ALL;
    return signature;
  }

  Psbt signed(Psbt psbt, int input, int... by) {
    List<InputSignature> signatures = new ArrayList<>();
    for (int key : by) {
      byte[] signature = signature(psbt.unsignedTx(), input, key);
      signatures.add(InputSignature.of(input, keys.get(key).getPubKey(), signature));
    }
    return psbt.withSignatures(signatures);
  }

  Psbt signed(int... by) {
    return signed(psbt, 0, by);
  }

  /** The signed transaction, which an interpreter of other people's must find right. */
  static SignedTx judged(Psbt finished, MultisigSpend... inputs) {
    SignedTx signed = Finalizer.extract(finished);
    Transaction tx = Transaction.read(signed.bytes());
    Map<OutPoint, TxOut> spent = new HashMap<>();
    for (int i = 0; i < inputs.length; i++) {
      Outpoint from = finished.unsignedTx().outpoint(i);
      spent.put(
          new OutPoint(new TxId(from.txid()), from.vout()),
          new TxOut(new Satoshi(inputs[i].spent.value().value()), inputs[i].spent.script()));
    }
    tx.correctlySpends(spent, ScriptFlags.STANDARD_SCRIPT_VERIFY_FLAGS);
    return signed;
  }
}
