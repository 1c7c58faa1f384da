package org.trefoil.server.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.csp.PageHeaders;
import org.trefoil.csp.release.ReleaseFolder;

/**
 * The signed release and the log that holds it, for whoever compares: no cookie looked at, open to
 * other origins, since a launcher on somebody's disk has none.
 */
final class ReleaseRoutes {
  private static final Pattern LOGGED =
      Pattern.compile(
          "checkpoint|tile/(entries|[0-9]{1,2})(/x[0-9]{3}){0,5}/[0-9]{3}(\\.p/[0-9]{1,3})?");

  private final @Nullable Path folder;
  private final PageHeaders headers;

  /** With the folder of the release; null when this server is no release. */
  ReleaseRoutes(@Nullable Path folder, PageHeaders headers) {
    this.folder = folder;
    this.headers = headers;
  }

  List<Route> routes() {
    return List.of(
        file(ReleaseFolder.RELEASE),
        file(ReleaseFolder.SIGNATURES),
        file(ReleaseFolder.PROOF),
        file(ReleaseFolder.KEYS),
        Route.file(ReleaseFolder.WELL_KNOWN + ReleaseFolder.LOG + "<path>", this::logged));
  }

  private Route file(String name) {
    return Route.file(ReleaseFolder.WELL_KNOWN + name, visit -> give(visit, name));
  }

  private Answer logged(Visit visit) throws IOException {
    String path = visit.ctx().pathParam("path");
    return give(visit, LOGGED.matcher(path).matches() ? ReleaseFolder.LOG + path : null);
  }

  private Answer give(Visit visit, @Nullable String name) throws IOException {
    if (folder == null || name == null || !Files.isRegularFile(folder.resolve(name))) {
      throw Refusal.of(Token.NOT_FOUND).exception();
    }
    Door.put(visit.ctx(), headers.vaultAsset());
    boolean bytes = name.contains("tile/");
    visit
        .ctx()
        .header("Cache-Control", "no-cache")
        .contentType(bytes ? "application/octet-stream" : "text/plain;charset=utf-8")
        .result(Files.readAllBytes(folder.resolve(name)));
    return Answer.written();
  }
}
