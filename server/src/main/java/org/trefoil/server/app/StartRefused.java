package org.trefoil.server.app;

/** The server cannot start like this; the message is a sentence for the operator. */
class StartRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What the program ends with. */
  static final int STATUS = 2;

  private final int status;

  StartRefused(String sentence) {
    this(sentence, STATUS);
  }

  StartRefused(String sentence, int status) {
    super(sentence);
    this.status = status;
  }

  int status() {
    return status;
  }
}
