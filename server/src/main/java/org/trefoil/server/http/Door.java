package org.trefoil.server.http;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.units.Utf8;
import org.trefoil.core.wire.Problem;
import org.trefoil.csp.PageHeaders;
import org.trefoil.csp.Sha384;
import org.trefoil.server.chain.ChainUnavailable;
import org.trefoil.server.durable.StoreBusy;
import org.trefoil.server.durable.StoreUnavailable;
import org.trefoil.server.http.Services.Session;
import org.trefoil.server.meter.Meters;

/**
 * Takes each request through the same steps: headers, guard, session, limit, route, answer.
 *
 * <p>An answer always carries a complete header set: it begins with the strictest one, which only a
 * page or an asset replaces with its own.
 */
final class Door {
  private static final Logger LOG = LoggerFactory.getLogger(Door.class);

  /** Under this name the log says which request an event belongs to. */
  private static final String REQUEST = "request";

  private static final String FIRST = Long.toHexString(System.nanoTime() & 0xffffff) + "-";

  /** What plain http is told may carry no Strict-Transport-Security. */
  static final Map<String, String> IN_CLEAR = new PageHeaders(false).bare();

  private static final AtomicLong COUNT = new AtomicLong();

  private final HttpSettings settings;
  private final Services services;
  private final PageHeaders headers;
  private final Guard guard;
  private final RateLimits limits;
  private final Renderer renderer;
  private final Sentences sentences;
  private final Sha384 script;
  private final Meters meters;
  private final TrustedProxies proxies;

  Door(
      HttpSettings settings,
      Services services,
      Shelf shelf,
      Renderer renderer,
      Sentences sentences,
      RateLimits limits,
      Meters meters) {
    SiteOrigin site = new SiteOrigin(settings.origin());
    this.settings = settings;
    this.services = services;
    this.headers = new PageHeaders(site.https());
    this.guard = new Guard(site, settings.minClient());
    this.limits = limits;
    this.renderer = renderer;
    this.sentences = sentences;
    this.script = shelf.manifest().get("app.js").digest();
    this.meters = meters;
    this.proxies = new TrustedProxies(settings.trustedProxies());
  }

  PageHeaders headers() {
    return headers;
  }

  /** Before anything is known of a request: nothing is allowed. */
  void begin(Context ctx) {
    MDC.put(REQUEST, FIRST + Long.toHexString(COUNT.incrementAndGet()));
    String origin = settings.origin();
    boolean clear =
        origin != null
            && origin.startsWith("https:")
            && proxies.cameInClear(ctx.req().getRemoteAddr(), all(ctx, "X-Forwarded-Proto"));
    put(ctx, clear ? IN_CLEAR : headers.bare());
    if (clear) {
      String query = ctx.queryString();
      String path = ctx.req().getRequestURI() + (query == null ? "" : "?" + query);
      ctx.status(308).header("Location", origin + path).skipRemainingHandlers();
    }
  }

  /** After an answer: what is logged now belongs to no request. */
  void end(Context ctx) {
    MDC.remove(REQUEST);
  }

  static void put(Context ctx, Map<String, String> set) {
    set.forEach(ctx::header);
  }

  /** Runs one route. */
  void open(Context ctx, Route route) throws Exception {
    long from = System.nanoTime();
    try {
      enter(ctx, route);
    } finally {
      meters.answered(route.path(), ctx.statusCode(), System.nanoTime() - from);
    }
  }

  private void enter(Context ctx, Route route) throws Exception {
    Visit visit = new Visit(ctx, route, address(ctx), null, null);
    try {
      guard.check(ctx, route.kind());
      if (route.kind() != Route.Kind.FILE && route.kind() != Route.Kind.REPORT) {
        visit = withSession(ctx, route, visit);
      }
      Optional<String> detour = detour(route, visit.session());
      if (detour.isPresent()) {
        give(visit, Answer.elsewhere(detour.get()));
        return;
      }
      if (route.limit() != null) {
        limits.take(route.limit(), bucket(route.limit(), visit));
      }
      give(visit, answer(visit, route));
    } catch (RefusedException e) {
      refuse(visit, route.kind().api(), e.refusal());
    } catch (ChainUnavailable e) {
      refuse(visit, route.kind().api(), e.health().refusal());
    } catch (StoreUnavailable e) {
      LOG.warn("{}", e.getMessage());
      refuse(visit, route.kind().api(), Refusal.of(Token.STORE_UNAVAILABLE));
    } catch (StoreBusy e) {
      LOG.warn("{}", e.getMessage());
      refuse(visit, route.kind().api(), Refusal.of(Token.STORE_BUSY));
    }
  }

  /**
   * A form that a person can mend is refused on the page it came from: a reload, or a step back,
   * then sends nothing again.
   */
  private static Answer answer(Visit visit, Route route) throws Exception {
    try {
      return route.handler().answer(visit);
    } catch (RefusedException e) {
      String back = route.back();
      int status = Statuses.of(e.refusal());
      if (back == null || status != 409 && status != 422 && status != 429) {
        throw e;
      }
      return new Answer.RefusedElsewhere(visit.filled(back), e.refusal());
    }
  }

  private Visit withSession(Context ctx, Route route, Visit stranger) {
    String token = SessionCookie.read(ctx);
    if (token == null) {
      return stranger;
    }
    Session session = services.sessions().find(token).orElse(null);
    return new Visit(ctx, route, stranger.address(), session == null ? null : token, session);
  }

  /** Where a person without the needed sign-in is led; scripts are refused instead. */
  private Optional<String> detour(Route route, @Nullable Session session) {
    if (route.who() == Route.Who.ANYONE
        || session != null && (session.full() || route.who() == Route.Who.HALF)) {
      return Optional.empty();
    }
    if (route.kind().api()) {
      throw Refusal.of(session == null ? Token.NOT_SIGNED_IN : Token.FACTOR_MISSING).exception();
    }
    return Optional.of(session == null ? "/signin" : factorPage(session.accountId()));
  }

  /** The page where a half session goes on. */
  String factorPage(String accountId) {
    return services.factors().enrolled(accountId) ? "/signin/factor" : "/signup/factor";
  }

  private static String bucket(RateLimits.For limit, Visit visit) {
    String address = RateLimits.address(visit.address());
    RateLimits.Per per = limit.per();
    if (per != RateLimits.Per.ACCOUNT && per != RateLimits.Per.ACCOUNT_AND_ADDRESS) {
      return address;
    }
    // Whoever has the password alone uses up nobody's tries but those of his own network address.
    boolean anywhere = per == RateLimits.Per.ACCOUNT && visit.known().full();
    return anywhere ? visit.accountId() : visit.accountId() + "@" + address;
  }

  private String address(Context ctx) {
    return proxies.visitor(ctx.req().getRemoteAddr(), all(ctx, "X-Forwarded-For"));
  }

  private static List<String> all(Context ctx, String header) {
    return Collections.list(ctx.req().getHeaders(header));
  }

  private void give(Visit visit, Answer answer) {
    Context ctx = visit.ctx();
    if (answer instanceof Answer.OfJson json) {
      ctx.status(json.status())
          .contentType("application/json")
          .result(Utf8.of(json.json().toString()));
    } else if (answer instanceof Answer.OfPage page) {
      page(visit, page.status(), page.page(), page.model());
    } else if (answer instanceof Answer.OfFile file) {
      ctx.contentType(file.mediaType() + ";charset=utf-8")
          .header("Content-Disposition", "attachment; filename=\"" + file.name() + "\"")
          .result(Utf8.of(file.text()));
    } else if (answer instanceof Answer.Elsewhere elsewhere) {
      ctx.status(303).header("Location", elsewhere.path());
    } else if (answer instanceof Answer.RefusedElsewhere refused) {
      meters.refused(refused.why().token());
      LastWord.write(ctx, refused.why());
      ctx.status(303).header("Location", refused.path());
    }
  }

  private void page(Visit visit, int status, Page page, Map<String, Object> model) {
    Map<String, Object> whole = new HashMap<>();
    Refusal before = LastWord.take(visit.ctx());
    whole.put("error", before == null ? null : said(before));
    whole.putAll(model);
    whole.put("page", page.shape());
    whole.put("site", site());
    Session session = visit.session();
    Refusal away = page == Page.REFUSED || session == null || !session.full() ? null : away();
    whole.put("away", away == null ? null : said(away));
    boolean known = page != Page.REFUSED && session != null;
    whole.put("reset", known ? services.regain().pending(session.accountId()) : null);
    whole.put(
        "me",
        session == null
            ? null
            : new Me(services.accounts().email(session.accountId()), session.full()));
    whole.put("factor", new Factor(known ? session.accountId() : null));
    byte[] html = Utf8.of(renderer.render(page.template(), whole));
    put(visit.ctx(), page.headers(headers, script));
    visit.ctx().status(status).contentType("text/html;charset=utf-8").result(html);
  }

  /** What would be refused now because the chain is not well; null when it is. */
  private @Nullable Refusal away() {
    return services.pulse().away().orElse(null);
  }

  /**
   * The visitor's second factor, as templates see it; nothing is read for those that do not ask.
   */
  public final class Factor {
    private final @Nullable String accountId;
    private @Nullable List<Passkeys.Line> passkeys;

    Factor(@Nullable String accountId) {
      this.accountId = accountId;
    }

    /** Whether a passkey can stand in for a code. */
    public boolean isPasskey() {
      return !passkeys().isEmpty();
    }

    /** Whether it can also where new factors or rules are asked for. */
    public boolean isEverywhere() {
      return isPasskey() && services.factors().takesPasskeys();
    }

    /** Whether a passkey confirms sends. */
    public boolean isSends() {
      return passkeys().stream().anyMatch(passkey -> passkey.countsFrom() == null);
    }

    /** From when on the first one does, epoch seconds; null where one does, or there is none. */
    public @Nullable Long getSendsFrom() {
      return isSends()
          ? null
          : passkeys().stream()
              .map(Passkeys.Line::countsFrom)
              .filter(Objects::nonNull)
              .min(Comparator.naturalOrder())
              .orElse(null);
    }

    private List<Passkeys.Line> passkeys() {
      List<Passkeys.Line> known = passkeys;
      if (known == null) {
        known = accountId == null ? List.of() : services.passkeys().list(accountId);
        passkeys = known;
      }
      return known;
    }
  }

  /** Who is signed in, as templates see it. */
  public record Me(String email, boolean full) {}

  /** The site, as templates see it. */
  public record Site(String network, boolean practice, @Nullable String notice) {}

  Site site() {
    String notice =
        switch (settings.network()) {
          case MAINNET -> null;
          case TESTNET, SIGNET ->
              "Test network (" + settings.network().id() + "): these coins have no value.";
          case REGTEST ->
              settings.practice()
                  ? "Practice network: these coins are play money."
                  : "Regtest network: these coins have no value.";
        };
    return new Site(settings.network().id(), settings.practice(), notice);
  }

  /** A refusal as its page or form shows it. */
  public record Complaint(String token, String sentence) {}

  private Complaint complaint(Refusal refusal) {
    meters.refused(refusal.token());
    return said(refusal);
  }

  private Complaint said(Refusal refusal) {
    return new Complaint(refusal.token(), sentences.of(refusal));
  }

  void refuse(Visit visit, boolean api, Refusal refusal) {
    int status = Statuses.of(refusal);
    if (status == 413) {
      // Some of the body may be unread, so this connection cannot carry another request.
      visit.ctx().header("Connection", "close");
    }
    if (status == 429 && refusal.data().containsKey("seconds")) {
      visit.ctx().header("Retry-After", String.valueOf(refusal.data().get("seconds")));
    }
    if (api) {
      problem(visit.ctx(), status, refusal);
    } else {
      page(
          visit,
          status,
          Page.REFUSED,
          Map.of("heading", heading(status), "error", complaint(refusal)));
    }
  }

  private void problem(Context ctx, int status, Refusal refusal) {
    meters.refused(refusal.token());
    Problem problem =
        new Problem("about:blank", sentences.of(refusal), status, refusal.token(), refusal.data());
    ctx.status(status)
        .contentType("application/problem+json")
        .result(Utf8.of(problem.toJson().toString()));
  }

  private static String heading(int status) {
    return switch (status) {
      case 404 -> "Not here";
      case 429 -> "Too many tries";
      case 500, 503 -> "Something went wrong";
      default -> "That did not work";
    };
  }

  /** No route took the request: nothing is there, or not by this method. */
  void missed(HttpResponseException missed, Context ctx) {
    put(ctx, headers.bare());
    String methods = missed.getDetails().get("availableMethods");
    if (methods != null) {
      ctx.header("Allow", methods);
    }
    Token token =
        switch (missed.getStatus()) {
          case 404 -> Token.NOT_FOUND;
          case 405 -> Token.METHOD_NOT_ALLOWED;
          case 413 -> Token.TOO_LARGE;
          default -> Token.INTERNAL_ERROR;
        };
    refuseStranger(ctx, Refusal.of(token));
  }

  /** A bug or broken I/O: told to the log under a number, to the visitor as that number alone. */
  void broken(Exception e, Context ctx) {
    LOG.error("{} {} failed", ctx.method(), ctx.endpoint().path, e);
    put(ctx, headers.bare());
    ctx.header("X-Request-Id", MDC.get(REQUEST));
    refuseStranger(ctx, Refusal.of(Token.INTERNAL_ERROR));
  }

  private void refuseStranger(Context ctx, Refusal refusal) {
    boolean api = ctx.path().startsWith("/api/") || !ctx.method().equals(HandlerType.GET);
    Route nowhere = Route.page("/", Route.Who.ANYONE, visit -> Answer.written());
    refuse(new Visit(ctx, nowhere, address(ctx), null, null), api, refusal);
  }
}
