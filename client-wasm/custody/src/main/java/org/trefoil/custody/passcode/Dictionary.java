package org.trefoil.custody.passcode;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.trefoil.core.keys.EnglishWords;

/**
 * Words that guessers try first: common passwords, the BIP-0039 list, words of our own trade, and
 * the person's context. Looks up slices of a char array, so that no secret becomes a String.
 */
final class Dictionary {
  /** Where a word is from; decides the reason given for a refusal. */
  enum Kind {
    COMMON,
    WORD,
    CONTEXT
  }

  /**
   * A word found.
   *
   * @param cost sixteenths of a bit to guess it
   */
  record Hit(Kind kind, int cost) {}

  static final int SHORTEST = 3;
  static final int LONGEST = 24;
  private static final int LIST = 2048;

  /** Tiers end at rank 100, 400, 1,000, 2,000, 3,000: their logarithms, in sixteenths of a bit. */
  private static final int[] TIER_COST = {6 * 16, 8 * 16, 10 * 16, 11 * 16, 11 * 16 + 8};

  private static final int WORD_COST = 11 * 16;
  private static final int CONTEXT_COST = 4 * 16;
  private static final String[] TRADE = {
    "trefoil", "bitcoin", "wallet", "passcode", "passwort", "satoshi", "nakamoto", "crypto",
    "coin", "backup", "secret", "btc", "blockchain", "hodl", "moon", "lambo"
  };

  private final String[] words;
  private final byte[] kinds;
  private final short[] costs;

  private Dictionary(Entry[] entries) {
    Arrays.sort(entries, (a, b) -> a.word.compareTo(b.word));
    words = new String[entries.length];
    kinds = new byte[entries.length];
    costs = new short[entries.length];
    for (int i = 0; i < entries.length; i++) {
      words[i] = entries[i].word;
      kinds[i] = (byte) entries[i].kind.ordinal();
      costs[i] = (short) entries[i].cost;
    }
  }

  private record Entry(String word, Kind kind, int cost) {}

  private static final class Holder {
    static final Dictionary GENERAL = general();

    private static Dictionary general() {
      int count = LIST;
      for (int tier = 0; tier < CommonPasswords.tiers(); tier++) {
        count += CommonPasswords.tier(tier).size();
      }
      Entry[] entries = new Entry[count];
      int n = 0;
      for (int tier = 0; tier < CommonPasswords.tiers(); tier++) {
        for (String word : CommonPasswords.tier(tier)) {
          entries[n++] = new Entry(word, Kind.COMMON, TIER_COST[tier]);
        }
      }
      for (int i = 0; i < LIST; i++) {
        entries[n++] = new Entry(EnglishWords.word(i), Kind.WORD, WORD_COST);
      }
      return new Dictionary(entries);
    }
  }

  /** Common passwords and the BIP-0039 list. */
  static Dictionary general() {
    return Holder.GENERAL;
  }

  /** Words of our trade and the parts of {@code context}: names, e-mail address, wallet name. */
  static Dictionary ofContext(List<String> context) {
    java.util.TreeSet<String> parts = new java.util.TreeSet<>(Arrays.asList(TRADE));
    for (String text : context) {
      String lower = text.toLowerCase(Locale.ROOT);
      StringBuilder part = new StringBuilder();
      StringBuilder whole = new StringBuilder();
      for (int i = 0; i <= lower.length(); i++) {
        char c = i < lower.length() ? lower.charAt(i) : ' ';
        if (Character.isLetterOrDigit(c)) {
          part.append(c);
          whole.append(c);
        } else {
          addPart(parts, part.toString());
          part.setLength(0);
        }
      }
      addPart(parts, whole.toString());
    }
    Entry[] entries = new Entry[parts.size()];
    int n = 0;
    for (String part : parts) {
      entries[n++] = new Entry(part, Kind.CONTEXT, CONTEXT_COST);
    }
    return new Dictionary(entries);
  }

  private static void addPart(java.util.Set<String> parts, String part) {
    if (part.length() >= SHORTEST) {
      parts.add(part.length() > LONGEST ? part.substring(0, LONGEST) : part);
    }
  }

  /** The cheapest entry that is exactly {@code text[from … to)}; null when there is none. */
  @org.jspecify.annotations.Nullable
  Hit find(char[] text, int from, int to) {
    int low = 0;
    int high = words.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = compare(text, from, to, words[middle]);
      if (order == 0) {
        return cheapest(middle);
      }
      if (order < 0) {
        high = middle - 1;
      } else {
        low = middle + 1;
      }
    }
    return null;
  }

  private Hit cheapest(int found) {
    int best = found;
    for (int i = found - 1; i >= 0 && words[i].equals(words[found]); i--) {
      best = costs[i] < costs[best] ? i : best;
    }
    for (int i = found + 1; i < words.length && words[i].equals(words[found]); i++) {
      best = costs[i] < costs[best] ? i : best;
    }
    return new Hit(Kind.values()[kinds[best]], costs[best]);
  }

  private static int compare(char[] text, int from, int to, String word) {
    int n = Math.min(to - from, word.length());
    for (int i = 0; i < n; i++) {
      int difference = text[from + i] - word.charAt(i);
      if (difference != 0) {
        return difference;
      }
    }
    return (to - from) - word.length();
  }
}
