package org.trefoil.core.keys;

import java.util.ArrayList;
import java.util.List;

/**
 * Who holds a key of a wallet. The standard wallet has user, backup and server; one of any other
 * number of keys has user, as many owners as are left, and server, in this order.
 */
public enum KeyRole {
  /** Made in the browser, sealed under the passcode. */
  USER("user"),
  /** On paper, or a cold key that the person brings. */
  BACKUP("backup"),
  /** Made on the server and never leaving it. */
  SERVER("server"),
  /** The first of the owners who bring their keys to a wallet of several. */
  OWNER_1("owner-1"),
  OWNER_2("owner-2"),
  OWNER_3("owner-3"),
  OWNER_4("owner-4"),
  OWNER_5("owner-5");

  private static final int STANDARD = 3;

  private final String id;

  KeyRole(String id) {
    this.id = id;
  }

  public String id() {
    return id;
  }

  /** The roles of a wallet of ours of so many keys, 2 … 7, in the order of its descriptor. */
  public static List<KeyRole> ofWallet(int keys) {
    if (keys == STANDARD) {
      return List.of(USER, BACKUP, SERVER);
    }
    List<KeyRole> roles = new ArrayList<>();
    roles.add(USER);
    for (int owner = 0; owner < keys - 2; owner++) {
      roles.add(values()[OWNER_1.ordinal() + owner]);
    }
    roles.add(SERVER);
    return roles;
  }

  /** Whether it is neither the user's nor the server's. */
  public boolean isOther() {
    return this != USER && this != SERVER;
  }

  /** What people call an owner's key: {@code Owner 1}. */
  public String ownerName() {
    return "Owner " + (ordinal() - OWNER_1.ordinal() + 1);
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
