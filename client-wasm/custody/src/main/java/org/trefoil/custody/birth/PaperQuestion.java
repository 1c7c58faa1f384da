package org.trefoil.custody.birth;

/**
 * One word asked back from the paper.
 *
 * @param sheet which sheet to look at
 * @param share which of the sheets that A was split into, counted from 1; 0 where it is whole
 * @param source which words of that sheet
 * @param position of the word, counted from 1
 */
public record PaperQuestion(Sheet sheet, int share, Source source, int position) {
  /** The sheets, meant for different places. */
  public enum Sheet {
    A,
    B
  }

  /** Rows of words that the sheets print. */
  public enum Source {
    /** The backup key's 24 words. */
    BACKUP_WORDS,
    /** The words of one share of the backup key. */
    SHARE_WORDS,
    /** The four words of the key set. */
    KEY_SET_WORDS,
    /** The four check words of the sealed user key. */
    ENVELOPE_WORDS
  }

  /** What the sheet is called: {@code A}, {@code A2}, {@code B}. */
  public String sheetName() {
    return sheet.name() + (share == 0 ? "" : share);
  }
}
