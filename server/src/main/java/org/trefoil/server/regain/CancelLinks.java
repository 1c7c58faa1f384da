package org.trefoil.server.regain;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.trefoil.server.keyfile.KeyFile;
import org.trefoil.server.keyfile.Pepper;

/**
 * Links that cancel something: its id and 128 bits of a keyed hash of it. Nothing of them is
 * stored, so each mail about the same thing can carry the same one.
 */
final class CancelLinks {
  private static final int ID = 32;
  private static final int MAC = 16;

  private final Pepper pepper;

  CancelLinks(KeyFile keyFile) {
    this.pepper = new Pepper(keyFile, "cancel-link");
  }

  /** 64 hex digits. */
  String of(String id) {
    byte[] mac = pepper.of(id.getBytes(StandardCharsets.UTF_8));
    return id + HexFormat.of().formatHex(Arrays.copyOf(mac, MAC));
  }

  /** The id that a link was made of; empty for any other text. */
  Optional<String> idOf(String link) {
    if (link.length() != ID + 2 * MAC) {
      return Optional.empty();
    }
    String id = link.substring(0, ID);
    byte[] expected = of(id).getBytes(StandardCharsets.UTF_8);
    boolean ours = MessageDigest.isEqual(expected, link.getBytes(StandardCharsets.UTF_8));
    return ours ? Optional.of(id) : Optional.empty();
  }
}
