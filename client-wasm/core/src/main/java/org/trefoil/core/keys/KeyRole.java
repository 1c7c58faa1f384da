package org.trefoil.core.keys;

/** Who holds a key of a wallet. */
public enum KeyRole {
  /** Made in the browser, sealed under the passcode. */
  USER("user"),
  /** On paper, or a cold key that the person brings. */
  BACKUP("backup"),
  /** Made on the server and never leaving it. */
  SERVER("server");

  private final String id;

  KeyRole(String id) {
    this.id = id;
  }

  public String id() {
    return id;
  }

  /** The role called {@code id}. */
  public static KeyRole of(String id) {
    for (KeyRole role : values()) {
      if (role.id.equals(id)) {
        return role;
      }
    }
    throw new IllegalArgumentException("no role of that name");
  }
}
