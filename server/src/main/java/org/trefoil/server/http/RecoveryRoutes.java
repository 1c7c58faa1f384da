package org.trefoil.server.http;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.trefoil.server.http.Route.Who;

/**
 * The two files that people keep, one that needs no server and one that checks it, and the pages
 * that say what they are for.
 */
final class RecoveryRoutes {
  private static final String RECOVERY = "recovery.html";
  private static final String LAUNCHER = "launcher.html";

  private final AssetRoutes assets;
  private final Map<String, Object> facts;

  RecoveryRoutes(Shelf shelf, AssetRoutes assets) {
    this.assets = assets;
    this.facts = Map.of("digest", digest(shelf, RECOVERY), "launcher", digest(shelf, LAUNCHER));
  }

  List<Route> routes() {
    return List.of(
        Route.page("/recovery", Who.ANYONE, visit -> Answer.page(Page.RECOVERY, facts)),
        Route.page("/launched", Who.ANYONE, visit -> Answer.page(Page.LAUNCHED, Map.of())),
        Route.file("/" + RECOVERY, visit -> file(visit, RECOVERY)),
        Route.file("/" + LAUNCHER, visit -> file(visit, LAUNCHER)));
  }

  private static String digest(Shelf shelf, String file) {
    return sha256(Objects.requireNonNull(shelf.bytes(file, "")));
  }

  /** To be kept, never to be opened here: it belongs on a disk of one's own. */
  private Answer file(Visit visit, String file) {
    visit.ctx().header("Content-Disposition", "attachment; filename=\"" + file + "\"");
    assets.give(visit.ctx(), file);
    return Answer.written();
  }

  /** As {@code sha256sum} prints it. */
  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
