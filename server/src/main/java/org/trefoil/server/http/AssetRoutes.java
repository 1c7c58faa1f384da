package org.trefoil.server.http;

import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.csp.Asset;
import org.trefoil.csp.PageHeaders;
import org.trefoil.csp.Sha384;

/** Assets and the vault document: the same bytes for everybody, no cookie looked at. */
final class AssetRoutes {
  private static final Pattern STYLE = Pattern.compile("<style>(.*?)</style>", Pattern.DOTALL);
  private static final Pattern SCRIPT = Pattern.compile("<script[^>]* src=\"/assets/([^?\"]+)");

  /** What a stranger may look for; nothing that a link of a mail leads to. */
  private static final String ROBOTS =
      """
      User-agent: *
      Allow: /$
      Allow: /signup$
      Allow: /signin$
      Allow: /forgot$
      Allow: /recovery
      Disallow: /
      """;

  private static final String FOR_EVER = "public, max-age=31536000, immutable";

  private final Shelf shelf;
  private final PageHeaders headers;
  private final byte[] vault;
  private final Map<String, String> vaultHeaders;

  AssetRoutes(Shelf shelf, Renderer renderer, PageHeaders headers) {
    this.shelf = shelf;
    this.headers = headers;
    String document = renderer.render("vault", Map.of());
    this.vault = document.getBytes(StandardCharsets.UTF_8);
    this.vaultHeaders = headers.vault(scripts(document), style(document));
  }

  List<Route> routes() {
    return List.of(
        Route.file("/vault", this::vault),
        Route.file("/assets/{name}", this::asset),
        Route.file("/robots.txt", visit -> text(visit, ROBOTS)));
  }

  private List<Sha384> scripts(String document) {
    List<Sha384> digests = new ArrayList<>();
    Matcher script = SCRIPT.matcher(document);
    while (script.find()) {
      digests.add(shelf.manifest().get(script.group(1)).digest());
    }
    if (digests.isEmpty()) {
      throw new IllegalStateException("the vault document loads no script");
    }
    return digests;
  }

  /** The digest of the vault's one inline style, exactly as a browser will hash it. */
  private static Sha384 style(String document) {
    Matcher style = STYLE.matcher(document);
    if (!style.find()) {
      throw new IllegalStateException("the vault document has no <style>");
    }
    Sha384 digest = Sha384.of(style.group(1));
    if (style.find()) {
      throw new IllegalStateException("the vault document has two <style>s");
    }
    return digest;
  }

  /** The headers of the vault document. */
  Map<String, String> vaultHeaders() {
    return vaultHeaders;
  }

  /** The digest of the vault document, which is the same for everybody. */
  Sha384 vaultDigest() {
    return Sha384.of(vault);
  }

  private Answer vault(Visit visit) {
    Door.put(visit.ctx(), vaultHeaders);
    visit.ctx().contentType("text/html;charset=utf-8").result(vault);
    return Answer.written();
  }

  private Answer text(Visit visit, String text) {
    visit.ctx().contentType("text/plain;charset=utf-8").result(text);
    return Answer.written();
  }

  private Answer asset(Visit visit) {
    String path = visit.ctx().pathParam("name");
    give(visit.ctx(), path);
    // Only here: what is signed is this address.
    Door.put(visit.ctx(), shelf.holding(path));
    return Answer.written();
  }

  /** Answers with an asset, in the best form that the browser takes. */
  void give(Context ctx, String path) {
    Asset asset =
        shelf
            .manifest()
            .find(path)
            .filter(found -> found.coding().isEmpty())
            .orElseThrow(() -> Refusal.of(Token.NOT_FOUND).exception());
    Door.put(ctx, path.startsWith("vault") ? headers.vaultAsset() : headers.asset());
    boolean pinned = asset.digest().shortHex().equals(ctx.queryParam("h"));
    ctx.header("Cache-Control", pinned ? FOR_EVER : "no-cache").header("Vary", "Accept-Encoding");
    String form = form(path, ctx.header("Accept-Encoding"));
    String tag = "\"" + asset.digest().shortHex() + form + "\"";
    ctx.header("ETag", tag);
    if (tag.equals(ctx.header("If-None-Match"))) {
      ctx.status(304);
      return;
    }
    if (!form.isEmpty()) {
      ctx.header("Content-Encoding", form.equals(".br") ? "br" : "gzip");
    }
    byte[] bytes = shelf.bytes(path, form);
    ctx.res().setCharacterEncoding(null); // else wasm and pictures are said to be in UTF-8
    ctx.contentType(asset.type()).result(bytes == null ? new byte[0] : bytes);
  }

  /** The best packed form that the browser takes and that there is. */
  private String form(String path, String accepts) {
    for (String form : List.of(".br", ".gz")) {
      String name = form.equals(".br") ? "br" : "gzip";
      if (shelf.bytes(path, form) != null && accepts(accepts, name)) {
        return form;
      }
    }
    return "";
  }

  private static boolean accepts(String header, String coding) {
    if (header == null) {
      return false;
    }
    for (String offer : header.toLowerCase(Locale.ROOT).split(",")) {
      String[] parts = offer.strip().split("\\s*;\\s*");
      if (parts[0].equals(coding)) {
        return parts.length == 1 || !parts[1].matches("q=0(\\.0*)?");
      }
    }
    return false;
  }
}
