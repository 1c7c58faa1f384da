package org.trefoil.core.export;

import org.trefoil.core.keys.KeyRole;

/** Names as software takes them that knows only the letters of a plain keyboard. */
final class PlainName {
  private PlainName() {}

  /** Small letters and digits, one hyphen for whatever else; {@code wallet} when none is left. */
  static String slug(String name) {
    StringBuilder slug = new StringBuilder();
    boolean gap = false;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      char small = c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
      boolean plain = (small >= 'a' && small <= 'z') || (small >= '0' && small <= '9');
      if (plain && gap && slug.length() > 0) {
        slug.append('-');
      }
      gap = !plain;
      if (plain) {
        slug.append(small);
      }
    }
    return slug.length() == 0 ? "wallet" : slug.toString();
  }

  /** At most {@code most} characters of {@link #slug}. */
  static String slug(String name, int most) {
    String slug = slug(name);
    return slug.length() <= most ? slug : slug.substring(0, most);
  }

  /** What other software shows beside a key. */
  static String of(KeyRole role) {
    return switch (role) {
      case USER -> "User key";
      case BACKUP -> "Backup key";
      case OWNER_1, OWNER_2, OWNER_3, OWNER_4, OWNER_5 -> role.ownerName();
      case SERVER -> "Server key";
    };
  }
}
