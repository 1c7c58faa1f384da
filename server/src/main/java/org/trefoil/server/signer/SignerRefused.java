package org.trefoil.server.signer;

import java.nio.file.Path;

/** A signer must not start on this folder or socket; the message is a sentence for the operator. */
public final class SignerRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SignerRefused(String sentence) {
    super(sentence);
  }

  static SignerRefused changed(Path file) {
    return new SignerRefused(
        "The file "
            + file
            + " is not what this signer wrote, or its key file is another one. Put both back from"
            + " your backup.");
  }

  static SignerRefused putBack(Path folder) {
    return new SignerRefused(
        "The journal in "
            + folder
            + " was put back: what was signed, used and stopped since is not in it. Start once"
            + " with --restored, which has every limit count as used up for as long as its time.");
  }

  static SignerRefused notPutBack(Path folder) {
    return new SignerRefused(
        "The journal in " + folder + " was not put back: start without --restored.");
  }
}
