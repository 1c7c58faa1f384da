package org.trefoil.core.psbt;

import java.util.ArrayList;
import java.util.List;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.core.coins.TxOutput;

/** A complete earlier transaction, read for its id, its outputs or what it spends. */
public final class PreviousTx {
  private final String txid;
  private final List<TxOutput> outputs;

  private PreviousTx(String txid, List<TxOutput> outputs) {
    this.txid = txid;
    this.outputs = outputs;
  }

  /** Reads the network serialization, with witnesses (BIP-0144) or without. */
  public static PreviousTx parse(byte[] bytes) {
    ByteReader in = new ByteReader(bytes);
    ByteSink bare = new ByteSink(bytes.length);
    bare.put(bytes, 0, Math.min(4, bytes.length));
    in.skip(4);
    boolean segwit = bytes.length > 6 && bytes[4] == 0 && bytes[5] == 1;
    if (segwit) {
      in.skip(2);
    }
    int from = in.position();
    int inputs = in.count(UnsignedTx.INPUT_BYTES);
    for (int i = 0; i < inputs; i++) {
      in.skip(36);
      in.skip(in.compactSize());
      in.skip(4);
    }
    int count = in.count(9);
    List<TxOutput> outputs = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      outputs.add(UnsignedTx.readOutput(in));
    }
    bare.put(bytes, from, in.position() - from);
    if (segwit) {
      for (int i = 0; i < inputs; i++) {
        int items = in.count(1);
        for (int item = 0; item < items; item++) {
          in.skip(in.compactSize());
        }
      }
    }
    bare.put(in.take(4));
    in.end("bytes-after-transaction");
    return new PreviousTx(Hashing.txid(bare.toBytes()), List.copyOf(outputs));
  }

  /** The outputs that a transaction of the same form spends; none for a coinbase. */
  public static List<Outpoint> spent(byte[] bytes) {
    ByteReader in = new ByteReader(bytes);
    in.skip(bytes.length > 6 && bytes[4] == 0 && bytes[5] == 1 ? 6 : 4);
    int inputs = in.count(UnsignedTx.INPUT_BYTES);
    List<Outpoint> spent = new ArrayList<>(inputs);
    for (int i = 0; i < inputs; i++) {
      String txid = Hashing.displayed(in.take(32), 0);
      int vout = in.i32();
      if (vout >= 0) { // a coinbase names the output -1 of no transaction
        spent.add(new Outpoint(txid, vout));
      }
      in.skip(in.compactSize());
      in.skip(4);
    }
    return List.copyOf(spent);
  }

  /** 64 hexadecimal digits in display order. */
  public String txid() {
    return txid;
  }

  public List<TxOutput> outputs() {
    return outputs;
  }
}
