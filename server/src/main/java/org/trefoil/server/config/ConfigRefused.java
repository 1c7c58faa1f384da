package org.trefoil.server.config;

/** The configuration makes no sense; the message is a sentence for the operator. */
public final class ConfigRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ConfigRefused(String sentence) {
    super(sentence);
  }
}
