package org.trefoil.server.chain.follow;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.bitcoinj.base.Coin;
import org.bitcoinj.base.Sha256Hash;
import org.bitcoinj.core.Block;
import org.bitcoinj.core.Transaction;
import org.bitcoinj.core.TransactionInput;
import org.bitcoinj.core.TransactionOutPoint;
import org.bitcoinj.core.TransactionOutput;
import org.bitcoinj.core.TransactionWitness;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.core.units.Network;
import org.trefoil.core.wire.Fees;
import org.trefoil.server.chain.BroadcastOutcome;
import org.trefoil.server.chain.ChainBlock;
import org.trefoil.server.chain.ChainHealth;
import org.trefoil.server.chain.ChainSource;
import org.trefoil.server.chain.RawBlock;
import org.trefoil.server.chain.Tip;
import org.trefoil.server.store.Database;
import org.trefoil.server.store.JdbiChainStore;
import org.trefoil.server.store.JdbiWatchStore;

/**
 * How fast the follower is on real-sized blocks, by hand: {@code e2e/bench/follow}. Blocks are made
 * from a seed and read from their bytes as any source does; one transaction in a hundred concerns a
 * wallet: half of them pay its next address, half spend what was paid a block before.
 */
public final class FollowBenchmark {
  private static final int TRANSACTIONS = 4_000;
  private static final int WARM = 30;
  private static final int MEASURED = 90;
  private static final OperatingSystemMXBean MACHINE =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private static final int OURS = TRANSACTIONS / 100;
  private static final int PER_WALLET = 2 * Watchlist.GAP;
  private static final Cosigners KEYS = new TestWallet(1, ScriptType.P2WSH).cosigners();

  private FollowBenchmark() {}

  /**
   * @param args a JDBC address without tables in it, for another database than an H2 file; a second
   *     one for the second measurement
   */
  public static void main(String[] args) throws Exception {
    System.out.printf(
        Locale.ROOT,
        "machine: %d cores, load %.1f, heap %d MB%n",
        Runtime.getRuntime().availableProcessors(),
        MACHINE.getSystemLoadAverage(),
        Runtime.getRuntime().maxMemory() >> 20);
    List<byte[]> scripts = scripts(100_000);
    List<byte[]> blocks = blocks(scripts);
    System.out.printf(
        Locale.ROOT,
        "blocks: %d of %d transactions, %.2f MB each, %d of ours%n",
        blocks.size(),
        TRANSACTIONS,
        blocks.get(0).length / 1e6,
        OURS);
    double many = follow(scripts, blocks, args.length > 0 ? args[0] : null);
    double few = follow(scripts.subList(0, 10_000), blocks, args.length > 1 ? args[1] : null);
    System.out.printf(
        Locale.ROOT, "core's time with 100,000 scripts to that with 10,000: %.2f%n", few / many);
    if (args.length == 0) {
      million();
    }
  }

  /** Blocks a second of a core's time, which is what other work on the machine does not change. */
  private static double follow(List<byte[]> scripts, List<byte[]> blocks, @Nullable String url)
      throws Exception {
    Path folder = Files.createTempDirectory("trefoil-bench");
    try (Database database =
        url == null ? Database.inFolder(folder) : Database.postgres(url, null, null)) {
      fill(database, scripts);
      Made source = new Made(blocks);
      Follower follower =
          new Follower(
              source,
              new JdbiChainStore(database),
              new JdbiWatchStore(database),
              database.cluster(),
              InstantSource.system());
      source.height = 0;
      follower.catchUp();
      source.height = WARM;
      follower.catchUp();
      source.height = WARM + MEASURED;
      long begin = System.nanoTime();
      long busy = MACHINE.getProcessCpuTime();
      follower.catchUp();
      busy = MACHINE.getProcessCpuTime() - busy;
      double seconds = (System.nanoTime() - begin) / 1e9;
      System.out.printf(
          Locale.ROOT,
          "%,d scripts on %s: %.1f blocks/s (%.1f ms a block, %.1f ms of a core's time)%n",
          scripts.size(),
          url == null ? "H2" : url.replaceAll("[/?].*", ""),
          MEASURED / seconds,
          1000 * seconds / MEASURED,
          busy / 1e6 / MEASURED);
      return MEASURED / (busy / 1e9);
    } finally {
      delete(folder);
    }
  }

  /** A million scripts: how long a start takes, and how much memory. */
  private static void million() throws Exception {
    Path folder = Files.createTempDirectory("trefoil-bench");
    try (Database database = Database.inFolder(folder)) {
      fill(database, scripts(1_000_000));
      long before = used();
      long begin = System.nanoTime();
      Watchlist all = Watchlist.ofAll(new JdbiWatchStore(database), new JdbiChainStore(database));
      double seconds = (System.nanoTime() - begin) / 1e9;
      long after = used();
      System.out.printf(
          Locale.ROOT,
          "1,000,000 scripts of 25,000 wallets: read in %.1f s, %d MB more heap (%b)%n",
          seconds,
          after - before >> 20,
          all.watches(id(0)));
    } finally {
      delete(folder);
    }
  }

  private static long used() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      System.gc();
      Thread.sleep(100);
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private static String id(int wallet) {
    return "%032x".formatted(wallet);
  }

  private static void fill(Database database, List<byte[]> scripts) {
    JdbiWatchStore watched = new JdbiWatchStore(database);
    for (int wallet = 0; wallet < scripts.size() / PER_WALLET; wallet++) {
      List<WatchedScript> own = new ArrayList<>();
      for (int i = 0; i < PER_WALLET; i++) {
        byte[] script = scripts.get(wallet * PER_WALLET + i);
        own.add(new WatchedScript(id(wallet), i / Watchlist.GAP, i % Watchlist.GAP, script));
      }
      watched.addWallet(new WatchedWallet(id(wallet), KEYS, 0, null), own);
    }
  }

  private static List<byte[]> scripts(int count) {
    Random random = new Random(count);
    List<byte[]> scripts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      scripts.add(script(random));
    }
    return scripts;
  }

  private static byte[] script(Random random) {
    byte[] script = new byte[34];
    random.nextBytes(script);
    script[0] = 0;
    script[1] = 32;
    return script;
  }

  /** Payments to wallets and, in the block after, spends of them, among others' transactions. */
  private static List<byte[]> blocks(List<byte[]> scripts) {
    Random random = new Random(7);
    List<byte[]> blocks = new ArrayList<>();
    List<Sha256Hash> paid = new ArrayList<>();
    Sha256Hash previous = Sha256Hash.ZERO_HASH;
    int[] next = new int[10_000 / PER_WALLET];
    for (int number = 0; number < 1 + WARM + MEASURED; number++) {
      List<Transaction> transactions = new ArrayList<>();
      List<Sha256Hash> pays = new ArrayList<>();
      Transaction coinbase = Transaction.coinbase(new byte[] {3, (byte) number, 0, 0});
      coinbase.addOutput(new TransactionOutput(coinbase, Coin.COIN, script(random)));
      transactions.add(coinbase);
      for (int i = 0; i < TRANSACTIONS; i++) {
        boolean ours = i % 200 == 0;
        boolean spends = i % 200 == 100 && !paid.isEmpty();
        Sha256Hash first = spends ? paid.remove(paid.size() - 1) : hash(random);
        int wallet = random.nextInt(next.length);
        byte[] to = ours ? scripts.get(wallet * PER_WALLET + next[wallet]++) : script(random);
        Transaction tx = new Transaction();
        tx.setVersion(2);
        tx.addInput(input(tx, first, 0));
        tx.addInput(input(tx, hash(random), random.nextInt(4)));
        tx.addOutput(new TransactionOutput(tx, Coin.valueOf(random.nextInt(1 << 30)), to));
        tx.addOutput(
            new TransactionOutput(tx, Coin.valueOf(random.nextInt(1 << 30)), script(random)));
        transactions.add(tx);
        if (ours) {
          pays.add(tx.getTxId());
        }
      }
      paid.addAll(pays);
      long time = 1_795_000_000L + 600L * number;
      long easy = Block.EASIEST_DIFFICULTY_TARGET;
      Block block = new Block(4, previous, Sha256Hash.ZERO_HASH, time, easy, 0, transactions);
      blocks.add(block.serialize());
      previous = block.getHash();
    }
    return blocks;
  }

  private static TransactionInput input(Transaction tx, Sha256Hash hash, int vout) {
    TransactionOutPoint outpoint = new TransactionOutPoint(vout, hash);
    return new TransactionInput(tx, new byte[0], outpoint, 0xfffffffdL)
        .withWitness(TransactionWitness.of(new byte[71], new byte[33]));
  }

  private static Sha256Hash hash(Random random) {
    byte[] hash = new byte[32];
    random.nextBytes(hash);
    return Sha256Hash.wrap(hash);
  }

  private static void delete(Path folder) throws Exception {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** Hands out blocks as far as {@link #height}, reading each from its bytes. */
  private static final class Made implements ChainSource {
    private final List<byte[]> blocks;
    private final List<Tip> places = new ArrayList<>();
    private volatile int height;

    Made(List<byte[]> blocks) {
      this.blocks = blocks;
      for (byte[] raw : blocks) {
        RawBlock block = RawBlock.read(raw);
        places.add(new Tip(places.size(), block.hash(), block.time()));
      }
    }

    @Override
    public Network network() {
      return Network.REGTEST;
    }

    @Override
    public Tip tip() {
      return places.get(height);
    }

    @Override
    public @Nullable Tip at(int at) {
      return at > height ? null : places.get(at);
    }

    @Override
    public ChainBlock block(String hash) {
      Tip place =
          places.stream().filter(each -> each.hash().equals(hash)).findFirst().orElseThrow();
      return new ChainBlock(place, RawBlock.read(blocks.get(place.height())));
    }

    @Override
    public Set<String> mempool() {
      return Set.of();
    }

    @Override
    public List<Transaction> mempoolTransactions(Collection<String> txids) {
      return List.of();
    }

    @Override
    public BroadcastOutcome broadcast(byte[] raw) {
      return new BroadcastOutcome.Unreachable("nobody is there");
    }

    @Override
    public Fees fees() {
      return new Fees(1_000, 1_000, 1_000, 1_000, 1_000_000);
    }

    @Override
    public ChainHealth health() {
      return ChainHealth.FINE;
    }

    @Override
    public Duration pollInterval() {
      return Duration.ofSeconds(1);
    }

    @Override
    public void onChange(Runnable listener) {
      // never
    }

    @Override
    public void close() {
      // nothing is open
    }
  }
}
