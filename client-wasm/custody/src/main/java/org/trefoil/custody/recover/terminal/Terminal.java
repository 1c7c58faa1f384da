package org.trefoil.custody.recover.terminal;

import org.jspecify.annotations.Nullable;

/** Where a person reads and types. */
public interface Terminal {
  void say(String line);

  /** What is typed after {@code question}; null at the end of the input. */
  @Nullable String ask(String question);

  /** The same without showing it; the caller wipes the array. */
  char @Nullable [] askHidden(String question);
}
