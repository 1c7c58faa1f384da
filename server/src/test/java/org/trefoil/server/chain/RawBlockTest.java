package org.trefoil.server.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bitcoinj.base.Coin;
import org.bitcoinj.base.Sha256Hash;
import org.bitcoinj.core.Block;
import org.bitcoinj.core.Transaction;
import org.bitcoinj.core.TransactionInput;
import org.bitcoinj.core.TransactionOutPoint;
import org.bitcoinj.core.TransactionOutput;
import org.bitcoinj.core.TransactionWitness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trefoil.core.units.Hex;

/** bitcoinj is the oracle: whatever is read in place is what it reads into objects. */
class RawBlockTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void bitcoinjReadsTheSame(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 3; i++) {
      Block block = block(random, 1 + random.nextInt(60));
      RawBlock raw = RawBlock.read(block.serialize());

      assertSame(raw, block);
      assertThat(raw.hash()).isEqualTo(block.getHashAsString());
      assertThat(raw.previous()).isEqualTo(block.getPrevBlockHash().toString());
      assertThat(raw.merkleRoot()).isEqualTo(block.getMerkleRoot().toString());
      assertThat(raw.time()).isEqualTo(block.getTimeSeconds());
    }
  }

  @Test
  void manyInputsAndLongScriptsAreReadAsWell() {
    Random random = new Random(9);
    Transaction many = new Transaction();
    for (int i = 0; i < 700; i++) {
      many.addInput(input(many, random, i));
    }
    for (int length : new int[] {0, 1, 252, 253, 254, 65_535, 65_536, 70_000}) {
      many.addOutput(new TransactionOutput(many, Coin.SATOSHI, bytes(random, length)));
    }
    Block block = block(List.of(coinbase(random), many));

    assertSame(RawBlock.read(block.serialize()), block);
  }

  @Test
  void theGenesisBlockIsReadAsWell() {
    Block genesis =
        org.bitcoinj.core.NetworkParameters.of(org.bitcoinj.base.BitcoinNetwork.MAINNET)
            .getGenesisBlock();

    assertSame(RawBlock.read(genesis.serialize()), genesis);
  }

  @Test
  void nothingShorterOrLongerIsABlock() {
    byte[] whole = block(new Random(10), 6).serialize();

    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> RawBlock.read(cut)).isInstanceOf(IllegalArgumentException.class);
    }
    byte[] longer = Arrays.copyOf(whole, whole.length + 1);
    assertThatThrownBy(() -> RawBlock.read(longer)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void whatIsBentIsRefusedOrReadAsBitcoinjReadsIt(long seed) {
    Random random = new Random(seed);
    byte[] whole = block(random, 5).serialize();
    int read = 0;
    for (int i = 0; i < 700; i++) {
      byte[] bent = whole.clone();
      for (int bends = 1 + random.nextInt(3); bends > 0; bends--) {
        bent[80 + random.nextInt(bent.length - 80)] = (byte) odd(random);
      }
      RawBlock raw;
      try {
        raw = RawBlock.read(bent);
      } catch (IllegalArgumentException e) {
        continue;
      }
      read++;
      assertSame(raw, Block.read(ByteBuffer.wrap(bent)));
    }
    assertThat(read).isBetween(50, 699);
  }

  @Test
  void formsThatNodesRefuseAreRefused() {
    String header = "00".repeat(80);
    String input = "00".repeat(36) + "00" + "ffffffff";
    String output = "0100000000000000" + "00";

    List<String> wrong =
        List.of(
            header + "00", // no transaction
            header + "01" + "01000000" + "00" + "01" + output + "00000000", // no input
            header + "01" + "01000000" + "0001" + "01" + input + "00" + "00" + "00000000",
            header + "01" + "01000000" + "0002" + "01" + input + "00" + "0100" + "00000000",
            header + "fd0100" + "01000000" + "01" + input + "01" + output + "00000000",
            header + "01" + "01000000" + "fe01000000" + input + "01" + output + "00000000",
            header + "01" + "01000000" + "01" + input + "01" + "ff".repeat(8) + "00" + "00000000",
            header + "ffffffffffffffffff" + "01000000");

    for (String each : wrong) {
      assertThatThrownBy(() -> RawBlock.read(Hex.parse(each)))
          .as(each)
          .isInstanceOf(IllegalArgumentException.class);
    }
    String right = header + "01" + "01000000" + "01" + input + "01" + output + "00000000";
    assertThat(RawBlock.read(Hex.parse(right)).count()).isEqualTo(1);
  }

  private static int odd(Random random) {
    int[] odd = {0, 1, 2, 0x7f, 0x80, 0xfc, 0xfd, 0xfe, 0xff};
    return random.nextBoolean() ? odd[random.nextInt(odd.length)] : random.nextInt(256);
  }

  private static void assertSame(RawBlock raw, Block block) {
    List<Transaction> expected = block.getTransactions();
    assertThat(raw.count()).isEqualTo(expected.size());
    byte[] ids = raw.ids();
    for (int i = 0; i < raw.count(); i++) {
      Transaction tx = expected.get(i);
      assertThat(Arrays.copyOfRange(ids, 32 * i, 32 * i + 32)).isEqualTo(tx.getTxId().serialize());
      assertThat(raw.transaction(i).serialize()).isEqualTo(tx.serialize());
      assertThat(raw.isCoinbase(i)).isEqualTo(tx.isCoinBase());
      Noting eye = new Noting();
      assertThat(raw.concerns(i, eye)).isFalse();
      assertThat(eye.seen).isEqualTo(parts(tx));
      for (int stop = 0; stop < eye.seen.size(); stop++) {
        Noting until = new Noting();
        until.stop = stop + 1;
        assertThat(raw.concerns(i, until)).isTrue();
        assertThat(until.seen).hasSize(stop + 1);
        stop += eye.seen.size() / 5;
      }
    }
  }

  private static List<String> parts(Transaction tx) {
    Stream<String> inputs =
        tx.getInputs().stream()
            .map(TransactionInput::getOutpoint)
            .map(o -> Hex.of(o.hash().serialize()) + ":" + Math.min(o.index(), Integer.MAX_VALUE));
    Stream<String> outputs = tx.getOutputs().stream().map(out -> Hex.of(out.getScriptBytes()));
    return Stream.concat(inputs, outputs).collect(Collectors.toList());
  }

  /** Writes down what it sees, and says yes to the part with a certain number. */
  private static final class Noting implements RawBlock.Eye {
    private final List<String> seen = new ArrayList<>();
    private int stop = Integer.MAX_VALUE;

    @Override
    public boolean input(byte[] block, int id, int vout) {
      seen.add(Hex.of(Arrays.copyOfRange(block, id, id + 32)) + ":" + vout);
      return seen.size() == stop;
    }

    @Override
    public boolean output(byte[] block, int script, int length) {
      seen.add(Hex.of(Arrays.copyOfRange(block, script, script + length)));
      return seen.size() == stop;
    }
  }

  private static Block block(Random random, int count) {
    List<Transaction> transactions = new ArrayList<>();
    transactions.add(coinbase(random));
    for (int i = 1; i < count; i++) {
      Transaction tx = new Transaction();
      tx.setVersion(1 + random.nextInt(2));
      boolean witnesses = random.nextBoolean();
      int inputs = 1 + random.nextInt(random.nextInt(20) == 0 ? 260 : 4);
      for (int in = 0; in < inputs; in++) {
        tx.addInput(input(tx, random, witnesses ? random.nextInt(3) : 0));
      }
      for (int out = random.nextInt(5); out > 0; out--) {
        Coin amount = Coin.valueOf(random.nextLong() >>> 14);
        tx.addOutput(new TransactionOutput(tx, amount, bytes(random, random.nextInt(40))));
      }
      tx.setLockTime(random.nextInt(2) * random.nextInt(1_000_000));
      transactions.add(tx);
    }
    return block(transactions);
  }

  private static Block block(List<Transaction> transactions) {
    Sha256Hash previous = Sha256Hash.of(new byte[] {1});
    return new Block(4, previous, previous, 4_000_000_000L, 0x207fffff, 5, transactions);
  }

  private static Transaction coinbase(Random random) {
    Transaction tx = Transaction.coinbase(bytes(random, 4));
    tx.addOutput(new TransactionOutput(tx, Coin.COIN, bytes(random, 22)));
    return tx;
  }

  private static TransactionInput input(Transaction tx, Random random, int pushes) {
    Sha256Hash hash = Sha256Hash.wrap(bytes(random, 32));
    long vout = random.nextInt(8) == 0 ? 0xfffffffeL : random.nextInt(5);
    TransactionOutPoint outpoint = new TransactionOutPoint(vout, hash);
    byte[] script = bytes(random, random.nextInt(30));
    byte[][] witness = new byte[Math.min(pushes, 4)][];
    for (int i = 0; i < witness.length; i++) {
      witness[i] = bytes(random, random.nextInt(20) == 0 ? 600 : random.nextInt(80));
    }
    return new TransactionInput(tx, script, outpoint, random.nextInt() & 0xffffffffL)
        .withWitness(TransactionWitness.of(witness));
  }

  private static byte[] bytes(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
