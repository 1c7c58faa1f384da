package org.trefoil.server.account;

/** Mail that its owner can do without. What concerns who gets in is always sent. */
public enum Notice {
  SENDS("sends"),
  PAYMENTS("payments");

  private final String id;

  Notice(String id) {
    this.id = id;
  }

  /** The name as it is stored. */
  public String id() {
    return id;
  }
}
