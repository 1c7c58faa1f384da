package org.trefoil.server.tls;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * The blocks of a PEM file (RFC 7468), what stands between them left out. No part of it becomes a
 * String but the labels.
 */
final class Pem {
  private static final byte[] BEGIN = "-----BEGIN ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] DASHES = "-----".getBytes(StandardCharsets.US_ASCII);

  private Pem() {}

  /** A block: its label, as {@code CERTIFICATE}, and its DER, which the caller wipes. */
  static final class Block {
    final String label;
    final byte[] der;

    private Block(String label, byte[] der) {
      this.label = label;
      this.der = der;
    }
  }

  /** All blocks in order; throws {@link IllegalArgumentException} when one is broken. */
  static List<Block> blocks(byte[] file) {
    List<Block> blocks = new ArrayList<>();
    for (int at = find(file, BEGIN, 0); at >= 0; at = find(file, BEGIN, at)) {
      int label = at + BEGIN.length;
      int labelEnd = find(file, DASHES, label);
      String name = labelEnd < 0 ? "" : text(file, label, labelEnd);
      byte[] last = ("-----END " + name + "-----").getBytes(StandardCharsets.US_ASCII);
      int end = find(file, last, Math.max(labelEnd, label));
      if (labelEnd < 0 || end < 0) {
        throw new IllegalArgumentException("a block does not end");
      }
      byte[] base64 = Arrays.copyOfRange(file, labelEnd + DASHES.length, end);
      try {
        blocks.add(new Block(name, Base64.getMimeDecoder().decode(base64)));
      } finally {
        Arrays.fill(base64, (byte) 0);
      }
      at = end;
    }
    return blocks;
  }

  private static String text(byte[] file, int from, int to) {
    return new String(file, from, to - from, StandardCharsets.US_ASCII);
  }

  private static int find(byte[] file, byte[] sought, int from) {
    for (int at = from; at <= file.length - sought.length; at++) {
      if (Arrays.equals(file, at, at + sought.length, sought, 0, sought.length)) {
        return at;
      }
    }
    return -1;
  }
}
