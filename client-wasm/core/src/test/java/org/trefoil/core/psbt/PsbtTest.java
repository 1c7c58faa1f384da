package org.trefoil.core.psbt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.trefoil.core.RefusedException;
import org.trefoil.core.VectorFiles;
import org.trefoil.core.units.Hex;

class PsbtTest {
  /** Whatever happens to good bytes, they are read and written back as they are, or refused. */
  @Test
  void mutatedBytesAreReadExactlyOrRefused() {
    Random random = new Random(99);
    List<byte[]> good = valid();
    int read = 0;
    for (int round = 0; round < 12_000; round++) {
      byte[] bytes = good.get(round % good.size()).clone();
      for (int i = 1 + random.nextInt(3); i > 0; i--) {
        bytes[5 + random.nextInt(bytes.length - 5)] = (byte) random.nextInt();
      }
      read += reads(bytes) ? 1 : 0;
    }
    assertThat(read).isGreaterThan(500);
  }

  @Test
  void randomBytesAreRefused() {
    Random random = new Random(5);
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = new byte[8 + random.nextInt(300)];
      random.nextBytes(bytes);
      System.arraycopy(new byte[] {'p', 's', 'b', 't', -1, 1, 0}, 0, bytes, 0, 5 + round % 3 % 2);
      assertThat(reads(bytes)).isFalse();
    }
  }

  /** Reads all there is to read; anything but a refusal fails the test. */
  private static boolean reads(byte[] bytes) {
    Psbt psbt;
    try {
      psbt = Psbt.parse(bytes);
    } catch (RefusedException e) {
      return false;
    }
    assertThat(psbt.serialize()).isEqualTo(bytes);
    for (int i = 0; i < psbt.inputs().size(); i++) {
      PsbtInput input = psbt.inputs().get(i);
      input.partialSignatures();
      input.derivations();
      input.sighashType();
      try {
        psbt.spentOutput(i);
      } catch (RefusedException e) {
        assertThat(e.refusal().token()).isEqualTo("psbt-malformed");
      }
    }
    try {
      Finalizer.extract(Finalizer.finish(psbt));
    } catch (RefusedException e) {
      assertThat(e.refusal().token()).isNotEmpty();
    }
    psbt.combine(psbt);
    return true;
  }

  @Test
  void base64MustBeItsOneSpelling() {
    for (byte[] bytes : valid()) {
      String text = Base64.getEncoder().encodeToString(bytes);
      assertThat(Psbt.parseBase64(text).base64()).isEqualTo(text);
      assertRefused(text + "\n");
      assertRefused(text.substring(0, 40) + "\r\n" + text.substring(40));
      assertRefused(text.replace('/', '_').replace('+', '-') + "-");
      if (text.endsWith("=")) {
        assertRefused(text.replace("=", ""));
        int last = text.indexOf('=') - 1;
        char other = (char) (text.charAt(last) + 1);
        assertRefused(text.substring(0, last) + other + text.substring(last + 1));
      }
    }
    assertRefused("");
    assertRefused("é".repeat(40));
    assertRefused("A".repeat(1_400_000));
  }

  private static void assertRefused(String text) {
    assertThatThrownBy(() -> Psbt.parseBase64(text))
        .isInstanceOf(RefusedException.class)
        .hasMessage("psbt-malformed");
  }

  private static List<byte[]> valid() {
    List<byte[]> all = new ArrayList<>();
    for (String line : VectorFiles.text("bip-0174/vectors.tsv").split("\n")) {
      String[] columns = line.split("\t", -1);
      boolean psbt = !columns[0].equals("invalid") && !columns[0].equals("extracted");
      if (psbt && columns[2].length() > 40) {
        all.add(Hex.parse(columns[2]));
      }
    }
    return all;
  }
}
