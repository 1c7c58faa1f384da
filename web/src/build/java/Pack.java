import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.Encoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.trefoil.core.keys.EnglishWords;
import org.trefoil.csp.Asset;
import org.trefoil.csp.AssetManifest;
import org.trefoil.csp.LauncherPage;
import org.trefoil.csp.OneFilePage;
import org.trefoil.csp.Sha384;
import org.trefoil.csp.log.Checkpoint;
import org.trefoil.csp.log.LogFiles;
import org.trefoil.csp.release.Pins;
import org.trefoil.csp.release.ReleaseFolder;
import org.trefoil.csp.release.ReleaseKeys;

/**
 * Packs what browsers download: assets, the pages' one script, the vault; each also as .br and .gz,
 * and the manifest of all.
 *
 * <p>The same sources give the same bytes: files are taken in the order of their names, and nothing
 * of time or machine goes in. Arguments: folder of assets, folder of script parts, vault.wasm,
 * folder to write, folder of the recovery page's parts, the vault's page, the release's number,
 * folder of the launcher's parts, the sentences of refusals, folder of what the launcher pins
 * besides (<code>keys</code> and <code>checkpoint</code>, each may be missing), folder of the
 * browser extension's parts, folder to write it to.
 */
public final class Pack {
  private static final String WASM_DIGEST = "@@WASM_SHA384@@";
  private static final String RELEASE = "@@RELEASE@@";
  private static final String RECOVERY_DIGEST = "@@RECOVERY_SHA256@@";
  private static final String LAUNCHER_DIGEST = "@@LAUNCHER_SHA256@@";

  /** What the vault may weigh over the wire, packed with brotli. */
  private static final int VAULT_LIMIT = 350_000;

  public static void main(String[] args) throws IOException {
    Path wasm = Path.of(args[2]);
    if (!Files.isRegularFile(wasm)) {
      throw new IllegalStateException(
          "There is no "
              + wasm
              + "; build client-wasm/vault first (its wasm is made in the phase prepare-package).");
    }
    Map<String, byte[]> files = new TreeMap<>(read(Path.of(args[0])));
    files.put("app.js", join(read(Path.of(args[1])), args[6]));
    files.put("vault.wasm", Files.readAllBytes(wasm));
    String vaultPage = Files.readString(Path.of(args[5]));
    pin(files, read(Path.of(args[4])), vaultPage);
    launcher(files, args[6], read(Path.of(args[7])), vaultPage, Path.of(args[8]), Path.of(args[9]));
    extension(read(Path.of(args[10])), read(Path.of(args[7])), args, Path.of(args[11]));
    write(files, Path.of(args[3]));
  }

  private static Map<String, byte[]> read(Path folder) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> found = Files.walk(folder)) {
      for (Path file : found.filter(Files::isRegularFile).toList()) {
        files.put(folder.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
      }
    }
    return files;
  }

  /**
   * One ES module out of the parts, in the order of their names; they share its scope, so no module
   * graph is needed. It knows the release that it is of.
   */
  private static byte[] join(Map<String, byte[]> parts, String release) {
    StringBuilder script = new StringBuilder();
    parts.forEach(
        (name, bytes) -> script.append(new String(bytes, StandardCharsets.UTF_8)).append('\n'));
    if (script.indexOf(RELEASE) < 0) {
      throw new IllegalStateException("the pages' script has no " + RELEASE + " to fill in");
    }
    return script.toString().replace(RELEASE, release).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Writes the digest of the wasm into the loader, which compares it before it compiles anything;
   * makes recovery.html with that loader, and writes its digest into the vault frame's loader, from
   * which it gets onto the sheets.
   */
  private static void pin(
      Map<String, byte[]> files, Map<String, byte[]> recovery, String vaultPage) {
    byte[] wasm = files.get("vault.wasm");
    String digest = Sha384.of(wasm).base64();
    byte[] loader = files.get("vault-loader.js");
    String text = loader == null ? "" : text(loader);
    if (!text.contains(WASM_DIGEST) || !text.contains(RECOVERY_DIGEST)) {
      throw new IllegalStateException(
          "vault-loader.js has no " + WASM_DIGEST + " or " + RECOVERY_DIGEST + " to fill in");
    }
    text = text.replace(WASM_DIGEST, digest);
    byte[] page =
        recoveryPage(
                wasm,
                text.replace(RECOVERY_DIGEST, "").replace(LAUNCHER_DIGEST, ""),
                recovery,
                vaultPage)
            .getBytes(StandardCharsets.UTF_8);
    files.put("recovery.html", page);
    files.put(
        "vault-loader.js",
        text.replace(RECOVERY_DIGEST, sha256(page)).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Makes launcher.html, which pins the loader as it is without the launcher's digest, and writes
   * that digest into the loader.
   */
  private static void launcher(
      Map<String, byte[]> files,
      String release,
      Map<String, byte[]> parts,
      String vaultPage,
      Path sentences,
      Path pinned)
      throws IOException {
    String loader = text(files.get("vault-loader.js"));
    if (!loader.contains(LAUNCHER_DIGEST)) {
      throw new IllegalStateException("vault-loader.js has no " + LAUNCHER_DIGEST);
    }
    String style = style(vaultPage);
    Path keysFile = pinned.resolve(ReleaseFolder.KEYS);
    Path seenFile = pinned.resolve(LogFiles.CHECKPOINT);
    ReleaseKeys keys =
        Files.exists(keysFile) ? ReleaseKeys.parse(Files.readString(keysFile)) : null;
    Checkpoint seen =
        keys != null && Files.exists(seenFile)
            ? Checkpoint.open(Files.readString(seenFile), keys.log())
            : null;
    Pins pins =
        new Pins(
            release,
            Sha384.of(loader.replace(LAUNCHER_DIGEST, "")),
            Sha384.of(style),
            Sha384.of(files.get("vault.wasm")),
            keys,
            seen);
    OneFilePage page =
        new OneFilePage(
            "Trefoil launcher",
            text(parts.get("gate.js")),
            style + text(parts.get("launcher.css")),
            text(parts.get("body.html")),
            List.of(text(parts.get("verify.js")), text(parts.get("launcher.js"))));
    Map<String, String> data =
        Map.of("pins", pins.text(), "sentences", said(sentences), "words", words());
    byte[] file =
        new LauncherPage(page, text(parts.get("boot.js")), data)
            .html()
            .getBytes(StandardCharsets.UTF_8);
    files.put("launcher.html", file);
    files.put(
        "vault-loader.js",
        loader.replace(LAUNCHER_DIGEST, sha256(file)).getBytes(StandardCharsets.UTF_8));
  }

  /** The browser extension as a folder to be loaded: its parts, and what the launcher verifies by. */
  private static void extension(
      Map<String, byte[]> parts, Map<String, byte[]> launcher, String[] args, Path out)
      throws IOException {
    Map<String, byte[]> files = new TreeMap<>(parts);
    files.put("verify.js", launcher.get("verify.js"));
    String manifest = text(parts.get("manifest.json")).replace(RELEASE, args[6]);
    files.put("manifest.json", manifest.getBytes(StandardCharsets.UTF_8));
    StringBuilder json = new StringBuilder("{");
    for (String line : said(Path.of(args[8])).split("\n")) {
      String escaped = line.replace("\\", "\\\\").replace("\"", "\\\"");
      json.append(json.length() > 1 ? ",\n\"" : "\n\"");
      json.append(escaped.replaceFirst("=", "\": \"")).append('"');
    }
    files.put("sentences.json", json.append("\n}\n").toString().getBytes(StandardCharsets.UTF_8));
    clear(out);
    Files.createDirectories(out);
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Files.write(out.resolve(file.getKey()), file.getValue());
    }
  }

  /** The sentences that the launcher and the extension may have to say, a line each. */
  private static String said(Path sentences) throws IOException {
    StringBuilder said = new StringBuilder();
    for (String line : Files.readAllLines(sentences)) {
      if (line.matches("(launcher-|extension-|browser-too-old=).*")) {
        said.append(line).append('\n');
      }
    }
    return said.toString();
  }

  private static String words() {
    StringBuilder words = new StringBuilder();
    for (int i = 0; i < 2048; i++) {
      words.append(EnglishWords.word(i)).append('\n');
    }
    return words.toString();
  }

  private static String style(String vaultPage) {
    return vaultPage.substring(vaultPage.indexOf("<style>") + 7, vaultPage.indexOf("</style>"));
  }

  /** The vault with its own style and loader, and the few lines that start it, in one file. */
  private static String recoveryPage(
      byte[] wasm, String loader, Map<String, byte[]> parts, String vaultPage) {
    String style = style(vaultPage) + text(parts.get("recovery.css"));
    String body =
        text(parts.get("body.html"))
            + "<script type=\"application/octet-stream\">"
            + Base64.getEncoder().encodeToString(wasm)
            + "</script>\n";
    List<String> scripts = List.of(loader, text(parts.get("start.js")));
    return new OneFilePage("Trefoil recovery", text(parts.get("gate.js")), style, body, scripts).html();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** As {@code sha256sum} prints it: people compare it with the sheets. */
  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static void write(Map<String, byte[]> files, Path out) throws IOException {
    if (!Brotli4jLoader.isAvailable()) {
      throw new IllegalStateException(
          "brotli is not available for this machine", Brotli4jLoader.getUnavailabilityCause());
    }
    clear(out);
    List<Asset> assets = new ArrayList<>();
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path target = out.resolve(file.getKey());
      Files.createDirectories(target.getParent());
      Files.write(target, file.getValue());
      assets.add(Asset.of(file.getKey(), file.getValue()));
      byte[] brotli = brotli(file.getValue());
      if (file.getKey().equals("vault.wasm") && brotli.length > VAULT_LIMIT) {
        throw new IllegalStateException(
            "vault.wasm weighs " + brotli.length + " bytes packed, more than " + VAULT_LIMIT);
      }
      keep(out, file.getKey() + ".br", brotli, file.getValue(), assets);
      keep(out, file.getKey() + ".gz", gzip(file.getValue()), file.getValue(), assets);
    }
    Files.writeString(out.resolve("assets.manifest"), AssetManifest.of(assets).text());
  }

  /** Takes away what an earlier build wrote, so that nothing stays that is no longer made. */
  private static void clear(Path out) throws IOException {
    if (Files.isDirectory(out)) {
      try (Stream<Path> old = Files.walk(out)) {
        for (Path file : old.filter(Files::isRegularFile).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  /** A packed form that is no smaller than the file is not worth a header. */
  private static void keep(Path out, String path, byte[] packed, byte[] plain, List<Asset> assets)
      throws IOException {
    if (packed.length < plain.length) {
      Files.write(out.resolve(path), packed);
      assets.add(Asset.of(path, packed));
    }
  }

  private static byte[] brotli(byte[] plain) throws IOException {
    return Encoder.compress(plain, new Encoder.Parameters().setQuality(11).setWindow(22));
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip =
        new GZIPOutputStream(packed) {
          {
            def.setLevel(9);
          }
        }) {
      gzip.write(plain);
    }
    return packed.toByteArray();
  }
}
