package org.trefoil.server.spend;

/** What a send is for, as far as its check must know: which coins it may spend, and what else. */
sealed interface Purpose {
  /** Pays, with coins that nobody holds. */
  record Payment() implements Purpose {}

  /** Takes the place of a send that waits, with exactly its coins. */
  record Instead(SendRecord original) implements Purpose {}

  /** Pulls a waiting payment along, with the coins that it gives the wallet. */
  record Along(String payment) implements Purpose {}
}
