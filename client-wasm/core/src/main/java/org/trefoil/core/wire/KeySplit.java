package org.trefoil.core.wire;

import org.trefoil.core.Refusal;
import org.trefoil.core.Token;

/**
 * On how many sheets a backup key was printed, and how many of them make it again: 1 of 1 is sheet
 * A in one piece, anything else are shares. It opens nothing; nobody signs it.
 */
public record KeySplit(int needed, int count) {
  /** Most shares that the format has room for. */
  public static final int MOST = 16;

  /** Sheet A in one piece. */
  public static final KeySplit WHOLE = new KeySplit(1, 1);

  /** Refuses {@code split-numbers} unless it is whole, or 2 ≤ needed ≤ count ≤ 16. */
  public KeySplit {
    boolean whole = needed == 1 && count == 1;
    if (!whole && (needed < 2 || needed > count || count > MOST)) {
      throw Refusal.of(Token.SPLIT_NUMBERS, "most", Integer.toString(MOST)).exception();
    }
  }

  public boolean whole() {
    return count == 1;
  }

  public static KeySplit fromJson(Json json) {
    return json.read(f -> new KeySplit(f.count("needed"), f.count("count")));
  }

  public Json toJson() {
    return Json.object().put("needed", needed).put("count", count).json();
  }
}
