package org.trefoil.server.app;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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
import java.util.concurrent.atomic.AtomicInteger;
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
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.keys.Scripts;
import org.trefoil.core.units.Hex;
import org.trefoil.core.units.Network;
import org.trefoil.core.wire.ActivateRequest;
import org.trefoil.core.wire.DraftWallet;
import org.trefoil.core.wire.FreshAddress;
import org.trefoil.core.wire.Json;
import org.trefoil.core.wire.SendState;
import org.trefoil.core.wire.SendView;
import org.trefoil.core.wire.SignupRequest;
import org.trefoil.core.wire.Spendable;
import org.trefoil.server.chain.RegtestNode;
import org.trefoil.server.secondfactor.Totp;

/**
 * How many sends a second the packaged server takes, co-signs and hands to a real bitcoind: {@code
 * e2e/bench/cosign}.
 *
 * <p>Nothing is opened for it: people sign up, enrol, make wallets and are paid, each from a
 * network address of their own as a trusted proxy would tell it, and every send is confirmed with
 * an unused code. Proposals are half-signed before the clock starts. One send is two requests:
 * propose and confirm. Load, bitcoind, database and server share the machine.
 *
 * <p>Arguments: people, sends of each, requests at once, then the server's further flags.
 */
final class CoSignBenchmark {
  private static final byte[] OPEN = {0x51};
  private static final long COIN = 200_000;
  private static final int OUTPUTS = 2_000;
  private static final int MAKERS = 8;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final AtomicInteger visitors = new AtomicInteger();
  private String site = "";

  private CoSignBenchmark() {}

  public static void main(String[] args) throws Exception {
    new CoSignBenchmark()
        .run(
            Integer.parseInt(args[0]),
            Integer.parseInt(args[1]),
            Integer.parseInt(args[2]),
            Arrays.asList(args).subList(3, args.length));
  }

  private void run(int people, int sends, int atOnce, List<String> flags) throws Exception {
    Path folder = Files.createTempDirectory("trefoil-cosign");
    try (RegtestNode node = RegtestNode.start()) {
      Process server = start(folder, node, flags);
      try {
        measure(server.toHandle(), node, people, sends, atOnce);
        System.out.printf(Locale.ROOT, "server RSS after: %d MB%n", resident(server.pid()) / 1024);
      } finally {
        server.destroy();
        server.waitFor();
      }
    }
  }

  private void measure(ProcessHandle server, RegtestNode node, int people, int sends, int atOnce)
      throws Exception {
    long from = System.nanoTime();
    node.cli(
        "generatetoaddress",
        "102",
        Address.ofScript(Network.REGTEST, Scripts.witness(OPEN)).text());
    List<Visitor> all = each(MAKERS, people, i -> new Visitor(i));
    pay(node, all, sends);
    each(MAKERS, people, i -> all.get(i).prepare(sends));
    say("%d people with %d half-signed sends each after %.0f s", people, sends, seconds(from));
    Deque<Visitor> first = new ArrayDeque<>(all.subList(0, people / 10));
    run(first, atOnce);
    Deque<Visitor> rest = new ArrayDeque<>();
    for (int round = 0; round < sends; round++) {
      rest.addAll(all.subList(people / 10, people));
    }
    double before = cpu(server);
    Result result = run(rest, atOnce);
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
        "processor time of the server: %.1f ms for each send",
        1_000 * (cpu(server) - before) / count);
    Matcher waiting = Pattern.compile("\"size\": (\\d+)").matcher(node.cli("getmempoolinfo"));
    say("bitcoind has %s transactions waiting", waiting.find() ? waiting.group(1) : "no");
  }

  /** Times in milliseconds: of proposal and confirmation as they came, and sorted. */
  private record Result(double seconds, List<double[]> inOrder, double[] whole, double[] confirm) {}

  private Result run(Deque<Visitor> queue, int atOnce) throws Exception {
    List<double[]> times = new ArrayList<>();
    long from = System.nanoTime();
    ExecutorService threads = Executors.newFixedThreadPool(atOnce);
    List<Future<?>> workers = new ArrayList<>();
    for (int i = 0; i < atOnce; i++) {
      workers.add(
          threads.submit(
              () -> {
                for (Visitor next = take(queue); next != null; next = take(queue)) {
                  double[] time = next.send();
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

  private static Visitor take(Deque<Visitor> queue) {
    synchronized (queue) {
      return queue.poll();
    }
  }

  /** Somebody with an account, a second factor and a wallet. */
  private final class Visitor {
    private final TestVault vault;
    private final String address;
    private final byte[] totp;
    private final Deque<String> recovery = new ArrayDeque<>();
    private final String at;
    private final Cosigners cosigners;
    private final Deque<Json> proposals = new ArrayDeque<>();
    private final String pays;
    private String cookie = "";
    private long lastStep;

    Visitor(int number) throws Exception {
      int n = visitors.incrementAndGet();
      address = "10." + (n >> 16) + "." + (n >> 8 & 255) + "." + (n & 255);
      vault = new TestVault(1_000 + number);
      write(
          "/api/account/signup",
          new SignupRequest(
                  "v" + number + "@example.org", TestHouse.salt(), TestHouse.KDF, proof(number))
              .toJson());
      Matcher secret =
          Pattern.compile("([A-Z2-7]{4} ){7}[A-Z2-7]{4}").matcher(read("/signup/factor"));
      if (!secret.find()) {
        throw new AssertionError("no secret");
      }
      totp = TestHouse.unbase32(secret.group().replace(" ", ""));
      lastStep = Totp.step(Instant.now()) - 1;
      Matcher codes =
          Pattern.compile("[a-z2-7]{4}(-[a-z2-7]{4}){3}")
              .matcher(form("/signup/factor", "code=" + Totp.code(totp, lastStep, Totp.DIGITS)));
      while (codes.find()) {
        recovery.add(codes.group());
      }
      DraftWallet draft =
          DraftWallet.fromJson(
              write(
                  "/api/wallets",
                  Json.object().put("name", "Savings").put("requestId", "request-1").json()));
      at = "/api/wallets/" + draft.walletId();
      cosigners = vault.cosigners(draft);
      write(at + "/keys", vault.keys(draft).toJson());
      String statement = vault.statement(cosigners, draft.walletId(), KeyRole.USER);
      write(at + "/activate", new ActivateRequest("user", statement).toJson());
      pays = FreshAddress.fromJson(write(at + "/addresses", Json.object().json())).address();
    }

    Visitor prepare(int sends) throws Exception {
      Instant end = Instant.now().plus(Duration.ofMinutes(3));
      Spendable spendable = Spendable.fromJson(json(read(at + "/spendable")));
      while (spendable.coins().size() < sends && Instant.now().isBefore(end)) {
        Thread.sleep(500);
        spendable = Spendable.fromJson(json(read(at + "/spendable")));
      }
      for (int i = 0; i < sends; i++) {
        Spendable one =
            new Spendable(
                List.of(spendable.coins().get(i)),
                spendable.fees(),
                spendable.changeIndex(),
                spendable.tipHeight());
        proposals.add(
            vault.send(cosigners, one, "send-no-" + i, TestHouse.ELSEWHERE, COIN / 2).toJson());
      }
      return this;
    }

    /** One send from proposal to broadcast; answers the milliseconds of both requests. */
    double[] send() throws Exception {
      Json proposal;
      String code;
      synchronized (this) {
        proposal = proposals.remove();
        code = code();
      }
      long from = System.nanoTime();
      SendView proposed = SendView.fromJson(write(at + "/sends", proposal));
      long between = System.nanoTime();
      SendView sent =
          SendView.fromJson(
              write(
                  at + "/sends/" + proposed.sendId() + "/confirm",
                  Json.object().put("code", code).json()));
      if (sent.state() != SendState.BROADCAST) {
        throw new AssertionError("not broadcast: " + sent.state());
      }
      return new double[] {(between - from) / 1e6, (System.nanoTime() - between) / 1e6};
    }

    /** A code that was not used yet: the app's, or else one of the ten for recovery. */
    private String code() {
      long now = Totp.step(Instant.now());
      long step = Math.max(lastStep + 1, now - 1);
      if (step > now && !recovery.isEmpty()) {
        return recovery.remove();
      }
      lastStep = step;
      return Totp.code(totp, step, Totp.DIGITS);
    }

    private HttpRequest.Builder request(String path) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(site + path)).header("X-Forwarded-For", address);
      return cookie.isEmpty() ? request : request.header("Cookie", cookie);
    }

    private String read(String path) throws Exception {
      return answer(request(path).GET().build());
    }

    private Json write(String path, Json body) throws Exception {
      return json(
          answer(
              request(path)
                  .header("Origin", site)
                  .header("X-Trefoil", "1")
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString(body.write()))
                  .build()));
    }

    private String form(String path, String body) throws Exception {
      return answer(
          request(path)
              .header("Origin", site)
              .header("Sec-Fetch-Site", "same-origin")
              .header("Content-Type", "application/x-www-form-urlencoded")
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build());
    }

    private String answer(HttpRequest request) throws Exception {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() >= 300) {
        throw new AssertionError(request.uri() + ": " + answer.statusCode() + answer.body());
      }
      answer
          .headers()
          .firstValue("Set-Cookie")
          .ifPresent(set -> cookie = set.substring(0, set.indexOf(';')));
      return answer.body();
    }
  }

  /** Pays every visitor as many coins as there will be sends, from the node's first coinbases. */
  private void pay(RegtestNode node, List<Visitor> all, int coins) throws Exception {
    List<byte[]> scripts = new ArrayList<>();
    for (int i = 0; i < coins; i++) {
      for (Visitor visitor : all) {
        scripts.add(Address.parse(visitor.pays, Network.REGTEST).scriptPubKey());
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
    ExecutorService threads = Executors.newFixedThreadPool(atOnce);
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

  private Process start(Path folder, RegtestNode node, List<String> flags) throws Exception {
    Path password = Files.writeString(folder.resolve("rpc-password"), "rt");
    Path log = folder.resolve("log");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(Arrays.asList(System.getProperty("trefoil.java", "-Xmx1g").split(" ")));
    command.addAll(List.of("-jar", System.getProperty("trefoil.jar")));
    command.addAll(List.of("--data", folder.resolve("data").toString(), "--port", "0"));
    command.addAll(List.of("--network", "regtest", "--chain", "bitcoind"));
    command.addAll(List.of("--rpc", node.rpc().toString(), "--rpc-user", "rt"));
    command.addAll(List.of("--rpc-password-file", password.toString()));
    command.addAll(List.of("--trusted-proxy", "127.0.0.1"));
    command.addAll(flags);
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    Instant end = Instant.now().plus(Duration.ofSeconds(60));
    while (Instant.now().isBefore(end) && process.isAlive()) {
      Matcher open = Pattern.compile("Open (http://\\S+?)/\\s").matcher(Files.readString(log));
      if (open.find()) {
        site = open.group(1);
        say("server on %s, log %s", site, log);
        return process;
      }
      Thread.sleep(100);
    }
    process.destroyForcibly();
    throw new AssertionError("The server did not start:\n" + Files.readString(log));
  }

  private static double cpu(ProcessHandle process) {
    return process.info().totalCpuDuration().orElseThrow().toNanos() / 1e9;
  }

  private static long resident(long pid) throws Exception {
    for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    return 0;
  }

  private static String proof(int number) {
    byte[] proof = new byte[32];
    proof[0] = (byte) number;
    proof[1] = (byte) (number >> 8);
    proof[2] = 1;
    return java.util.Base64.getEncoder().encodeToString(proof);
  }

  private static Json json(String text) {
    return Json.parse(text, 10_000_000);
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
