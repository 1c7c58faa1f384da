package org.trefoil.custody.birth;

/**
 * One word asked back from the paper.
 *
 * @param sheet which sheet to look at
 * @param source which words of that sheet
 * @param position of the word, counted from 1
 */
public record PaperQuestion(Sheet sheet, Source source, int position) {
  /** The two sheets, meant for two places. */
  public enum Sheet {
    A,
    B
  }

  /** Rows of words that the sheets print. */
  public enum Source {
    /** The backup key's 24 words. */
    BACKUP_WORDS,
    /** The four words of the key set. */
    KEY_SET_WORDS,
    /** The four check words of the sealed user key. */
    ENVELOPE_WORDS
  }
}
