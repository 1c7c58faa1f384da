package org.trefoil.server.backup;

/**
 * The first line of a backup.
 *
 * @param schema number of the last migration of the database it was made from
 * @param madeAt epoch seconds
 * @param keyCheck what tells the key file that its secrets are sealed under, and is no secret
 * @param chain the network and kind of chain
 * @param last whether the machine had retired, so that nothing was signed on it since
 */
public record Head(int schema, long madeAt, String keyCheck, String chain, boolean last) {
  static final String MAGIC = "trefoil-backup";
  private static final int FORMAT = 1;
  private static final String LAST = "last";
  private static final String ONE_OF_MANY = "one-of-many";

  String line() {
    return String.join(
        " ",
        MAGIC,
        Integer.toString(FORMAT),
        Integer.toString(schema),
        Long.toString(madeAt),
        keyCheck,
        chain,
        last ? LAST : ONE_OF_MANY);
  }

  static Head parse(String line) {
    String[] words = line.split(" ", -1);
    if (words.length < 2 || !words[0].equals(MAGIC)) {
      throw new BackupRefused("This file is not a backup of Trefoil.");
    }
    if (!words[1].equals(Integer.toString(FORMAT))) {
      throw new BackupRefused(
          "This backup is of a form that this program does not know; use a newer program.");
    }
    try {
      boolean last = words.length > 6 && words[6].equals(LAST); // older ones do not say
      return new Head(
          Integer.parseInt(words[2]), Long.parseLong(words[3]), words[4], words[5], last);
    } catch (IndexOutOfBoundsException | NumberFormatException e) {
      throw new BackupRefused("This backup is damaged: its first line makes no sense.");
    }
  }
}
