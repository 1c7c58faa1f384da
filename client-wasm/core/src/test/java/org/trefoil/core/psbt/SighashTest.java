package org.trefoil.core.psbt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.bitcoinj.base.Coin;
import org.bitcoinj.core.Transaction;
import org.junit.jupiter.api.Test;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.core.coins.TxOutput;
import org.trefoil.core.proposal.SpendFixture;
import org.trefoil.core.units.Hex;
import org.trefoil.core.units.Sats;

/** Our hashes, ids and bytes beside bitcoinj's. */
class SighashTest {
  @Test
  void bitcoinjHashesTheSame() {
    SpendFixture random = SpendFixture.twoOfThree(11);
    for (int round = 0; round < 60; round++) {
      List<Outpoint> inputs = new ArrayList<>();
      for (int i = 1 + random.random().nextInt(round == 0 ? 300 : 8); i > 0; i--) {
        inputs.add(new Outpoint(Hex.of(random.bytes(32)), random.random().nextInt(9)));
      }
      List<TxOutput> outputs = new ArrayList<>();
      for (int i = 1 + random.random().nextInt(round == 1 ? 300 : 4); i > 0; i--) {
        outputs.add(new TxOutput(new Sats(random.random().nextInt() >>> 1), random.script(i)));
      }
      int sequence = random.random().nextInt();
      UnsignedTx tx = UnsignedTx.of(inputs, sequence, outputs, random.random().nextInt());
      Transaction theirs = Transaction.read(ByteBuffer.wrap(tx.bytes()));
      assertThat(tx.txid()).isEqualTo(theirs.getTxId().toString());

      Sighash ours = new Sighash(tx);
      int input = random.random().nextInt(inputs.size());
      byte[] script = random.cosigners().multisigScript(0, round % 5);
      Sats value = new Sats(random.random().nextInt() >>> 1);
      byte[] segwit =
          theirs
              .hashForWitnessSignature(
                  input, script, Coin.valueOf(value.value()), Transaction.SigHash.ALL, false)
              .getBytes();
      assertThat(ours.segwit(input, script, value)).isEqualTo(segwit);
      byte[] legacy =
          theirs.hashForSignature(input, script, Transaction.SigHash.ALL, false).getBytes();
      assertThat(ours.legacy(input, script)).isEqualTo(legacy);
    }
  }
}
