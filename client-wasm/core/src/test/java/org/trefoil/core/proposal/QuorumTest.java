package org.trefoil.core.proposal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.bitcoinj.base.Coin;
import org.bitcoinj.core.Transaction;
import org.bitcoinj.core.TransactionWitness;
import org.bitcoinj.script.Script;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.trefoil.core.RefusedException;
import org.trefoil.core.coins.SpendSize;
import org.trefoil.core.coins.TxOutput;
import org.trefoil.core.descriptor.Descriptors;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.keys.PublicCurve;
import org.trefoil.core.keys.Quorum;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.core.psbt.Psbt;
import org.trefoil.core.units.Network;

/** Wallets from 2 of 2 to 7 of 7, in each of the three forms. */
class QuorumTest {
  private static final int MOST_SCRIPT_SIG = 1_650;

  static Stream<Arguments> all() {
    List<Arguments> all = new ArrayList<>();
    for (ScriptType type : ScriptType.values()) {
      for (int n = Quorum.LEAST; n <= Quorum.MOST; n++) {
        for (int m = Quorum.LEAST; m <= n; m++) {
          all.add(Arguments.of(type, m, n));
        }
      }
    }
    return all.stream();
  }

  /** Signs a checked spend of one coin by these keys, in turn. */
  private static final class Round {
    final SpendFixture wallet;
    final CheckedSpend spend;

    Round(long seed, ScriptType type, int m, int n) {
      wallet = new SpendFixture(seed, type, m, n);
      wallet.addCoin(200_000 + wallet.random().nextInt(100_000));
      Proposal built = wallet.build(wallet.pay(2_000, wallet.recipient(50_000)));
      Psbt read = Psbt.parse(built.psbt().serialize());
      spend = wallet.check(read, built.intent()).orThrow();
    }

    Psbt sign(Psbt psbt, List<Integer> keys) {
      Psbt signed = psbt;
      for (int key : keys) {
        signed = wallet.sign(spend, signed, key);
      }
      return signed;
    }
  }

  private static List<Integer> some(Random random, int count, int of) {
    List<Integer> keys = new ArrayList<>();
    for (int i = 0; i < of; i++) {
      keys.add(i);
    }
    Collections.shuffle(keys, random);
    return keys.subList(0, count);
  }

  @ParameterizedTest
  @MethodSource("all")
  @Tag("slow")
  void whicheverKeysSignTheInterpreterAcceptsAndFewerDoNot(ScriptType type, int m, int n) {
    Round round = new Round(100 * m + n, type, m, n);
    CheckedSpend spend = round.spend;
    Random random = round.wallet.random();
    for (int tries = 0; tries < 2; tries++) {
      List<Integer> keys = some(random, m, n);
      Psbt signed = round.sign(spend.psbt(), keys);
      FinalTx tx = FinalTx.finish(Psbt.parse(signed.serialize()), round.wallet.cosigners());
      judge(round, tx);
      Psbt fewer = round.sign(spend.psbt(), keys.subList(1, m));
      refused("signature-missing", () -> FinalTx.finish(fewer, round.wallet.cosigners()));
    }
  }

  private static void judge(Round round, FinalTx done) {
    Cosigners cosigners = round.wallet.cosigners();
    Transaction tx = Transaction.read(java.nio.ByteBuffer.wrap(done.bytes()));
    var coin = round.spend.inputs().get(0);
    byte[] script = cosigners.scriptPubKey(coin.branch(), coin.index());
    TransactionWitness witness = tx.getInput(0).getWitness();
    Script scriptSig = tx.getInput(0).getScriptSig();
    if (cosigners.scriptType() == ScriptType.P2SH) {
      scriptSig.correctlySpends(tx, 0, null, null, Script.parse(script), Script.ALL_VERIFY_FLAGS);
      assertThat(scriptSig.program().length).isLessThan(MOST_SCRIPT_SIG);
    } else {
      // bitcoinj executes no multi-signature witness; the node does, in ForeignSoftwareIT, and an
      // interpreter of libsecp256k1's house does here.
      assertThat(witness.getPushCount()).isEqualTo(cosigners.threshold() + 2);
      fr.acinq.bitcoin.Transaction.read(done.bytes())
          .correctlySpends(
              java.util.Map.of(
                  new fr.acinq.bitcoin.OutPoint(
                      new fr.acinq.bitcoin.TxId(coin.outpoint().txid()), coin.outpoint().vout()),
                  new fr.acinq.bitcoin.TxOut(
                      new fr.acinq.bitcoin.Satoshi(coin.value().value()), script)),
              fr.acinq.bitcoin.ScriptFlags.STANDARD_SCRIPT_VERIFY_FLAGS);
    }
    List<byte[]> outputs = new ArrayList<>();
    for (TxOutput output : round.spend.psbt().unsignedTx().outputs()) {
      outputs.add(output.script());
    }
    long estimated = SpendSize.vbytes(cosigners, 1, outputs);
    long each = cosigners.scriptType() == ScriptType.P2SH ? 4 : 1;
    assertThat(estimated - done.vsize())
        .isBetween(0L, (2L * cosigners.threshold() * each + 3) / 4 + 1);
    assertThat(Coin.valueOf(round.spend.fee().value()).value).isPositive();
  }

  @ParameterizedTest
  @MethodSource("all")
  @Tag("slow")
  void ownersSignOneAfterTheOtherAndTheServerLast(ScriptType type, int m, int n) {
    Round round = new Round(7_000 + 100 * m + n, type, m, n);
    CheckedSpend spend = round.spend;
    List<KeyRole> roles = KeyRole.ofWallet(n);
    List<Integer> keys = some(round.wallet.random(), m - 1, n - 1);
    Psbt first = round.sign(spend.psbt(), keys.subList(0, 1));
    HalfSigned half = HalfSigned.byPerson(spend, first, PublicCurve.EVERYWHERE);
    assertThat(half.missing()).isEqualTo(m - 2);
    for (int i = 1; i < m - 1; i++) {
      // each signs what was handed out, whether or not others have signed it meanwhile
      Psbt alone = round.sign(i % 2 == 0 ? spend.psbt() : half.psbt(), keys.subList(i, i + 1));
      half = Returned.of(Psbt.parse(alone.serialize())).onto(half);
      assertThat(half.missing()).isEqualTo(m - 2 - i);
    }
    List<KeyRole> expected = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      if (keys.contains(i)) {
        expected.add(roles.get(i));
      }
    }
    assertThat(half.by()).isEqualTo(expected);
    HalfSigned all = half;
    refused("signature-missing", () -> FinalTx.finish(all.psbt(), spend.cosigners()));
    Psbt whole = round.sign(all.psbt(), List.of(n - 1));
    judge(round, FinalTx.finish(whole, spend.cosigners()));
  }

  @Test
  void whatBringsNothingNewIsNotTaken() {
    Round round = new Round(5, ScriptType.P2WSH, 4, 5);
    CheckedSpend spend = round.spend;
    Psbt byUser = round.sign(spend.psbt(), List.of(0));
    HalfSigned half = HalfSigned.byPerson(spend, byUser, PublicCurve.EVERYWHERE);
    refused("not-signed-yet", () -> Returned.of(byUser).onto(half));
    refused("not-signed-yet", () -> Returned.of(spend.psbt()).onto(half));
    // the server's signature is its own to make, last
    Psbt byServer = round.sign(spend.psbt(), List.of(4));
    refused("not-signed-yet", () -> Returned.of(byServer).onto(half));
    Psbt other = new Round(6, ScriptType.P2WSH, 4, 5).spend.psbt();
    refused("other-spend", () -> Returned.of(other).onto(half));
    Psbt enough = round.sign(spend.psbt(), List.of(0, 1, 2, 3));
    refused("spend-complete", () -> Returned.of(enough).onto(half));
    refused("spend-complete", () -> Returned.of(enough).on(spend));
    refused("signature-wrong", () -> HalfSigned.byPerson(spend, enough, PublicCurve.EVERYWHERE));
    Psbt withServer = round.sign(byUser, List.of(4));
    refused(
        "signature-wrong", () -> HalfSigned.byPerson(spend, withServer, PublicCurve.EVERYWHERE));
  }

  @Test
  void aSignatureUnderAnotherOwnersNameIsRefused() {
    Round round = new Round(9, ScriptType.P2WSH, 3, 5);
    CheckedSpend spend = round.spend;
    HalfSigned half =
        HalfSigned.byPerson(spend, round.sign(spend.psbt(), List.of(0)), PublicCurve.EVERYWHERE);
    Psbt second = round.sign(spend.psbt(), List.of(2));
    var foreign = second.inputs().get(0).partialSignatures().get(0).signature();
    byte[] spoiled = foreign.clone();
    spoiled[10] ^= 1;
    Psbt lies =
        spend
            .psbt()
            .withSignatures(
                List.of(
                    org.trefoil.core.psbt.InputSignature.of(
                        0, spend.publicKey(0, KeyRole.OWNER_2), spoiled)));
    refused("signature-wrong", () -> Returned.of(lies).onto(half));
  }

  @Test
  void numbersOutsideAndOtherOrdersOfKeysAreNoWalletOfOurs() {
    for (int[] numbers : new int[][] {{1, 2}, {3, 2}, {1, 1}, {8, 8}, {2, 8}, {0, 3}}) {
      refused("quorum-numbers", () -> new Quorum(numbers[0], numbers[1]));
    }
    for (int n = Quorum.LEAST; n <= Quorum.MOST; n++) {
      Cosigners cosigners = new SpendFixture(n, ScriptType.P2WSH, 2, n).cosigners();
      assertThat(Descriptors.ofWallet(cosigners.descriptor(), Network.REGTEST))
          .isEqualTo(cosigners);
      assertThat(cosigners.others()).hasSize(n - 2);
      assertThat(Quorum.of(cosigners).needsEach()).isEqualTo(n == 2);
    }
    Cosigners eight = new SpendFixture(8, ScriptType.P2WSH, 2, 8).cosigners();
    refused("quorum-numbers", () -> Descriptors.ofWallet(eight.descriptor(), Network.REGTEST));
    Cosigners anyOne = new SpendFixture(3, ScriptType.P2WSH, 1, 3).cosigners();
    refused("quorum-numbers", () -> Descriptors.ofWallet(anyOne.descriptor(), Network.REGTEST));
    assertThat(Arrays.stream(KeyRole.values()).map(KeyRole::id).distinct()).hasSize(8);
  }

  private static void refused(String token, Runnable action) {
    assertThatThrownBy(action::run).isInstanceOf(RefusedException.class).hasMessage(token);
  }
}
