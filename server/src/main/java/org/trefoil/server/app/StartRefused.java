package org.trefoil.server.app;

/** The server cannot start like this; the message is a sentence for the operator. */
class StartRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StartRefused(String sentence) {
    super(sentence);
  }
}
