package org.trefoil.vault.standin.javax.security.auth;

/** What Bouncy Castle's private keys declare themselves to be; TeaVM's class library lacks it. */
public interface Destroyable {
  default void destroy() {
    throw new IllegalStateException("not destroyable");
  }

  default boolean isDestroyed() {
    return false;
  }
}
