package org.trefoil.custody.paper;

import org.jspecify.annotations.Nullable;
import org.trefoil.core.wire.KeySplit;

/**
 * In which form the backup key is kept.
 *
 * @param kind as words on one sheet, on a device, as shares on several sheets, or on paper whatever
 *     its form, for who does not know it any more
 * @param threshold how many shares make the key again; 0 where there are none
 * @param count how many shares there are; 0 where there are none
 */
record BackupForm(Kind kind, int threshold, int count) {
  enum Kind {
    WORDS,
    COLD,
    SHARES,
    PAPER
  }

  static final BackupForm WORDS = new BackupForm(Kind.WORDS, 0, 0);
  static final BackupForm COLD = new BackupForm(Kind.COLD, 0, 0);

  static final BackupForm PAPER = new BackupForm(Kind.PAPER, 0, 0);

  static BackupForm shares(int threshold, int count) {
    return new BackupForm(Kind.SHARES, threshold, count);
  }

  /** As the wallet tells; null where it does not. */
  static BackupForm of(@Nullable KeySplit split) {
    return split == null ? PAPER : split.whole() ? WORDS : shares(split.needed(), split.count());
  }

  boolean isCold() {
    return kind == Kind.COLD;
  }

  /** Whether the number of sheets is known. */
  boolean isCounted() {
    return kind != Kind.PAPER;
  }

  boolean isSplit() {
    return kind == Kind.SHARES;
  }

  /** How many sheets there are with sheet B. */
  int sheets() {
    return isSplit() ? count + 1 : 2;
  }

  /** "any 2 of sheets A1 to A3". */
  String anySheets() {
    return threshold == count
        ? "all of sheets A1 to A" + count
        : "any " + threshold + " of sheets A1 to A" + count;
  }
}
