package org.trefoil.core.uri;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.address.Address;
import org.trefoil.core.units.Network;
import org.trefoil.core.units.Sats;

/**
 * A request to pay, as QR codes and links carry it (BIP-0021, BIP-0321).
 *
 * @param label who is paid
 * @param message what for
 */
public record PaymentUri(
    Address address, @Nullable Sats amount, @Nullable String label, @Nullable String message) {
  private static final String SCHEME = "bitcoin:";
  private static final int MAX_LENGTH = 4096;

  /** Whether {@code text} means to be a payment URI, well-formed or not. */
  public static boolean looksLikeOne(String text) {
    return text.length() >= SCHEME.length()
        && text.substring(0, SCHEME.length()).toLowerCase(Locale.ROOT).equals(SCHEME);
  }

  /**
   * Reads {@code bitcoin:<address>?amount=…&label=…&message=…}. Scheme and keys may be in upper
   * case, as QR codes have them. Unknown keys are passed over, but {@code req-…} ones, keys that
   * come twice and anything that is not properly percent-encoded are refused.
   */
  public static PaymentUri parse(String text, Network network) {
    if (!looksLikeOne(text) || text.length() > MAX_LENGTH) {
      throw Refusal.of(Token.URI_MALFORMED).exception();
    }
    int question = text.indexOf('?');
    int end = question < 0 ? text.length() : question;
    Address address = Address.parse(text.substring(SCHEME.length(), end), network);
    Map<String, String> values = query(question < 0 ? "" : text.substring(question + 1));
    String amount = values.get("amount");
    return new PaymentUri(
        address,
        amount == null ? null : amount(amount),
        values.get("label"),
        values.get("message"));
  }

  private static Map<String, String> query(String query) {
    Map<String, String> values = new LinkedHashMap<>();
    int from = 0;
    while (from < query.length()) {
      int ampersand = query.indexOf('&', from);
      int end = ampersand < 0 ? query.length() : ampersand;
      String part = query.substring(from, end);
      from = end + 1;
      int equals = part.indexOf('=');
      String key = equals < 0 ? part : part.substring(0, equals);
      String value = equals < 0 ? "" : PercentEncoding.decode(part.substring(equals + 1));
      key = PercentEncoding.decode(key).toLowerCase(Locale.ROOT);
      if (key.isEmpty() && !part.isEmpty()) {
        throw Refusal.of(Token.URI_MALFORMED).exception();
      }
      if (key.startsWith("req-")) {
        throw Refusal.of(Token.URI_UNKNOWN_REQUIREMENT).exception();
      }
      if (values.put(key, value) != null) {
        throw Refusal.of(Token.URI_REPEATED).exception();
      }
    }
    return values;
  }

  /** BIP-0021's grammar also allows {@code .5} and {@code 5.}. */
  private static Sats amount(String text) {
    String full = text.startsWith(".") ? "0" + text : text;
    boolean dangling = full.endsWith(".") && full.length() == text.length();
    return Sats.parseBtc(dangling ? full.substring(0, full.length() - 1) : full);
  }

  /** {@code bitcoin:<address>?amount=…&label=…&message=…}. */
  public String print() {
    StringBuilder text = new StringBuilder(SCHEME).append(address.text());
    char before = '?';
    if (amount != null) {
      text.append(before).append("amount=").append(amount.btc());
      before = '&';
    }
    if (label != null) {
      text.append(before).append("label=").append(PercentEncoding.encode(label));
      before = '&';
    }
    if (message != null) {
      text.append(before).append("message=").append(PercentEncoding.encode(message));
    }
    return text.toString();
  }

  /** {@link #print}, in upper case where that means the same and makes a smaller QR code. */
  public String qrText() {
    boolean bare = amount == null && label == null && message == null;
    boolean bech32 = address.text().startsWith(address.network().hrp() + "1");
    return bare && bech32 ? print().toUpperCase(Locale.ROOT) : print();
  }
}
