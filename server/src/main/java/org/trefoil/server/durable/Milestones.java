package org.trefoil.server.durable;

/**
 * Hears where a send stands on its way through the steps whose order makes it safe.
 *
 * <p>A server's own are {@link #UNHEARD}: nothing that an operator can set changes that. Tests
 * bring others, which end the process at a step and so show that no step can be lost or doubled.
 */
@FunctionalInterface
public interface Milestones {
  /** Nobody listens. */
  Milestones UNHEARD = step -> {};

  /** The steps of a send, in their order. */
  enum Step {
    /** The wallet is locked. */
    LOCKED,
    /** The same request was not carried out before. */
    NEW,
    /** Everything was checked, and the limits leave room for it. */
    JUDGED,
    /** The second factor is used up and the coins are reserved; nothing is committed. */
    RESERVED,
    /** The intent is on disk. */
    INTENDED,
    /** The signature exists, in memory alone. */
    SIGNED,
    /** The signed transaction is on disk. */
    STORED,
    /** The network has been handed the transaction; what came of it is not on disk. */
    HANDED_OVER,
    /** The network lost it and gets it again. */
    HANDED_OVER_AGAIN,
    /** The chain moved under the send; its stage does not say so yet. */
    FOLLOWED
  }

  /** The step is behind us. */
  void reached(Step step);
}
