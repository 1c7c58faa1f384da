package org.trefoil.core.ur;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trefoil.core.RefusedException;
import org.trefoil.core.proposal.SpendFixture;
import org.trefoil.core.psbt.Psbt;
import org.trefoil.core.units.Hex;

/** PSBTs as QR codes, and back again with codes missed, repeated, misread and mixed up. */
class UrTest {
  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  @Test
  void findsTheReferencesFragmentLengths() {
    assertThat(UrEncoder.fragmentLength(12_345, 1_005, 1_955)).isEqualTo(1_764);
    assertThat(UrEncoder.fragmentLength(12_345, 1_005, 30_000)).isEqualTo(12_345);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 23, 24, 255, 256, 300, 5_000, 32_767, 100_000})
  void whatGoesOutComesBackFromTheFirstPartsAlone(int length) {
    byte[] message = bytes(length);
    UrEncoder out = UrEncoder.psbt(message, 150);
    UrDecoder in = new UrDecoder();
    for (int i = 1; i <= out.count(); i++) {
      assertThat(in.message()).isNull();
      assertThat(in.take(out.part(i))).isTrue();
    }
    assertThat(in.message()).isEqualTo(message);
    assertThat(in.percent()).isEqualTo(100);
    assertThat(in.take(out.part(1))).isFalse();
  }

  @Test
  void aCameraThatMissesHalfOfTheCodesNeedsFewMore() {
    for (int seed = 0; seed < 30; seed++) {
      Random random = new Random(seed);
      byte[] message = bytes(500 + random.nextInt(8_000));
      UrEncoder out = UrEncoder.psbt(message, 150);
      UrDecoder in = new UrDecoder();
      int seen = 0;
      int number = 1 + random.nextInt(1_000);
      while (in.message() == null) {
        if (random.nextBoolean()) {
          in.take(out.part(number));
          seen++;
        }
        number++;
      }
      assertThat(in.message()).isEqualTo(message);
      assertThat(seen).isLessThan(3 * out.count() + 30);
    }
  }

  @Test
  void theReferencesOwnMessageIsPutTogetherFromMixedPartsOnly() {
    byte[] message = UrVectors.message(32_767);
    UrEncoder out = UrEncoder.psbt(message, 1_000);
    UrDecoder in = new UrDecoder();
    for (int number = 100; in.message() == null; number++) {
      in.take(out.part(number));
    }
    assertThat(in.message()).isEqualTo(message);
  }

  @Test
  void aMisreadCodeIsRefusedAndChangesNothing() {
    UrEncoder out = UrEncoder.psbt(bytes(2_000), 150);
    UrDecoder in = new UrDecoder();
    in.take(out.part(1));
    Random random = new Random(7);
    for (int round = 0; round < 500; round++) {
      char[] bent = out.part(2 + random.nextInt(40)).toCharArray();
      int at = "UR:CRYPTO-PSBT/".length() + 5 + random.nextInt(bent.length - 20);
      bent[at] = bent[at] == 'A' ? 'E' : 'A';
      assertThatThrownBy(() -> in.take(new String(bent))).hasMessage("ur-malformed");
    }
    for (int i = 2; i <= out.count(); i++) {
      in.take(out.part(i));
    }
    assertThat(in.message()).isEqualTo(bytes(2_000));
  }

  @Test
  void aCodeOfAnotherTransactionIsRefused() {
    UrDecoder in = new UrDecoder();
    in.take(UrEncoder.psbt(bytes(2_000), 150).part(1));
    assertThatThrownBy(() -> in.take(UrEncoder.psbt(bytes(2_001), 150).part(2)))
        .isInstanceOfSatisfying(
            RefusedException.class,
            e -> assertThat(e.refusal().data()).containsEntry("reason", "another-message"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ur:",
        "ur:crypto-psbt",
        "ur:crypto-psbt/",
        "ur:crypto-psbt/ae",
        "ur:bytes/aeadaolazmjendeoti",
        "bitcoin:bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
        "ur:crypto-psbt/1-2/aeadaolazmjendeoti",
        "ur:crypto-psbt/aeadaolazmjendeoti",
        "ur:crypto-psbt/\u0130\u0131"
      })
  void whatIsNoPartOfAPsbtIsRefused(String text) {
    assertThatThrownBy(() -> new UrDecoder().take(text)).hasMessage("ur-malformed");
  }

  @Test
  void partsThatPromiseTooMuchAreRefusedBeforeAnythingIsKept() {
    for (long[] lie :
        new long[][] {{1, 1_001, 150_150}, {1, 2, 1L << 31}, {0, 2, 20}, {1, 3, 20}, {1, 0, 0}}) {
      byte[] cbor =
          new CborSink(40)
              .head(CborSink.ARRAY, 5)
              .head(CborSink.UNSIGNED, lie[0])
              .head(CborSink.UNSIGNED, lie[1])
              .head(CborSink.UNSIGNED, lie[2])
              .head(CborSink.UNSIGNED, 7)
              .head(CborSink.BYTES, 10)
              .put(new byte[10])
              .toBytes();
      String text = "ur:crypto-psbt/1-2/" + Bytewords.encode(cbor);
      assertThatThrownBy(() -> new UrDecoder().take(text)).hasMessage("ur-malformed");
    }
  }

  @Test
  void aPsbtIsReadHoweverItIsCarried() {
    SpendFixture wallet = SpendFixture.twoOfThree(1);
    wallet.addCoin(1_000_000);
    Psbt psbt = wallet.build(wallet.pay(2_000, wallet.recipient(300_000))).psbt();
    byte[] bytes = psbt.serialize();
    String base64 = psbt.base64();
    List<String> codes = new ArrayList<>();
    UrEncoder out = UrEncoder.psbt(bytes, 100);
    for (int i = 1; i <= out.count(); i++) {
      codes.add(out.part(i));
    }
    for (String text :
        List.of(
            base64,
            " " + base64.substring(0, 64) + "\r\n" + base64.substring(64) + "\n",
            Hex.of(bytes),
            String.join("\n", codes),
            UrEncoder.psbt(bytes, 10_000).part(1))) {
      assertThat(PsbtText.read(text).serialize()).isEqualTo(bytes);
      assertThat(PsbtText.read(text.getBytes()).serialize()).isEqualTo(bytes);
    }
    assertThat(PsbtText.read(bytes).serialize()).isEqualTo(bytes);
    assertThatThrownBy(() -> PsbtText.read(codes.get(0))).hasMessage("ur-malformed");
    assertThatThrownBy(() -> PsbtText.read(Base64.getEncoder().encodeToString(new byte[9])))
        .hasMessage("psbt-malformed");
    assertThatThrownBy(() -> PsbtText.read("70736274ff zz")).hasMessage("psbt-malformed");
  }
}
