package org.trefoil.server.rules;

import java.security.MessageDigest;
import java.util.Collection;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the record and the data folder say of a head: its number, the newest version under it, and a
 * digest of all that it says. A head that is put back contradicts the note of the one that came
 * after it.
 *
 * @param step how many heads the wallet had, this one included
 * @param digest 32 bytes
 */
record HeadNote(long step, int version, byte[] digest) {
  private static final Pattern TEXT =
      Pattern.compile("(?:^|.*, )head ([1-9][0-9]{0,17})\\.([0-9]{1,9}) ([0-9a-f]{64})");

  /** As it stands at the end of an event's detail: {@code head 5.2 <64 hex digits>}. */
  String text() {
    return "head " + step + "." + version + " " + HexFormat.of().formatHex(digest);
  }

  /** The one of the highest number; null when there is none. Others are of earlier heads. */
  static @Nullable HeadNote newest(Collection<String> details) {
    HeadNote newest = null;
    for (String detail : details) {
      Matcher said = TEXT.matcher(detail);
      if (said.matches()) {
        long step = Long.parseLong(said.group(1));
        if (newest == null || step > newest.step) {
          byte[] digest = HexFormat.of().parseHex(said.group(3));
          newest = new HeadNote(step, Integer.parseInt(said.group(2)), digest);
        }
      }
    }
    return newest;
  }

  /** The one of the higher number; of one number the first. */
  static @Nullable HeadNote newer(@Nullable HeadNote one, @Nullable HeadNote other) {
    return one == null || other != null && other.step > one.step ? other : one;
  }

  /**
   * Whether a head may stand beside this note: it is the one that was noted, or one that came after
   * and is noted when its transaction ends.
   */
  boolean allows(long step, byte[] digest) {
    return step > this.step || step == this.step && MessageDigest.isEqual(digest, this.digest);
  }
}
