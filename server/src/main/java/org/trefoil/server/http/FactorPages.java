package org.trefoil.server.http;

import io.nayuki.qrcodegen.QrCode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.server.http.Services.Enrolment;

/** What pages show of a new second factor. */
final class FactorPages {
  private FactorPages() {}

  /**
   * What an app is told, each time it is asked for; not beside a complaint about a code: the app
   * has one then, and where secrets are handed out once, another would be of no use to it.
   */
  static Map<String, Object> secret(Visit visit, Supplier<Enrolment> enrolment) {
    Map<String, Object> model = new HashMap<>();
    Refusal before = LastWord.look(visit.ctx());
    boolean wrong = before != null && before.is(Token.CODE_WRONG);
    Enrolment shown = wrong ? null : enrolment.get();
    model.put("secret", shown == null ? null : Words.grouped(shown.secret()));
    model.put(
        "qr",
        shown == null ? null : QrPicture.of(QrCode.encodeText(shown.uri(), QrCode.Ecc.MEDIUM)));
    return model;
  }

  /**
   * New recovery codes.
   *
   * @param first whether that ends a sign-up
   */
  static Map<String, Object> codes(
      Services services, Visit visit, List<String> codes, boolean first) {
    Map<String, Object> model = new HashMap<>();
    model.put("codes", codes);
    model.put("first", first);
    model.put("from", services.factors().recoveryFrom(visit.accountId()));
    return model;
  }
}
