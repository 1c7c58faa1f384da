package org.trefoil.csp.release;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.trefoil.csp.Asset;
import org.trefoil.csp.AssetManifest;
import org.trefoil.csp.Sha384;
import org.trefoil.csp.UnencodedDigest;

/**
 * Everything that browsers get from a release: the headers of each kind of answer, which page has
 * which, the vault document, every asset.
 *
 * <p>Text form, each line ended by a line feed, in this order, each part sorted:
 *
 * <pre>
 * trefoil-release 1
 * version VERSION
 * commit COMMIT                     40 hexadecimal digits
 * headers SET NAME: VALUE           as sent to visitors who come by https
 * page NAME SET
 * body PATH sha-512=:DIGEST:        of each asset before it is packed, as its header says it
 * vault sha384-DIGEST               of the vault document
 * trefoil-assets 1                  and what else {@link AssetManifest} writes
 * </pre>
 *
 * @param sets headers by their names, of each set
 * @param pages the set of each page
 * @param bodies the digest of each asset that is not packed
 */
public record ReleaseManifest(
    String version,
    String commit,
    Map<String, Map<String, String>> sets,
    Map<String, String> pages,
    Map<String, UnencodedDigest> bodies,
    Sha384 vault,
    AssetManifest assets) {
  /** The set that the vault document has. */
  public static final String VAULT = "vault";

  /** The set of assets for our own pages. */
  public static final String ASSET = "asset";

  /** The set of assets that the vault loads. */
  public static final String VAULT_ASSET = "vault-asset";

  private static final String HEADER = "trefoil-release 1";
  private static final String NAME = "[A-Za-z0-9-]+";

  /** Refuses what its text could not carry. */
  public ReleaseManifest {
    demand(version.matches("[0-9A-Za-z.-]{1,40}"), "not a version: " + version);
    demand(commit.matches("[0-9a-f]{40}"), "not a commit: " + commit);
    Map<String, Map<String, String>> sorted = new TreeMap<>();
    sets.forEach(
        (set, headers) -> {
          demand(set.matches(NAME) && !headers.isEmpty(), "not a set of headers: " + set);
          headers.forEach(
              (name, value) ->
                  demand(name.matches(NAME) && value.matches("[ -~]+"), "not a header: " + name));
          sorted.put(set, Collections.unmodifiableMap(new TreeMap<>(headers)));
        });
    for (String set : List.of(VAULT, ASSET, VAULT_ASSET)) {
      demand(sorted.containsKey(set), "no headers of the set " + set);
    }
    pages.forEach(
        (page, set) ->
            demand(page.matches(NAME) && sorted.containsKey(set), "not a page's headers: " + page));
    demand(
        bodies.keySet().equals(plain(assets)), "the digests of bodies are not those of the assets");
    bodies = Collections.unmodifiableMap(new TreeMap<>(bodies));
    sets = Collections.unmodifiableMap(sorted);
    pages = Collections.unmodifiableMap(new TreeMap<>(pages));
  }

  private static Set<String> plain(AssetManifest assets) {
    return assets.assets().stream()
        .filter(asset -> asset.coding().isEmpty())
        .map(Asset::path)
        .collect(Collectors.toSet());
  }

  private static void demand(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  /** Reads the text form; anything else than what {@link #text} writes is refused. */
  public static ReleaseManifest parse(String text) {
    Map<String, Map<String, String>> sets = new TreeMap<>();
    Map<String, String> pages = new TreeMap<>();
    List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
    demand(
        lines.size() > 5 && lines.get(0).equals(HEADER) && text.endsWith("\n"),
        "not the manifest of a release");
    String version = after("version ", lines.get(1));
    String commit = after("commit ", lines.get(2));
    int at = 3;
    for (; lines.get(at).startsWith("headers "); at++) {
      String[] parts = lines.get(at).split(" ", 3);
      int colon = parts.length == 3 ? parts[2].indexOf(": ") : -1;
      demand(colon > 0, "line " + (at + 1) + " of the release is damaged");
      sets.computeIfAbsent(parts[1], set -> new TreeMap<>())
          .put(parts[2].substring(0, colon), parts[2].substring(colon + 2));
    }
    for (; lines.get(at).startsWith("page "); at++) {
      String[] parts = lines.get(at).split(" ", -1);
      demand(parts.length == 3, "line " + (at + 1) + " of the release is damaged");
      pages.put(parts[1], parts[2]);
    }
    Map<String, UnencodedDigest> bodies = new TreeMap<>();
    for (; lines.get(at).startsWith("body "); at++) {
      String[] parts = lines.get(at).split(" ", -1);
      demand(parts.length == 3, "line " + (at + 1) + " of the release is damaged");
      bodies.put(parts[1], UnencodedDigest.parse(parts[2]));
    }
    String digest = after("vault sha384-", lines.get(at));
    String assets = String.join("\n", lines.subList(at + 1, lines.size()));
    ReleaseManifest manifest =
        new ReleaseManifest(
            version, commit, sets, pages, bodies, new Sha384(digest), AssetManifest.parse(assets));
    demand(manifest.text().equals(text), "the release is not in its one written form");
    return manifest;
  }

  private static String after(String start, String line) {
    demand(line.startsWith(start), "the release has no line \"" + start.strip() + "\"");
    return line.substring(start.length());
  }

  /** The text form. */
  public String text() {
    StringBuilder text = new StringBuilder(HEADER).append('\n');
    text.append("version ").append(version).append("\ncommit ").append(commit).append('\n');
    sets.forEach(
        (set, headers) ->
            headers.forEach(
                (name, value) ->
                    text.append("headers ")
                        .append(set)
                        .append(' ')
                        .append(name)
                        .append(": ")
                        .append(value)
                        .append('\n')));
    pages.forEach(
        (page, set) -> text.append("page ").append(page).append(' ').append(set).append('\n'));
    bodies.forEach(
        (path, body) ->
            text.append("body ").append(path).append(' ').append(body.value()).append('\n'));
    text.append("vault ").append(vault.integrity()).append('\n');
    return text.append(assets.text()).toString();
  }

  /**
   * What this release has other than that one, a line of the text form each; the commit, which no
   * built file knows, is not compared.
   */
  public List<String> differences(ReleaseManifest other) {
    List<String> mine = new ArrayList<>(List.of(text().split("\n")));
    List<String> theirs = new ArrayList<>(List.of(other.text().split("\n")));
    List<String> here = new ArrayList<>(mine);
    here.removeAll(theirs);
    theirs.removeAll(mine);
    here.addAll(theirs);
    here.removeIf(line -> line.startsWith("commit "));
    return here;
  }
}
