package org.trefoil.server.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.trefoil.csp.Asset;
import org.trefoil.csp.AssetManifest;

/**
 * The assets, held in memory in each form in which they are served.
 *
 * <p>Made only after every byte of every form was compared with the manifest: a server with an
 * altered asset does not start. A form that the manifest does not name is not served.
 */
final class Shelf {
  private static final String FOLDER = "web/assets/";

  private final AssetManifest manifest;
  private final Map<String, byte[]> files = new HashMap<>();

  Shelf(AssetManifest manifest, Function<String, byte @Nullable []> read) {
    this.manifest = manifest;
    List<String> differences = manifest.differences(read);
    if (!differences.isEmpty()) {
      throw new IllegalStateException(
          "The assets are not those that were built: " + String.join("; ", differences));
    }
    for (Asset asset : manifest.assets()) {
      files.put(asset.path(), Objects.requireNonNull(read.apply(asset.path())));
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
    return "/assets/" + path + "?h=" + manifest.get(path).digest().shortHex();
  }

  String integrity(String path) {
    return manifest.get(path).digest().integrity();
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
