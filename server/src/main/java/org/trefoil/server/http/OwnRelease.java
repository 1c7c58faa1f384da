package org.trefoil.server.http;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.trefoil.csp.PageHeaders;
import org.trefoil.csp.Sha384;
import org.trefoil.csp.release.ReleaseFolder;
import org.trefoil.csp.release.ReleaseManifest;

/** What this server serves to browsers, as the manifest of a release. */
public final class OwnRelease {
  private static final int LINES_SAID = 6;

  private OwnRelease() {}

  /**
   * The manifest of the assets, pages and headers in this jar.
   *
   * @param commit 40 hexadecimal digits, of the source that the jar was built from
   */
  public static ReleaseManifest of(String version, String commit) {
    return of(version, commit, Shelf.open());
  }

  static ReleaseManifest of(String version, String commit, Shelf shelf) {
    PageHeaders headers = new PageHeaders(true);
    AssetRoutes assets = new AssetRoutes(shelf, new Renderer(shelf, new Sentences()), headers);
    Sha384 script = shelf.manifest().get("app.js").digest();
    Map<String, Map<String, String>> sets = new HashMap<>();
    Map<String, String> pages = new HashMap<>();
    for (Page page : Page.values()) {
      sets.put(page.headerSet(), page.headers(headers, script));
      pages.put(page.template(), page.headerSet());
    }
    sets.put(ReleaseManifest.VAULT, assets.vaultHeaders());
    sets.put(ReleaseManifest.ASSET, headers.asset());
    sets.put(ReleaseManifest.VAULT_ASSET, headers.vaultAsset());
    sets.put("other", headers.bare());
    return new ReleaseManifest(
        version, commit, sets, pages, shelf.bodies(), assets.vaultDigest(), shelf.manifest());
  }

  /**
   * Refuses a folder whose release, or an asset of it, is not signed by enough of its keys, is not
   * in its log, or is not what this server serves; the sentence says what to do.
   *
   * @throws IllegalArgumentException with that sentence
   */
  public static void check(ReleaseFolder folder, String version) throws IOException {
    ReleaseManifest signed = folder.open(folder.keys());
    List<String> differences = of(version, signed.commit()).differences(signed);
    if (!differences.isEmpty()) {
      throw new IllegalArgumentException(
          "This server is not the release in the folder. What differs begins with:\n"
              + String.join(
                  "\n", differences.subList(0, Math.min(LINES_SAID, differences.size()))));
    }
  }
}
