package org.trefoil.server.http;

import java.util.List;
import org.trefoil.server.meter.Reading;

/** What the operator's page asks of the house. No answer names a person. */
public interface Operations {
  /** How everything is, asked now; never throws. */
  Reading now();

  /** The newest warnings and errors of the log, newest first. */
  List<Trouble> troubles();

  /** What runs here and what was last done to it: versions, times, backups. */
  List<Fact> facts();

  /** Whether nothing limits what all wallets together may send, where coins are real. */
  boolean unlimited();

  /** False from the moment that the server is told to stop. */
  boolean open();

  /** One warning or error. */
  record Trouble(long at, String level, String room, String message) {}

  /** A name and what is to be known under it. */
  record Fact(String name, String text) {}
}
