package org.trefoil.server.passkey;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;

/**
 * A transaction as it is before anybody signs: no witnesses, all input scripts empty. Read with the
 * JDK alone, whole and in the one way in which it can be written.
 *
 * @param inputs how many coins it spends
 * @param outputs what it pays, in its order
 */
record BareTransaction(byte[] bytes, int inputs, List<Output> outputs) {
  private static final int OUTPOINT = 36;

  /**
   * What an output pays.
   *
   * @param value satoshis
   * @param script scriptPubKey in hex
   */
  record Output(long value, String script) {}

  BareTransaction {
    outputs = List.copyOf(outputs);
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException when the bytes are no such transaction
   */
  static BareTransaction parse(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    try {
      in.getInt();
      int inputs = count(in);
      for (int i = 0; i < inputs; i++) {
        skip(in, OUTPOINT);
        if (in.get() != 0) {
          throw new IllegalArgumentException("an input with a script");
        }
        in.getInt();
      }
      int many = count(in);
      List<Output> outputs = new ArrayList<>();
      for (int i = 0; i < many; i++) {
        long value = in.getLong();
        byte[] script = new byte[limited(count(in), in)];
        in.get(script);
        outputs.add(new Output(value, HexFormat.of().formatHex(script)));
      }
      in.getInt();
      if (in.hasRemaining() || inputs == 0 || many == 0) {
        throw new IllegalArgumentException("no whole transaction");
      }
      return new BareTransaction(bytes.clone(), inputs, outputs);
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("no whole transaction", e);
    }
  }

  private static int count(ByteBuffer in) {
    int first = in.get() & 0xff;
    int value = first < 0xfd ? first : first == 0xfd ? in.getShort() & 0xffff : -1;
    if (value < 0 || first == 0xfd && value < 0xfd) {
      throw new IllegalArgumentException("a count that no transaction of ours has");
    }
    return limited(value, in);
  }

  private static int limited(int value, ByteBuffer in) {
    if (value > in.remaining()) {
      throw new BufferUnderflowException();
    }
    return value;
  }

  private static void skip(ByteBuffer in, int bytes) {
    in.position(in.position() + limited(bytes, in));
  }

  /** What the network knows it by once it is signed: its inputs' scripts stay empty then. */
  String txid() {
    List<Byte> turned = new ArrayList<>();
    for (byte each : Sha256.of(Sha256.of(bytes))) {
      turned.add(each);
    }
    Collections.reverse(turned);
    StringBuilder hex = new StringBuilder();
    turned.forEach(each -> HexFormat.of().toHexDigits(hex, each));
    return hex.toString();
  }

  /** See {@code SpendDigest} of core: the tagged hash over the transaction and these amounts. */
  byte[] digest(List<Long> amounts) {
    byte[] tag = Sha256.of("trefoil/spend/1");
    ByteBuffer all =
        ByteBuffer.allocate(2 * tag.length + bytes.length + Long.BYTES * amounts.size());
    all.put(tag).put(tag).put(bytes).order(ByteOrder.LITTLE_ENDIAN);
    amounts.forEach(all::putLong);
    return Sha256.of(all.array());
  }
}
