package org.trefoil.core.psbt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trefoil.core.Refusals.refusal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trefoil.core.Token;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.core.units.Hex;

/** Each field of BIP-0174 in its own form is read, in every other it is refused with the reason. */
class PsbtFieldsTest {
  private static final Psbt GOOD = MultisigSpend.of(ScriptType.P2WSH, 2, 3).psbt;

  /** A field's key as type and number of bytes of data after it, and how long its value is. */
  @ParameterizedTest
  @CsvSource({
    "global,00,1,4,key-data-not-allowed",
    "global,07,0,4,",
    "global,07,1,4,key-data-not-allowed",
    "global,fb,0,3,version",
    "global,fb,0,4,",
    "global,fb,0,5,version",
    "global,fb,1,4,key-data-not-allowed",
    "global,01,78,4,",
    "global,01,78,8,",
    "global,01,77,4,global-xpub",
    "global,01,79,4,global-xpub",
    "global,01,78,0,global-xpub",
    "global,01,78,6,global-xpub",
    "global,02,0,4,field-of-version-2",
    "global,03,0,4,field-of-version-2",
    "global,04,0,4,field-of-version-2",
    "global,05,0,4,field-of-version-2",
    "global,06,0,4,field-of-version-2",
    "global,06,1,4,",
    "global,08,0,4,",
    "input,00,1,4,key-data-not-allowed",
    "input,01,1,4,key-data-not-allowed",
    "input,03,1,4,key-data-not-allowed",
    "input,03,0,3,sighash-type",
    "input,03,0,4,",
    "input,03,0,5,sighash-type",
    "input,04,1,4,key-data-not-allowed",
    "input,05,1,4,key-data-not-allowed",
    "input,07,1,4,key-data-not-allowed",
    "input,08,1,4,key-data-not-allowed",
    "input,09,1,4,key-data-not-allowed",
    "input,09,0,4,",
    "input,0a,20,4,",
    "input,0a,19,4,preimage",
    "input,0a,32,4,preimage",
    "input,0b,32,4,",
    "input,0b,31,4,preimage",
    "input,0b,20,4,preimage",
    "input,0c,20,4,",
    "input,0c,21,4,preimage",
    "input,0d,32,4,",
    "input,0d,33,4,preimage",
    "input,0e,0,4,field-of-version-2",
    "input,0f,0,4,field-of-version-2",
    "input,10,0,4,field-of-version-2",
    "input,11,0,4,field-of-version-2",
    "input,12,0,4,field-of-version-2",
    "input,12,1,4,",
    "input,13,0,4,",
    "output,00,1,4,key-data-not-allowed",
    "output,01,1,4,key-data-not-allowed",
    "output,03,0,4,field-of-version-2",
    "output,04,0,4,field-of-version-2",
    "output,04,1,4,",
    "output,05,0,4,",
  })
  void aFieldHasItsOwnFormOrIsRefused(
      String map, String type, int keyData, int value, String reason) {
    String key = type + "00".repeat(keyData);
    reads(map, key, new byte[value], reason);
  }

  @ParameterizedTest
  @CsvSource({
    "02,33,", "03,33,", "04,33,public-key", "00,33,public-key", "02,32,public-key",
    "02,34,public-key", "04,65,", "02,65,public-key", "04,64,public-key", "04,66,public-key",
    "02,1,public-key", ",0,public-key"
  })
  void aPublicKeyHasOneOfTwoForms(String first, int length, String reason) {
    String key = first == null ? "" : first + "11".repeat(length - 1);
    reads("input", "02" + key, new byte[71], reason);
    reads("input", "06" + key, new byte[8], reason);
    reads("output", "02" + key, new byte[8], reason);
  }

  @ParameterizedTest
  @CsvSource({"0,derivation", "3,derivation", "4,", "5,derivation", "8,", "27,derivation", "28,"})
  void aDerivationIsAFingerprintAndWholeSteps(int length, String reason) {
    String key = "02" + "11".repeat(32);
    reads("input", "06" + key, new byte[length], reason);
    reads("output", "02" + key, new byte[length], reason);
  }

  @Test
  void aLaterVersionIsNamedAsSuch() {
    byte[] bytes = with("global", "fb", new byte[] {2, 0, 0, 0});
    assertThat(refusal(Token.PSBT_VERSION, () -> Psbt.parse(bytes)).data())
        .containsEntry("version", "2");
    byte[] last = with("global", "fb", new byte[] {-1, -1, -1, -1});
    assertThat(refusal(Token.PSBT_VERSION, () -> Psbt.parse(last)).data())
        .containsEntry("version", "4294967295");
  }

  @Test
  void typesOfSeveralBytesAreKeptInTheirOneSpelling() {
    for (String key : new String[] {"fdfd00", "fdffff01", "fe00000100", "fe000001000203", "fc"}) {
      reads("input", key, new byte[3], null);
    }
    for (String key : new String[] {"fdfc00", "feffff0000", "ff0000000001000000"}) {
      boolean tooLarge = key.startsWith("ff");
      reads(
          "input", key, new byte[3], tooLarge ? "length-too-large" : "compact-size-not-canonical");
    }
    reads("input", "fdfd", new byte[3], "truncated");
    reads("input", "fe000001", new byte[3], "truncated");
  }

  @Test
  void noKeyIsThereTwiceAmongFewFieldsOrMany() {
    Random random = new Random(12);
    for (int count : new int[] {2, 12, 13, 14, 40, 1_000}) {
      for (int round = 0; round < 20; round++) {
        PsbtParts parts = new PsbtParts(GOOD);
        List<PsbtField> fields = parts.outputs.get(0);
        for (int i = 0; i < count; i++) {
          // keys that begin alike, or one of which begins another
          byte[] data = new byte[1 + i % 7 + i / 7];
          data[data.length - 1] = (byte) (i % 7);
          fields.add(PsbtField.of(0x70, data, new byte[] {(byte) i}));
        }
        Collections.shuffle(fields, random);
        byte[] different = parts.write();
        assertThat(Psbt.parse(different).serialize()).isEqualTo(different);
        PsbtField again = fields.get(random.nextInt(count - 1));
        fields.set(count - 1, new PsbtField(again.key, new byte[] {1, 2}));
        refused(parts.write(), "duplicate-key");
      }
    }
  }

  @Test
  void aMapHasAThousandFieldsAtMost() {
    PsbtParts parts = new PsbtParts(GOOD);
    for (int i = 0; i < PsbtMap.MOST_FIELDS + 1; i++) {
      byte[] number = {(byte) (i >> 8), (byte) i};
      parts.outputs.get(0).add(PsbtField.of(0x70, number, new byte[0]));
    }
    refused(parts.write(), "too-many-fields");
    parts.outputs.get(0).remove(0);
    byte[] most = parts.write();
    assertThat(Psbt.parse(most).serialize()).isEqualTo(most);
  }

  @Test
  void whatWeMakeNoUseOfIsCountedByTheByte() {
    PsbtParts parts = new PsbtParts(GOOD);
    int before = GOOD.unusedBytes();
    List<Integer> lengths = new ArrayList<>();
    byte[] key = Hex.parse("02" + "11".repeat(32));
    parts.global.add(PsbtField.of(0x01, new byte[78], new byte[4]));
    parts.inputs.get(0).add(PsbtField.of(0x08, new byte[70]));
    parts.outputs.get(0).add(PsbtField.of(0x02, key, new byte[8]));
    assertThat(Psbt.parse(parts.write()).unusedBytes()).isEqualTo(before).isZero();
    parts.global.add(PsbtField.of(0x02, new byte[3], new byte[50]));
    lengths.add(1 + 3 + 50);
    parts.inputs.get(0).add(PsbtField.of(0x09, new byte[7]));
    lengths.add(1 + 7);
    parts.inputs.get(0).add(new PsbtField(Hex.parse("fdfd00"), new byte[11]));
    lengths.add(3 + 11);
    parts.outputs.get(0).add(PsbtField.of(0x03, new byte[2], new byte[1_000]));
    lengths.add(1 + 2 + 1_000);
    assertThat(Psbt.parse(parts.write()).unusedBytes())
        .isEqualTo(lengths.stream().mapToInt(Integer::intValue).sum());
  }

  private static void reads(String map, String key, byte[] value, String reason) {
    byte[] bytes = with(map, key, value);
    if (reason == null) {
      assertThat(Psbt.parse(bytes).serialize()).isEqualTo(bytes);
    } else {
      refused(bytes, reason);
    }
  }

  private static void refused(byte[] bytes, String reason) {
    assertThat(refusal(Token.PSBT_MALFORMED, () -> Psbt.parse(bytes)).data())
        .containsEntry("reason", reason);
  }

  private static byte[] with(String map, String key, byte[] value) {
    PsbtParts parts = new PsbtParts(GOOD);
    PsbtField field = new PsbtField(Hex.parse(key), value);
    switch (map) {
      case "global" -> parts.global.add(field);
      case "input" -> {
        parts.inputs.get(0).removeIf(old -> old.hasKey(field.key));
        parts.inputs.get(0).add(field);
      }
      default -> parts.outputs.get(0).add(field);
    }
    return parts.write();
  }
}
