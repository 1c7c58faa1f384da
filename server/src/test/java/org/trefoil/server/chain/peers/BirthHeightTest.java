package org.trefoil.server.chain.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.bitcoinj.base.Coin;
import org.bitcoinj.base.Sha256Hash;
import org.bitcoinj.core.Block;
import org.bitcoinj.core.NetworkParameters;
import org.bitcoinj.core.StoredBlock;
import org.bitcoinj.core.Transaction;
import org.bitcoinj.core.TransactionOutput;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.core.units.Network;
import org.trefoil.server.chain.ChainUnavailable;
import org.trefoil.server.chain.follow.FollowedChain;
import org.trefoil.server.chain.follow.Follower;
import org.trefoil.server.chain.follow.Following;
import org.trefoil.server.chain.follow.TestWallet;
import org.trefoil.server.store.Database;

/**
 * By peer-to-peer a wallet costs the headers from the last checkpoint before its birth on, and the
 * blocks from its birth on; nothing before them is ever asked for.
 */
class BirthHeightTest {
  private static final int EARLY = 20;
  private static final int LATE = 45;
  private static final int TIP = 80;
  private static final Block GENESIS =
      NetworkParameters.of(Network.REGTEST.bitcoinj()).getGenesisBlock();

  private final TestWallet wallet = new TestWallet(1, ScriptType.P2WSH);
  private final List<Block> chain = new ArrayList<>();

  /** {@value #TIP} blocks, each of which pays its height to the wallet. */
  private void mine() {
    BitcoinjThread.prepare();
    Block last = GENESIS;
    for (int height = 1; height <= TIP; height++) {
      Transaction coinbase = Transaction.coinbase(new byte[] {1, (byte) height});
      coinbase.addOutput(
          new TransactionOutput(coinbase, Coin.valueOf(height), wallet.script(0, 0)));
      last = Mined.on(last, coinbase);
      chain.add(last);
    }
  }

  private Checkpoints checkpoints() {
    List<StoredBlock> made = new ArrayList<>();
    StoredBlock last = new StoredBlock(GENESIS.cloneAsHeader(), GENESIS.getWork(), 0);
    for (Block block : chain) {
      last = last.build(block.cloneAsHeader());
      if (last.getHeight() == EARLY || last.getHeight() == LATE) {
        made.add(last);
      }
    }
    return new Checkpoints(made);
  }

  private Sha256Hash hash(int height) {
    return chain.get(height - 1).getHash();
  }

  private int height(Sha256Hash hash) {
    for (int height = 1; height <= TIP; height++) {
      if (hash(height).equals(hash)) {
        return height;
      }
    }
    return 0;
  }

  /** The lowest block that anybody who asked for headers knew: where it began. */
  private int lowestKnown(FakePeer peer) {
    return peer.located.stream().flatMap(List::stream).mapToInt(this::height).min().orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({"46, 45", "45, 45", "44, 20", "33, 20", "20, 20", "19, 0"})
  @DisplayName("Headers are asked for from the checkpoint before a wallet's birth, blocks from it")
  void headersBeginAtTheCheckpointBeforeTheBirthAndBlocksAtTheBirth(int birth, int checkpoint)
      throws Exception {
    mine();
    try (FakePeer peer = new FakePeer(chain);
        Database database = Database.inMemory("birth-" + System.nanoTime());
        PeerChain source =
            new PeerChain(
                settings(peer),
                new PeerChainTest.NoHeaders(),
                InstantSource.system(),
                checkpoints())) {
      source.start();
      PeerChainTest.until(() -> source.health().fine());
      assertThat(lowestKnown(peer)).as("before there is a wallet").isEqualTo(LATE);
      Follower follower = Following.follower(database, source, InstantSource.system());
      FollowedChain index = Following.index(database, source, follower);
      follower.catchUp();
      assertThat(peer.wanted).as("no wallet, no block").isEmpty();
      index.watch(wallet.id(), wallet.cosigners(), birth);
      int blocks = TIP + 1 - birth;
      PeerChainTest.until(() -> looked(follower) && index.history(wallet.id()).size() == blocks);
      long paid = (long) blocks * (birth + TIP) / 2;
      assertThat(index.balance(wallet.id()).pending()).as("coinbases").isEqualTo(paid);
      assertThat(peer.wanted.stream().mapToInt(this::height).min()).hasValue(birth);
      assertThat(lowestKnown(peer)).isEqualTo(checkpoint);
    }
  }

  private static boolean looked(Follower follower) {
    try {
      follower.catchUp();
      return follower.health().fine();
    } catch (ChainUnavailable e) {
      return false; // headers from further back are on their way
    }
  }

  private static PeerSettings settings(FakePeer peer) {
    PeerSettings plain = PeerSettings.of(Network.REGTEST, List.of(peer.address()));
    return new PeerSettings(
        Network.REGTEST,
        plain.peers(),
        1,
        1,
        Duration.ofSeconds(5),
        Duration.ofMillis(300),
        Duration.ofMillis(300),
        plain.stale(),
        plain.guess());
  }
}
