package org.trefoil.core.ur;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts a PSBT together from what QR codes said, in any order, with gaps and repetitions
 * (BCR-2020-005). Each part is an equation over the fragments; they are solved as they come.
 *
 * <p>What is refused changes nothing, so a code that was misread costs a look and no more.
 */
public final class UrDecoder {
  private long length = -1;
  private int checksum;
  private int fragment;
  private @Nullable Mixture mixture;
  private @Nullable Row[] rows = new Row[0];
  private int known;
  private byte @Nullable [] message;

  /** Fragments that lie over one another, the first of which no other row begins with. */
  private static final class Row {
    final boolean[] holds;
    final byte[] data;

    Row(int count, List<Integer> indexes, byte[] data) {
      this.holds = new boolean[count];
      this.data = data;
      for (int index : indexes) {
        holds[index] = true;
      }
    }

    void takeOut(Row other) {
      for (int i = 0; i < holds.length; i++) {
        holds[i] ^= other.holds[i];
      }
      for (int i = 0; i < data.length; i++) {
        data[i] ^= other.data[i];
      }
    }
  }

  /**
   * Takes what a QR code said. Refuses with {@code ur-malformed} and its {@code reason} what is not
   * part of a PSBT, or of another one than the first.
   *
   * @return whether it told something new
   */
  public boolean take(String text) {
    String ur = Ur.small(text);
    if (!ur.startsWith(Ur.SCHEME)) {
      throw Ur.malformed("not-a-ur");
    }
    int slash = ur.indexOf('/');
    String type = slash < 0 ? "" : ur.substring(Ur.SCHEME.length(), slash);
    if (!type.equals(Ur.PSBT) && !type.equals(Ur.PSBT_TOO)) {
      throw Ur.malformed("not-a-psbt");
    }
    if (message != null) {
      return false;
    }
    int second = ur.indexOf('/', slash + 1);
    if (second < 0) {
      message = Ur.unwrapped(Bytewords.decode(ur, slash + 1));
      return true;
    }
    return takePart(Bytewords.decode(ur, second + 1));
  }

  /** Hundredths of the fragments that are known, or follow from what is. */
  public int percent() {
    return message != null ? 100 : rows.length == 0 ? 0 : 100 * known / rows.length;
  }

  /** The PSBT's bytes, a copy; null while some are missing. */
  public byte @Nullable [] message() {
    return message == null ? null : message.clone();
  }

  private boolean takePart(byte[] cbor) {
    CborSource in = new CborSource(cbor);
    if (in.head(CborSink.ARRAY) != 5) {
      throw Ur.malformed("cbor");
    }
    long number = in.head(CborSink.UNSIGNED);
    int count = in.count(Ur.MOST_PARTS);
    int whole = in.count(Ur.MOST_BYTES);
    int sum = (int) in.head(CborSink.UNSIGNED);
    byte[] data = in.bytes();
    in.end();
    if (number < 1
        || count < 1
        || data.length == 0
        || (whole + data.length - 1) / data.length != count) {
      throw Ur.malformed("part");
    }
    if (length < 0) {
      length = whole;
      checksum = sum;
      fragment = data.length;
      mixture = new Mixture(count);
      rows = new Row[count];
    }
    Mixture mixed = mixture;
    if (mixed == null
        || length != whole
        || checksum != sum
        || fragment != data.length
        || rows.length != count) {
      throw Ur.malformed("another-message");
    }
    boolean news = learn(new Row(count, mixed.of(number, sum), data));
    if (known == rows.length) {
      solve();
    }
    return news;
  }

  private boolean learn(Row row) {
    for (int i = 0; i < rows.length; i++) {
      if (!row.holds[i]) {
        continue;
      }
      Row there = rows[i];
      if (there == null) {
        rows[i] = row;
        known++;
        return true;
      }
      row.takeOut(there);
    }
    return false;
  }

  private void solve() {
    byte[] whole = new byte[rows.length * fragment];
    for (int i = rows.length - 1; i >= 0; i--) {
      Row row = rows[i];
      for (int j = i + 1; j < rows.length; j++) {
        if (row != null && row.holds[j] && rows[j] != null) {
          row.takeOut(rows[j]);
        }
      }
      if (row != null) {
        System.arraycopy(row.data, 0, whole, i * fragment, fragment);
      }
    }
    byte[] cut = Arrays.copyOf(whole, (int) length);
    if (Crc32.of(cut, cut.length) != checksum) {
      length = -1;
      known = 0;
      rows = new Row[0];
      throw Ur.malformed("checksum");
    }
    message = Ur.unwrapped(cut);
  }
}
