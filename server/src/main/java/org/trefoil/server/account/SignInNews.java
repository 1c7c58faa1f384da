package org.trefoil.server.account;

/** Tells a person of a sign-in, inside the transaction that completes it. */
public interface SignInNews {
  /** Somebody with the second factor signed in where nobody had before. */
  void newDevice(Session.Entry session);
}
