package org.trefoil.server.chain;

/** What became of a transaction that was handed to the network. */
public sealed interface BroadcastOutcome {

  /** Taken into the mempool now. */
  record Accepted(String txid) implements BroadcastOutcome {}

  /** In the mempool or in a block already: as good as accepted. */
  record AlreadyKnown(String txid) implements BroadcastOutcome {}

  /**
   * Refused for what it is; sending it again gives the same answer until the chain changes.
   *
   * @param reason the node's own short words, {@code min relay fee not met}
   */
  record Rejected(String reason) implements BroadcastOutcome {}

  /** Nobody answered, so it may or may not have arrived: send it again. */
  record Unreachable(String reason) implements BroadcastOutcome {}

  /** Whether the transaction is known to the network now. */
  default boolean delivered() {
    return this instanceof Accepted || this instanceof AlreadyKnown;
  }
}
