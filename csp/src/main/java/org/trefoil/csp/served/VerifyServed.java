package org.trefoil.csp.served;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.trefoil.csp.Asset;
import org.trefoil.csp.Sha384;
import org.trefoil.csp.UnencodedDigest;
import org.trefoil.csp.log.Checkpoint;
import org.trefoil.csp.log.LogFiles;
import org.trefoil.csp.log.LogProof;
import org.trefoil.csp.log.MerkleTree;
import org.trefoil.csp.release.AssetSignatures;
import org.trefoil.csp.release.HashWords;
import org.trefoil.csp.release.ReleaseFolder;
import org.trefoil.csp.release.ReleaseKeys;
import org.trefoil.csp.release.ReleaseManifest;

/**
 * Compares what a site serves with the release that it says to be: signed by enough of the keys one
 * trusts, held by the log, and no page, header or asset other than it, whoever asks.
 *
 * <p>It sees what the server gives to <i>these</i> visitors from here: a server that serves altered
 * files to one person alone, told apart by a password or an address, is found by that person's
 * browser extension or launcher, not from elsewhere.
 */
public final class VerifyServed {
  private static final String USAGE =
      """
      VerifyServed ORIGIN KEYS [--seen FILE] [--watch SECONDS]
        ORIGIN   for example https://wallet.example
        KEYS     file of the release keys that you trust
        --seen   keeps the log's newest checkpoint in FILE and demands that the log goes on from it
        --watch  looks again and again, and ends at the first difference
      """;

  /**
   * Headers that no set of ours has unless it names them: each leads or lets a browser elsewhere.
   */
  static final List<String> STRANGERS =
      List.of(
          "Access-Control-Allow-Credentials",
          "Access-Control-Allow-Origin",
          "Content-Security-Policy-Report-Only",
          "Link",
          "Refresh",
          "Service-Worker-Allowed",
          "SourceMap",
          "X-SourceMap");

  /** Pages that everybody may open, and the names by which a release has them. */
  static final Map<String, String> PAGES = pages();

  /**
   * Files that people keep, where they get them; as assets the same bytes are at other addresses.
   */
  static final List<String> KEPT = List.of("recovery.html", "launcher.html");

  private static final Pattern NAME = Pattern.compile("LAUNCHER_SHA256 = '[0-9a-f]{64}'");

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final URI site;
  private final ReleaseKeys keys;
  private final Duration patience;

  /** For the site at this origin. */
  public VerifyServed(URI site, ReleaseKeys keys) {
    this(site, keys, PATIENCE);
  }

  /** With another time for one whole answer. */
  VerifyServed(URI site, ReleaseKeys keys, Duration patience) {
    this.site = site;
    this.keys = keys;
    this.patience = patience;
  }

  private static Map<String, String> pages() {
    Map<String, String> pages = new LinkedHashMap<>();
    pages.put("/", "landing");
    pages.put("/signup", "signup");
    pages.put("/signin", "signin");
    pages.put("/forgot", "forgot");
    pages.put("/recovery", "recovery");
    pages.put("/launched", "launched");
    return pages;
  }

  /** Ends with 1 when anything is different, with 2 when it is not understood. */
  public static void main(String[] args) throws Exception {
    System.exit(run(args, System.out));
  }

  /** What {@link #main} does: the arguments, where to say it, the exit code. */
  public static int run(String[] args, PrintStream out) throws IOException, InterruptedException {
    Path seen = null;
    long watch = 0;
    for (int i = 2; i + 1 < args.length; i += 2) {
      if (args[i].equals("--seen")) {
        seen = Path.of(args[i + 1]);
      } else if (args[i].equals("--watch") && args[i + 1].matches("[1-9][0-9]{0,5}")) {
        watch = Long.parseLong(args[i + 1]);
      } else {
        out.print(USAGE);
        return 2;
      }
    }
    if (args.length < 2 || args.length % 2 != 0) {
      out.print(USAGE);
      return 2;
    }
    VerifyServed verify;
    try {
      ReleaseKeys keys = ReleaseKeys.parse(Files.readString(Path.of(args[1])));
      verify = new VerifyServed(URI.create(args[0]), keys);
    } catch (IOException | IllegalArgumentException e) {
      out.println("ORIGIN or KEYS cannot be used: " + e.getMessage());
      return 2;
    }
    while (true) {
      List<String> differences = verify.look(seen, out);
      differences.forEach(out::println);
      if (!differences.isEmpty()) {
        return 1;
      }
      if (watch == 0) {
        return 0;
      }
      Thread.sleep(Duration.ofSeconds(watch).toMillis());
    }
  }

  private List<String> look(@Nullable Path seen, PrintStream out) {
    try {
      String proof = text(ReleaseFolder.PROOF);
      ReleaseManifest release = keys.open(text(ReleaseFolder.RELEASE), proof);
      log(LogProof.parse(proof), release, seen);
      AssetSignatures signatures = AssetSignatures.parse(text(ReleaseFolder.SIGNATURES));
      signatures.demand(release, keys);
      List<String> differences = differences(release, signatures);
      if (differences.isEmpty()) {
        out.println(
            "As released, "
                + release.version()
                + " of "
                + release.commit()
                + ": "
                + release.assets().assets().size()
                + " assets, "
                + KEPT.size()
                + " files to keep, the vault, "
                + PAGES.size()
                + " pages, to "
                + Visitor.ALL.size()
                + " visitors.");
        words(release).forEach(out::println);
      }
      return differences;
    } catch (IllegalArgumentException | IOException e) {
      return List.of(String.valueOf(e.getMessage()));
    }
  }

  /** What a launcher shows of this release, in the same words; or why not. */
  private List<String> words(ReleaseManifest release) throws IOException {
    try {
      HashWords words = HashWords.of(asset(release, "launcher.html"));
      String loader = asset(release, "vault-loader.js");
      // A launcher cannot name itself, so it compares the loader without its own name.
      Sha384 nameless = Sha384.of(NAME.matcher(loader).replaceAll("LAUNCHER_SHA256 = ''"));
      return List.of(
          words.line("Loader", nameless),
          words.line("Program", release.assets().get("vault.wasm").digest()));
    } catch (IllegalArgumentException e) {
      return List.of("Its hashes are not told in words: " + e.getMessage());
    }
  }

  private String asset(ReleaseManifest release, String path) throws IOException {
    byte[] bytes = body("/assets/" + path);
    if (!Sha384.of(bytes).equals(release.assets().get(path).digest())) {
      throw new IllegalArgumentException(path + " is not the file that was released");
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** The whole log is read: it must be the one that was signed, now and when it was last seen. */
  private void log(LogProof proof, ReleaseManifest release, @Nullable Path seen)
      throws IOException {
    String note = text(ReleaseFolder.LOG + LogFiles.CHECKPOINT);
    Checkpoint now = Checkpoint.open(note, keys.log());
    MerkleTree tree = LogFiles.tree(path -> bytes(ReleaseFolder.LOG + path), now.size());
    if (!tree.root().equals(now.root())) {
      throw new IllegalArgumentException("the log's tiles are not those that it signed");
    }
    goesOn(
        proof.open(release.text().getBytes(StandardCharsets.UTF_8), keys.log()),
        now,
        tree,
        "the release's proof is of another log than the one that is served");
    if (seen != null) {
      if (Files.exists(seen)) {
        Checkpoint old = Checkpoint.open(Files.readString(seen), keys.log());
        goesOn(old, now, tree, "the log does not go on from the one seen before: it was rewritten");
      }
      Files.writeString(seen, note);
    }
  }

  private static void goesOn(Checkpoint old, Checkpoint now, MerkleTree tree, String otherwise) {
    boolean holds =
        old.size() >= 1
            && old.size() <= now.size()
            && MerkleTree.continues(
                old.size(),
                old.root(),
                now.size(),
                now.root(),
                tree.consistency(Math.toIntExact(old.size())));
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  /** One sentence for each difference; empty when all is as released. */
  public List<String> differences(ReleaseManifest release, AssetSignatures signatures) {
    List<String> differences = new ArrayList<>();
    for (Visitor visitor : Visitor.ALL) {
      new Look(visitor, release, signatures, differences).everywhere();
    }
    return differences;
  }

  /** What one visitor sees. */
  private final class Look {
    private final Visitor visitor;
    private final ReleaseManifest release;
    private final AssetSignatures signatures;
    private final List<String> differences;

    Look(
        Visitor visitor,
        ReleaseManifest release,
        AssetSignatures signatures,
        List<String> differences) {
      this.visitor = visitor;
      this.release = release;
      this.signatures = signatures;
      this.differences = differences;
    }

    void everywhere() {
      for (Asset asset : release.assets().assets()) {
        String set =
            asset.path().startsWith("vault") ? ReleaseManifest.VAULT_ASSET : ReleaseManifest.ASSET;
        HttpResponse<byte[]> answer = answer("/assets/" + asset.asked(), asset.coding(), set);
        if (answer != null && !Sha384.of(answer.body()).equals(asset.digest())) {
          say(asset.path() + " is not the file that was released");
        }
        if (answer != null) {
          UnencodedDigest body = release.bodies().get(asset.asked());
          expect(answer, asset.path(), UnencodedDigest.HEADER, body.value());
          signatures
              .headers(asset.asked(), body, keys)
              .forEach((name, value) -> expect(answer, asset.path(), name, value));
        }
        if (answer != null && asset.coding().isEmpty()) {
          expect(answer, asset.path(), "Content-Type", asset.type());
        }
      }
      KEPT.forEach(this::kept);
      HttpResponse<byte[]> vault = answer("/vault", "", ReleaseManifest.VAULT);
      if (vault != null && !Sha384.of(vault.body()).equals(release.vault())) {
        say("/vault is not the document that was released");
      }
      ServedPage page = new ServedPage(release.assets(), keys);
      PAGES.forEach(
          (path, name) -> {
            String set = release.pages().get(name);
            if (set == null) {
              say(path + " is no page of the release");
              return;
            }
            HttpResponse<byte[]> answer = answer(path, "", set);
            if (answer != null) {
              page.strangers(new String(answer.body(), StandardCharsets.UTF_8))
                  .forEach(stranger -> say(path + " has " + stranger));
            }
          });
    }

    /** A file that is downloaded to be kept, in each form; a browser must not open it instead. */
    private void kept(String name) {
      if (release.assets().find(name).isEmpty()) {
        say("/" + name + " is no file of the release");
      }
      for (Asset asset : release.assets().assets()) {
        if (asset.asked().equals(name)) {
          HttpResponse<byte[]> answer = answer("/" + name, asset.coding(), ReleaseManifest.ASSET);
          if (answer != null && !Sha384.of(answer.body()).equals(asset.digest())) {
            say("/" + asset.path() + " is not the file that was released");
          }
          if (answer != null) {
            expect(answer, "/" + asset.path(), "Content-Encoding", asset.coding());
            String kept = "attachment; filename=\"" + name + "\"";
            expect(answer, "/" + asset.path(), "Content-Disposition", kept);
          }
        }
      }
    }

    /** An answer with the headers of its set; null, and said, when there is none. */
    private @Nullable HttpResponse<byte[]> answer(String path, String coding, String set) {
      HttpResponse<byte[]> answer;
      try {
        answer = visitor.get(site.resolve(path), coding, patience);
      } catch (IOException e) {
        say(path + " could not be fetched");
        return null;
      }
      if (answer.statusCode() != 200) {
        say(path + " is answered with status " + answer.statusCode());
        return null;
      }
      Map<String, String> expected = new HashMap<>();
      STRANGERS.forEach(name -> expected.put(name, ""));
      expected.putAll(release.sets().getOrDefault(set, Map.of()));
      if (!"https".equals(site.getScheme())) {
        expected.put("Strict-Transport-Security", "");
      }
      expected.forEach((name, value) -> expect(answer, path, name, value));
      return answer;
    }

    /** One header of this value, or none where it is empty. */
    private void expect(HttpResponse<byte[]> answer, String path, String name, String value) {
      List<String> found = answer.headers().allValues(name);
      if (!found.equals(value.isEmpty() ? List.of() : List.of(value))) {
        say(path + " has another " + name + ": " + found);
      }
    }

    private void say(String what) {
      differences.add("For " + visitor.name() + ", " + what);
    }
  }

  private String text(String name) throws IOException {
    return new String(bytes(name), StandardCharsets.UTF_8);
  }

  private byte[] bytes(String name) throws IOException {
    return body(ReleaseFolder.WELL_KNOWN + name);
  }

  private byte[] body(String path) throws IOException {
    HttpResponse<byte[]> answer = Visitor.ALL.get(0).get(site.resolve(path), "", patience);
    if (answer.statusCode() != 200) {
      throw new IllegalArgumentException(path + " is answered with status " + answer.statusCode());
    }
    return answer.body();
  }
}
