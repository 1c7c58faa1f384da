package org.trefoil.server.http;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.trefoil.server.http.Route.Who;

/** The one file that needs no server, and the page that says what it is for. */
final class RecoveryRoutes {
  private static final String FILE = "recovery.html";

  private final AssetRoutes assets;
  private final Map<String, Object> facts;

  RecoveryRoutes(Shelf shelf, AssetRoutes assets) {
    this.assets = assets;
    byte[] bytes = Objects.requireNonNull(shelf.bytes(FILE, ""));
    this.facts = Map.of("digest", sha256(bytes));
  }

  List<Route> routes() {
    return List.of(
        Route.page("/recovery", Who.ANYONE, visit -> Answer.page(Page.RECOVERY, facts)),
        Route.file("/recovery.html", this::file));
  }

  /** To be kept, never to be opened here: it belongs on a disk of one's own. */
  private Answer file(Visit visit) {
    visit.ctx().header("Content-Disposition", "attachment; filename=\"" + FILE + "\"");
    assets.give(visit.ctx(), FILE);
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
