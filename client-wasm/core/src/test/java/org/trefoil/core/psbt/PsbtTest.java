package org.trefoil.core.psbt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.trefoil.core.Refusals.refusal;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.VectorFiles;
import org.trefoil.core.coins.TxOutput;
import org.trefoil.core.keys.ScriptType;
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

  @Test
  void aMegabyteIsReadAndNotAByteMore() {
    PsbtParts parts = new PsbtParts(MultisigSpend.of(ScriptType.P2WSH, 2, 3).psbt);
    int room = Psbt.MOST_BYTES - parts.write().length - 7; // the field's key, and both lengths
    parts.outputs.get(0).add(PsbtField.of(0x70, new byte[room]));
    byte[] most = parts.write();
    assertThat(most).hasSize(Psbt.MOST_BYTES);
    assertThat(Psbt.parse(most).serialize()).isEqualTo(most);
    assertThat(Psbt.parseBase64(Base64.getEncoder().encodeToString(most)).serialize())
        .isEqualTo(most);
    parts.outputs.get(0).set(0, PsbtField.of(0x70, new byte[room + 1]));
    byte[] more = parts.write();
    assertThat(refusal(Token.PSBT_MALFORMED, () -> Psbt.parse(more)).data())
        .containsEntry("reason", "too-large");
  }

  @Test
  void whatTwoSayIsPutTogetherAndTheFirstOnesWordStays() {
    MultisigSpend spend = MultisigSpend.of(ScriptType.P2WSH, 2, 3);
    Psbt one = with(spend.signed(0), 0x90, 1);
    Psbt two = with(with(spend.signed(1), 0x90, 2), 0x81, 3);
    Psbt both = one.combine(two);
    List<PsbtField> fields = List.of(both.inputs().get(0).map().fields());
    assertThat(fields).extracting(PsbtField::type).containsExactly(1, 2, 2, 5, 0x81, 0x90);
    assertThat(fields.get(5).value).containsExactly(1);
    assertThat(two.combine(one).inputs().get(0).map().get(0x90)).containsExactly(2);
    MultisigSpend.judged(Finalizer.finish(both), spend);
    assertThat(both.combine(both).serialize()).isEqualTo(both.serialize());
    assertThat(both.combine(two).serialize()).isEqualTo(both.serialize());
    assertThat(one.combine(spend.psbt).serialize()).isEqualTo(one.serialize());
    Psbt other = MultisigSpend.of(ScriptType.P2WSH, 2, 2).psbt;
    assertThat(one.combine(other).unsignedTx()).isEqualTo(one.unsignedTx());
    PsbtParts bent = new PsbtParts(spend.psbt);
    bent.lockTime++;
    Psbt another = Psbt.parse(bent.write());
    assertThat(refusal(Token.PSBT_MALFORMED, () -> one.combine(another)).data())
        .containsEntry("reason", "different-transactions");
  }

  private static Psbt with(Psbt psbt, int type, int value) {
    PsbtMap map = psbt.inputs().get(0).map().plus(PsbtField.of(type, new byte[] {(byte) value}));
    return psbt.withInputs(List.of(new PsbtInput(map)));
  }

  @Test
  void aKeyThatHasSignedKeepsItsFirstSignature() {
    MultisigSpend spend = MultisigSpend.of(ScriptType.P2WSH, 2, 3);
    byte[] key = spend.keys.get(0).getPubKey();
    Psbt signed = spend.signed(0);
    Psbt again = signed.withSignatures(List.of(InputSignature.of(0, key, new byte[71])));
    assertThat(again.serialize()).isEqualTo(signed.serialize());
  }

  @Test
  void aDraftSaysOfItsOutputsWhatItWasToldAndNothingOfOthers() {
    UnsignedTx tx = MultisigSpend.tx(1);
    TxOutput paid = tx.outputs().get(0);
    UnsignedTx two = UnsignedTx.of(List.of(tx.outpoint(0)), -1, List.of(paid, paid), 0);
    KeyDerivation place = KeyDerivation.of(Hex.parse("02" + "11".repeat(32)), 1, 2, 3);
    PsbtDraft draft = new PsbtDraft(two).input(null, paid, null, null, List.of());
    byte[] redeem = {1, 2};
    Psbt psbt = draft.output(redeem, new byte[] {3}, List.of(place)).output().finish();
    PsbtOutput ours = Psbt.parse(psbt.serialize()).outputs().get(0);
    assertThat(ours.redeemScript()).containsExactly(1, 2);
    assertThat(ours.witnessScript()).containsExactly(3);
    assertThat(ours.derivations()).containsExactly(place);
    PsbtOutput theirs = Psbt.parse(psbt.serialize()).outputs().get(1);
    assertThat(theirs.redeemScript()).isNull();
    assertThat(theirs.witnessScript()).isNull();
    assertThat(theirs.derivations()).isEmpty();
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
