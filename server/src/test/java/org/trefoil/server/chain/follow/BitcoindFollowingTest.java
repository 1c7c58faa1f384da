package org.trefoil.server.chain.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.InstantSource;
import java.util.List;
import org.bitcoinj.core.Transaction;
import org.junit.jupiter.api.Test;
import org.trefoil.core.coins.Coin;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.core.units.Network;
import org.trefoil.core.wire.Balance;
import org.trefoil.server.chain.BroadcastOutcome;
import org.trefoil.server.chain.ChainHealth;
import org.trefoil.server.chain.ChainUnavailable;
import org.trefoil.server.chain.RegtestNode;
import org.trefoil.server.chain.bitcoind.BitcoindChain;
import org.trefoil.server.chain.bitcoind.NodeLogin;
import org.trefoil.server.store.Database;

/**
 * A wallet's life on a real node: mined to, maturing, spent, reorganised, the node away and back.
 */
class BitcoindFollowingTest {
  private static final long COINBASE = 5_000_000_000L;

  @Test
  void aWalletIsFollowedOnARealNode() throws Exception {
    TestWallet wallet = new TestWallet(7, ScriptType.P2WSH);
    TestWallet other = new TestWallet(8, ScriptType.P2SH);
    try (RegtestNode node = RegtestNode.start();
        Database database = Database.inMemory("node-following")) {
      NodeLogin login = NodeLogin.password("rt", "rt");
      BitcoindChain chain =
          new BitcoindChain(Network.REGTEST, node.rpc(), login, null, InstantSource.system());
      Follower follower = Following.follower(database, chain, InstantSource.system());
      FollowedChain index = Following.index(database, chain, follower);
      follower.catchUp();
      index.watch(wallet.id(), wallet.cosigners(), 1);
      index.watch(other.id(), other.cosigners(), 1);
      String address = wallet.address(0, 0).text();
      String elsewhere = new TestWallet(9, ScriptType.P2WSH).address(0, 0).text();

      node.cli("generatetoaddress", "1", address);
      node.cli("generatetoaddress", "98", elsewhere);
      follower.catchUp();
      assertThat(index.balance(wallet.id())).isEqualTo(new Balance(0, COINBASE, 0));
      assertThat(index.coins(wallet.id())).isEmpty();
      node.cli("generatetoaddress", "1", elsewhere);
      follower.catchUp();
      assertThat(index.balance(wallet.id())).isEqualTo(new Balance(COINBASE, 0, 0));

      List<Coin> coins = index.spendable(wallet.id());
      long change = COINBASE - 1_000_000 - 5_000;
      Transaction tx =
          wallet.spend(
              coins,
              List.of(
                  new TestWallet.To(other.script(0, 3), 1_000_000),
                  new TestWallet.To(wallet.script(1, 0), change)));
      String txid = tx.getTxId().toString();
      assertThat(index.broadcast(tx.serialize())).isEqualTo(new BroadcastOutcome.Accepted(txid));
      follower.catchUp();
      assertThat(index.balance(other.id())).isEqualTo(new Balance(0, 1_000_000, 0));
      assertThat(index.balance(wallet.id())).isEqualTo(new Balance(0, change, 0));
      assertThat(index.history(wallet.id()).get(0).fee()).isEqualTo(5_000);
      node.cli("generatetoaddress", "1", elsewhere);
      follower.catchUp();
      assertThat(index.balance(other.id())).isEqualTo(new Balance(1_000_000, 0, 0));

      // Spent since and buried: the node has forgotten the transaction, the index has not.
      Transaction onward =
          other.spend(
              index.spendable(other.id()),
              List.of(new TestWallet.To(wallet.script(0, 1), 990_000)));
      Transaction away =
          wallet.spend(
              index.spendable(wallet.id()),
              List.of(new TestWallet.To(other.script(0, 4), change - 5_000)));
      assertThat(index.broadcast(onward.serialize()).delivered()).isTrue();
      assertThat(index.broadcast(away.serialize()).delivered()).isTrue();
      node.cli("generatetoaddress", "1", elsewhere);
      follower.catchUp();
      assertThat(chain.broadcast(tx.serialize())).isInstanceOf(BroadcastOutcome.Rejected.class);
      assertThat(index.broadcast(tx.serialize()))
          .isEqualTo(new BroadcastOutcome.AlreadyKnown(txid));

      Balance before = index.balance(wallet.id());
      node.cli("setmocktime", Long.toString(chain.tip().time() + 60));
      node.cli("invalidateblock", node.cli("getblockhash", "101"));
      follower.catchUp();
      follower.catchUp();
      assertThat(index.tip().height()).isEqualTo(100);
      assertThat(index.balance(wallet.id())).isEqualTo(new Balance(0, 990_000, 0));
      node.cli("generatetoaddress", "3", elsewhere);
      follower.catchUp();
      assertThat(index.balance(wallet.id())).isEqualTo(before);
      assertThat(index.confirmations(wallet.id(), txid)).isEqualTo(3);

      node.halt();
      assertThatThrownBy(follower::catchUp).isInstanceOf(ChainUnavailable.class);
      assertThat(index.health().state()).isEqualTo(ChainHealth.State.UNREACHABLE);
      assertThat(index.balance(wallet.id())).isEqualTo(before);
      assertThat(index.fees().normal()).isPositive();
      node.run();
      follower.catchUp();
      assertThat(index.health()).isEqualTo(ChainHealth.FINE);
      chain.close();
    }
  }
}
