package org.trefoil.csp;

/**
 * One value of a policy directive.
 *
 * <p>Closed on purpose: there is no way to say {@code 'unsafe-inline'}, {@code 'unsafe-eval'}, a
 * host, a scheme, or a wildcard.
 *
 * @param text the value as it stands in the header
 */
public record Source(String text) {
  /** Nothing at all. */
  public static final Source NONE = new Source("'none'");

  /** The origin of the page itself; never matches inside an opaque origin. */
  public static final Source SELF = new Source("'self'");

  /** WebAssembly may be compiled; JavaScript text still may not. */
  public static final Source WASM = new Source("'wasm-unsafe-eval'");

  /** Downloads that the page makes itself. */
  public static final Source BLOB = new Source("blob:");

  /** Pictures that are written into the page's address attributes. */
  public static final Source DATA = new Source("data:");

  /** Trusted Types are demanded of every script sink. */
  static final Source SCRIPT = new Source("'script'");

  /** Refuses every value that is not one of those above or a SHA-384. */
  public Source {
    if (!text.matches(
        "'(none|self|script|wasm-unsafe-eval|sha384-[A-Za-z0-9+/]{64})'|blob:|data:")) {
      throw new IllegalArgumentException("not a source a page may have: " + text);
    }
  }

  /** Exactly the script or style with this digest. */
  public static Source hash(Sha384 digest) {
    return new Source("'" + digest.integrity() + "'");
  }
}
