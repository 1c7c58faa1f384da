package org.trefoil.server.backup;

/** A backup cannot be made or used like this; the message is a sentence for the operator. */
public final class BackupRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BackupRefused(String sentence) {
    super(sentence);
  }
}
