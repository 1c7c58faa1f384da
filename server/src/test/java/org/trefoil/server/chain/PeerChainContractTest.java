package org.trefoil.server.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.trefoil.core.address.Address;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.core.units.Network;
import org.trefoil.server.chain.Spending.From;
import org.trefoil.server.chain.Spending.Kind;
import org.trefoil.server.chain.peers.PeerChain;
import org.trefoil.server.chain.peers.PeerSettings;
import org.trefoil.server.store.Database;
import org.trefoil.server.store.JdbiHeaderStore;

/**
 * Two real bitcoinds that are each other's peers and ours keep the contract, as far as strangers
 * can: they judge transactions, but tell nobody how.
 */
class PeerChainContractTest extends ChainSourceContractTest {
  private static final String OPEN_ADDRESS =
      Address.ofScript(Network.REGTEST, Spending.OPEN_SCRIPT).text();

  private final Database database = Database.inMemory("peer-contract");
  private RegtestNode one;
  private RegtestNode two;
  private PeerChain chain;

  @Override
  ChainSource open() throws Exception {
    one = RegtestNode.startWithPeers();
    two = RegtestNode.startWithPeers();
    String first = "127.0.0.1:" + one.peer().getPort();
    two.cli("addnode", first, "add");
    one.cli("generatetoaddress", "110", OPEN_ADDRESS);
    chain = open(one, two);
    until(() -> chain.connected().size() == 2 && chain.tip().height() == 110);
    until(() -> two.cli("getblockcount").equals("110"));
    return chain;
  }

  private PeerChain open(RegtestNode... nodes) {
    List<InetSocketAddress> peers = List.of(nodes).stream().map(RegtestNode::peer).toList();
    PeerSettings plain = PeerSettings.of(Network.REGTEST, peers);
    PeerSettings patient =
        new PeerSettings(
            plain.network(),
            plain.peers(),
            plain.connections(),
            plain.fewest(),
            plain.stall(),
            Duration.ofSeconds(1),
            Duration.ofSeconds(20),
            plain.stale(),
            plain.guess());
    PeerChain opened =
        new PeerChain(patient, new JdbiHeaderStore(database), InstantSource.system());
    opened.start();
    return opened;
  }

  private interface Question {
    boolean ask() throws Exception;
  }

  private static void until(Question question) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(25).toNanos();
    while (true) {
      try {
        if (question.ask()) {
          return;
        }
      } catch (ChainUnavailable e) {
        assertThat(System.nanoTime()).as(e.getMessage()).isLessThan(end);
      }
      assertThat(System.nanoTime()).as("waited in vain").isLessThan(end);
      Thread.sleep(50);
    }
  }

  @Override
  void mine(int blocks) throws Exception {
    one.cli("generatetoaddress", Integer.toString(blocks), OPEN_ADDRESS);
    String best = one.cli("getbestblockhash");
    until(() -> chain.connected().size() == 2 && chain.tip().hash().equals(best));
    until(() -> two.cli("getbestblockhash").equals(best));
    Objects.requireNonNull(chain.block(best));
  }

  @Override
  void shut() throws Exception {
    for (AutoCloseable each : Arrays.asList(chain, one, two, database)) {
      if (each != null) {
        each.close();
      }
    }
  }

  @Test
  void whatNobodyTakesIsNotDeliveredAndNotListed() throws Exception {
    From coin = coin(Kind.P2WSH);
    byte[] wrong = spend(coin).signatures(1).raw();
    PeerSettings hasty = PeerSettings.of(Network.REGTEST, List.of(one.peer(), two.peer()));
    try (PeerChain other =
        new PeerChain(hasty, new JdbiHeaderStore(database), InstantSource.system())) {
      other.start();
      until(() -> other.tip().equals(chain.tip()));
      assertThat(other.broadcast(wrong)).isInstanceOf(BroadcastOutcome.Unreachable.class);
      assertThat(other.mempool()).isEmpty();
      assertThat(other.broadcast(new byte[] {1, 2, 3}))
          .isInstanceOf(BroadcastOutcome.Rejected.class);
    }
  }

  @Test
  void aReplacementTakesThePlaceOfWhatItReplaces() throws Exception {
    From coin = coin(Kind.P2WSH);
    Spending first = Spending.of(coin).to(Kind.P2WSH, coin.value() - 2_000);
    takes(first.raw());
    From change = new From(new Outpoint(first.txid(), 0), coin.value() - 2_000, Kind.P2WSH);
    Spending child = Spending.of(change).to(Kind.P2WSH, change.value() - 2_000);
    takes(child.raw());
    assertThat(source.mempoolTransactions(List.of(child.txid(), first.txid())))
        .extracting(tx -> tx.getTxId().toString())
        .containsExactly(first.txid(), child.txid());
    Spending better = Spending.of(coin).to(Kind.P2WPKH, coin.value() - 6_000);
    takes(better.raw());
    assertThat(source.mempool()).contains(better.txid());
    assertThat(source.mempool()).doesNotContain(first.txid(), child.txid());
  }

  @Test
  void aLongerBranchIsTheBestChainWhoeverHasIt() throws Exception {
    String last = one.cli("getbestblockhash");
    until(() -> two.cli("getbestblockhash").equals(last) && chain.tip().hash().equals(last));
    int height = chain.tip().height();
    two.cli("setnetworkactive", "false");
    until(() -> two.cli("getconnectioncount").equals("0"));
    one.cli("generatetoaddress", "2", OPEN_ADDRESS);
    String shorter = one.cli("getbestblockhash");
    until(() -> chain.tip().hash().equals(shorter));
    two.cli(
        "generatetoaddress", "3", Address.ofScript(Network.REGTEST, Kind.P2WSH.script()).text());
    two.cli("setnetworkactive", "true");
    two.cli("addnode", "127.0.0.1:" + one.peer().getPort(), "onetry");
    String longer = two.cli("getbestblockhash");
    until(() -> chain.tip().hash().equals(longer));
    assertThat(chain.tip().height()).isEqualTo(height + 3);
    assertThat(Objects.requireNonNull(chain.at(height)).hash()).isEqualTo(last);
    assertThat(chain.block(shorter)).isNull();
    assertThat(Objects.requireNonNull(chain.block(longer)).transactions()).hasSize(1);
    until(() -> one.cli("getbestblockhash").equals(longer));
  }

  @Test
  void aStartGoesOnFromTheHeadersOnDisk() throws Exception {
    List<String> told = new ArrayList<>();
    mine(1);
    until(() -> new JdbiHeaderStore(database).all().headers().size() == chain.tip().height());
    try (PeerChain again = open(one)) {
      told.add(Objects.requireNonNull(again.at(chain.tip().height())).hash());
      until(() -> again.tip().equals(chain.tip()));
    }
    assertThat(told).containsExactly(chain.tip().hash());
  }
}
