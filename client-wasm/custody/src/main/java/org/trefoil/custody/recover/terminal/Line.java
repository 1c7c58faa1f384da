package org.trefoil.custody.recover.terminal;

import java.io.IOException;

/** A server that a person named, and nobody else. */
interface Line {
  /** What it answered. */
  record Reply(int status, String text) {
    boolean isGood() {
      return status == 200;
    }
  }

  /** How people call it. */
  String name();

  /**
   * Asks.
   *
   * @param path below its address
   * @param body to be posted; empty to get
   */
  Reply ask(String path, String body) throws IOException;
}
