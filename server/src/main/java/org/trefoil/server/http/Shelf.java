package org.trefoil.server.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.trefoil.csp.Asset;
import org.trefoil.csp.AssetManifest;
import org.trefoil.csp.Sha384;
import org.trefoil.csp.UnencodedDigest;
import org.trefoil.csp.release.AssetSignatures;
import org.trefoil.csp.release.ReleaseFolder;
import org.trefoil.csp.release.ReleaseKeys;

/**
 * The assets, held in memory in each form in which they are served.
 *
 * <p>Made only after every byte of every form was compared with the manifest: a server with an
 * altered asset does not start. A form that the manifest does not name is not served.
 *
 * <p>The assets of a signed release carry its signatures, and pages demand them where a policy by
 * hashes lets them: of the style sheet. A browser that has it without, from the time before, would
 * keep to that for a year, so its address names the keys as well.
 */
final class Shelf {
  private static final String FOLDER = "web/assets/";

  private final AssetManifest manifest;
  private final Map<String, byte[]> files;
  private final Map<String, UnencodedDigest> bodies = new HashMap<>();
  private final Map<String, Map<String, String>> holding = new HashMap<>();
  private final @Nullable ReleaseKeys keys;

  private Shelf(
      AssetManifest manifest,
      Map<String, byte[]> files,
      AssetSignatures signatures,
      @Nullable ReleaseKeys keys) {
    this.manifest = manifest;
    this.files = files;
    this.keys = keys;
    for (Asset asset : manifest.assets()) {
      if (asset.coding().isEmpty()) {
        String path = asset.path();
        UnencodedDigest body = UnencodedDigest.of(Objects.requireNonNull(files.get(path), path));
        bodies.put(path, body);
        Map<String, String> headers = new HashMap<>(Map.of(UnencodedDigest.HEADER, body.value()));
        if (keys != null) {
          headers.putAll(signatures.headers(path, body, keys));
        }
        holding.put(path, headers);
      }
    }
  }

  Shelf(AssetManifest manifest, Function<String, byte @Nullable []> read) {
    this(manifest, checked(manifest, read), AssetSignatures.none(), null);
  }

  private static Map<String, byte[]> checked(
      AssetManifest manifest, Function<String, byte @Nullable []> read) {
    List<String> differences = manifest.differences(read);
    if (!differences.isEmpty()) {
      throw new IllegalStateException(
          "The assets are not those that were built: " + String.join("; ", differences));
    }
    Map<String, byte[]> files = new HashMap<>();
    for (Asset asset : manifest.assets()) {
      files.put(asset.path(), Objects.requireNonNull(read.apply(asset.path())));
    }
    return files;
  }

  /** These assets with the signatures of the release in that folder; as they are without one. */
  Shelf signed(@Nullable Path folder) {
    if (folder == null) {
      return this;
    }
    ReleaseFolder release = new ReleaseFolder(folder);
    try {
      return new Shelf(manifest, files, release.signatures(), release.keys());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The assets on the class path, checked; throws when any is missing or different. */
  static Shelf open() {
    byte[] manifest = read(FOLDER + "assets.manifest");
    if (manifest == null) {
      throw new IllegalStateException(
          "There is no web/assets/assets.manifest on the class path; build the module web.");
    }
    return new Shelf(
        AssetManifest.parse(new String(manifest, StandardCharsets.UTF_8)),
        path -> read(FOLDER + path));
  }

  /** These assets, as they are. */
  static Shelf of(Map<String, byte[]> files) {
    List<Asset> assets =
        files.entrySet().stream().map(file -> Asset.of(file.getKey(), file.getValue())).toList();
    return new Shelf(AssetManifest.of(assets), files::get);
  }

  /** Where an asset is; the address changes with its bytes, so that it may be cached for ever. */
  String address(String path) {
    String address = "/assets/" + path + "?h=" + manifest.get(path).digest().shortHex();
    return signersOf(path).isEmpty()
        ? address
        : address + "&k=" + Sha384.of(signersOf(path)).shortHex();
  }

  /** What a page demands of an asset: its hash, and of a style sheet a key's signature as well. */
  String integrity(String path) {
    return manifest.get(path).digest().integrity() + signersOf(path);
  }

  private String signersOf(String path) {
    StringBuilder signers = new StringBuilder();
    if (keys != null && path.endsWith(".css")) {
      keys.keys().forEach(key -> signers.append(' ').append(key.integrity()));
    }
    return signers.toString();
  }

  /** The headers that hold an answer to the body of an asset; signed ones, of a release. */
  Map<String, String> holding(String path) {
    return Objects.requireNonNull(holding.get(path), path);
  }

  /** The digest of each asset that is not packed. */
  Map<String, UnencodedDigest> bodies() {
    return Collections.unmodifiableMap(bodies);
  }

  AssetManifest manifest() {
    return manifest;
  }

  /**
   * The bytes of an asset, packed as {@code ending} says ({@code .br}, {@code .gz} or nothing), or
   * null.
   */
  byte @Nullable [] bytes(String path, String ending) {
    return files.get(path + ending);
  }

  private static byte @Nullable [] read(String name) {
    try (InputStream in = Shelf.class.getClassLoader().getResourceAsStream(name)) {
      return in == null ? null : in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
