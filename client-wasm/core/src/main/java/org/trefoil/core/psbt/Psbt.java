package org.trefoil.core.psbt;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.core.coins.TxOutput;

/**
 * A partially signed transaction, BIP-0174 version 0.
 *
 * <p>What was read is written back byte for byte, unknown fields and their order included. Whatever
 * the bytes are, reading answers or refuses with {@code psbt-malformed} and its {@code reason} (or
 * {@code psbt-version}), within memory proportional to their length, which is at most {@value
 * #MOST_BYTES}. That a PSBT could be read says nothing about whether it should be signed.
 */
public final class Psbt {
  /** The largest PSBT that is read: one megabyte. */
  public static final int MOST_BYTES = 1_000_000;

  private static final byte[] MAGIC = {'p', 's', 'b', 't', (byte) 0xff};

  private final UnsignedTx tx;
  private final PsbtMap global;
  private final List<PsbtInput> inputs;
  private final List<PsbtOutput> outputs;

  Psbt(UnsignedTx tx, PsbtMap global, List<PsbtInput> inputs, List<PsbtOutput> outputs) {
    this.tx = tx;
    this.global = global;
    this.inputs = List.copyOf(inputs);
    this.outputs = List.copyOf(outputs);
  }

  /** Reads the binary form. */
  public static Psbt parse(byte[] bytes) {
    if (bytes.length > MOST_BYTES) {
      throw ByteReader.malformed("too-large");
    }
    ByteReader in = new ByteReader(bytes);
    for (byte expected : MAGIC) {
      if (in.remaining() == 0 || (byte) in.u8() != expected) {
        throw ByteReader.malformed("not-a-psbt");
      }
    }
    PsbtMap global = PsbtMap.read(in);
    checkVersion(global);
    FieldRules.checkGlobal(global);
    byte[] transaction = global.get(FieldRules.UNSIGNED_TX);
    if (transaction == null) {
      throw ByteReader.malformed("transaction-missing");
    }
    UnsignedTx tx = UnsignedTx.parse(transaction);
    List<PsbtInput> inputs = new ArrayList<>(tx.inputCount());
    for (int i = 0; i < tx.inputCount(); i++) {
      PsbtMap map = PsbtMap.read(in);
      FieldRules.checkInput(map);
      inputs.add(new PsbtInput(map));
    }
    List<PsbtOutput> outputs = new ArrayList<>(tx.outputs().size());
    for (int i = 0; i < tx.outputs().size(); i++) {
      PsbtMap map = PsbtMap.read(in);
      FieldRules.checkOutput(map);
      outputs.add(new PsbtOutput(map));
    }
    in.end("bytes-after-psbt");
    return new Psbt(tx, global, inputs, outputs);
  }

  /** Reads the base64 form (RFC 4648 §4, padded, without line breaks). */
  public static Psbt parseBase64(String text) {
    if (text.length() > (MOST_BYTES + 2) / 3 * 4) {
      throw ByteReader.malformed("too-large");
    }
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw ByteReader.malformed("base64");
    }
    if (text.length() % 4 != 0 || !sameEnd(bytes, text)) {
      throw ByteReader.malformed("base64");
    }
    return parse(bytes);
  }

  /** Whether the last group is the one spelling of its bytes: spare bits are zero. */
  private static boolean sameEnd(byte[] bytes, String text) {
    int spare = bytes.length % 3;
    if (spare == 0) {
      return true;
    }
    byte[] last = new byte[spare];
    System.arraycopy(bytes, bytes.length - spare, last, 0, spare);
    return text.endsWith(Base64.getEncoder().encodeToString(last));
  }

  private static void checkVersion(PsbtMap global) {
    byte[] version = global.get(FieldRules.VERSION);
    if (version == null) {
      return;
    }
    if (version.length != 4) {
      throw ByteReader.malformed("version");
    }
    long number = new ByteReader(version).u32();
    if (number != 0) {
      throw new RefusedException(Refusal.of(Token.PSBT_VERSION, "version", Long.toString(number)));
    }
  }

  /** The binary form. */
  public byte[] serialize() {
    ByteSink out = new ByteSink(256 + 600 * inputs.size() + 300 * outputs.size());
    out.put(MAGIC);
    global.write(out);
    for (PsbtInput input : inputs) {
      input.map().write(out);
    }
    for (PsbtOutput output : outputs) {
      output.map().write(out);
    }
    return out.toBytes();
  }

  /** The base64 form. */
  public String base64() {
    return Base64.getEncoder().encodeToString(serialize());
  }

  public UnsignedTx unsignedTx() {
    return tx;
  }

  public List<PsbtInput> inputs() {
    return inputs;
  }

  public List<PsbtOutput> outputs() {
    return outputs;
  }

  /** How many bytes are in fields of which we make no use: they are kept, and weigh. */
  public int unusedBytes() {
    int bytes = global.unusedBytes(FieldRules.XPUB);
    for (PsbtInput input : inputs) {
      bytes += input.map().unusedBytes(FieldRules.FINAL_SCRIPT_WITNESS);
    }
    for (PsbtOutput output : outputs) {
      bytes += output.map().unusedBytes(FieldRules.OUT_BIP32_DERIVATION);
    }
    return bytes;
  }

  /**
   * The output that an input spends, as the PSBT shows it. A previous transaction must have the id
   * that the input names and agree with the witness output beside it; refuses with {@code
   * psbt-malformed} where it does not, or where the PSBT shows neither.
   */
  public TxOutput spentOutput(int input) {
    PsbtInput in = inputs.get(input);
    TxOutput claimed = in.witnessUtxo();
    byte[] whole = in.map().get(FieldRules.NON_WITNESS_UTXO);
    if (whole == null) {
      if (claimed == null) {
        throw ByteReader.malformed("utxo-missing");
      }
      return claimed;
    }
    PreviousTx previous = PreviousTx.parse(whole);
    Outpoint outpoint = tx.outpoint(input);
    if (!previous.txid().equals(outpoint.txid()) || outpoint.vout() >= previous.outputs().size()) {
      throw ByteReader.malformed("previous-transaction-mismatch");
    }
    TxOutput shown = previous.outputs().get(outpoint.vout());
    if (claimed != null && !claimed.equals(shown)) {
      throw ByteReader.malformed("utxo-conflict");
    }
    return shown;
  }

  /** The whole previous transaction of an input, a copy; null where the PSBT has none. */
  public byte @Nullable [] previousTx(int input) {
    byte[] whole = inputs.get(input).map().get(FieldRules.NON_WITNESS_UTXO);
    return whole == null ? null : whole.clone();
  }

  /**
   * This PSBT and the signatures; one by a key that has signed that input already is passed over.
   */
  public Psbt withSignatures(List<InputSignature> signatures) {
    List<PsbtInput> signed = new ArrayList<>(inputs);
    for (InputSignature added : signatures) {
      PsbtMap map = signed.get(added.input()).map();
      PsbtField field =
          PsbtField.of(
              FieldRules.PARTIAL_SIG, added.signature().publicKey(), added.signature().signature());
      if (!map.has(field)) {
        signed.set(added.input(), new PsbtInput(map.plus(field)));
      }
    }
    return new Psbt(tx, global, signed, outputs);
  }

  /**
   * This PSBT with the whole transactions that its inputs spend from, by id, where they are at hand
   * and not in it yet: signing devices ask for them, since a signature over a witness does not say
   * what other inputs are worth. What would make the PSBT too large to be read is left out.
   */
  public Psbt withPrevious(Map<String, byte[]> transactions) {
    List<PsbtInput> told = new ArrayList<>(inputs);
    long room = MOST_BYTES - serialize().length;
    for (int i = 0; i < told.size(); i++) {
      byte[] whole = transactions.get(tx.outpoint(i).txid());
      if (whole != null && !told.get(i).hasNonWitnessUtxo() && whole.length + 12 <= room) {
        room -= whole.length + 12;
        PsbtField field = PsbtField.of(FieldRules.NON_WITNESS_UTXO, whole.clone());
        told.set(i, new PsbtInput(told.get(i).map().plus(field)));
      }
    }
    return withInputs(told);
  }

  /** This PSBT with other inputs, which say something else about the same transaction. */
  Psbt withInputs(List<PsbtInput> other) {
    return new Psbt(tx, global, other, outputs);
  }

  /**
   * All that both say of one transaction; where they differ about a field, this one's word stays.
   * Refuses another transaction with {@code psbt-malformed}.
   */
  public Psbt combine(Psbt other) {
    if (!tx.equals(other.tx)) {
      throw ByteReader.malformed("different-transactions");
    }
    List<PsbtInput> allInputs = new ArrayList<>(inputs.size());
    for (int i = 0; i < inputs.size(); i++) {
      allInputs.add(new PsbtInput(inputs.get(i).map().union(other.inputs.get(i).map())));
    }
    List<PsbtOutput> allOutputs = new ArrayList<>(outputs.size());
    for (int i = 0; i < outputs.size(); i++) {
      allOutputs.add(new PsbtOutput(outputs.get(i).map().union(other.outputs.get(i).map())));
    }
    return new Psbt(tx, global.union(other.global), allInputs, allOutputs);
  }
}
