package org.trefoil.server.http;

import java.util.Map;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;

/** The HTTP status of each refusal; what is not listed was understood and refused: 422. */
final class Statuses {
  private static final int REFUSED = 422;

  private static final Map<Token, Integer> TABLE =
      Map.ofEntries(
          Map.entry(Token.JSON_MALFORMED, 400),
          Map.entry(Token.TOO_DEEP, 400),
          Map.entry(Token.UNKNOWN_FIELD, 400),
          Map.entry(Token.MISSING_FIELD, 400),
          Map.entry(Token.WRONG_TYPE, 400),
          Map.entry(Token.WRONG_VALUE, 400),
          Map.entry(Token.PRF_IN_BODY, 400),
          Map.entry(Token.SIGNIN_WRONG, 401),
          Map.entry(Token.NOT_SIGNED_IN, 401),
          Map.entry(Token.FACTOR_MISSING, 403),
          Map.entry(Token.WRONG_ORIGIN, 403),
          Map.entry(Token.ROLE_REFUSED, 403),
          Map.entry(Token.NOT_FOUND, 404),
          Map.entry(Token.METHOD_NOT_ALLOWED, 405),
          Map.entry(Token.NOT_ACCEPTABLE, 406),
          Map.entry(Token.EMAIL_TAKEN, 409),
          Map.entry(Token.PASSKEY_LATE, 409),
          Map.entry(Token.PASSKEY_KNOWN, 409),
          Map.entry(Token.TOO_MANY_PASSKEYS, 409),
          Map.entry(Token.RESET_WAITING, 409),
          Map.entry(Token.RESET_NEEDS_KEYS, 409),
          Map.entry(Token.FACTOR_TOO_NEW, 409),
          Map.entry(Token.FACTOR_ALREADY_ENROLLED, 409),
          Map.entry(Token.REQUEST_REUSED, 409),
          Map.entry(Token.TOO_MANY_WALLETS, 409),
          Map.entry(Token.TOO_MANY_MEMBERS, 409),
          Map.entry(Token.ALREADY_A_MEMBER, 409),
          Map.entry(Token.INVITATION_FOR_ANOTHER, 409),
          Map.entry(Token.SEND_OF_ANOTHER, 409),
          Map.entry(Token.ALREADY_DECIDED, 409),
          Map.entry(Token.WALLET_NOT_ACTIVE, 409),
          Map.entry(Token.WALLET_ALREADY_ACTIVE, 409),
          Map.entry(Token.WALLET_ALREADY_STORED, 409),
          Map.entry(Token.WALLET_REPLACED, 409),
          Map.entry(Token.PASSCODE_CHANGED_ELSEWHERE, 409),
          Map.entry(Token.WRONG_STATE, 409),
          Map.entry(Token.COINS_TAKEN, 409),
          Map.entry(Token.SEARCH_BUSY, 409),
          Map.entry(Token.SEND_EXPIRED, 409),
          Map.entry(Token.SEND_NOT_PENDING, 409),
          Map.entry(Token.ALREADY_CONFIRMED, 409),
          Map.entry(Token.NOT_REPLACEABLE, 409),
          Map.entry(Token.CLIENT_TOO_OLD, 409),
          Map.entry(Token.TOO_LARGE, 413),
          Map.entry(Token.WRONG_CONTENT_TYPE, 415),
          Map.entry(Token.TOO_MANY_TRIES, 429),
          Map.entry(Token.INTERNAL_ERROR, 500),
          Map.entry(Token.CHAIN_UNAVAILABLE, 503),
          Map.entry(Token.STORE_UNAVAILABLE, 503),
          Map.entry(Token.STORE_BUSY, 503),
          Map.entry(Token.SERVER_FENCED, 503),
          Map.entry(Token.SERVER_RETIRED, 503),
          Map.entry(Token.SIGNER_UNAVAILABLE, 503),
          Map.entry(Token.SIGNER_OLDER, 503),
          Map.entry(Token.SIGNER_CLOCK, 503),
          Map.entry(Token.SIGNER_FULL, 503),
          Map.entry(Token.SHUTTING_DOWN, 503));

  private Statuses() {}

  static int of(Refusal refusal) {
    for (Map.Entry<Token, Integer> row : TABLE.entrySet()) {
      if (refusal.is(row.getKey())) {
        return row.getValue();
      }
    }
    return REFUSED;
  }
}
