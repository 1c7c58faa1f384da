package org.trefoil.vault.screen;

import org.trefoil.core.wire.PageAnswer;

/** A task under way. */
public interface Screen {
  void begin();

  /** Whether this message was expected at this point. */
  default boolean told(PageAnswer message) {
    return false;
  }
}
