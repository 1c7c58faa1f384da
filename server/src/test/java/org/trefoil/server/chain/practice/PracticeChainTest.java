package org.trefoil.server.chain.practice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trefoil.core.address.Address;
import org.trefoil.core.units.Hex;
import org.trefoil.core.units.Network;
import org.trefoil.core.units.Sats;
import org.trefoil.server.chain.BroadcastOutcome;
import org.trefoil.server.chain.RegtestNode;
import org.trefoil.server.chain.Spending.Kind;
import org.trefoil.server.chain.Tip;
import org.trefoil.server.store.Database;
import org.trefoil.server.store.JdbiPracticeStore;

class PracticeChainTest {
  private static final Address PERSON = Address.ofScript(Network.REGTEST, Kind.P2WSH.script());

  private static PracticeChain open(Database database) {
    return PracticeChain.open(new JdbiPracticeStore(database), InstantSource.system());
  }

  @Test
  void aNodeTakesItsBlocks() throws Exception {
    try (RegtestNode node = RegtestNode.start();
        Database database = Database.inMemory("submit")) {
      PracticeChain chain = open(database);
      for (int i = 0; i < 30; i++) {
        chain.faucet(PERSON);
        chain.faucet(Address.ofScript(Network.REGTEST, Kind.values()[i % 6].script()));
        if (i % 7 == 0) {
          chain.mine();
        }
      }
      chain.mine();
      for (int height = 1; height <= chain.tip().height(); height++) {
        assertThat(node.cli("submitblock", Hex.of(chain.rawBlock(height)))).isEmpty();
      }
      assertThat(node.cli("getbestblockhash")).isEqualTo(chain.tip().hash());
      chain.close();
    }
  }

  @Test
  void aRestartFindsBlocksAndMempoolAsTheyWere(@TempDir Path folder) {
    Tip tip;
    String waits;
    Set<String> before;
    try (Database database = Database.inFolder(folder)) {
      PracticeChain chain = open(database);
      assertThat(chain.tip().height()).isEqualTo(110);
      chain.faucet(PERSON);
      chain.mine();
      waits = chain.faucet(PERSON);
      tip = chain.tip();
      before = chain.mempool();
      chain.close();
    }
    try (Database database = Database.inFolder(folder)) {
      PracticeChain chain = open(database);
      assertThat(chain.tip()).isEqualTo(tip);
      assertThat(chain.mempool()).isEqualTo(before).contains(waits);
      chain.mine();
      assertThat(chain.mempool()).isEmpty();
      chain.close();
    }
    try (Database database = Database.inFolder(folder)) {
      PracticeChain chain = open(database);
      assertThat(chain.tip().height()).isEqualTo(tip.height() + 1);
      assertThat(chain.mempool()).isEmpty();
      chain.close();
    }
  }

  @Test
  void theFaucetPaysMoreOftenThanAChainOfWaitingTransactionsMayBeLong() {
    try (Database database = Database.inMemory("faucet")) {
      PracticeChain chain = open(database);
      Set<String> paid = new HashSet<>();
      for (int i = 0; i < 260; i++) {
        paid.add(chain.faucet(PERSON, new Sats(5_000_000)));
      }
      assertThat(paid).hasSize(260);
      chain.close();
    }
  }

  @Test
  void itMinesByItselfOnlyWhileSomethingWaits() throws Exception {
    try (Database database = Database.inMemory("timer")) {
      PracticeChain chain = open(database);
      chain.mineEvery(Duration.ofMillis(20));
      CountDownLatch mined = new CountDownLatch(2); // the faucet's payment, then its block
      chain.onChange(mined::countDown);
      chain.faucet(PERSON);
      assertThat(mined.await(20, TimeUnit.SECONDS)).isTrue();
      chain.close();
      assertThat(chain.tip().height()).isEqualTo(111);
      assertThat(chain.mempool()).isEmpty();
    }
  }

  @Test
  void aDepositCanVanishInAReorganisation() {
    try (Database database = Database.inMemory("vanish")) {
      PracticeChain chain = open(database);
      String lost = chain.faucet(PERSON);
      String kept = chain.faucet(PERSON);
      chain.mine();
      Tip gone = chain.tip();
      chain.rewind(1, List.of(lost));
      assertThat(chain.mempool()).contains(kept).doesNotContain(lost);
      chain.mine();
      assertThat(Objects.requireNonNull(chain.at(gone.height())).hash()).isNotEqualTo(gone.hash());
      assertThat(chain.block(gone.hash())).isNull();
      chain.close();
    }
  }

  @Test
  void itsFirstSubsidiesAreThoseOfRegtest() {
    assertThat(BlockMaker.subsidy(149)).isEqualTo(5_000_000_000L);
    assertThat(BlockMaker.subsidy(150)).isEqualTo(2_500_000_000L);
    assertThat(BlockMaker.subsidy(150 * 64)).isZero();
  }

  @Test
  void aGiftThatNoCoinCanPayIsRefusedAndNothingWaits() {
    try (Database database = Database.inMemory("dry")) {
      PracticeChain chain = open(database);
      assertThatThrownBy(() -> chain.faucet(PERSON, new Sats(600_000_000_000L)))
          .hasMessage("The faucet has run dry");
      assertThat(chain.mempool()).isEmpty();
      assertThat(chain.broadcast(new byte[] {1, 2, 3}))
          .isEqualTo(new BroadcastOutcome.Rejected("TX decode failed"));
      chain.close();
    }
  }
}
