package org.trefoil.core.uri;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.address.Address;
import org.trefoil.core.units.Network;
import org.trefoil.core.units.Sats;

/**
 * A request to pay, as QR codes and links carry it (BIP-0321, before it BIP-0021).
 *
 * @param label who is paid
 * @param message what for
 */
public record PaymentUri(
    Address address, @Nullable Sats amount, @Nullable String label, @Nullable String message) {
  private static final String SCHEME = "bitcoin:";
  private static final int MAX_LENGTH = 4096;
  private static final List<String> ONCE = List.of("amount", "label", "message", "pop");

  /** Whether {@code text} means to be a payment URI, well-formed or not. */
  public static boolean looksLikeOne(String text) {
    return text.length() >= SCHEME.length()
        && text.substring(0, SCHEME.length()).toLowerCase(Locale.ROOT).equals(SCHEME);
  }

  /**
   * Reads {@code bitcoin:<address>?amount=…&label=…&message=…}, keys in any case. SegWit addresses
   * may also stand under the key that is their prefix ({@code bc=}); the first of those that can be
   * paid goes before the one in front, which is there for older wallets. Unknown keys and other
   * ways of paying are passed over, but {@code req-…} is refused with its name, and so are an
   * amount, label, message or {@code pop} that come twice, broken percent-encoding, and {@code
   * uri-no-address} when nothing is left that we could pay.
   */
  public static PaymentUri parse(String text, Network network) {
    if (!looksLikeOne(text) || text.length() > MAX_LENGTH) {
      throw Refusal.of(Token.URI_MALFORMED).exception();
    }
    int question = text.indexOf('?');
    int end = question < 0 ? text.length() : question;
    Address front =
        end == SCHEME.length()
            ? null
            : Address.parse(text.substring(SCHEME.length(), end), network);
    Map<String, String> values = new HashMap<>();
    Address offered = null;
    for (int from = end + 1; from < text.length(); from = end + 1) {
      int ampersand = text.indexOf('&', from);
      end = ampersand < 0 ? text.length() : ampersand;
      String part = text.substring(from, end);
      int equals = part.indexOf('=');
      String key = equals < 0 ? part : part.substring(0, equals);
      String value = part.substring(equals + 1);
      key = PercentEncoding.decode(key).toLowerCase(Locale.ROOT);
      if (key.isEmpty() && !part.isEmpty()) {
        throw Refusal.of(Token.URI_MALFORMED).exception();
      }
      if (key.startsWith("req-")) {
        throw Refusal.of(Token.URI_UNKNOWN_REQUIREMENT, "name", key).exception();
      }
      if (key.equals(network.hrp())) {
        offered = offered == null ? payable(value, network) : offered;
      } else if (ONCE.contains(key)) {
        // An address for callbacks is not ours to read: we open none.
        String read = key.equals("pop") ? "" : PercentEncoding.decode(value);
        if (values.put(key, read) != null) {
          throw Refusal.of(Token.URI_REPEATED).exception();
        }
      }
    }
    Address address = offered == null ? front : offered;
    if (address == null) {
      throw Refusal.of(Token.URI_NO_ADDRESS).exception();
    }
    String amount = values.get("amount");
    return new PaymentUri(
        address,
        amount == null ? null : amount(amount),
        values.get("label"),
        values.get("message"));
  }

  /** Null for a SegWit version that nobody should pay to yet. */
  private static @Nullable Address payable(String value, Network network) {
    try {
      return Address.parse(value, network);
    } catch (RefusedException e) {
      if (e.refusal().is(Token.ADDRESS_FUTURE_VERSION)) {
        return null;
      }
      throw e;
    }
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
