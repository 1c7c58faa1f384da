package org.trefoil.server.chain.follow;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trefoil.core.coins.Coin;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.core.units.Sats;
import org.trefoil.core.wire.HistoryItem;
import org.trefoil.server.chain.ChainHealth;
import org.trefoil.server.chain.ChainSource;
import org.trefoil.server.chain.ChainUnavailable;
import org.trefoil.server.chain.HistoryPage;
import org.trefoil.server.chain.HistoryPlace;
import org.trefoil.server.chain.practice.PracticeChain;
import org.trefoil.server.store.ChainInvariants;
import org.trefoil.server.store.Database;
import org.trefoil.server.store.EmptyTables;
import org.trefoil.server.store.JdbiPracticeStore;
import org.trefoil.server.store.TestDatabase;

/**
 * Whatever the chain does (payments, spends between wallets, replacements, reorganisations of one
 * to ten blocks that lose transactions, a source that fails between any two blocks, restarts of the
 * follower), the index equals one built from nothing.
 */
class ReorganisationPropertyTest {
  private static final int STEPS = 120;
  private static final int MOST = Cosigners.MOST_INDEX;
  private static final int DEEPEST = 10;
  private static final long FEE = 2_000;
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.ofEpochSecond(1_795_000_000));

  private Database database;
  private Database replay;
  private PracticeChain chain;
  private final List<TestWallet> wallets =
      List.of(
          new TestWallet(1, ScriptType.P2WSH),
          new TestWallet(2, ScriptType.P2SH_P2WSH),
          new TestWallet(3, ScriptType.P2SH));
  private Follower follower;
  private FollowedChain index;
  private int failures;
  private volatile boolean faltering;
  private final AtomicInteger asked = new AtomicInteger();

  private void open(TestDatabase engine) {
    database = engine.fresh();
    replay = engine.fresh();
    chain = PracticeChain.open(new JdbiPracticeStore(database), CLOCK);
    follower = follower(database);
    index = index(database, follower);
  }

  private Follower follower(Database on) {
    return Following.follower(on, source(), CLOCK);
  }

  /** The chain, which sometimes does not hand out each fifth block. */
  private ChainSource source() {
    return (ChainSource)
        Proxy.newProxyInstance(
            ChainSource.class.getClassLoader(),
            new Class<?>[] {ChainSource.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("block")
                  && faltering
                  && asked.incrementAndGet() % 5 == 0) {
                throw new ChainUnavailable(ChainHealth.State.UNREACHABLE, "It went away.");
              }
              return method.invoke(chain, arguments);
            });
  }

  private FollowedChain index(Database on, Follower by) {
    return Following.index(on, chain, by);
  }

  @AfterEach
  void close() {
    chain.close();
    database.close();
    replay.close();
  }

  @ParameterizedTest
  @CsvSource({"H2,1", "H2,2", "H2,3", "POSTGRES,1"})
  void theIndexEqualsAReplayFromNothing(TestDatabase engine, long seed) {
    open(engine);
    Random random = new Random(seed);
    Random faults = new Random(-seed);
    follower.catchUp();
    wallets.forEach(w -> index.watch(w.id(), w.cosigners(), 111));
    List<Integer> depths = new ArrayList<>();
    int spends = 0;
    for (int step = 0; step < STEPS; step++) {
      int dice = random.nextInt(100);
      if (dice < 30) {
        TestWallet wallet = wallets.get(random.nextInt(wallets.size()));
        Sats amount = new Sats(50_000 + random.nextInt(5_000_000));
        chain.faucet(wallet.address(random.nextInt(2), random.nextInt(20)), amount);
      } else if (dice < 65) {
        spends += spend(random) ? 1 : 0;
      } else if (dice < 85) {
        for (int i = dice == 84 ? 70 : 1; i > 0; i--) {
          chain.mine();
        }
      } else if (dice < 95 && chain.tip().height() > 120) {
        int depth = depth(depths, random);
        chain.rewind(depth, lost(random));
        int length = random.nextInt(depth + 2);
        for (int i = 0; i < length; i++) {
          chain.mine();
        }
        depths.add(depth);
      } else {
        follower = follower(database);
        index = index(database, follower);
      }
      if (random.nextInt(3) != 0) {
        follower.poke(); // notices may come twice, late, or for nothing
        faltering = faults.nextInt(3) == 0;
        follow();
        follow();
        faltering = false;
      }
      if (step % 10 == 9) {
        follower.catchUp();
        follower.catchUp(); // after a reorganisation the mempool is compared on the next look
        Map<String, Object> expected = replayed();
        Map<String, Object> actual = state(index);
        ChainInvariants.hold(database);
        for (String what : expected.keySet()) {
          assertThat(actual.get(what))
              .as("%s, seed %d step %d", what, seed, step)
              .isEqualTo(expected.get(what));
        }
      }
    }
    assertThat(depths).contains(1, DEEPEST).hasSizeGreaterThan(2);
    assertThat(spends).isGreaterThan(5);
    assertThat(failures).isPositive();
  }

  /** One block first, then as many as there may be, then as it comes. */
  private static int depth(List<Integer> before, Random random) {
    return switch (before.size()) {
      case 0 -> 1;
      case 1 -> DEEPEST;
      default -> 1 + random.nextInt(DEEPEST);
    };
  }

  private void follow() {
    try {
      follower.catchUp();
    } catch (ChainUnavailable e) {
      failures++;
    }
  }

  /**
   * Spends one or two coins of a wallet, as the index knows them, perhaps against a spend that
   * waits.
   */
  private boolean spend(Random random) {
    TestWallet from = wallets.get(random.nextInt(wallets.size()));
    List<Coin> coins = new ArrayList<>(index.coins(from.id()));
    if (coins.isEmpty()) {
      return false;
    }
    Coin first = coins.remove(random.nextInt(coins.size()));
    List<Coin> inputs = new ArrayList<>(List.of(first));
    if (!coins.isEmpty() && random.nextBoolean()) {
      inputs.add(coins.get(random.nextInt(coins.size())));
    }
    long in = inputs.stream().mapToLong(c -> c.value().value()).sum();
    TestWallet to = wallets.get(random.nextInt(wallets.size()));
    boolean paid = pay(from, inputs, to, in - FEE, random);
    if (paid && random.nextInt(4) == 0) {
      pay(from, inputs, wallets.get(random.nextInt(wallets.size())), in - 8 * FEE, random);
    }
    return paid;
  }

  private boolean pay(TestWallet from, List<Coin> coins, TestWallet to, long out, Random random) {
    if (out < 20_000) {
      return false;
    }
    long half = out / 2;
    byte[] target = to.script(0, random.nextInt(20));
    byte[] change = from.script(1, random.nextInt(20));
    List<TestWallet.To> outputs =
        List.of(new TestWallet.To(target, half), new TestWallet.To(change, out - half));
    return chain.broadcast(from.spend(coins, outputs).serialize()).delivered();
  }

  /** Some transactions of the mempool are lost on the way. */
  private Set<String> lost(Random random) {
    Set<String> lost = new HashSet<>();
    for (String txid : chain.mempool()) {
      if (random.nextInt(3) == 0) {
        lost.add(txid);
      }
    }
    return lost;
  }

  private Map<String, Object> replayed() {
    EmptyTables.chainOf(replay);
    Follower fresh = follower(replay);
    FollowedChain again = index(replay, fresh);
    fresh.catchUp();
    wallets.forEach(w -> again.watch(w.id(), w.cosigners(), 111));
    fresh.catchUp();
    return state(again);
  }

  private Map<String, Object> state(FollowedChain of) {
    Map<String, Object> state = new LinkedHashMap<>();
    state.put("tip", of.tip());
    for (TestWallet wallet : wallets) {
      state.put(wallet.id() + " balance", of.balance(wallet.id()));
      state.put(wallet.id() + " coins", of.coins(wallet.id()));
      state.put(wallet.id() + " history", of.history(wallet.id()));
      state.put(wallet.id() + " pages", pages(of, wallet.id()));
      state.put(wallet.id() + " receiving", of.addresses(wallet.id(), 0, 0, MOST));
      state.put(wallet.id() + " changing", of.addresses(wallet.id(), 1, 0, MOST));
      state.put(wallet.id() + " receive", of.nextUnused(wallet.id(), 0));
      state.put(wallet.id() + " change", of.nextUnused(wallet.id(), 1));
    }
    return state;
  }

  /** The history as whoever goes through its pages meets it. */
  private static List<HistoryItem> pages(FollowedChain of, String walletId) {
    List<HistoryItem> all = new ArrayList<>();
    HistoryPlace below = null;
    do {
      HistoryPage page = of.history(walletId, below, 7);
      all.addAll(page.items());
      below = page.last();
    } while (below != null);
    assertThat(all).isEqualTo(of.history(walletId));
    return all;
  }
}
