package org.trefoil.server.secondfactor;

/**
 * Which wrong codes are counted together, so that nobody uses up the tries of somebody who has
 * shown more than he has.
 */
public enum Tries {
  /** Of whoever gave the password in a browser in which nobody signed in to the account before. */
  STRANGE,
  /** Signing in again in a browser that is known to the account, and changes once signed in. */
  OWN,
  /** Sends. */
  SEND
}
