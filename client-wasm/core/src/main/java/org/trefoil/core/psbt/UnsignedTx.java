package org.trefoil.core.psbt;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.core.coins.TxOutput;
import org.trefoil.core.units.Sats;

/**
 * A transaction without signatures, as BIP-0174 carries it: the old serialization, every scriptSig
 * empty. It keeps the bytes it was read from, so what is hashed is what was given.
 *
 * <p>Every amount, and the sum of them, lies within 0 and 21 million bitcoin; a transaction with
 * another is refused.
 */
public final class UnsignedTx {
  static final int INPUT_BYTES = 41;
  private static final int LEAST_OUTPUT_BYTES = 9;

  private final byte[] bytes;
  private final int inputCount;
  private final int firstInput;
  private final int firstOutput;
  private final List<TxOutput> outputs;
  private @Nullable String txid;

  private UnsignedTx(
      byte[] bytes, int inputCount, int firstInput, int firstOutput, List<TxOutput> outputs) {
    this.bytes = bytes;
    this.inputCount = inputCount;
    this.firstInput = firstInput;
    this.firstOutput = firstOutput;
    this.outputs = outputs;
  }

  /** Reads the bytes completely, or refuses with {@code psbt-malformed}. */
  public static UnsignedTx parse(byte[] transaction) {
    byte[] bytes = transaction.clone();
    ByteReader in = new ByteReader(bytes);
    in.skip(4);
    int inputCount = in.count(INPUT_BYTES);
    int firstInput = in.position();
    for (int i = 0; i < inputCount; i++) {
      in.skip(32);
      if (in.i32() < 0) {
        throw ByteReader.malformed("output-number-out-of-range");
      }
      if (in.u8() != 0) {
        throw ByteReader.malformed("script-sig-not-empty");
      }
      in.skip(4);
    }
    int outputCount = in.count(LEAST_OUTPUT_BYTES);
    int firstOutput = in.position();
    List<TxOutput> outputs = new ArrayList<>(outputCount);
    long total = 0;
    for (int i = 0; i < outputCount; i++) {
      TxOutput output = readOutput(in);
      total += output.value().value();
      if (total > Sats.MAX) {
        throw ByteReader.malformed("amount-out-of-range");
      }
      outputs.add(output);
    }
    in.skip(4);
    in.end("bytes-after-transaction");
    return new UnsignedTx(bytes, inputCount, firstInput, firstOutput, List.copyOf(outputs));
  }

  /** Builds a version 2 transaction in which every input has the same sequence number. */
  public static UnsignedTx of(
      List<Outpoint> inputs, int sequence, List<TxOutput> outputs, int lockTime) {
    ByteSink out = new ByteSink(10 + INPUT_BYTES * inputs.size() + 44 * outputs.size());
    out.i32(2).compactSize(inputs.size());
    for (Outpoint outpoint : inputs) {
      out.put(Hashing.wireOrder(outpoint.txid())).i32(outpoint.vout()).u8(0).i32(sequence);
    }
    out.compactSize(outputs.size());
    for (TxOutput output : outputs) {
      out.i64(output.value().value()).putSized(output.script());
    }
    return parse(out.i32(lockTime).toBytes());
  }

  static TxOutput readOutput(ByteReader in) {
    long value = in.i64();
    if (value < 0 || value > Sats.MAX) {
      throw ByteReader.malformed("amount-out-of-range");
    }
    return new TxOutput(new Sats(value), in.takeSized());
  }

  /** The transaction's bytes, a copy. */
  public byte[] bytes() {
    return bytes.clone();
  }

  public int version() {
    return new ByteReader(bytes).i32();
  }

  /** The lock time, 0 to 2³² − 1: a height below 500,000,000, seconds of the epoch from there. */
  public long lockTime() {
    return readInt(bytes.length - 4) & 0xffffffffL;
  }

  public int inputCount() {
    return inputCount;
  }

  public Outpoint outpoint(int input) {
    int at = inputAt(input);
    return new Outpoint(Hashing.displayed(bytes, at), readInt(at + 32));
  }

  /** The sequence number of an input, 0 to 2³² − 1. */
  public long sequence(int input) {
    return readInt(inputAt(input) + 37) & 0xffffffffL;
  }

  public List<TxOutput> outputs() {
    return outputs;
  }

  /** The id of these bytes. Signatures in witnesses do not change it, scriptSigs do. */
  public String txid() {
    String known = txid;
    if (known == null) {
      known = Hashing.txid(bytes);
      txid = known;
    }
    return known;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof UnsignedTx that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** The bytes themselves, for this room, which does not change them. */
  byte[] raw() {
    return bytes;
  }

  /** Where an input's 36 bytes of outpoint start. */
  int inputAt(int input) {
    if (input < 0 || input >= inputCount) {
      throw new IndexOutOfBoundsException("no input " + input);
    }
    return firstInput + INPUT_BYTES * input;
  }

  /** Where the first output starts, after the output count. */
  int outputsAt() {
    return firstOutput;
  }

  private int readInt(int at) {
    return bytes[at] & 0xff
        | (bytes[at + 1] & 0xff) << 8
        | (bytes[at + 2] & 0xff) << 16
        | bytes[at + 3] << 24;
  }
}
