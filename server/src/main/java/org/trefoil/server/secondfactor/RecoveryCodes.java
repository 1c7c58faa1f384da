package org.trefoil.server.secondfactor;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.trefoil.server.keyfile.KeyFile;
import org.trefoil.server.keyfile.Pepper;

/**
 * Ten codes that a person writes down: each stands in for the app once, and its owner is told. 80
 * random bits in 16 letters and digits; what is stored of one is a peppered hash.
 */
final class RecoveryCodes {
  private static final int HOW_MANY = 10;
  private static final int BYTES = 10;
  private static final int CHARS = 16;
  private static final int GROUP = 4;
  private static final int MOST_CHARS = 40;

  private final FactorStore store;
  private final InstantSource clock;
  private final SecureRandom random;
  private final Pepper pepper;

  RecoveryCodes(FactorStore store, InstantSource clock, SecureRandom random, KeyFile keyFile) {
    this.store = store;
    this.clock = clock;
    this.random = random;
    this.pepper = new Pepper(keyFile, "recovery-code");
  }

  /**
   * Makes ten.
   *
   * @param codes where they are written, to be shown once
   * @return their hashes
   */
  List<byte[]> make(String accountId, List<String> codes) {
    List<byte[]> hashes = new ArrayList<>();
    for (int i = 0; i < HOW_MANY; i++) {
      String code = fresh();
      codes.add(grouped(code));
      hashes.add(hash(accountId, code));
    }
    return hashes;
  }

  /** Whether what was typed has the length of one; a code of the app is shorter. */
  static boolean isOne(String typed) {
    return text(typed).length() == CHARS;
  }

  /** Uses one up, inside the caller's transaction. */
  Verdict use(String accountId, String typed, byte @Nullable [] digest) {
    byte[] hash = hash(accountId, text(typed));
    if (store.useRecovery(accountId, hash, clock.instant(), digest)) {
      return Verdict.OK;
    }
    return store.knowsRecovery(accountId, hash) ? Verdict.USED : Verdict.WRONG;
  }

  private String fresh() {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return Base32.encode(bytes).toLowerCase(Locale.ROOT);
  }

  private byte[] hash(String accountId, String code) {
    return pepper.of(
        accountId.getBytes(StandardCharsets.US_ASCII), code.getBytes(StandardCharsets.US_ASCII));
  }

  private static String grouped(String code) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < code.length(); i += GROUP) {
      out.append(i == 0 ? "" : "-").append(code, i, i + GROUP);
    }
    return out.toString();
  }

  private static String text(String typed) {
    StringBuilder out = new StringBuilder();
    String upper = limited(typed).toUpperCase(Locale.ROOT);
    for (int i = 0; i < upper.length(); i++) {
      if (Base32.isSymbol(upper.charAt(i))) {
        out.append(upper.charAt(i));
      }
    }
    return out.toString().toLowerCase(Locale.ROOT);
  }

  /** Nothing in place of what is far too long for any code. */
  static String limited(String typed) {
    return typed.length() > MOST_CHARS ? "" : typed;
  }
}
