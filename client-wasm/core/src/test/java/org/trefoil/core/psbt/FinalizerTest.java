package org.trefoil.core.psbt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trefoil.core.Refusals.refusal;

import fr.acinq.bitcoin.Transaction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bitcoinj.crypto.ECKey;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trefoil.core.Token;
import org.trefoil.core.coins.TxOutput;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.core.keys.Scripts;
import org.trefoil.core.units.Hex;
import org.trefoil.core.units.Sats;

/** What is finished spends, judged by an interpreter of other people's, and all else is refused. */
class FinalizerTest {
  private static final MultisigSpend TWO_OF_THREE = MultisigSpend.of(ScriptType.P2WSH, 2, 3);

  @ParameterizedTest
  @CsvSource({
    "P2WSH,1,1", "P2WSH,2,3", "P2WSH,3,16", "P2WSH,1,17", "P2WSH,17,20", "P2WSH,20,20",
    "P2SH_P2WSH,2,3", "P2SH_P2WSH,1,17", "P2SH,1,1", "P2SH,2,2", "P2SH,2,3", "P2SH,2,7",
    "P2SH,2,8", "P2SH,5,15"
  })
  void whatIsFinishedSpends(ScriptType type, int threshold, int count) {
    MultisigSpend spend = MultisigSpend.of(type, threshold, count);
    int[] last = new int[threshold];
    for (int i = 0; i < threshold; i++) {
      last[i] = count - 1 - i;
    }
    SignedTx signed = MultisigSpend.judged(Finalizer.finish(spend.signed(last)), spend);
    Transaction judged = Transaction.read(signed.bytes());
    assertThat(signed.txid()).isEqualTo(judged.txid.toString());
    assertThat(signed.weight()).isEqualTo(judged.weight());
  }

  @Test
  void longKeysOfOldScriptsSignToo() {
    List<ECKey> keys = new ArrayList<>(MultisigSpend.keys(2, false));
    keys.addAll(MultisigSpend.keys(1, true));
    MultisigSpend spend = new MultisigSpend(ScriptType.P2SH, MultisigSpend.script(2, keys), keys);
    MultisigSpend.judged(Finalizer.finish(spend.signed(0, 2)), spend);
  }

  @Test
  void inputsOfEveryKindSpendSideBySide() {
    MultisigSpend[] kinds = {
      MultisigSpend.of(ScriptType.P2SH, 2, 2),
      MultisigSpend.of(ScriptType.P2WSH, 2, 3),
      MultisigSpend.of(ScriptType.P2SH_P2WSH, 1, 2)
    };
    PsbtDraft draft = new PsbtDraft(MultisigSpend.tx(3));
    for (MultisigSpend kind : kinds) {
      draft.input(null, kind.spent, kind.redeem(), kind.witness(), List.of());
    }
    Psbt psbt = draft.output().finish();
    psbt = kinds[0].signed(psbt, 0, 0, 1);
    psbt = kinds[1].signed(psbt, 1, 1, 2);
    Psbt two = psbt;
    assertThat(refusal(Token.SIGNATURE_MISSING, () -> Finalizer.finish(two)).data())
        .containsEntry("input", "2");
    assertThat(refusal(Token.NOT_FINAL, () -> Finalizer.extract(two)).data())
        .containsEntry("input", "0");
    MultisigSpend.judged(Finalizer.finish(kinds[2].signed(psbt, 2, 1)), kinds);
  }

  @Test
  void moreSignaturesThanAskedForAreNoHarm() {
    Psbt finished = Finalizer.finish(TWO_OF_THREE.signed(2, 0, 1));
    MultisigSpend.judged(finished, TWO_OF_THREE);
    assertThat(finished.serialize())
        .isEqualTo(Finalizer.finish(TWO_OF_THREE.signed(0, 1)).serialize());
  }

  @ParameterizedTest
  @EnumSource(ScriptType.class)
  void oneSignatureTooFewIsRefused(ScriptType type) {
    MultisigSpend spend = MultisigSpend.of(type, 2, 3);
    for (int[] by : new int[][] {{}, {0}, {1}, {2}}) {
      assertThat(refusal(Token.SIGNATURE_MISSING, () -> Finalizer.finish(spend.signed(by))).data())
          .containsEntry("input", "0");
    }
  }

  @ParameterizedTest
  @EnumSource(ScriptType.class)
  void aSignatureThatIsNotTheKeysOverThisTransactionIsRefused(ScriptType type) {
    MultisigSpend spend = MultisigSpend.of(type, 2, 3);
    UnsignedTx other =
        UnsignedTx.of(
            List.of(spend.psbt.unsignedTx().outpoint(0)), -2, spend.psbt.unsignedTx().outputs(), 0);
    byte[] right = spend.signature(spend.psbt.unsignedTx(), 0, 1);
    byte[] bent = right.clone();
    bent[20] ^= 1;
    for (byte[] wrong :
        new byte[][] {
          spend.signature(spend.psbt.unsignedTx(), 0, 2), spend.signature(other, 0, 1), bent
        }) {
      assertThat(refusal(Token.SIGNATURE_WRONG, () -> Finalizer.finish(with(spend, wrong))).data())
          .containsEntry("input", "0");
    }
    MultisigSpend.judged(Finalizer.finish(with(spend, right)), spend);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 3, 0x80, 0x81, 0x83})
  void aSignatureThatLeavesPartOfTheTransactionOpenIsRefused(int sighashType) {
    byte[] signature = TWO_OF_THREE.signature(TWO_OF_THREE.psbt.unsignedTx(), 0, 1);
    signature[signature.length - 1] = (byte) sighashType;
    refusal(Token.SIGHASH_NOT_ALL, () -> Finalizer.finish(with(TWO_OF_THREE, signature)));
    Psbt asksFor = plus(TWO_OF_THREE.signed(0, 1), FieldRules.SIGHASH_TYPE, sighashType, 0, 0, 0);
    refusal(Token.SIGHASH_NOT_ALL, () -> Finalizer.finish(asksFor));
  }

  @Test
  void anEmptySignatureIsOneOfNoType() {
    refusal(Token.SIGHASH_NOT_ALL, () -> Finalizer.finish(with(TWO_OF_THREE, new byte[0])));
  }

  @Test
  void askingForAllInSoManyWordsIsNoHarm() {
    Psbt asksFor = plus(TWO_OF_THREE.signed(0, 1), FieldRules.SIGHASH_TYPE, 1, 0, 0, 0);
    MultisigSpend.judged(Finalizer.finish(asksFor), TWO_OF_THREE);
  }

  /** By key 0 rightly, by key 1 with these bytes. */
  private static Psbt with(MultisigSpend spend, byte[] signature) {
    byte[] key = spend.keys.get(1).getPubKey();
    return spend.signed(0).withSignatures(List.of(InputSignature.of(0, key, signature)));
  }

  private static Psbt plus(Psbt psbt, int type, int... value) {
    byte[] bytes = new byte[value.length];
    for (int i = 0; i < value.length; i++) {
      bytes[i] = (byte) value[i];
    }
    PsbtMap map = psbt.inputs().get(0).map().plus(PsbtField.of(type, bytes));
    return psbt.withInputs(List.of(new PsbtInput(map)));
  }

  @Test
  void aScriptThatTheOutputDoesNotCommitToIsRefused() {
    MultisigSpend bare = MultisigSpend.of(ScriptType.P2SH, 2, 3);
    MultisigSpend nested = MultisigSpend.of(ScriptType.P2SH_P2WSH, 2, 3);
    byte[] others = MultisigSpend.of(ScriptType.P2SH, 1, 3).script;
    malformed("redeem-script-mismatch", bare.spent, others, null);
    malformed("redeem-script-mismatch", bare.spent, null, null);
    malformed("redeem-script-mismatch", nested.spent, Scripts.witness(others), others);
    malformed("witness-script-mismatch", nested.spent, nested.redeem(), others);
    malformed("witness-script-mismatch", nested.spent, nested.redeem(), null);
    malformed("witness-script-mismatch", TWO_OF_THREE.spent, null, others);
    malformed("witness-script-mismatch", TWO_OF_THREE.spent, null, null);
  }

  @Test
  void anOutputOfAnotherKindIsNotFinished() {
    byte[] program = TWO_OF_THREE.spent.script();
    for (String other :
        new String[] {
          "",
          "0014" + "11".repeat(20),
          "76a914" + "11".repeat(20) + "88ac",
          "aa14" + "11".repeat(20) + "87",
          "5120" + Hex.of(program).substring(4),
          "0021" + Hex.of(program).substring(4),
          Hex.of(program) + "00",
          Hex.of(TWO_OF_THREE.script)
        }) {
      TxOutput spent = new TxOutput(new Sats(70_000), Hex.parse(other));
      malformed("script-unknown", spent, null, TWO_OF_THREE.script);
    }
  }

  @Test
  void aRedeemScriptThatNoInputCanPushIsRefused() {
    MultisigSpend tooLong = MultisigSpend.of(ScriptType.P2SH, 1, 16);
    malformed("script-too-long", tooLong.spent, tooLong.script, null, tooLong);
  }

  @Test
  void aScriptThatIsNotExactlyMultisigIsNotFinished() {
    byte[] good = TWO_OF_THREE.script;
    List<byte[]> bent = new ArrayList<>();
    for (int[] change :
        new int[][] {
          {0, 0},
          {0, 0x50},
          {0, 0x54},
          {0, 0x60},
          {0, 0x61},
          {1, 32},
          {1, 34},
          {35, 65},
          {103, 0x52},
          {103, 0x54},
          {103, 0x50},
          {104, 0xaf},
          {104, 0xac}
        }) {
      byte[] script = good.clone();
      script[change[0]] = (byte) change[1];
      bent.add(script);
    }
    bent.add(Arrays.copyOf(good, good.length + 1));
    bent.add(Arrays.copyOf(good, good.length - 1));
    bent.add(new byte[0]);
    bent.add(new byte[] {0x51, 0x51, (byte) 0xae});
    String keys = Hex.of(good).substring(2, good.length * 2 - 4);
    bent.add(Hex.parse("0102" + keys + "53ae")); // numbers in more bytes than they need
    bent.add(Hex.parse("52" + keys + "0103ae"));
    bent.add(Hex.parse("0110" + keys.repeat(6) + "0112ae"));
    bent.add(Hex.parse("52" + keys.repeat(7) + "0115ae")); // more keys than a script may name
    for (byte[] script : bent) {
      TxOutput spent = new TxOutput(new Sats(70_000), Scripts.witness(script));
      Psbt psbt = one(spent, null, script);
      assertThat(refusal(Token.PSBT_MALFORMED, () -> Finalizer.finish(psbt)).data())
          .as(Hex.of(script))
          .containsAnyOf(Map.entry("reason", "not-multisig"), Map.entry("reason", "truncated"));
    }
  }

  private static void malformed(
      String reason, TxOutput spent, byte @Nullable [] redeem, byte @Nullable [] witness) {
    malformed(reason, spent, redeem, witness, null);
  }

  private static void malformed(
      String reason,
      TxOutput spent,
      byte @Nullable [] redeem,
      byte @Nullable [] witness,
      @Nullable MultisigSpend signer) {
    Psbt psbt = one(spent, redeem, witness);
    Psbt signed = signer == null ? psbt : signer.signed(psbt, 0, 0);
    assertThat(refusal(Token.PSBT_MALFORMED, () -> Finalizer.finish(signed)).data())
        .containsEntry("reason", reason);
  }

  private static Psbt one(TxOutput spent, byte @Nullable [] redeem, byte @Nullable [] witness) {
    return new PsbtDraft(MultisigSpend.tx(1))
        .input(null, spent, redeem, witness, List.of())
        .output()
        .finish();
  }

  @Test
  void fieldsThatStillMeanSomethingStayAndSpentOnesGo() {
    PsbtParts parts = new PsbtParts(TWO_OF_THREE.signed(0, 1));
    List<PsbtField> fields = parts.inputs.get(0);
    byte[] key = TWO_OF_THREE.keys.get(0).getPubKey();
    fields.add(PsbtField.of(FieldRules.SIGHASH_TYPE, new byte[] {1, 0, 0, 0}));
    fields.add(PsbtField.of(FieldRules.BIP32_DERIVATION, key, new byte[8]));
    fields.add(PsbtField.of(0x0a, new byte[20], new byte[3]));
    fields.add(PsbtField.of(0x77, new byte[] {1}));
    Psbt finished = Finalizer.finish(Psbt.parse(parts.write()));
    List<Integer> types = new ArrayList<>();
    for (PsbtField field : finished.inputs().get(0).map().fields()) {
      types.add(field.type());
    }
    assertThat(types)
        .containsExactlyInAnyOrder(
            FieldRules.WITNESS_UTXO, FieldRules.FINAL_SCRIPT_WITNESS, 0x0a, 0x77);
  }

  @ParameterizedTest
  @EnumSource(ScriptType.class)
  void whatIsFinishedAlreadyIsLeftAsItIs(ScriptType type) {
    MultisigSpend spend = MultisigSpend.of(type, 2, 3);
    Psbt finished = Finalizer.finish(spend.signed(0, 2));
    assertThat(Finalizer.finish(finished).serialize()).isEqualTo(finished.serialize());
  }
}
