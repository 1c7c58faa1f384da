package org.trefoil.server.policy;

import org.trefoil.core.Refusal;

/** What the policies say of a spend. */
public sealed interface Verdict {
  /** Nothing speaks against it. */
  record Allowed() implements Verdict {}

  /** It may not be signed. */
  record Refused(Refusal refusal) implements Verdict {}
}
