package org.trefoil.core.policy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.wire.Rules;

/**
 * Whether new rules are looser than old ones. Guarantee: whatever the old ones refuse or hold
 * longer than the new ones, at any time and with any history, makes the new ones looser, and so
 * does another name for an address of the book, or another address for a name of it, in one step or
 * in two. Limit: some are called looser that are not, such as a limit over a week in place of one
 * over two days. Names that only look alike, in other letters or other code points, are different
 * ones.
 */
public final class Loosening {
  private static final int DAY = 24 * 60;

  private Loosening() {}

  /** Which rules get looser, each by its name; empty for none. */
  public static List<String> of(Rules old, Rules fresh) {
    List<String> looser = new ArrayList<>();
    Long before = old.perSend();
    Long after = fresh.perSend();
    note(looser, before != null && (after == null || after > before), "per-send");
    note(looser, windows(old.amounts(), fresh.amounts()), "amounts");
    note(looser, windows(old.counts(), fresh.counts()), "counts");
    boolean opens = old.bookOnly() && !(fresh.bookOnly() && noneNew(old, fresh));
    note(looser, opens || goes(old, fresh) || renamed(old, fresh), "book");
    note(looser, !fresh.blocked().containsAll(old.blocked()), "blocked");
    note(looser, hold(old.hold(), fresh.hold()), "hold");
    note(looser, fresh.firstTimeHours() < old.firstTimeHours(), "first-time");
    note(looser, fresh.newDeviceHours() < old.newDeviceHours(), "new-device");
    note(looser, hours(old.hours(), fresh.hours()), "hours");
    int share = fresh.feePercent();
    note(looser, old.feePercent() > 0 && (share == 0 || share > old.feePercent()), "fee-share");
    note(looser, networks(old.networks(), fresh.networks()), "networks");
    note(looser, fresh.delayHours() < old.delayHours(), "delay");
    note(looser, approvals(old.approvals(), fresh.approvals()), "approvals");
    return looser;
  }

  private static void note(List<String> looser, boolean is, String rule) {
    if (is) {
      looser.add(rule);
    }
  }

  /** An old limit still holds when a new one lets no more through within at least its time. */
  private static boolean windows(List<Rules.Window> old, List<Rules.Window> fresh) {
    for (Rules.Window before : old) {
      boolean kept = false;
      for (Rules.Window after : fresh) {
        Rules.Person by = after.by();
        boolean covers = by == null || by.equals(before.by());
        kept |= covers && after.seconds() >= before.seconds() && after.most() <= before.most();
      }
      if (!kept) {
        return true;
      }
    }
    return false;
  }

  private static boolean noneNew(Rules old, Rules fresh) {
    Set<String> known = new HashSet<>();
    old.book().forEach(entry -> known.add(entry.address()));
    for (Rules.BookEntry entry : fresh.book()) {
      if (!known.contains(entry.address())) {
        return false;
      }
    }
    return true;
  }

  /** Whether an entry goes, so that its name is free for another, while others may be paid too. */
  private static boolean goes(Rules old, Rules fresh) {
    return !fresh.bookOnly() && !fresh.book().containsAll(old.book());
  }

  /** Whether an entry that is new has the name or the address of an old one. */
  private static boolean renamed(Rules old, Rules fresh) {
    for (Rules.BookEntry after : fresh.book()) {
      if (!old.book().contains(after)) {
        for (Rules.BookEntry before : old.book()) {
          if (read(after).equals(read(before)) || after.address().equals(before.address())) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /** A name as people read it: its letters and digits, whatever their case; all of one of none. */
  private static String read(Rules.BookEntry entry) {
    StringBuilder out = new StringBuilder();
    for (char c : entry.name().toCharArray()) {
      if (Character.isLetterOrDigit(c)) {
        out.append(Character.toLowerCase(c));
      }
    }
    return out.length() == 0 ? entry.name() : out.toString();
  }

  private static boolean hold(Rules.@Nullable Hold old, Rules.@Nullable Hold fresh) {
    return old != null
        && (fresh == null || fresh.above() > old.above() || fresh.hours() < old.hours());
  }

  /** Also when somebody may say yes who could not, or goes by another name. */
  private static boolean approvals(Rules.@Nullable Approvals old, Rules.@Nullable Approvals fresh) {
    return old != null
        && (fresh == null
            || fresh.above() > old.above()
            || fresh.needed() < old.needed()
            || fresh.hours() > old.hours()
            || !old.by().containsAll(fresh.by()));
  }

  private static boolean hours(Rules.@Nullable Hours old, Rules.@Nullable Hours fresh) {
    if (old == null) {
      return false;
    }
    if (fresh == null || !fresh.zone().equals(old.zone())) {
      return true;
    }
    // Both as they lie after the old one's beginning.
    int offset = Math.floorMod(fresh.from() - old.from(), DAY);
    return offset + length(fresh) > length(old);
  }

  private static int length(Rules.Hours hours) {
    return Math.floorMod(hours.to() - hours.from() - 1, DAY) + 1;
  }

  private static boolean networks(List<String> old, List<String> fresh) {
    if (old.isEmpty()) {
      return false;
    }
    for (String after : fresh) {
      boolean inside = false;
      for (String before : old) {
        inside |= IpRange.parse(before).holds(IpRange.parse(after));
      }
      if (!inside) {
        return true;
      }
    }
    return fresh.isEmpty();
  }
}
