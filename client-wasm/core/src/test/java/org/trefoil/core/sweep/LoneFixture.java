package org.trefoil.core.sweep;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bitcoinj.base.Sha256Hash;
import org.bitcoinj.crypto.ECKey;
import org.trefoil.core.address.Address;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.core.coins.TxOutput;
import org.trefoil.core.psbt.PreviousTx;
import org.trefoil.core.psbt.UnsignedTx;
import org.trefoil.core.units.Network;
import org.trefoil.core.units.Sats;

/** A key that everybody knows, its scripts, and payments to them. */
final class LoneFixture {
  static final ECKey KEY = ECKey.fromPrivate(BigInteger.valueOf(7), true);
  static final List<LoneScript> SCRIPTS =
      LoneScript.of(KEY.getPubKey(), KEY.decompress().getPubKey());

  /** The scripts by their place in the list. */
  static final int P2PKH = 0;

  static final int P2PK = 1;
  static final int P2PKH_UNCOMPRESSED = 2;
  static final int P2PK_UNCOMPRESSED = 3;
  static final int P2WPKH = 4;
  static final int P2SH_P2WPKH = 5;

  /** Where coins go: P2WPKH, whose dust is 294. */
  static final Address TO =
      Address.parse("bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080", Network.REGTEST);

  private LoneFixture() {}

  /** A transaction that pays these outputs. */
  static byte[] payment(List<TxOutput> outputs) {
    return UnsignedTx.of(List.of(new Outpoint("ab".repeat(32), 0)), -1, outputs, 0).bytes();
  }

  static TxOutput output(int script, long value) {
    return new TxOutput(new Sats(value), SCRIPTS.get(script).scriptPubKey());
  }

  /** Coins with these amounts, all to one script, as if they had been proved. */
  static List<LoneCoin> coins(int script, long... values) {
    List<LoneCoin> coins = new ArrayList<>();
    for (long value : values) {
      Outpoint outpoint = new Outpoint("cd".repeat(32), coins.size());
      coins.add(new LoneCoin(outpoint, new Sats(value), SCRIPTS.get(script)));
    }
    return coins;
  }

  /** Every output of one transaction as a proved coin. */
  static List<LoneCoin> proved(List<TxOutput> outputs) {
    byte[] payment = payment(outputs);
    String txid = PreviousTx.parse(payment).txid();
    List<LoneCoin> coins = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      Sats value = outputs.get(i).value();
      coins.add(LoneCoin.prove(new Outpoint(txid, i), value, payment, SCRIPTS));
    }
    return coins;
  }

  /** DER with SIGHASH_ALL's byte. */
  static byte[] signature(ECKey key, byte[] hash) {
    byte[] der = key.sign(Sha256Hash.wrap(hash)).toCanonicalised().encodeToDER();
    byte[] signature = Arrays.copyOf(der, der.length + 1);
    signature[der.length] = 1;
    return signature;
  }

  static List<byte[]> signatures(Sweep sweep) {
    List<byte[]> signatures = new ArrayList<>();
    for (int i = 0; i < sweep.coins().size(); i++) {
      signatures.add(signature(KEY, sweep.sighash(i)));
    }
    return signatures;
  }
}
