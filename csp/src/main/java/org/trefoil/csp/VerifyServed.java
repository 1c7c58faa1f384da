package org.trefoil.csp;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares what a site serves with what was built.
 *
 * <p>Fetches every asset of a manifest, plain and packed, and the vault document, and says each
 * difference in one sentence. It sees what the server gives to <i>this</i> visitor: a server that
 * serves altered files to one person alone is not found from elsewhere.
 */
public final class VerifyServed {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final URI site;
  private final HttpClient client;

  /** For the site at this origin, for example {@code https://wallet.example}. */
  public VerifyServed(URI site) {
    this.site = site;
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /** Arguments: the site's origin, the manifest's file. Ends with 1 when anything is different. */
  public static void main(String[] args) throws IOException {
    System.exit(run(args, System.out));
  }

  static int run(String[] args, PrintStream out) throws IOException {
    if (args.length != 2) {
      out.println(
          "VerifyServed ORIGIN MANIFEST, for example https://wallet.example assets.manifest");
      return 2;
    }
    AssetManifest manifest = AssetManifest.parse(Files.readString(Path.of(args[1])));
    List<String> differences = new VerifyServed(URI.create(args[0])).differences(manifest);
    differences.forEach(out::println);
    if (differences.isEmpty()) {
      out.println(manifest.assets().size() + " assets and the vault's policy are as built.");
    }
    return differences.isEmpty() ? 0 : 1;
  }

  /** One sentence for each difference; empty when all is as built. */
  public List<String> differences(AssetManifest manifest) {
    List<String> differences = new ArrayList<>();
    for (Asset asset : manifest.assets()) {
      try {
        HttpResponse<byte[]> answer = get("/assets/" + asset.asked(), asset.coding());
        if (answer.statusCode() != 200) {
          differences.add(asset.path() + " is answered with status " + answer.statusCode());
        } else if (!Sha384.of(answer.body()).equals(asset.digest())) {
          differences.add(asset.path() + " is not the file that was built");
        }
      } catch (IOException e) {
        differences.add(asset.path() + " could not be fetched");
      }
    }
    checkVault(manifest, differences);
    return differences;
  }

  /** The vault's policy must pin exactly one script, and that one must be in the manifest. */
  private void checkVault(AssetManifest manifest, List<String> differences) {
    try {
      String policy = get("/vault", "").headers().firstValue("Content-Security-Policy").orElse("");
      List<String> pinned = new ArrayList<>();
      for (String directive : policy.split(";")) {
        if (directive.strip().startsWith("script-src ")) {
          for (String source : directive.strip().substring(11).split(" ")) {
            pinned.add(source);
          }
        }
      }
      String loader = Source.hash(manifest.get("vault-loader.js").digest()).text();
      if (!pinned.equals(List.of(loader, Source.WASM.text()))) {
        differences.add(
            "the vault's policy lets other scripts run than the one that was built: " + pinned);
      }
    } catch (IOException e) {
      differences.add("the vault could not be fetched");
    }
  }

  private HttpResponse<byte[]> get(String path, String coding) throws IOException {
    try {
      HttpRequest.Builder request = HttpRequest.newBuilder(site.resolve(path)).timeout(PATIENCE);
      if (!coding.isEmpty()) {
        request.header("Accept-Encoding", coding);
      }
      return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
