package org.trefoil.core.coins;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.bitcoinj.base.Coin;
import org.bitcoinj.base.Sha256Hash;
import org.bitcoinj.core.Transaction;
import org.bitcoinj.core.TransactionInput;
import org.bitcoinj.core.TransactionOutPoint;
import org.bitcoinj.core.TransactionOutput;
import org.bitcoinj.core.TransactionWitness;
import org.bitcoinj.script.ScriptBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.core.keys.Scripts;
import org.trefoil.core.keys.TestKeys;
import org.trefoil.core.units.Network;

/** Weights are those of transactions whose signatures are all of the longest. */
class SpendSizeTest {
  private static final byte[] SIGNATURE = new byte[SpendSize.SIGNATURE_BYTES];

  /** What a coin of a 2-of-3 wallet costs to spend, in weight units (BIP-0141). */
  @ParameterizedTest
  @CsvSource({"P2WSH,418", "P2SH_P2WSH,558", "P2SH,1188"})
  void aCoinOfTwoOfThree(ScriptType type, long weight) {
    assertThat(SpendSize.inputWeight(of(type, 2, 3))).isEqualTo(weight);
  }

  @ParameterizedTest
  @EnumSource
  void weightsAreThoseThatBitcoinjCounts(ScriptType type) {
    int[][] quorums = {{1, 1}, {2, 2}, {1, 7}, {7, 7}, {1, 8}, {8, 8}, {15, 15}};
    for (int[] quorum : quorums) {
      Cosigners cosigners = of(type, quorum[0], quorum[1]);
      same(cosigners, 1, List.of(new byte[22]));
      same(cosigners, 3, List.of(new byte[34], new byte[25]));
    }
  }

  @ParameterizedTest
  @EnumSource
  void countsAndLengthsThatTakeThreeBytesDo(ScriptType type) {
    Cosigners cosigners = of(type, 2, 3);
    for (int many : new int[] {252, 253}) {
      List<byte[]> outputs = new ArrayList<>();
      for (int i = 0; i < many; i++) {
        outputs.add(new byte[22]);
      }
      same(cosigners, 1, outputs);
      same(cosigners, many, List.of(new byte[22]));
      same(cosigners, 1, List.of(new byte[many]));
    }
  }

  private static void same(Cosigners cosigners, int inputs, List<byte[]> outputs) {
    long weight = bitcoinj(cosigners, inputs, outputs).getWeight();
    assertThat(SpendSize.weight(cosigners, inputs, outputs)).isEqualTo(weight);
    assertThat(SpendSize.vbytes(cosigners, inputs, outputs))
        .isEqualTo((long) Math.ceil(weight / 4.0));
  }

  private static Transaction bitcoinj(Cosigners cosigners, int inputs, List<byte[]> outputs) {
    Transaction tx = new Transaction();
    byte[] multisig = cosigners.multisigScript(0, 0);
    for (int i = 0; i < inputs; i++) {
      TransactionOutPoint from = new TransactionOutPoint(i, Sha256Hash.ZERO_HASH);
      TransactionInput input = new TransactionInput(tx, scriptSig(cosigners, multisig), from);
      tx.addInput(
          cosigners.scriptType() == ScriptType.P2SH
              ? input
              : input.withWitness(witness(cosigners, multisig)));
    }
    for (byte[] script : outputs) {
      tx.addOutput(new TransactionOutput(tx, Coin.SATOSHI, script));
    }
    return tx;
  }

  private static byte[] scriptSig(Cosigners cosigners, byte[] multisig) {
    ScriptBuilder script = new ScriptBuilder();
    switch (cosigners.scriptType()) {
      case P2SH -> {
        script.number(0);
        for (int i = 0; i < cosigners.threshold(); i++) {
          script.data(SIGNATURE);
        }
        script.data(multisig);
      }
      case P2SH_P2WSH -> script.data(Scripts.witness(multisig));
      default -> {}
    }
    return script.build().program();
  }

  private static TransactionWitness witness(Cosigners cosigners, byte[] multisig) {
    List<byte[]> items = new ArrayList<>();
    items.add(new byte[0]);
    for (int i = 0; i < cosigners.threshold(); i++) {
      items.add(SIGNATURE);
    }
    items.add(multisig);
    return TransactionWitness.of(items);
  }

  /** A compact size integer is of 1, 3, 5 or 9 bytes. */
  @ParameterizedTest
  @CsvSource({"0,1", "252,1", "253,3", "65535,3", "65536,5", "4294967295,5", "4294967296,9"})
  void countsAreAsLongAsTheProtocolMakesThem(long value, int bytes) {
    assertThat(SpendSize.compactSize(value)).isEqualTo(bytes);
  }

  /** Up to two bytes of the count are kept free even where it is short. */
  @ParameterizedTest
  @EnumSource
  void asManyCoinsAsOneStandardTransactionHolds(ScriptType type) {
    for (int[] quorum : new int[][] {{1, 1}, {2, 3}, {15, 15}}) {
      Cosigners cosigners = of(type, quorum[0], quorum[1]);
      for (int length = 1; length < 700; length += 3) {
        List<byte[]> outputs = List.of(new byte[length], new byte[22]);
        int most = SpendSize.mostInputs(cosigners, outputs);
        assertThat(SpendSize.weight(cosigners, most, outputs)).isLessThanOrEqualTo(400_000);
        assertThat(SpendSize.weight(cosigners, most + 1, outputs)).isGreaterThan(400_000 - 8);
      }
    }
  }

  @Test
  void outputsThatFillATransactionLeaveNoRoomForCoins() {
    List<byte[]> outputs = List.of(new byte[200_000]);
    assertThat(SpendSize.mostInputs(of(ScriptType.P2WSH, 2, 3), outputs)).isZero();
  }

  private static Cosigners of(ScriptType type, int threshold, int keys) {
    return TestKeys.cosigners(Network.REGTEST, type, threshold, keys, 1);
  }
}
