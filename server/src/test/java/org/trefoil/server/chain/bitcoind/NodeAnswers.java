package org.trefoil.server.chain.bitcoind;

/** Reads what a node answers, for tests of other rooms. */
public final class NodeAnswers {
  private NodeAnswers() {}

  /** Throws {@link IllegalArgumentException} at what is no JSON. */
  public static void read(String text) {
    NodeJson.parse(text);
  }
}
