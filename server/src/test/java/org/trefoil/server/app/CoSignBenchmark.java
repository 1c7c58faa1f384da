package org.trefoil.server.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bitcoinj.base.Coin;
import org.bitcoinj.base.Sha256Hash;
import org.bitcoinj.core.Transaction;
import org.bitcoinj.core.TransactionInput;
import org.bitcoinj.core.TransactionOutPoint;
import org.bitcoinj.core.TransactionOutput;
import org.bitcoinj.core.TransactionWitness;
import org.trefoil.core.address.Address;
import org.trefoil.core.keys.Scripts;
import org.trefoil.core.units.Hex;
import org.trefoil.core.units.Network;
import org.trefoil.core.wire.Json;
import org.trefoil.core.wire.SendState;
import org.trefoil.core.wire.SendView;
import org.trefoil.core.wire.Spendable;
import org.trefoil.server.Figures;
import org.trefoil.server.chain.RegtestNode;
import org.trefoil.server.store.ThrowawayPostgres;

/**
 * How many sends a second the packaged server takes, co-signs and hands to a real bitcoind: {@code
 * e2e/bench/cosign}.
 *
 * <p>Nothing is opened for it: people sign up, enrol, make wallets and are paid, each from a
 * network address of their own as a trusted proxy would tell it, and every send is confirmed with
 * an unused code: while it warms up, those for recovery; what counts, the app's as far as there is
 * one. Proposals are half-signed before the clock starts. One send is two requests: propose and
 * confirm. Load, bitcoind, database and server share the machine.
 *
 * <p>Arguments: people, sends of each, requests at once, then the server's further flags, or {@code
 * --postgres} for a PostgreSQL of its own.
 */
final class CoSignBenchmark {
  private static final byte[] OPEN = {0x51};
  private static final long COIN = 200_000;

  /** Seconds of processor time within a second that are as good as nothing. */
  private static final double RESTING = 0.1;

  private static final Duration MOST_REST = Duration.ofMinutes(5);
  private static final int OUTPUTS = 500;
  private static final int MAKERS = 8;

  /** So many sends of each count; what is before them is to warm up. */
  private static final int COUNTED = 4;

  /** What a PostgreSQL does by itself within a minute: it counts what its new tables hold. */
  private static Runnable settled = () -> {};

  private CoSignBenchmark() {}

  public static void main(String[] args) throws Exception {
    new CoSignBenchmark()
        .run(
            Integer.parseInt(args[0]),
            Integer.parseInt(args[1]),
            Integer.parseInt(args[2]),
            flags(Arrays.asList(args).subList(3, args.length)));
    System.exit(0); // the throwaway database ends with the process
  }

  private static List<String> flags(List<String> given) throws Exception {
    boolean socket = given.equals(List.of("--postgres-socket"));
    if (!socket && !given.equals(List.of("--postgres"))) {
      return given;
    }
    ThrowawayPostgres postgres = ThrowawayPostgres.shared();
    settled = () -> postgres.execute("ANALYZE");
    String url = postgres.freshSchema();
    List<String> flags = postgres.flags(socket ? postgres.bySocket(url) : url);
    say("PostgreSQL by %s", socket ? "its Unix socket" : "TCP");
    return flags;
  }

  private void run(int people, int sends, int atOnce, List<String> flags) throws Exception {
    Path folder = Files.createTempDirectory("trefoil-cosign");
    try (RegtestNode node = RegtestNode.start()) {
      Path password = Files.writeString(folder.resolve("rpc-password"), "rt");
      // before the server begins to follow: a wallet made meanwhile has each of them to read again
      node.cli(
          "generatetoaddress",
          "102",
          Address.ofScript(Network.REGTEST, Scripts.witness(OPEN)).text());
      List<String> all = new ArrayList<>(List.of("--network", "regtest", "--chain", "bitcoind"));
      all.addAll(List.of("--rpc", node.rpc().toString(), "--rpc-user", "rt"));
      all.addAll(List.of("--rpc-password-file", password.toString()));
      all.addAll(flags);
      try (PackagedServer server = PackagedServer.start(folder, all)) {
        measure(server, node, people, sends, atOnce, Figures.engine(flags));
        say("server RSS after: %d MB", server.resident());
      }
    }
  }

  private void measure(
      PackagedServer server, RegtestNode node, int people, int sends, int atOnce, String engine)
      throws Exception {
    long from = System.nanoTime();
    LoadClient line = new LoadClient(server.site());
    List<Sender> all = each(MAKERS, people, i -> new Sender(new Visitor(line, i)));
    pay(node, all, sends);
    each(MAKERS, people, i -> all.get(i).prepare(sends));
    say("%d people with %d half-signed sends each after %.0f s", people, sends, seconds(from));
    rests(server); // the letters about all those payments
    // until the compiler has seen the path some thousand times, it takes more than the path itself
    int warming = Math.max(sends / 2, sends - COUNTED);
    Result warmUp = run(rounds(all, warming), atOnce, Visitor::recoveryCode);
    say("%d sends to warm up: %.0f sends/s", people * warming, people * warming / warmUp.seconds());
    settled.run();
    rests(server);
    Deque<Sender> rest = rounds(all, sends - warming);
    double[] before = cpu(server, node);
    double compiled = server.compilerCpu();
    Result result = run(rest, atOnce, Visitor::code);
    double[] after = cpu(server, node);
    compiled = server.compilerCpu() - compiled;
    int count = result.whole().length;
    say(
        "%d sends, %d at once: %.0f sends/s; propose+confirm median %.0f ms, p99 %.0f ms, worst"
            + " %.0f ms; confirm median %.0f ms, p99 %.0f ms",
        count,
        atOnce,
        count / result.seconds(),
        at(result.whole(), .5),
        at(result.whole(), .99),
        at(result.whole(), 1),
        at(result.confirm(), .5),
        at(result.confirm(), .99));
    Figures.note("cosign", atOnce + " at once, sends/s", engine, count / result.seconds());
    Figures.note("cosign", "propose and confirm, median ms", engine, at(result.whole(), .5));
    Figures.note("cosign", "propose and confirm, p99 ms", engine, at(result.whole(), .99));
    double spent = Arrays.stream(after).sum() - Arrays.stream(before).sum();
    Figures.note("cosign", "cores' ms a send, all processes", engine, 1_000 * spent / count);
    List<double[]> inOrder = result.inOrder();
    for (int quarter = 0; quarter < 4; quarter++) {
      double[] confirm =
          inOrder.subList(count * quarter / 4, count * (quarter + 1) / 4).stream()
              .mapToDouble(time -> time[1])
              .sorted()
              .toArray();
      say("quarter %d: confirm median %.0f ms", quarter + 1, at(confirm, .5));
    }
    say(
        "processor time for each send: %.1f ms in the server (%.1f of them its compiler), %.1f in"
            + " PostgreSQL, %.1f in bitcoind, %.1f in this load",
        1_000 * (after[0] - before[0]) / count,
        1_000 * compiled / count,
        1_000 * (after[1] - before[1]) / count,
        1_000 * (after[2] - before[2]) / count,
        1_000 * (after[3] - before[3]) / count);
    Matcher waiting = Pattern.compile("\"size\": (\\d+)").matcher(node.cli("getmempoolinfo"));
    say("bitcoind has %s transactions waiting", waiting.find() ? waiting.group(1) : "no");
  }

  /** Waits until the server has done what was left to do in the background. */
  private static void rests(PackagedServer server) throws InterruptedException {
    Instant end = Instant.now().plus(MOST_REST);
    double before = server.cpu();
    for (int still = 0; still < 3; ) {
      Thread.sleep(1_000);
      double now = server.cpu();
      still = now - before < RESTING ? still + 1 : 0;
      before = now;
      if (Instant.now().isAfter(end)) {
        throw new AssertionError("the server does not come to rest");
      }
    }
  }

  /** Times in milliseconds: of proposal and confirmation as they came, and sorted. */
  private record Result(double seconds, List<double[]> inOrder, double[] whole, double[] confirm) {}

  private Result run(Deque<Sender> queue, int atOnce, Function<Visitor, String> codes)
      throws Exception {
    List<double[]> times = new ArrayList<>();
    long from = System.nanoTime();
    ExecutorService threads = Executors.newFixedThreadPool(atOnce, CoSignBenchmark::daemon);
    List<Future<?>> workers = new ArrayList<>();
    for (int i = 0; i < atOnce; i++) {
      workers.add(
          threads.submit(
              () -> {
                for (Sender next = take(queue); next != null; next = take(queue)) {
                  double[] time = next.send(codes);
                  synchronized (times) {
                    times.add(time);
                  }
                }
                return null;
              }));
    }
    for (Future<?> worker : workers) {
      worker.get();
    }
    threads.shutdown();
    double seconds = seconds(from);
    double[] whole = times.stream().mapToDouble(t -> t[0] + t[1]).sorted().toArray();
    double[] confirm = times.stream().mapToDouble(t -> t[1]).sorted().toArray();
    return new Result(seconds, times, whole, confirm);
  }

  /** Seconds of processor time so far: of the server, of PostgreSQL, of the node, and of this. */
  private static double[] cpu(PackagedServer server, RegtestNode node) {
    double database =
        ProcessHandle.allProcesses()
            .filter(process -> process.info().command().orElse("").endsWith("/postgres"))
            .mapToDouble(CoSignBenchmark::cpu)
            .sum();
    return new double[] {server.cpu(), database, cpu(node.handle()), cpu(ProcessHandle.current())};
  }

  private static double cpu(ProcessHandle process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
  }

  private static Deque<Sender> rounds(List<Sender> all, int rounds) {
    Deque<Sender> queue = new ArrayDeque<>();
    for (int round = 0; round < rounds; round++) {
      queue.addAll(all);
    }
    return queue;
  }

  private static Sender take(Deque<Sender> queue) {
    synchronized (queue) {
      return queue.poll();
    }
  }

  /** Somebody whose sends are ready to be proposed. */
  private static final class Sender {
    private final Visitor visitor;
    private final Deque<Json> proposals = new ArrayDeque<>();

    Sender(Visitor visitor) {
      this.visitor = visitor;
    }

    Sender prepare(int sends) throws Exception {
      Spendable spendable = visitor.spendable(sends);
      for (int i = 0; i < sends; i++) {
        Spendable one =
            new Spendable(
                List.of(spendable.coins().get(i)),
                spendable.fees(),
                spendable.changeIndex(),
                spendable.tipHeight(),
                spendable.lockTime());
        proposals.add(visitor.proposal(one, "send-no-" + i, COIN / 2).toJson());
      }
      return this;
    }

    /** One send from proposal to broadcast; answers the milliseconds of both requests. */
    double[] send(Function<Visitor, String> codes) throws Exception {
      Json proposal;
      String code;
      synchronized (this) {
        proposal = proposals.remove();
        code = codes.apply(visitor);
      }
      long from = System.nanoTime();
      SendView proposed = SendView.fromJson(visitor.write(visitor.at + "/sends", proposal));
      long between = System.nanoTime();
      SendView sent =
          SendView.fromJson(
              visitor.write(
                  visitor.at + "/sends/" + proposed.sendId() + "/confirm",
                  Json.object().put("code", code).json()));
      if (sent.state() != SendState.BROADCAST) {
        throw new AssertionError("not broadcast: " + sent.state());
      }
      return new double[] {(between - from) / 1e6, (System.nanoTime() - between) / 1e6};
    }
  }

  /** Pays every visitor as many coins as there will be sends, from the node's first coinbases. */
  private void pay(RegtestNode node, List<Sender> all, int coins) throws Exception {
    List<byte[]> scripts = new ArrayList<>();
    for (int i = 0; i < coins; i++) {
      for (Sender sender : all) {
        scripts.add(Address.parse(sender.visitor.address(), Network.REGTEST).scriptPubKey());
      }
    }
    int height = 1;
    for (int at = 0; at < scripts.size(); at += OUTPUTS) {
      String hash = node.cli("getblockhash", Integer.toString(height++));
      String block = node.cli("getblock", hash);
      Matcher first = Pattern.compile("\"tx\": \\[\\s*\"([0-9a-f]{64})\"").matcher(block);
      if (!first.find()) {
        throw new AssertionError("no coinbase in " + block);
      }
      Transaction tx = new Transaction();
      tx.setVersion(2);
      TransactionOutPoint spent = new TransactionOutPoint(0, Sha256Hash.wrap(first.group(1)));
      tx.addInput(
          new TransactionInput(tx, new byte[0], spent, 0xfffffffdL)
              .withWitness(TransactionWitness.of(OPEN)));
      for (byte[] script : scripts.subList(at, Math.min(scripts.size(), at + OUTPUTS))) {
        tx.addOutput(new TransactionOutput(tx, Coin.valueOf(COIN), script));
      }
      node.cli("sendrawtransaction", Hex.of(tx.serialize()), "0");
      node.cli(
          "generatetoaddress",
          "1",
          Address.ofScript(Network.REGTEST, Scripts.witness(OPEN)).text());
    }
  }

  private interface Step<T> {
    T take(int number) throws Exception;
  }

  private static <T> List<T> each(int atOnce, int count, Step<T> step) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(atOnce, CoSignBenchmark::daemon);
    List<Future<T>> started = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int number = i;
      started.add(threads.submit(() -> step.take(number)));
    }
    List<T> done = new ArrayList<>();
    for (Future<T> one : started) {
      done.add(one.get());
    }
    threads.shutdown();
    return done;
  }

  /** So that whatever one of them throws ends this. */
  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work);
    thread.setDaemon(true);
    return thread;
  }

  private static double at(double[] sorted, double share) {
    return sorted[(int) Math.min(sorted.length - 1, sorted.length * share)];
  }

  private static double seconds(long from) {
    return (System.nanoTime() - from) / 1e9;
  }

  private static void say(String form, Object... values) {
    System.out.println(String.format(Locale.ROOT, form, values));
    System.out.flush();
  }
}
