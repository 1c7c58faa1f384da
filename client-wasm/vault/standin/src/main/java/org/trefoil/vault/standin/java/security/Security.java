package org.trefoil.vault.standin.java.security;

import org.jspecify.annotations.Nullable;

/** {@code java.security.Security} without a property: Bouncy Castle asks and takes its default. */
public final class Security {
  private Security() {}

  public static @Nullable String getProperty(String name) {
    return null;
  }
}
