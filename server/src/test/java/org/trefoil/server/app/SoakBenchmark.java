package org.trefoil.server.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.wire.Json;
import org.trefoil.core.wire.RecipientLine;
import org.trefoil.core.wire.SendRequest;
import org.trefoil.core.wire.SendView;
import org.trefoil.server.store.ThrowawayPostgres;

/**
 * Whether the packaged server stays as it is under load: {@code e2e/bench/soak}.
 *
 * <p>People sign up and are paid before the clock starts. Then requests are due so many a second
 * whether or not the ones before were answered; a request's time runs from when it was due. Each
 * minute tells how it went, and what is alive after a full collection.
 *
 * <p>Arguments: minutes, requests a second, then the server's further flags, or {@code --postgres}
 * for a PostgreSQL of its own.
 */
final class SoakBenchmark {
  private static final int PEOPLE = 60;
  private static final int MAKERS = 4;
  private static final int AT_ONCE = 64;
  private static final long COIN = 1_000_000;

  /** A request, and what the server must answer to it. */
  private interface Kind {
    boolean fine(Client who) throws IOException, InterruptedException;
  }

  private final Random random = new Random(7);
  private final List<Kind> mix = new ArrayList<>();
  private final Map<String, AtomicLong> failures = new TreeMap<>();
  private final List<Double> times = new ArrayList<>();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private SoakBenchmark() {
    often(14, "", path -> path.replace("/api", ""), 200);
    often(4, "/wallets", path -> "", 200);
    often(4, "/receive", path -> path.replace("/api", ""), 200);
    often(4, "/send", path -> path.replace("/api", ""), 200);
    often(7, "/addresses", path -> path.replace("/api", ""), 200);
    often(14, "/history", path -> path, 200);
    often(12, "/spendable", path -> path, 200);
    often(10, "", path -> path, 200);
    often(4, "/account", path -> "", 200);
    often(4, "/healthz", path -> "", 200);
    often(4, "/", path -> "", 200);
    often(1, "/wallets/00/send", path -> "", 404);
    often(2, "/history?before=nowhere", path -> path, 400);
    add(2, client -> client.get("/wallets/" + client.visitor.walletId + "/tx/00", 404));
    add(4, Client::listen);
    add(2, Client::proposeAndCancel);
    add(3, Client::lie);
    add(2, Client::signInAndOut);
  }

  private interface Where {
    String from(String wallet);
  }

  private void often(int times, String path, Where where, int status) {
    add(times, client -> client.get(where.from(client.visitor.at) + path, status));
  }

  private void add(int times, Kind kind) {
    for (int i = 0; i < times; i++) {
      mix.add(kind);
    }
  }

  public static void main(String[] args) throws Exception {
    List<String> flags = Arrays.stream(args).skip(2).flatMap(SoakBenchmark::flags).toList();
    new SoakBenchmark().run(Integer.parseInt(args[0]), Integer.parseInt(args[1]), flags);
    System.exit(0); // the throwaway database ends with the process
  }

  static Stream<String> flags(String given) {
    return given.equals("--postgres")
        ? ThrowawayPostgres.shared().flags().stream()
        : Stream.of(given);
  }

  private void run(int minutes, int rate, List<String> flags) throws Exception {
    Path folder = Files.createTempDirectory("trefoil-soak");
    List<String> all = new ArrayList<>(List.of("--operator-port", "0"));
    all.addAll(flags);
    try (PackagedServer server = PackagedServer.start(folder, all)) {
      Matcher port = server.said("operator reads on \\S+ port (\\d+)");
      if (!port.find()) {
        throw new AssertionError("no port of the operator's in " + server.log());
      }
      URI metrics = URI.create("http://127.0.0.1:" + port.group(1) + "/metrics");
      long from = System.nanoTime();
      List<Client> clients = clients(new LoadClient(server.site()));
      say("%d people, each paid once, after %.0f s", clients.size(), seconds(from));
      tell(server, metrics, "before", 0);
      for (int minute = 1; minute <= minutes; minute++) {
        double late = minute(clients, rate);
        tell(server, metrics, "minute " + minute, late);
      }
    }
  }

  private List<Client> clients(LoadClient line) throws Exception {
    ExecutorService makers = Executors.newFixedThreadPool(MAKERS);
    List<Client> clients = new ArrayList<>();
    List<Callable<Client>> births = new ArrayList<>();
    for (int i = 0; i < PEOPLE; i++) {
      int number = i;
      births.add(() -> new Client(new Visitor(line, number)));
    }
    for (Future<Client> born : makers.invokeAll(births)) {
      clients.add(born.get());
    }
    makers.shutdown();
    clients.get(0).visitor.write("/api/practice/mine", Json.object().json());
    for (Client client : clients) {
      client.prepare();
    }
    return clients;
  }

  /** One minute of requests; answers how many seconds later than due the last one began. */
  private double minute(List<Client> clients, int rate) throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    long start = System.nanoTime();
    long count = 60L * rate;
    AtomicLong last = new AtomicLong();
    for (long i = 0; i < count; i++) {
      long due = start + i * 1_000_000_000L / rate;
      long early = (due - System.nanoTime()) / 1_000_000;
      if (early > 0) {
        Thread.sleep(early);
      }
      Kind kind = mix.get(random.nextInt(mix.size()));
      Client client = clients.get(random.nextInt(clients.size()));
      threads.execute(
          () -> {
            last.set(System.nanoTime() - due);
            ask(kind, client);
            synchronized (times) {
              times.add((System.nanoTime() - due) / 1e6);
            }
          });
    }
    threads.shutdown();
    if (!threads.awaitTermination(1, TimeUnit.MINUTES)) {
      throw new AssertionError("Requests were not answered within a minute.");
    }
    return last.get() / 1e9;
  }

  private void ask(Kind kind, Client client) {
    try {
      if (!kind.fine(client)) {
        failed("unexpected answer");
      }
    } catch (IOException | RuntimeException | AssertionError e) {
      failed(e.getClass().getSimpleName() + " " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void failed(String how) {
    synchronized (failures) {
      failures.computeIfAbsent(how, same -> new AtomicLong()).incrementAndGet();
    }
  }

  /** How it went since the last time, and what is alive now. */
  private void tell(PackagedServer server, URI metrics, String when, double late) throws Exception {
    double[] sorted;
    synchronized (times) {
      sorted = times.stream().mapToDouble(time -> time).sorted().toArray();
      times.clear();
    }
    server.jcmd("GC.run");
    String now =
        http.send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString())
            .body();
    say(
        "%-9s load %s, requests %5d, median %5.1f ms, p99 %6.1f ms, late %.1f s; alive: heap %d MB,"
            + " metaspace %d MB; resident %d MB, threads %.0f, open files %.0f, streams %.0f,"
            + " database connections busy %.0f, waited for %.0f",
        when,
        Files.readString(Path.of("/proc/loadavg")).split(" ")[0],
        sorted.length,
        at(sorted, .5),
        at(sorted, .99),
        late,
        kilobytes(server.jcmd("GC.heap_info"), "(?:generation|heap) +total.*? used (\\d+)K") >> 10,
        kilobytes(server.jcmd("GC.heap_info"), "Metaspace +used (\\d+)K") >> 10,
        server.resident(),
        metric(now, "jvm_threads_current"),
        metric(now, "process_open_fds"),
        metric(now, "trefoil_live_connections"),
        metric(now, "trefoil_database_connections_busy"),
        metric(now, "trefoil_database_connections_waiting"));
    synchronized (failures) {
      failures.forEach((how, count) -> say("          %s times %s", count, how));
      failures.clear();
    }
  }

  private static long kilobytes(String text, String pattern) {
    Matcher found = Pattern.compile(pattern).matcher(text);
    long sum = 0;
    while (found.find()) {
      sum += Long.parseLong(found.group(1));
    }
    return sum;
  }

  private static double metric(String all, String name) {
    Matcher found = Pattern.compile("(?m)^" + name + " (\\S+)$").matcher(all);
    return found.find() ? Double.parseDouble(found.group(1)) : -1;
  }

  private static double at(double[] sorted, double share) {
    return sorted.length == 0
        ? 0
        : sorted[(int) Math.min(sorted.length - 1, sorted.length * share)];
  }

  private static double seconds(long from) {
    return (System.nanoTime() - from) / 1e9;
  }

  private static void say(String form, Object... values) {
    System.out.println(String.format(Locale.ROOT, form, values));
    System.out.flush();
  }

  /** Somebody with a half-signed send, and another that asks for more than it signed. */
  private final class Client {
    private final Visitor visitor;
    private final AtomicLong proposals = new AtomicLong();
    private @Nullable SendRequest honest;

    Client(Visitor visitor) throws IOException, InterruptedException {
      this.visitor = visitor;
      visitor.write(visitor.at + "/practice/coins", Json.object().json());
    }

    void prepare() throws IOException, InterruptedException {
      honest = visitor.proposal(visitor.spendable(1), "unused", COIN);
    }

    boolean get(String path, int status) throws IOException, InterruptedException {
      return status(visitor.request(path).GET().build()) == status;
    }

    private int status(HttpRequest request) throws IOException, InterruptedException {
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private Json proposal(long amount) {
      SendRequest same = Objects.requireNonNull(honest);
      List<RecipientLine> lines =
          List.of(new RecipientLine(same.recipients().get(0).address(), amount));
      return new SendRequest(
              "soak-send-" + proposals.incrementAndGet(),
              same.psbt(),
              lines,
              same.everything(),
              same.feeRate(),
              same.note())
          .toJson();
    }

    private HttpResponse<String> propose(long amount) throws IOException, InterruptedException {
      HttpRequest request = visitor.post(visitor.request(visitor.at + "/sends"), proposal(amount));
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    boolean proposeAndCancel() throws IOException, InterruptedException {
      HttpResponse<String> proposed = propose(COIN);
      if (proposed.statusCode() >= 300) {
        failed(proposed.statusCode() + " " + proposed.body());
        return true;
      }
      String send = SendView.fromJson(Visitor.json(proposed.body())).sendId();
      String path = visitor.at + "/sends/" + send + "/cancel";
      return status(visitor.post(visitor.request(path), Json.object().json())) == 200;
    }

    boolean lie() throws IOException, InterruptedException {
      return propose(COIN / 2).statusCode() == 422;
    }

    /** Opens a stream of events and leaves after the first. */
    boolean listen() throws IOException, InterruptedException {
      HttpRequest request =
          visitor.request(visitor.at + "/events").header("Accept", "text/event-stream").build();
      HttpResponse<InputStream> answer =
          http.send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (BufferedReader lines =
          new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
        String line = lines.readLine();
        return answer.statusCode() == 200 && line != null;
      }
    }

    /** Another browser gives the password, and leaves before the code. */
    boolean signInAndOut() throws IOException, InterruptedException {
      HttpResponse<String> in =
          http.send(
              visitor.post(visitor.stranger("/api/account/signin"), visitor.signIn()),
              HttpResponse.BodyHandlers.ofString());
      String set = in.headers().firstValue("Set-Cookie").orElse(";");
      HttpRequest out =
          visitor
              .stranger("/signout")
              .header("Cookie", set.substring(0, set.indexOf(';')))
              .header("Origin", visitor.site())
              .header("Sec-Fetch-Site", "same-origin")
              .header("Content-Type", "application/x-www-form-urlencoded")
              .POST(HttpRequest.BodyPublishers.noBody())
              .build();
      return in.statusCode() == 200 && status(out) == 303;
    }
  }
}
