package org.trefoil.custody.paper;

import org.jspecify.annotations.Nullable;

/** Prints the two backup sheets as one PDF. */
public final class BackupSheets {

  private BackupSheets() {}

  /**
   * Renders sheet A and sheet B.
   *
   * <p>The same content gives the same bytes; with a password they also depend on the entropy. The
   * bytes hold the backup key's words in clear unless a password is given: wipe them after use.
   *
   * @param password encrypts the file (AES-256); printable ASCII, 1 to 127 characters, not wiped
   *     here; null for a file that opens without
   * @param entropy asked only when there is a password
   * @return a PDF 1.7 file (with a password: plus the security handler of PDF 2.0)
   */
  public static byte[] render(
      BackupSheetContent content, char @Nullable [] password, RandomBytes entropy) {
    throw new UnsupportedOperationException("the printer is being built");
  }
}
