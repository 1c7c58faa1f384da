package org.trefoil.core.wire;

/** What somebody may do with a wallet: each role all that those before it may. */
public enum MemberRole {
  /** Sees balance, history, addresses and rules. */
  VIEWER,
  /** Says yes or no to sends that the rules have wait for it. */
  APPROVER,
  /** Begins sends; to half-sign one takes the wallet's passcode. */
  SPENDER,
  /** Changes the rules, which also takes the passcode, and the members below. */
  ADMINISTRATOR,
  /** Whose wallet it is: keys, passcode and paper. There is one, who is never removed. */
  OWNER;

  /** Whether this role may what {@code need} may. */
  public boolean may(MemberRole need) {
    return compareTo(need) >= 0;
  }

  public boolean approves() {
    return may(APPROVER);
  }

  public boolean spends() {
    return may(SPENDER);
  }

  public boolean administers() {
    return may(ADMINISTRATOR);
  }

  public boolean owns() {
    return may(OWNER);
  }

  /** The role in lower case. */
  public String word() {
    return switch (this) {
      case VIEWER -> "viewer";
      case APPROVER -> "approver";
      case SPENDER -> "spender";
      case ADMINISTRATOR -> "administrator";
      case OWNER -> "owner";
    };
  }
}
