package org.trefoil.server.audit;

import java.util.Locale;

/** Every kind of event that is written down. */
public enum AuditKind {
  SIGNED_UP,
  SIGN_UP_DISCARDED,
  SIGN_IN_REFUSED,
  PASSWORD_ACCEPTED,
  FACTOR_ENROLLED,
  RECOVERY_RENEWED,
  FACTOR_ACCEPTED,
  FACTOR_REFUSED,
  PASSWORD_CHANGED,
  PASSWORD_LINK_SENT,
  PASSWORD_RESET,
  FACTOR_RESET_STARTED,
  FACTOR_RESET_READY,
  FACTOR_RESET_CANCELLED,
  FACTOR_RESET_EXPIRED,
  FACTOR_REPLACED,
  EMAIL_CHANGE_STARTED,
  EMAIL_CHANGE_CANCELLED,
  EMAIL_CHANGED,
  SESSION_ENDED,
  SESSIONS_ENDED,
  DEVICE_ADDED,
  WALLET_DRAFTED,
  WALLET_KEYS_STORED,
  WALLET_ACTIVATED,
  WALLET_DISCARDED,
  WALLET_REPLACED,
  WALLET_EXPORTED,
  PASSCODE_CHANGED,
  PAPER_DRILLED,
  SEND_PROPOSED,
  SEND_COUNTERSIGNED,
  SEND_REFUSED,
  SEND_APPROVED,
  SEND_SIGNED,
  SEND_BROADCAST,
  SEND_CONFIRMED,
  SEND_CANCELLED,
  SEND_EXPIRED,
  SEND_REJECTED,
  SEND_REPLACED,
  SWEEP_TAKEN,
  SWEEP_REFUSED;

  /** The name as it is stored: {@code send-approved}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The kind that is stored as {@code id}. */
  public static AuditKind of(String id) {
    return valueOf(id.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
