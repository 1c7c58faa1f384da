package org.trefoil.server.fence;

/** The fence does not open or close like this; the message is a sentence for the operator. */
public final class FenceRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  FenceRefused(String sentence) {
    super(sentence);
  }
}
