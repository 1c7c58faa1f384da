package org.trefoil.custody.paper;

import org.trefoil.core.keys.KeyRole;

/**
 * One public key of the wallet as both sheets print it.
 *
 * @param expression the key with its origin, e.g. {@code [d34db33f/48'/0'/0'/2']xpub6…}
 * @param owner who brought it, as the person typed the name; empty where nobody did
 */
public record KeyFacts(KeyRole role, String expression, String owner) {

  /** The origin alone, brackets included; empty when the expression has none. */
  public String origin() {
    return expression.startsWith("[") ? expression.substring(0, expression.indexOf(']') + 1) : "";
  }

  /** The extended public key alone, in base58. */
  public String xpub() {
    return expression.substring(origin().length());
  }

  /** The path of the origin as software asks for it, e.g. {@code m/48'/0'/0'/2'}. */
  public String path() {
    String origin = origin();
    int slash = origin.indexOf('/');
    return slash < 0 ? "m" : "m" + origin.substring(slash, origin.length() - 1);
  }

  /** The eight hex digits of the origin's fingerprint; empty when there is no origin. */
  public String fingerprint() {
    String origin = origin();
    return origin.length() < 9 ? "" : origin.substring(1, 9);
  }
}
