package org.trefoil.csp.served;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trefoil.csp.Asset;
import org.trefoil.csp.AssetManifest;
import org.trefoil.csp.PageHeaders;
import org.trefoil.csp.Sha384;
import org.trefoil.csp.UnencodedDigest;
import org.trefoil.csp.note.NoteSigner;
import org.trefoil.csp.note.SignedNote;
import org.trefoil.csp.release.ReleaseFolder;
import org.trefoil.csp.release.ReleaseKeys;
import org.trefoil.csp.release.ReleaseManifest;

class VerifyServedTest {
  static {
    // Else its answers, of two packets each, wait 40 ms for an acknowledgement in between.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private static final byte[] LOADER = "'use strict'".getBytes(UTF_8);
  private static final byte[] PACKED = {1, 2, 3};
  private static final byte[] STYLE = "body{}".getBytes(UTF_8);
  private static final byte[] VAULT = "<!doctype html>".getBytes(UTF_8);
  private static final byte[] KEPT = "<!doctype html><p>Keep me".getBytes(UTF_8);

  /** One answer: its set of headers and its bytes. */
  private record Served(Map<String, String> headers, byte[] body) {}

  @TempDir Path folder;
  private final NoteSigner ada = NoteSigner.make("ada");
  private final NoteSigner log = NoteSigner.make("log");
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final Map<String, Served> served = new HashMap<>();

  /** What is served in place of the rest to those who send such headers. */
  private final Map<String, Served> altered = new HashMap<>();

  private Predicate<Headers> victims = headers -> true;
  private final AtomicInteger looks = new AtomicInteger();
  private HttpServer server;
  private String site;

  @BeforeEach
  void open() throws IOException {
    PageHeaders https = new PageHeaders(true);
    Map<String, String> page = https.page(List.of(Sha384.of(LOADER)), false);
    AssetManifest assets =
        AssetManifest.of(
            List.of(
                Asset.of("vault-loader.js", LOADER),
                Asset.of("vault-loader.js.br", PACKED),
                Asset.of("recovery.html", KEPT),
                Asset.of("recovery.html.gz", PACKED),
                Asset.of("launcher.html", KEPT),
                Asset.of("app.css", STYLE)));
    Map<String, String> pages = new HashMap<>();
    for (String name : List.of("landing", "signup", "signin", "forgot", "recovery", "launched")) {
      pages.put(name, "page");
    }
    Map<String, String> vault = https.vault(List.of(Sha384.of(LOADER)), Sha384.of("style"));
    ReleaseManifest release =
        new ReleaseManifest(
            "0.1.0",
            "0123456789abcdef0123456789abcdef01234567",
            Map.of(
                "page",
                page,
                ReleaseManifest.VAULT,
                vault,
                ReleaseManifest.ASSET,
                https.asset(),
                ReleaseManifest.VAULT_ASSET,
                https.vaultAsset()),
            pages,
            Map.of(
                "vault-loader.js",
                UnencodedDigest.of(LOADER),
                "recovery.html",
                UnencodedDigest.of(KEPT),
                "launcher.html",
                UnencodedDigest.of(KEPT),
                "app.css",
                UnencodedDigest.of(STYLE)),
            Sha384.of(VAULT),
            assets);
    publish(release);
    Map<String, String> loader = held(https.vaultAsset(), "vault-loader.js", LOADER);
    served.put("/assets/vault-loader.js", new Served(typed(loader, "javascript"), LOADER));
    served.put("/assets/vault-loader.js br", new Served(loader, PACKED));
    served.put(
        "/assets/app.css", new Served(typed(held(https.asset(), "app.css", STYLE), "css"), STYLE));
    for (String name : List.of("recovery.html", "launcher.html")) {
      Map<String, String> set = typed(https.asset(), "html");
      served.put("/assets/" + name, new Served(held(set, name, KEPT), KEPT));
      served.put("/assets/" + name + " gzip", new Served(held(set, name, KEPT), PACKED));
      Map<String, String> kept = new HashMap<>(set);
      kept.put("Content-Disposition", "attachment; filename=\"" + name + "\"");
      served.put("/" + name, new Served(kept, KEPT));
      Map<String, String> packed = new HashMap<>(kept);
      packed.put("Content-Encoding", "gzip");
      served.put("/" + name + " gzip", new Served(packed, PACKED));
    }
    served.put("/vault", new Served(vault, VAULT));
    for (String path : List.of("/", "/signup", "/signin", "/forgot", "/recovery", "/launched")) {
      served.put(path, new Served(page, html("").getBytes(UTF_8)));
    }
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    site = "http://localhost:" + server.getAddress().getPort();
  }

  private Map<String, String> held(Map<String, String> set, String path, byte[] bytes)
      throws IOException {
    Map<String, String> held = new HashMap<>(set);
    UnencodedDigest body = UnencodedDigest.of(bytes);
    held.put("Unencoded-Digest", body.value());
    ReleaseFolder release = new ReleaseFolder(folder);
    held.putAll(release.signatures().headers(path, body, release.keys()));
    return held;
  }

  private static Map<String, String> typed(Map<String, String> set, String type) {
    Map<String, String> typed = new HashMap<>(set);
    typed.put("Content-Type", "text/" + type + ";charset=utf-8");
    return typed;
  }

  private String html(String more) {
    return "<!DOCTYPE html><link rel=\"stylesheet\" href=\"/assets/app.css?h=1\" integrity=\""
        + Sha384.of(STYLE).integrity()
        + " "
        + ada.key().integrity()
        + "\"><script type=\"module\" src=\"/assets/vault-loader.js?h=2\" integrity=\""
        + Sha384.of(LOADER).integrity()
        + "\"></script><p>Good morning</p>"
        + more;
  }

  private void publish(ReleaseManifest release) throws IOException {
    ReleaseKeys keys = new ReleaseKeys(1, List.of(ada.key()), log.key());
    Files.writeString(folder.resolve("keys"), keys.text());
    Files.writeString(folder.resolve("release"), release.text());
    new ReleaseFolder(folder).sign(ada);
    new ReleaseFolder(folder).append(log);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    if (path.startsWith(ReleaseFolder.WELL_KNOWN)) {
      looks.addAndGet(path.endsWith("/release") ? 1 : 0);
      Path file = folder.resolve(path.substring(ReleaseFolder.WELL_KNOWN.length()));
      send(exchange, Files.exists(file) ? new Served(Map.of(), Files.readAllBytes(file)) : null);
      return;
    }
    Headers asked = exchange.getRequestHeaders();
    String coding = asked.getFirst("Accept-Encoding");
    String key = coding == null ? path : path + " " + coding;
    Served answer = served.get(key);
    send(exchange, victims.test(asked) ? altered.getOrDefault(key, answer) : answer);
  }

  private static void send(HttpExchange exchange, Served answer) throws IOException {
    if (answer == null) {
      exchange.sendResponseHeaders(404, -1);
    } else {
      answer
          .headers()
          .forEach(
              (name, value) -> {
                if (!name.equals("Strict-Transport-Security") || value.equals("*")) {
                  exchange.getResponseHeaders().add(name, value);
                }
              });
      exchange.sendResponseHeaders(200, answer.body().length);
      exchange.getResponseBody().write(answer.body());
    }
    exchange.close();
  }

  @AfterEach
  void close() {
    server.stop(0);
  }

  private int run(String... more) throws Exception {
    String[] args = new String[2 + more.length];
    args[0] = site;
    args[1] = folder.resolve("keys").toString();
    System.arraycopy(more, 0, args, 2, more.length);
    said.reset();
    return VerifyServed.run(args, new PrintStream(said, true, UTF_8));
  }

  private String said() {
    return said.toString(UTF_8);
  }

  private void finds(String what) throws Exception {
    assertThat(run()).as(said()).isEqualTo(1);
    assertThat(said()).contains(what);
    altered.clear();
    assertThat(run()).as(said()).isZero();
  }

  @Test
  void aSiteThatServesItsReleaseIsFoundInOrder() throws Exception {
    assertThat(run()).as(said()).isZero();
    assertThat(said()).contains("As released, 0.1.0").contains("6 assets, 2 files to keep");
    for (String[] bad :
        new String[][] {{}, {site}, {site, "k", "--watch", "0"}, {site, "k", "x"}}) {
      assertThat(VerifyServed.run(bad, new PrintStream(said, true, UTF_8))).isEqualTo(2);
    }
  }

  @Test
  void fault29OneChangedByteOfAnyFormIsFound() throws Exception {
    Map<String, String> set = served.get("/assets/vault-loader.js").headers();
    altered.put("/assets/vault-loader.js", new Served(set, "'use strict';".getBytes(UTF_8)));
    finds("vault-loader.js is not the file that was released");
    altered.put("/assets/vault-loader.js br", new Served(set, new byte[] {1, 2, 4}));
    finds("vault-loader.js.br is not the file that was released");
    altered.put("/vault", new Served(served.get("/vault").headers(), STYLE));
    finds("/vault is not the document that was released");
  }

  /** The same bytes are honest where pages take their parts from. */
  @Test
  void aFileToKeepThatIsAlteredOnlyWherePeopleGetItIsFound() throws Exception {
    for (String at : List.of("/recovery.html", "/launcher.html", "/recovery.html gzip")) {
      Served honest = served.get(at);
      String said = at.replace(" gzip", ".gz");
      altered.put(at, new Served(honest.headers(), new byte[] {1, 2, 4}));
      finds(said + " is not the file that was released");
      Map<String, String> opened = new HashMap<>(honest.headers());
      opened.remove("Content-Disposition");
      altered.put(at, new Served(opened, honest.body()));
      finds(said + " has another Content-Disposition: []");
    }
    Served honest = served.get("/recovery.html");
    altered.put("/recovery.html", new Served(Map.of(), honest.body()));
    finds("/recovery.html has another Content-Security-Policy: []");
    String without = "(sha384-\\S+ \\d+ \\S+ launcher.html|body launcher.html \\S+)\n";
    publish(ReleaseManifest.parse(release().replaceAll(without, "")));
    assertThat(run()).isEqualTo(1);
    assertThat(said()).contains("/launcher.html is no file of the release");
  }

  @Test
  void codeForOneKindOfVisitorAloneIsFound() throws Exception {
    Map<String, String> set = served.get("/assets/app.css").headers();
    altered.put("/assets/app.css", new Served(set, "body{opacity:0}".getBytes(UTF_8)));
    victims = headers -> headers.containsKey("Cookie");
    assertThat(run()).isEqualTo(1);
    assertThat(said()).contains("somebody with a cookie").doesNotContain("a program");
    Map<String, String> others =
        Map.of(
            "Accept-Language de", "a German with Chromium",
            "Accept-Language ja", "somebody with a cookie",
            "User-Agent Chrome/", "a German with Chromium",
            "User-Agent Firefox/", "an American with Firefox",
            "User-Agent Java-http-client/", "a program");
    for (Map.Entry<String, String> other : others.entrySet()) {
      String[] told = other.getKey().split(" ");
      altered.put("/assets/app.css", new Served(set, "body{opacity:0}".getBytes(UTF_8)));
      victims = headers -> String.valueOf(headers.getFirst(told[0])).contains(told[1]);
      finds("For " + other.getValue() + ", app.css is not the file");
    }
  }

  @Test
  void fault29EveryHeaderThatIsMissingOrOtherIsFound() throws Exception {
    Served page = served.get("/signin");
    altered.put("/signin", new Served(Map.of(), page.body()));
    assertThat(run()).isEqualTo(1);
    for (String name : page.headers().keySet()) {
      if (!name.equals("Strict-Transport-Security")) {
        assertThat(said()).contains("/signin has another " + name + ": []");
      }
    }
    Map<String, String> laxer = new HashMap<>(page.headers());
    laxer.computeIfPresent("Content-Security-Policy", (name, value) -> value + "; x-src 'self'");
    altered.put("/signin", new Served(laxer, page.body()));
    finds("/signin has another Content-Security-Policy: [");
  }

  @Test
  void anAssetThatIsNotHeldByTheReleasesSignaturesIsFound() throws Exception {
    Served style = served.get("/assets/app.css");
    for (String name : List.of("Unencoded-Digest", "Signature-Input", "Signature")) {
      Map<String, String> set = new HashMap<>(style.headers());
      set.remove(name);
      altered.put("/assets/app.css", new Served(set, STYLE));
      finds("app.css has another " + name + ": []");
    }
    String stranger = NoteSigner.make("ada").key().integrity();
    for (String demanded : List.of(stranger, ada.key().integrity() + " " + stranger)) {
      String page = html("").replace(ada.key().integrity(), demanded);
      altered.put("/", new Served(served.get("/").headers(), page.getBytes(UTF_8)));
      finds("/ has <link rel=\"stylesheet\"");
    }
    Files.delete(folder.resolve("signatures"));
    assertThat(run()).isEqualTo(1);
    assertThat(said()).contains("signatures is answered with status 404");
  }

  @Test
  void fault29APageWithAScriptThatWasNotReleasedIsFound() throws Exception {
    Map<String, String> set = served.get("/").headers();
    List<String> more =
        List.of(
            "<script>",
            "<script src=\"https://elsewhere.example/a.js\">",
            "<script src=\"/assets/vault-loader.js\">",
            "<style>",
            "<base href=\"https://elsewhere.example/\">",
            "<meta http-equiv=\"refresh\" content=\"0\">",
            "<object data=\"x\">");
    altered.put("/", new Served(set, html(String.join("", more)).getBytes(UTF_8)));
    assertThat(run()).isEqualTo(1);
    assertThat(more).allSatisfy(stranger -> assertThat(said()).contains("/ has " + stranger));
    for (String own : List.of("<p onclick=\"x()\">x</p>", "<p style=\"opacity:0\">x</p>")) {
      altered.put("/", new Served(set, html(own).getBytes(UTF_8)));
      finds("/ has a style or handler of its own");
    }
  }

  @Test
  void aReleaseThatNobodyTrustedSignedIsFound() throws Exception {
    NoteSigner stranger = NoteSigner.make("ada");
    String text = SignedNote.parse(Files.readString(folder.resolve("release"))).text();
    Files.writeString(folder.resolve("release"), SignedNote.of(text).signed(stranger).note());
    assertThat(run()).isEqualTo(1);
    assertThat(said()).contains("0 of the release keys");
  }

  @Test
  void aLogThatForgetsOrRewritesWhatItHeldIsFound() throws Exception {
    String seen = folder.resolve("seen").toString();
    assertThat(run("--seen", seen)).as(said()).isZero();
    publish(ReleaseManifest.parse(release().replace("version 0.1.0", "version 0.1.1")));
    assertThat(run("--seen", seen)).as(said()).isZero();
    assertThat(run("--seen", seen)).as("the same again").isZero();
    try (var files = Files.walk(folder.resolve("log"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.delete(file);
      }
    }
    publish(ReleaseManifest.parse(release().replace("version 0.1.1", "version 0.1.2")));
    assertThat(run()).as("who never looked before does not know").isZero();
    assertThat(run("--seen", seen)).isEqualTo(1);
    assertThat(said()).contains("it was rewritten");
  }

  private String release() throws IOException {
    return SignedNote.parse(Files.readString(folder.resolve("release"))).text();
  }

  @Test
  void aHeaderThatLeadsElsewhereAndAnotherMediaTypeAreFound() throws Exception {
    Served page = served.get("/");
    for (String name :
        List.of("Refresh", "Link", "Access-Control-Allow-Origin", "Strict-Transport-Security")) {
      Map<String, String> more = new HashMap<>(page.headers());
      more.put(name, "*");
      altered.put("/", new Served(more, page.body()));
      assertThat(run()).isEqualTo(1);
      assertThat(said()).contains("/ has another " + name + ": [*]");
    }
    Served style = served.get("/assets/app.css");
    altered.clear();
    altered.put("/assets/app.css", new Served(typed(style.headers(), "plain"), STYLE));
    finds("app.css has another Content-Type");
  }

  @Test
  void aReleaseThatLeavesOutAPageIsFound() throws Exception {
    publish(ReleaseManifest.parse(release().replace("page forgot page\n", "")));
    assertThat(run()).isEqualTo(1);
    assertThat(said()).contains("/forgot is no page of the release");
  }

  @Test
  void anAnswerWithoutAnEndHoldsNobodyUp() throws Exception {
    server.createContext(
        "/vault",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(VAULT);
          exchange.getResponseBody().flush();
        });
    ReleaseKeys keys = new ReleaseFolder(folder).keys();
    List<String> differences =
        new VerifyServed(URI.create(site), keys, Duration.ofMillis(500))
            .differences(ReleaseManifest.parse(release()), new ReleaseFolder(folder).signatures());
    assertThat(differences).hasSize(4).allMatch(line -> line.contains("/vault could not be fetch"));
  }

  @Test
  void anAnswerThatIsTooLongIsNotKept() throws Exception {
    byte[] much = new byte[Visitor.MOST_BYTES + 1];
    altered.put("/vault", new Served(served.get("/vault").headers(), much));
    victims = headers -> headers.containsKey("Cookie");
    finds("For somebody with a cookie, /vault could not be fetched");
  }

  @Test
  void aSiteThatIsAwayAndKeysThatAreNoneAreSaid() throws Exception {
    server.stop(0);
    assertThat(run()).isEqualTo(1);
    assertThat(said()).contains("no whole answer from");
    Files.writeString(folder.resolve("keys"), "no keys");
    assertThat(run()).isEqualTo(2);
    assertThat(said()).contains("KEYS cannot be used");
  }

  @Test
  void fault29WhoWatchesEndsAtTheFirstDifference() throws Exception {
    Map<String, String> set = served.get("/assets/app.css").headers();
    altered.put("/assets/app.css", new Served(set, LOADER));
    victims = headers -> looks.get() > 1;
    assertThat(run("--watch", "1")).isEqualTo(1);
    assertThat(said()).contains("As released").contains("app.css is not the file");
  }
}
