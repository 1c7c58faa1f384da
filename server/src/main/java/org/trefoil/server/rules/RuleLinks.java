package org.trefoil.server.rules;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.trefoil.server.keyfile.KeyFile;
import org.trefoil.server.keyfile.Pepper;

/**
 * Links that cancel what waits: wallet and version with 96 bits of a keyed hash of both. Nothing of
 * them is stored.
 */
final class RuleLinks {
  private static final int WALLET = 32;
  private static final int VERSION = 8;
  private static final int MAC = 12;

  private final Pepper pepper;

  RuleLinks(KeyFile keyFile) {
    this.pepper = new Pepper(keyFile, "policy-cancel");
  }

  /** What a link is about: looser rules, or the thaw for version 0. */
  record About(String walletId, int version) {}

  /** 64 hex digits. */
  String of(About about) {
    String plain = about.walletId() + HexFormat.of().toHexDigits(about.version());
    byte[] mac = pepper.of(plain.getBytes(StandardCharsets.UTF_8));
    return plain + HexFormat.of().formatHex(Arrays.copyOf(mac, MAC));
  }

  /** What a link was made of; empty for any other text. */
  Optional<About> about(String link) {
    if (link.length() != WALLET + VERSION + 2 * MAC) {
      return Optional.empty();
    }
    int version;
    try {
      version = HexFormat.fromHexDigits(link, WALLET, WALLET + VERSION);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    About about = new About(link.substring(0, WALLET), version);
    byte[] expected = of(about).getBytes(StandardCharsets.UTF_8);
    boolean ours = MessageDigest.isEqual(expected, link.getBytes(StandardCharsets.UTF_8));
    return ours ? Optional.of(about) : Optional.empty();
  }
}
