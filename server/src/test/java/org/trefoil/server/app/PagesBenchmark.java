package org.trefoil.server.app;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.bitcoinj.base.Coin;
import org.bitcoinj.base.Sha256Hash;
import org.bitcoinj.core.Transaction;
import org.bitcoinj.core.TransactionInput;
import org.bitcoinj.core.TransactionOutPoint;
import org.bitcoinj.core.TransactionOutput;
import org.trefoil.core.keys.Scripts;
import org.trefoil.server.Figures;
import org.trefoil.server.account.Sessions;
import org.trefoil.server.audit.AuditLog;
import org.trefoil.server.chain.HistoryPlace;
import org.trefoil.server.config.Config;
import org.trefoil.server.config.ConfigReader;
import org.trefoil.server.store.Database;
import org.trefoil.server.store.JdbiAuditStore;
import org.trefoil.server.store.JdbiChainReader;
import org.trefoil.server.store.JdbiSessionStore;
import org.trefoil.server.store.ManyRows;
import org.trefoil.server.wallets.WalletBook;

/**
 * How long every page and call takes with many wallets and a long history: {@code e2e/bench/pages}.
 *
 * <p>Two people look: one whose wallet is like all others, and one with a very long history.
 *
 * <p>Arguments: wallets, transactions of each, transactions of the long one, then the server's
 * further flags, or {@code --postgres} for a PostgreSQL of its own. Before them, {@code --fill
 * FOLDER} fills a database there and measures nothing, {@code --filled FOLDER} measures that one
 * and removes it: so that who measures need not have the memory of who fills.
 */
final class PagesBenchmark {
  private static final int TIMES = 60;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String engine;
  private String site = "";

  private PagesBenchmark(String engine) {
    this.engine = engine;
  }

  /** Somebody who is signed in. */
  private record Reader(
      String name, String walletId, String txid, String second, String middle, String cookie) {
    String line() {
      return String.join("\t", name, walletId, txid, second, middle, cookie);
    }

    static Reader of(String line) {
      String[] words = line.split("\t");
      return new Reader(words[0], words[1], words[2], words[3], words[4], words[5]);
    }
  }

  public static void main(String[] args) throws Exception {
    List<String> given = List.of(args);
    boolean fill = given.get(0).equals("--fill");
    boolean filled = given.get(0).equals("--filled");
    Path folder =
        fill || filled ? Path.of(given.get(1)) : Files.createTempDirectory("trefoil-pages");
    List<String> rest = given.subList(fill || filled ? 2 : 0, given.size());
    List<String> flags =
        Stream.concat(
                Stream.of("--port", "0", "--practice-block-seconds", "0"),
                rest.stream().skip(3).flatMap(SoakBenchmark::flags))
            .toList();
    Config config =
        ConfigReader.read(flags, Map.of("TREFOIL_DATA", folder.resolve("data").toString()));
    PagesBenchmark benchmark = new PagesBenchmark(Figures.engine(flags));
    if (!filled) {
      int[] sizes = rest.stream().limit(3).mapToInt(Integer::parseInt).toArray();
      List<Reader> readers = benchmark.fill(config, sizes[0], sizes[1], sizes[2]);
      Files.write(folder.resolve("readers"), readers.stream().map(Reader::line).toList());
    }
    if (!fill) {
      List<String> readers = Files.readAllLines(folder.resolve("readers"));
      benchmark.measure(config, readers.stream().map(Reader::of).toList());
      try (Stream<Path> files = Files.walk(folder)) {
        files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      }
    }
    System.exit(0); // the throwaway database ends with the process
  }

  private List<Reader> fill(Config config, int wallets, int each, int longest) throws Exception {
    long from = System.nanoTime();
    try (TestHouse house = new TestHouse(Foundation.open(config, new SecureRandom()))) {
      TestHouse.Person ada = house.new Person(1);
      TestHouse.Person max = house.new Person(2);
      ManyRows rows = new ManyRows(house.foundation.database());
      long all = (long) wallets * each;
      rows.wallets(wallets, ada.walletId);
      rows.shared(1, all, wallets, transaction());
      rows.of(ada.walletId, all + 1, all + each, transaction());
      rows.of(max.walletId, all + each + 1, all + each + longest, transaction());
      rows.sends(max.walletId, all + each + 1, all + each + longest, transaction());
      List<Reader> readers =
          List.of(
              reader(house, "usual", ada, all + each), reader(house, "long", max, all + each + 1));
      say("%d wallets, %d transactions after %.0f s", wallets, all, seconds(from));
      return readers;
    }
  }

  private void measure(Config config, List<Reader> readers) throws Exception {
    long from = System.nanoTime();
    try (Trefoil server = Trefoil.start(config, Clock.systemUTC(), System::nanoTime)) {
      site = "http://localhost:" + server.port();
      say("started in %.1f s", seconds(from));
      for (Reader reader : readers) {
        for (String path : paths(reader)) {
          measure(reader, path);
        }
      }
    }
  }

  private static Reader reader(TestHouse house, String name, TestHouse.Person person, long tx) {
    Database database = house.foundation.database();
    Clock clock = Clock.systemUTC(); // the house's own stands still
    Sessions sessions =
        new Sessions(
            new JdbiSessionStore(database),
            database,
            new AuditLog(new JdbiAuditStore(database), clock),
            clock,
            new SecureRandom());
    String half = sessions.open(person.accountId, false, "bench", "").token();
    String token = sessions.upgrade(sessions.find(half).orElseThrow()).token();
    String txid = ManyRows.txid(tx);
    List<HistoryPlace> all =
        new JdbiChainReader(database).entries(person.walletId, null, Integer.MAX_VALUE);
    String second = all.get(Math.min(WalletBook.PAGE, all.size()) - 1).text();
    String middle = all.get(all.size() / 2).text();
    return new Reader(name, person.walletId, txid, second, middle, token);
  }

  private static List<String> paths(Reader reader) {
    String page = "/wallets/" + reader.walletId();
    String api = "/api" + page;
    return List.of(
        "/",
        "/wallets",
        page,
        page + "?before=" + reader.second(),
        page + "?before=" + reader.middle(),
        page + "/receive",
        page + "/send",
        page + "/addresses",
        page + "/tx/" + reader.txid(),
        "/account",
        "/healthz",
        api,
        api + "/history",
        api + "/history?before=" + reader.middle(),
        api + "/spendable");
  }

  private void measure(Reader reader, String path) throws Exception {
    double[] times = new double[TIMES];
    int size = 0;
    for (int i = 0; i < TIMES; i++) {
      long from = System.nanoTime();
      size = get(reader, path);
      times[i] = (System.nanoTime() - from) / 1e6;
    }
    Arrays.sort(times);
    String shown =
        path.replace(reader.walletId(), "{wallet}")
            .replace(reader.txid(), "{txid}")
            .replace(reader.second(), "{second}")
            .replace(reader.middle(), "{middle}");
    double median = times[TIMES / 2];
    Figures.note("pages, median ms", reader.name() + " " + shown, engine, median);
    say(
        "%-6s %-36s median %7.1f ms  worst %7.1f ms  %8d bytes%s",
        reader.name(), shown, median, times[TIMES - 1], size, median > 50 ? "  SLOW" : "");
  }

  private int get(Reader reader, String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(site + path))
            .header("Cookie", "__Host-Http-trefoil-sess=" + reader.cookie())
            .build();
    HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    if (answer.statusCode() != 200) {
      throw new AssertionError(
          path + ": " + answer.statusCode() + new String(answer.body(), StandardCharsets.UTF_8));
    }
    return answer.body().length;
  }

  /** One input, two outputs. */
  static byte[] transaction() {
    Transaction tx = new Transaction();
    tx.setVersion(2);
    TransactionOutPoint spent = new TransactionOutPoint(0, Sha256Hash.of(new byte[] {1}));
    tx.addInput(new TransactionInput(tx, new byte[0], spent, 0xfffffffdL));
    byte[] script = Scripts.witness(new byte[] {0x51});
    tx.addOutput(new TransactionOutput(tx, Coin.valueOf(1_000), script));
    tx.addOutput(new TransactionOutput(tx, Coin.valueOf(2_000), script));
    return tx.serialize();
  }

  private static double seconds(long from) {
    return (System.nanoTime() - from) / 1e9;
  }

  private static void say(String form, Object... values) {
    System.out.println(String.format(Locale.ROOT, form, values));
    System.out.flush();
  }
}
