package org.trefoil.server.chain.follow;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
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
import org.trefoil.core.units.Hex;
import org.trefoil.core.units.Network;
import org.trefoil.server.Figures;
import org.trefoil.server.chain.ChainSource;
import org.trefoil.server.chain.RawBlock;
import org.trefoil.server.chain.RegtestNode;
import org.trefoil.server.chain.bitcoind.BitcoindChain;
import org.trefoil.server.chain.bitcoind.NodeLogin;
import org.trefoil.server.chain.practice.BusyBlocks;
import org.trefoil.server.cosign.OwnKeys;
import org.trefoil.server.store.Database;
import org.trefoil.server.store.JdbiChainStore;
import org.trefoil.server.store.JdbiWatchStore;
import org.trefoil.server.store.ThrowawayPostgres;

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

  private static final String OWN = "%,d scripts";
  private static final String STRANGERS = "strangers among %,d scripts";

  private FollowBenchmark() {}

  /** Arguments: {@code --postgres} for that database, {@code --node} for blocks from a bitcoind. */
  public static void main(String[] args) throws Exception {
    Set<String> flags = Set.of(args);
    Engine engine = flags.contains("--postgres") ? Engine.POSTGRES : Engine.H2;
    say(
        "machine: %d cores, load %.1f, heap %d MB",
        Runtime.getRuntime().availableProcessors(),
        MACHINE.getSystemLoadAverage(),
        Runtime.getRuntime().maxMemory() >> 20);
    List<byte[]> scripts = scripts(100_000);
    if (flags.contains("--node")) {
      node(engine, scripts);
    } else {
      made(engine, scripts);
    }
    System.exit(0); // the throwaway database ends with the process
  }

  private static void made(Engine engine, List<byte[]> scripts) throws Exception {
    List<byte[]> blocks = blocks(scripts);
    say(
        "blocks: %d of %d transactions, %.2f MB each, %d of ours",
        blocks.size(), TRANSACTIONS, blocks.get(0).length / 1e6, OURS);
    double many = follow(engine, OWN, scripts, new MadeChain(blocks));
    double few = follow(engine, OWN, scripts.subList(0, 10_000), new MadeChain(blocks));
    List<byte[]> strangers = scripts(100_001);
    double none = follow(engine, STRANGERS, strangers.subList(0, 100_000), new MadeChain(blocks));
    double least = follow(engine, STRANGERS, strangers.subList(0, 1_000), new MadeChain(blocks));
    String flat = "follow, cores' ms for a block of strangers";
    Figures.note(flat, engine.title, "1,000 scripts", least);
    Figures.note(flat, engine.title, "100,000 scripts", none);
    say("cores' time with 100,000 scripts to that with 10,000: %.2f", many / few);
    say("cores' time of strangers among 100,000 scripts to that among 1,000: %.2f", none / least);
    say("cores' time with nothing of ours to that with %d: %.2f", OURS, none / many);
    if (engine == Engine.H2) {
      million(blocks);
    }
  }

  /** The same over RPC from a node that checked all blocks; they pay us and spend nothing of us. */
  private static void node(Engine engine, List<byte[]> scripts) throws Exception {
    NodeLogin login = NodeLogin.password("rt", "rt");
    try (RegtestNode node = RegtestNode.start();
        BitcoindChain chain =
            new BitcoindChain(Network.REGTEST, node.rpc(), login, null, InstantSource.system());
        Store store = engine.open()) {
      fill(store.database(), scripts);
      BusyBlocks busy = new BusyBlocks(chain.tip(), TRANSACTIONS);
      for (byte[] block : busy.before()) {
        submit(node, block);
      }
      Follower follower = follower(store.database(), chain);
      follower.catchUp();
      Random random = new Random(7);
      int[] next = new int[10_000 / PER_WALLET];
      for (int part : new int[] {WARM, MEASURED, MEASURED, MEASURED}) {
        for (int i = 0; i < part; i++) {
          submit(node, busy.next(targets(scripts, next, random)));
        }
        measure("%,d scripts, a bitcoind".formatted(scripts.size()), engine, follower, part);
      }
    }
  }

  private static void submit(RegtestNode node, byte[] block) throws Exception {
    String answer = node.cli("submitblock", Hex.of(block));
    if (!answer.isEmpty()) {
      throw new IllegalStateException(answer);
    }
  }

  private static List<byte[]> targets(List<byte[]> scripts, int[] next, Random random) {
    List<byte[]> targets = new ArrayList<>();
    for (int i = 0; i < TRANSACTIONS; i++) {
      boolean ours = i % 200 == 0;
      int wallet = random.nextInt(next.length);
      targets.add(ours ? scripts.get(wallet * PER_WALLET + next[wallet]++) : script(random));
    }
    return targets;
  }

  /** Milliseconds of cores' time for a block, which other work on the machine changes least. */
  private static double follow(Engine engine, String what, List<byte[]> scripts, MadeChain source)
      throws Exception {
    try (Store store = engine.open()) {
      fill(store.database(), scripts);
      Follower follower = follower(store.database(), source);
      source.height = 0;
      follower.catchUp();
      source.height = WARM;
      follower.catchUp();
      source.height = WARM + MEASURED;
      return measure(what.formatted(scripts.size()), engine, follower, MEASURED);
    }
  }

  private static double measure(String what, Engine engine, Follower follower, int blocks) {
    long begin = System.nanoTime();
    double ours = MACHINE.getProcessCpuTime() / 1e6;
    double theirs = others();
    double java = javaThreads();
    follower.catchUp();
    java = (javaThreads() - java) / blocks;
    ours = (MACHINE.getProcessCpuTime() / 1e6 - ours) / blocks;
    theirs = (others() - theirs) / blocks;
    double seconds = (System.nanoTime() - begin) / 1e9;
    say(
        "%s, %s: %.1f blocks/s; a block: %.1f ms, of cores' time %.1f ms here"
            + " (%.1f of them Java's threads, the rest compiles and collects), %.1f ms elsewhere",
        what, engine.title, blocks / seconds, 1000 * seconds / blocks, ours, java, theirs);
    Figures.note("follow", what + ", blocks/s", engine.title, blocks / seconds);
    Figures.note("follow", what + ", cores' ms a block", engine.title, ours + theirs);
    return ours + theirs;
  }

  /** Cores' time of all threads but the machine's own, milliseconds. */
  private static double javaThreads() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    return Arrays.stream(threads.getAllThreadIds()).map(threads::getThreadCpuTime).sum() / 1e6;
  }

  /** Cores' time of the database and the node, milliseconds. */
  private static double others() {
    return ProcessHandle.current()
        .descendants()
        .mapToLong(each -> each.info().totalCpuDuration().orElse(Duration.ZERO).toMillis())
        .sum();
  }

  private static Follower follower(Database database, ChainSource source) {
    return Following.follower(database, source, InstantSource.system(), OwnKeys.publicCurve());
  }

  /** A million scripts: how long a start takes, how much memory, and a block of strangers. */
  private static void million(List<byte[]> blocks) throws Exception {
    try (Store store = Engine.H2.open()) {
      fill(store.database(), scripts(1_000_000));
      long before = used();
      long begin = System.nanoTime();
      Watchlist all =
          Watchlist.ofAll(
              new JdbiWatchStore(store.database()),
              new JdbiChainStore(store.database()),
              OwnKeys.publicCurve());
      double seconds = (System.nanoTime() - begin) / 1e9;
      long after = used();
      say(
          "1,000,000 scripts of 25,000 wallets: read in %.1f s, %d MB more heap",
          seconds, after - before >> 20);
      double busy = MACHINE.getProcessCpuTime();
      blocks.forEach(block -> all.pass(RawBlock.read(block)));
      busy = MACHINE.getProcessCpuTime() - busy;
      say("a block of strangers among them: %.1f ms of cores' time", busy / 1e6 / blocks.size());
    }
  }

  private static void say(String form, Object... values) {
    System.out.println(String.format(Locale.ROOT, form, values));
  }

  /** Which database. */
  private enum Engine {
    H2("H2"),
    POSTGRES("PostgreSQL");

    final String title;

    Engine(String title) {
      this.title = title;
    }

    Store open() throws IOException {
      if (this == H2) {
        Path folder = Files.createTempDirectory("trefoil-bench");
        return new Store(Database.inFolder(folder), folder);
      }
      ThrowawayPostgres postgres = ThrowawayPostgres.shared();
      return new Store(postgres.open(postgres.freshSchema()), null);
    }
  }

  /** An empty database, and the folder to remove with it. */
  private record Store(Database database, @Nullable Path folder) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      database.close();
      if (folder != null) {
        delete(folder);
      }
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
    Random random = new Random(-scripts.size()); // not those that scripts are made from
    for (int wallet = 0; wallet < scripts.size() / PER_WALLET; wallet++) {
      List<WatchedScript> own = new ArrayList<>();
      for (int i = 0; i < PER_WALLET; i++) {
        byte[] script = scripts.get(wallet * PER_WALLET + i);
        own.add(new WatchedScript(id(wallet), i / Watchlist.GAP, i % Watchlist.GAP, script));
      }
      for (int i = 0; i < wallet % Watchlist.STEP; i++) { // as if paid before, each another time
        own.add(new WatchedScript(id(wallet), 0, Watchlist.GAP + i, script(random)));
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

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
