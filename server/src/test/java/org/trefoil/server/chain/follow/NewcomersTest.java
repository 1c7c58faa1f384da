package org.trefoil.server.chain.follow;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.core.units.Sats;
import org.trefoil.core.wire.Balance;
import org.trefoil.server.chain.ChainSource;
import org.trefoil.server.chain.practice.PracticeChain;
import org.trefoil.server.store.Database;
import org.trefoil.server.store.JdbiPracticeStore;
import org.trefoil.server.store.JdbiWatchStore;

/** Many wallets come at once: what is past for all of them is read once, not once for each. */
class NewcomersTest {
  private static final InstantSource CLOCK = () -> Instant.ofEpochSecond(1_795_000_000);
  private static final int BLOCKS = 60;
  private static final int WALLETS = 8;

  private final Database database = Database.inMemory("newcomers-" + System.nanoTime());
  private final PracticeChain chain = PracticeChain.open(new JdbiPracticeStore(database), CLOCK);
  private final List<String> fetched = new ArrayList<>();

  /** The practice chain, with a list of the blocks it was asked for. */
  private final ChainSource counted =
      (ChainSource)
          Proxy.newProxyInstance(
              ChainSource.class.getClassLoader(),
              new Class<?>[] {ChainSource.class},
              (proxy, method, arguments) -> {
                if (method.getName().equals("block")) {
                  fetched.add((String) arguments[0]);
                }
                try {
                  return method.invoke(chain, arguments);
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              });

  private final JdbiWatchStore watched = new JdbiWatchStore(database);
  private Follower follower;
  private FollowedChain index;

  private void start() {
    follower = Following.follower(database, counted, CLOCK);
    index = Following.index(database, counted, follower);
  }

  @AfterEach
  void stop() {
    chain.close();
    database.close();
  }

  @Test
  void eachBlockIsReadOnceForAllThatLackItAndEachWalletFindsItsOwn() {
    Random random = new Random(20261122);
    start();
    follower.catchUp();
    List<TestWallet> wallets = new ArrayList<>();
    long[] paid = new long[WALLETS];
    int[] births = new int[WALLETS];
    int first = chain.tip().height() + 1;
    for (int i = 0; i < WALLETS; i++) {
      wallets.add(new TestWallet(i + 1, ScriptType.P2WSH));
      births[i] = first + random.nextInt(BLOCKS / 2);
    }
    for (int block = 0; block < BLOCKS; block++) {
      int who = random.nextInt(WALLETS);
      if (first + block >= births[who]) {
        paid[who] += 1_000 + block;
        TestWallet to = wallets.get(who);
        chain.faucet(to.address(0, random.nextInt(10)), new Sats(1_000 + block));
      }
      chain.mine();
    }
    follower.catchUp();
    fetched.clear();
    boolean left = true;
    int next = 0;
    while (left || next < WALLETS) {
      if (next < WALLETS) { // one comes, with the past of a while ago, while others are being read
        TestWallet wallet = wallets.get(next);
        index.watch(wallet.id(), wallet.cosigners(), births[next++]);
      }
      if (next == WALLETS / 2) {
        start(); // another process goes on
      }
      int[] blocks = {0};
      left = follower.catchUp(() -> blocks[0]++ >= 7);
    }
    for (int i = 0; i < WALLETS; i++) {
      assertThat(index.balance(wallets.get(i).id())).isEqualTo(new Balance(paid[i], 0, 0));
    }
    assertThat(watched.newcomers(-1, 10)).isEmpty();
  }

  @Test
  void aThousandWhoComeTogetherFetchAsManyBlocksAsOne() {
    start();
    follower.catchUp();
    int birth = chain.tip().height() + 1;
    for (int i = 0; i < 20; i++) {
      chain.mine();
    }
    follower.catchUp();
    fetched.clear();
    TestWallet pattern = new TestWallet(1, ScriptType.P2WSH);
    for (int i = 0; i < 1_000; i++) {
      watched.addWallet(
          new WatchedWallet("wallet-" + i, pattern.cosigners(), birth, birth - 1), List.of());
    }
    follower.catchUp();
    assertThat(fetched).hasSize(20).doesNotHaveDuplicates();
    assertThat(watched.live()).hasSize(1_000);
  }
}
