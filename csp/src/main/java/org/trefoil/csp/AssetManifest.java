package org.trefoil.csp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The list of every asset with its SHA-384, in each form in which browsers get it: what was built,
 * and so what must be served.
 *
 * <p>Text form, one line an asset, sorted by path, each line ended by a line feed: {@code
 * sha384-<base64> <size> <type> <path>}. Two builds of the same source give the same bytes.
 */
public final class AssetManifest {
  private static final String HEADER = "trefoil-assets 1";

  private final Map<String, Asset> assets;

  private AssetManifest(Map<String, Asset> assets) {
    this.assets = assets;
  }

  /** The manifest of these assets; two of the same path are refused. */
  public static AssetManifest of(Iterable<Asset> assets) {
    Map<String, Asset> sorted = new TreeMap<>();
    for (Asset asset : assets) {
      if (sorted.put(asset.path(), asset) != null) {
        throw new IllegalArgumentException("twice in the manifest: " + asset.path());
      }
    }
    return new AssetManifest(sorted);
  }

  /** Reads the text form; anything else than what {@link #text} writes is refused. */
  public static AssetManifest parse(String text) {
    String[] lines = text.split("\n", -1);
    if (lines.length < 2 || !lines[0].equals(HEADER) || !lines[lines.length - 1].isEmpty()) {
      throw new IllegalArgumentException("not a manifest of assets");
    }
    List<Asset> assets = new ArrayList<>();
    for (int i = 1; i < lines.length - 1; i++) {
      String[] parts = lines[i].split(" ", -1);
      if (parts.length != 4 || !parts[0].startsWith("sha384-")) {
        throw new IllegalArgumentException("line " + (i + 1) + " of the manifest is damaged");
      }
      assets.add(
          new Asset(
              parts[3], new Sha384(parts[0].substring(7)), Long.parseLong(parts[1]), parts[2]));
    }
    AssetManifest manifest = of(assets);
    if (!manifest.text().equals(text)) {
      throw new IllegalArgumentException("the manifest is not in its one written form");
    }
    return manifest;
  }

  /** The text form. */
  public String text() {
    StringBuilder text = new StringBuilder(HEADER).append('\n');
    for (Asset asset : assets.values()) {
      text.append(asset.digest().integrity())
          .append(' ')
          .append(asset.size())
          .append(' ')
          .append(asset.type())
          .append(' ')
          .append(asset.path())
          .append('\n');
    }
    return text.toString();
  }

  /** All assets by path. */
  public List<Asset> assets() {
    return List.copyOf(assets.values());
  }

  /** The asset of this path. */
  public Optional<Asset> find(String path) {
    return Optional.ofNullable(assets.get(path));
  }

  /** The asset of this path, which the caller knows to be there. */
  public Asset get(String path) {
    return find(path).orElseThrow(() -> new IllegalArgumentException("no such asset: " + path));
  }

  /**
   * Compares every asset with the bytes at hand.
   *
   * @param bytes the bytes of a path, or null where there are none
   * @return one sentence for each asset that is missing or different; empty when all is as built
   */
  public List<String> differences(Function<String, byte @Nullable []> bytes) {
    List<String> differences = new ArrayList<>();
    for (Asset asset : assets.values()) {
      byte[] found = bytes.apply(asset.path());
      if (found == null) {
        differences.add(asset.path() + " is missing");
      } else if (!Sha384.of(found).equals(asset.digest())) {
        differences.add(asset.path() + " is not the file that was built");
      }
    }
    return differences;
  }
}
