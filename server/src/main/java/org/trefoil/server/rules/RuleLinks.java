package org.trefoil.server.rules;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.trefoil.server.keyfile.KeyFile;
import org.trefoil.server.keyfile.Pepper;

/**
 * Links that cancel what waits: what they are about, with 96 bits of a keyed hash of it. Nothing of
 * them is stored.
 */
final class RuleLinks {
  private static final int WALLET = 32;
  private static final int VERSION = 8;
  private static final int THAW = 16;
  private static final int MAC = 12;

  private final Pepper pepper;

  RuleLinks(KeyFile keyFile) {
    this.pepper = new Pepper(keyFile, "policy-cancel");
  }

  /**
   * What a link is about: looser rules, or the one thaw that ends then.
   *
   * @param version of the rules; 0 for a thaw
   * @param thawAt in epoch seconds; 0 for rules
   */
  record About(String walletId, int version, long thawAt) {
    static About rules(String walletId, int version) {
      return new About(walletId, version, 0);
    }

    static About thaw(String walletId, Instant end) {
      return new About(walletId, 0, end.getEpochSecond());
    }

    boolean isThaw() {
      return version == 0;
    }
  }

  /** 80 hex digits. */
  String of(About about) {
    String plain =
        about.walletId()
            + HexFormat.of().toHexDigits(about.version())
            + HexFormat.of().toHexDigits(about.thawAt());
    byte[] mac = pepper.of(plain.getBytes(StandardCharsets.UTF_8));
    return plain + HexFormat.of().formatHex(Arrays.copyOf(mac, MAC));
  }

  /** What a link was made of; empty for any other text. */
  Optional<About> about(String link) {
    if (link.length() != WALLET + VERSION + THAW + 2 * MAC) {
      return Optional.empty();
    }
    int version;
    long thawAt;
    try {
      version = HexFormat.fromHexDigits(link, WALLET, WALLET + VERSION);
      thawAt = HexFormat.fromHexDigitsToLong(link, WALLET + VERSION, WALLET + VERSION + THAW);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    About about = new About(link.substring(0, WALLET), version, thawAt);
    byte[] expected = of(about).getBytes(StandardCharsets.UTF_8);
    boolean ours = MessageDigest.isEqual(expected, link.getBytes(StandardCharsets.UTF_8));
    return ours ? Optional.of(about) : Optional.empty();
  }
}
