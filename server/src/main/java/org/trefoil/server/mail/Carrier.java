package org.trefoil.server.mail;

import java.time.Duration;

/** Takes mail to its recipient's server; never hangs for longer than {@link #LONGEST}. */
public interface Carrier {
  /** What one mail may take, whatever its recipient's server does. */
  Duration LONGEST = Duration.ofSeconds(30);

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
