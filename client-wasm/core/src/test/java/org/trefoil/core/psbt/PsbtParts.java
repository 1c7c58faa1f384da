package org.trefoil.core.psbt;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.trefoil.core.coins.TxOutput;

/** A PSBT taken apart, so that tests can put together what no writer of ours would write. */
final class PsbtParts {
  int version;
  int lockTime;
  final List<byte[]> outpoints = new ArrayList<>();
  final List<byte[]> scriptSigs = new ArrayList<>();
  final List<Integer> sequences = new ArrayList<>();
  final List<Long> amounts = new ArrayList<>();
  final List<byte[]> scripts = new ArrayList<>();
  final List<List<PsbtField>> inputs = new ArrayList<>();
  final List<List<PsbtField>> outputs = new ArrayList<>();
  final List<PsbtField> global = new ArrayList<>();

  PsbtParts(Psbt psbt) {
    UnsignedTx tx = psbt.unsignedTx();
    version = tx.version();
    lockTime = (int) tx.lockTime();
    for (int i = 0; i < tx.inputCount(); i++) {
      ByteSink outpoint = new ByteSink(36);
      outpoint.put(Hashing.wireOrder(tx.outpoint(i).txid())).i32(tx.outpoint(i).vout());
      outpoints.add(outpoint.toBytes());
      scriptSigs.add(new byte[0]);
      sequences.add((int) tx.sequence(i));
      inputs.add(fields(psbt.inputs().get(i).map()));
    }
    for (int i = 0; i < tx.outputs().size(); i++) {
      TxOutput output = tx.outputs().get(i);
      amounts.add(output.value().value());
      scripts.add(output.script());
      outputs.add(fields(psbt.outputs().get(i).map()));
    }
  }

  private static List<PsbtField> fields(PsbtMap map) {
    return new ArrayList<>(List.of(map.fields()));
  }

  void addInput(byte[] outpoint, List<PsbtField> fields) {
    outpoints.add(outpoint);
    scriptSigs.add(new byte[0]);
    sequences.add(sequences.get(0));
    inputs.add(new ArrayList<>(fields));
  }

  void addOutput(long amount, byte[] script, List<PsbtField> fields) {
    amounts.add(amount);
    scripts.add(script);
    outputs.add(new ArrayList<>(fields));
  }

  void dropInput(int number) {
    outpoints.remove(number);
    scriptSigs.remove(number);
    sequences.remove(number);
    inputs.remove(number);
  }

  void dropOutput(int number) {
    amounts.remove(number);
    scripts.remove(number);
    outputs.remove(number);
  }

  /** The output that says where it comes from: the change. */
  int change() {
    for (int i = 0; i < outputs.size(); i++) {
      if (!outputs.get(i).isEmpty()) {
        return i;
      }
    }
    throw new IllegalArgumentException("no change");
  }

  /** The first output that says nothing: a payment. */
  int payment() {
    for (int i = 0; i < outputs.size(); i++) {
      if (outputs.get(i).isEmpty()) {
        return i;
      }
    }
    throw new IllegalArgumentException("no payment");
  }

  /** Replaces the first field of a type. */
  static void replace(List<PsbtField> fields, int type, UnaryOperator<PsbtField> by) {
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).type() == type) {
        fields.set(i, by.apply(fields.get(i)));
        return;
      }
    }
    throw new IllegalArgumentException("no field of type " + type);
  }

  byte[] transaction(boolean witness) {
    ByteSink out = new ByteSink(1000).i32(version);
    if (witness) {
      out.u8(0).u8(1);
    }
    out.compactSize(outpoints.size());
    for (int i = 0; i < outpoints.size(); i++) {
      out.put(outpoints.get(i)).putSized(scriptSigs.get(i)).i32(sequences.get(i));
    }
    out.compactSize(amounts.size());
    for (int i = 0; i < amounts.size(); i++) {
      out.i64(amounts.get(i)).putSized(scripts.get(i));
    }
    for (int i = 0; witness && i < outpoints.size(); i++) {
      out.u8(0);
    }
    return out.i32(lockTime).toBytes();
  }

  byte[] write() {
    return write(transaction(false));
  }

  byte[] write(byte[] transaction) {
    ByteSink out = new ByteSink(1000);
    out.put(new byte[] {'p', 's', 'b', 't', (byte) 0xff});
    out.u8(1).u8(0).putSized(transaction);
    map(out, global);
    for (List<PsbtField> fields : inputs) {
      map(out, fields);
    }
    for (List<PsbtField> fields : outputs) {
      map(out, fields);
    }
    return out.toBytes();
  }

  private static void map(ByteSink out, List<PsbtField> fields) {
    for (PsbtField field : fields) {
      out.putSized(field.key).putSized(field.value);
    }
    out.u8(0);
  }
}
