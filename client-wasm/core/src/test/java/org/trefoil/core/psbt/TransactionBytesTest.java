package org.trefoil.core.psbt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.trefoil.core.Refusals.refusal;

import fr.acinq.bitcoin.Transaction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trefoil.core.Token;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.core.coins.TxOutput;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.core.units.Hex;
import org.trefoil.core.units.Sats;

/** Transactions with and without signatures, as another program reads the same bytes. */
class TransactionBytesTest {
  private static final Outpoint FROM = new Outpoint("5a".repeat(32), 3);

  private static SignedTx signed(ScriptType type) {
    MultisigSpend spend = MultisigSpend.of(type, 2, 3);
    PsbtDraft draft = new PsbtDraft(MultisigSpend.tx(2));
    draft.input(null, spend.spent, spend.redeem(), spend.witness(), List.of());
    draft.input(null, spend.spent, spend.redeem(), spend.witness(), List.of());
    Psbt both = spend.signed(spend.signed(draft.output().finish(), 0, 0, 1), 1, 1, 2);
    return Finalizer.extract(Finalizer.finish(both));
  }

  @ParameterizedTest
  @EnumSource(ScriptType.class)
  void anEarlierTransactionsIdAndOutputsAreWhatAnotherProgramReads(ScriptType type) {
    byte[] bytes = signed(type).bytes();
    Transaction theirs = Transaction.read(bytes);
    PreviousTx ours = PreviousTx.parse(bytes);
    assertThat(ours.txid()).isEqualTo(theirs.txid.toString());
    assertThat(ours.outputs()).containsExactly(new TxOutput(new Sats(60_000), MultisigSpend.PAID));
    assertThat(PreviousTx.spent(bytes))
        .containsExactly(new Outpoint("5a".repeat(32), 0), new Outpoint("5a".repeat(32), 1));
  }

  @ParameterizedTest
  @EnumSource(ScriptType.class)
  void anEarlierTransactionIsReadToItsLastByteOrRefused(ScriptType type) {
    byte[] bytes = signed(type).bytes();
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      refusal(Token.PSBT_MALFORMED, () -> PreviousTx.parse(cut));
    }
    malformed(
        "bytes-after-transaction", () -> PreviousTx.parse(Arrays.copyOf(bytes, bytes.length + 1)));
  }

  @Test
  void aCoinbaseSpendsNothing() {
    ByteSink out = new ByteSink(100).i32(2).u8(1).put(new byte[32]).i32(-1);
    out.putSized(new byte[] {3, 1, 2, 3}).i32(-1).u8(1).i64(5_000).putSized(MultisigSpend.PAID);
    byte[] coinbase = out.i32(0).toBytes();
    assertThat(PreviousTx.spent(coinbase)).isEmpty();
    assertThat(PreviousTx.parse(coinbase).txid())
        .isEqualTo(Transaction.read(coinbase).txid.toString());
  }

  @Test
  void aTransactionWithoutInputsThatLooksLikeAWitnessesMarkerIsNoTransaction() {
    // version, no inputs, one output: BIP-0144 reads the two counts as its marker
    refusal(Token.PSBT_MALFORMED, () -> PreviousTx.parse(Hex.parse("02000000" + "0001" + "00")));
  }

  @Test
  void anInputsEarlierTransactionIsHeldAgainstWhatTheInputNamesAndClaims() {
    TxOutput first = new TxOutput(new Sats(1_000), MultisigSpend.PAID);
    TxOutput second = new TxOutput(new Sats(2_000), MultisigSpend.PAID);
    UnsignedTx whole = UnsignedTx.of(List.of(FROM), -1, List.of(first, second), 0);
    assertThat(spent(whole.txid(), 1, whole.bytes(), null)).isEqualTo(second);
    assertThat(spent(whole.txid(), 1, whole.bytes(), second)).isEqualTo(second);
    assertThat(spent(whole.txid(), 0, whole.bytes(), first)).isEqualTo(first);
    assertThat(spent(whole.txid(), 1, null, first)).isEqualTo(first);
    malformed("utxo-conflict", () -> spent(whole.txid(), 1, whole.bytes(), first));
    malformed("utxo-missing", () -> spent(whole.txid(), 1, null, null));
    malformed("previous-transaction-mismatch", () -> spent(whole.txid(), 2, whole.bytes(), null));
    malformed("previous-transaction-mismatch", () -> spent(FROM.txid(), 0, whole.bytes(), null));
  }

  private static Psbt spending(
      String txid, int vout, byte @Nullable [] previous, @Nullable TxOutput claimed) {
    TxOutput paid = new TxOutput(new Sats(500), MultisigSpend.PAID);
    UnsignedTx tx = UnsignedTx.of(List.of(new Outpoint(txid, vout)), -1, List.of(paid), 0);
    return new PsbtDraft(tx).input(previous, claimed, null, null, List.of()).output().finish();
  }

  private static TxOutput spent(
      String txid, int vout, byte @Nullable [] previous, @Nullable TxOutput claimed) {
    return Psbt.parse(spending(txid, vout, previous, claimed).serialize()).spentOutput(0);
  }

  @Test
  void aClaimedOutputIsReadToItsLastByteOrRefused() {
    PsbtParts parts = new PsbtParts(spending(FROM.txid(), 0, null, null));
    byte[] output = new ByteSink(50).i64(9).putSized(MultisigSpend.PAID).u8(0).toBytes();
    parts.inputs.get(0).add(PsbtField.of(FieldRules.WITNESS_UTXO, output));
    Psbt read = Psbt.parse(parts.write());
    malformed("bytes-after-output", () -> read.spentOutput(0));
  }

  @Test
  void wholeTransactionsAreToldOnceAndAsFarAsThePsbtCanStillBeRead() {
    byte[] large = new byte[400_000];
    Map<String, byte[]> known = new HashMap<>();
    List<Outpoint> inputs = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      TxOutput output = new TxOutput(new Sats(1_000 + i), large);
      UnsignedTx whole = UnsignedTx.of(List.of(FROM), -1, List.of(output), 0);
      inputs.add(new Outpoint(whole.txid(), 0));
      if (i != 1) {
        known.put(whole.txid(), whole.bytes());
      }
    }
    UnsignedTx tx =
        UnsignedTx.of(inputs, -1, List.of(new TxOutput(new Sats(9), MultisigSpend.PAID)), 0);
    PsbtDraft draft = new PsbtDraft(tx);
    for (int i = 0; i < inputs.size(); i++) {
      draft.input(null, null, null, null, List.of());
    }
    Psbt told = draft.output().finish().withPrevious(known);
    assertThat(told.previousTx(0)).isEqualTo(known.get(inputs.get(0).txid()));
    assertThat(told.previousTx(1)).as("not at hand").isNull();
    assertThat(told.previousTx(2)).isEqualTo(known.get(inputs.get(2).txid()));
    assertThat(told.previousTx(3)).as("no room").isNull();
    byte[] written = told.serialize();
    assertThat(Psbt.parse(written).serialize()).isEqualTo(written);
    assertThat(told.withPrevious(known).serialize()).isEqualTo(written);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 0xfc, 0xfd, 0xfe, 0xffff, 0x10000})
  void lengthsOfEveryEncodingAreWrittenAsAnotherProgramReadsThem(int length) {
    TxOutput output = new TxOutput(new Sats(5), new byte[length]);
    UnsignedTx tx = UnsignedTx.of(List.of(FROM), -1, List.of(output, output), 7);
    Transaction theirs = Transaction.read(tx.bytes());
    assertThat(theirs.txOut.get(1).publicKeyScript.size()).isEqualTo(length);
    assertThat(tx.txid()).isEqualTo(theirs.txid.toString());
    assertThat(UnsignedTx.parse(tx.bytes()).outputs()).containsExactly(output, output);
  }

  @ParameterizedTest
  @CsvSource({
    "fdfc00,compact-size-not-canonical",
    "fdfd00,truncated",
    "feffff0000,compact-size-not-canonical",
    "fe00000100,truncated",
    "feffffff7f,truncated",
    "fe00000080,length-too-large",
    "ffffffffff00000000,compact-size-not-canonical",
    "ff0000000001000000,length-too-large",
    "ffffffffffffffff7f,length-too-large",
    "ffffffffffffffffff,length-too-large"
  })
  void aLengthHasOneSpellingAndNoMoreThanIsThere(String length, String reason) {
    String head = "02000000" + "01" + "5a".repeat(32) + "03000000" + "00" + "ffffffff";
    malformed(reason, () -> UnsignedTx.parse(Hex.parse(head + "01" + "0500000000000000" + length)));
    malformed(reason, () -> UnsignedTx.parse(Hex.parse(head + length)));
  }

  @Test
  void amountsAndTheirSumLieWithinTwentyOneMillion() {
    UnsignedTx.parse(raw(Sats.MAX));
    UnsignedTx.parse(raw(Sats.MAX - 1, 1, 0));
    for (long[] amounts :
        new long[][] {{-1}, {Sats.MAX + 1}, {Sats.MAX, 1}, {Long.MIN_VALUE}, {Long.MAX_VALUE}}) {
      malformed("amount-out-of-range", () -> UnsignedTx.parse(raw(amounts)));
    }
  }

  private static byte[] raw(long... amounts) {
    ByteSink out = new ByteSink(100).i32(2).u8(1).put(new byte[32]).i32(3).u8(0).i32(-1);
    out.u8(amounts.length);
    for (long amount : amounts) {
      out.i64(amount).putSized(MultisigSpend.PAID);
    }
    return out.i32(0).toBytes();
  }

  @Test
  void anUnsignedTransactionIsReadToItsLastByteOrRefused() {
    byte[] bytes = raw(5, 6);
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      malformed("truncated", () -> UnsignedTx.parse(cut));
    }
    malformed(
        "bytes-after-transaction", () -> UnsignedTx.parse(Arrays.copyOf(bytes, bytes.length + 1)));
    UnsignedTx tx = UnsignedTx.parse(bytes);
    assertThat(tx.sequence(0)).isEqualTo(0xffffffffL);
    assertThatThrownBy(() -> tx.outpoint(1)).hasMessage("no input 1");
    assertThatThrownBy(() -> tx.outpoint(-1)).hasMessage("no input -1");
    assertThat(Set.of(tx)).contains(UnsignedTx.parse(bytes));
    assertThat(tx).isNotEqualTo(UnsignedTx.parse(raw(5, 7)));
  }

  private static void malformed(String reason, ThrowingCallable action) {
    assertThat(refusal(Token.PSBT_MALFORMED, action).data()).containsEntry("reason", reason);
  }
}
