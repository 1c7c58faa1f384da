package org.trefoil.server.chain.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.bitcoinj.base.Sha256Hash;
import org.bitcoinj.core.Block;
import org.bitcoinj.core.NetworkParameters;
import org.bitcoinj.core.StoredBlock;
import org.bitcoinj.core.VerificationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.trefoil.core.units.Network;

class HeaderChainTest {
  private static final StoredBlock GENESIS = new Checkpoints(Network.REGTEST).last();

  private static HeaderChain regtest() {
    return new HeaderChain(GENESIS, new HeaderRules(Network.REGTEST));
  }

  private static Block after(Block previous, int salt) {
    BitcoinjThread.prepare();
    byte[] root = new byte[32];
    root[0] = (byte) salt;
    root[1] = (byte) (salt >> 8);
    Block next =
        new Block(
            4,
            previous.getHash(),
            Sha256Hash.wrap(root),
            previous.time().plusSeconds(600),
            Block.EASIEST_DIFFICULTY_TARGET,
            0,
            List.of());
    next.solve();
    return next.cloneAsHeader();
  }

  /** The first block that was ever mined, as everybody knows it. */
  private static Block blockOne(long nonce) {
    return new Block(
        1,
        NetworkParameters.of(Network.MAINNET.bitcoinj()).getGenesisBlock().getHash(),
        Sha256Hash.wrap("0e3e2357e806b6cdb1f70b54c3a3a17b6714ee1f0e68bebb44a74b1efd512098"),
        Instant.ofEpochSecond(1_231_469_665),
        0x1d00ffffL,
        nonce,
        List.of());
  }

  @Test
  void mainnetsFirstBlockFollowsAndOneWithoutWorkDoesNot() {
    HeaderRules rules = new HeaderRules(Network.MAINNET);
    HeaderChain chain = new HeaderChain(new Checkpoints(Network.MAINNET).below(0), rules);
    assertThatThrownBy(() -> chain.add(List.of(blockOne(1))))
        .isInstanceOf(VerificationException.class);
    chain.add(List.of(blockOne(2_573_394_689L)));
    assertThat(chain.tip().hash())
        .isEqualTo("00000000839a8e6886ab5951d76f411475428afc90947ee320161bbf18eb6048");
  }

  @Test
  void anEasierHeaderThanTheNetworkAsksForIsRefused() {
    for (Network network : List.of(Network.MAINNET, Network.SIGNET)) {
      StoredBlock last = new Checkpoints(network).last();
      HeaderChain chain = new HeaderChain(last, new HeaderRules(network));
      Block easy = after(last.getHeader(), 1); // regtest's difficulty, solved
      assertThatThrownBy(() -> chain.add(List.of(easy))).isInstanceOf(VerificationException.class);
      assertThat(chain.tip().height()).isEqualTo(last.getHeight());
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Network.class,
      names = {"MAINNET", "TESTNET", "SIGNET"})
  void checkpointsAreInOrderAndGenesisIsOne(Network network) {
    Checkpoints checkpoints = new Checkpoints(network);
    int last = checkpoints.last().getHeight();
    assertThat(last).isGreaterThan(200_000);
    assertThat(checkpoints.below(last - 1).getHeight()).isBetween(last - 5_000, last - 1);
    assertThat(checkpoints.below(last - 1).getChainWork())
        .isLessThan(checkpoints.last().getChainWork());
    assertThat(checkpoints.below(0).getHeight()).isZero();
  }

  @Test
  void headersInAnyOrderOfBranchesGiveTheSameBestChain() {
    Random random = new Random(5);
    for (int round = 0; round < 20; round++) {
      List<Block> all = new ArrayList<>(List.of(GENESIS.getHeader()));
      HeaderChain whole = regtest();
      for (int i = 0; i < 60; i++) {
        Block on = all.get(Math.max(0, all.size() - 1 - random.nextInt(8)));
        Block next = after(on, round * 100 + i);
        all.add(next);
        whole.add(List.of(next));
      }
      int best = whole.tip().height();
      List<Sha256Hash> row = new ArrayList<>();
      for (int height = 0; height <= best; height++) {
        Sha256Hash hash = Sha256Hash.wrap(Objects.requireNonNull(whole.at(height)).hash());
        row.add(hash);
        assertThat(whole.heightOf(hash)).isEqualTo(height);
      }
      for (Block each : all) {
        int height = whole.heightOf(each.getHash());
        assertThat(height >= 0).isEqualTo(row.contains(each.getHash()));
      }
      // Another who hears branch by branch, the best one first, and much of it twice.
      HeaderChain again = regtest();
      List<Block> bestFirst = new ArrayList<>(all);
      bestFirst.removeIf(block -> !row.contains(block.getHash()));
      again.add(bestFirst);
      again.add(all);
      again.add(all);
      assertThat(again.tip()).isEqualTo(whole.tip());
      HeaderChain restored = regtest();
      assertThat(restored.restore(1, whole.above(0))).isTrue();
      assertThat(restored.tip()).isEqualTo(whole.tip());
      assertThat(restored.locator()).isEqualTo(whole.locator());
    }
  }

  @Test
  void headersOnDiskThatDoNotFitAreNotTakenBack() {
    HeaderChain chain = regtest();
    Block one = after(GENESIS.getHeader(), 1);
    Block two = after(one, 2);
    chain.add(List.of(one, two));
    List<byte[]> row = new ArrayList<>(chain.above(0));
    row.set(1, row.get(0));
    HeaderChain restored = regtest();
    assertThat(restored.restore(1, row)).isFalse();
    assertThat(restored.tip().height()).isZero();
    assertThat(restored.restore(2, row)).isFalse();
    assertThat(chain.add(List.of(after(after(two, 3), 4)))).isEqualTo(HeaderChain.Answer.STRANGE);
  }

  @Test
  void oneLongReorganisationAfterAnotherFillsNothingUp() {
    HeaderChain chain = regtest();
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          for (int length = 100; length < 150; length++) {
            Block last = GENESIS.getHeader();
            for (int i = 0; i < length; i++) {
              last = after(last, length);
              chain.add(List.of(last));
            }
            assertThat(chain.tip().hash()).isEqualTo(last.getHashAsString());
            assertThat(chain.heightOf(last.getHash())).isEqualTo(length);
          }
        });
  }
}
