package org.trefoil.server.mail;

/** Takes mail to its recipient's server; never hangs for long. */
public interface Carrier {
  /** What came of it. */
  enum Outcome {
    TAKEN,
    /** Nobody will ever take it. */
    REFUSED,
    /** Nobody took it now. */
    LATER
  }

  Outcome carry(Mail mail);
}
