package org.trefoil.server.http;

import org.trefoil.server.http.Services.Arrived;
import org.trefoil.server.http.Services.Session;

/** Somebody who gave a password, and then a second factor, and the cookies of that. */
final class Arrivals {
  private final Services.Sessions sessions;

  Arrivals(Services.Sessions sessions) {
    this.sessions = sessions;
  }

  /** Whether the visitor is signed in already. */
  static boolean is(Visit visit) {
    Session session = visit.session();
    return session != null && session.full();
  }

  /** A sign-in always gets a new token; one that the browser brought along ends. */
  void half(Visit visit, String accountId) {
    if (visit.session() != null) {
      sessions.end(visit.token());
    }
    String token = sessions.open(accountId, Device.name(visit.ctx().userAgent()), visit.address());
    SessionCookie.write(visit.ctx(), token);
  }

  /** Ends a sign-in, or with {@code first} a sign-up. */
  void full(Visit visit, boolean first) {
    Arrived arrived = sessions.upgrade(visit.token(), BrowserCookie.read(visit.ctx()), first);
    SessionCookie.write(visit.ctx(), arrived.token());
    BrowserCookie.write(visit.ctx(), arrived.browser());
  }
}
