package org.trefoil.server.account;

import java.util.Optional;
import java.util.stream.Stream;

/** When mail that its owner can do without is sent. */
public enum MailWish {
  EACH("each"),
  DAILY("daily"),
  NEVER("never");

  private final String id;

  MailWish(String id) {
    this.id = id;
  }

  /** The name as pages and forms have it. */
  public String id() {
    return id;
  }

  /** The one of this name. */
  public static Optional<MailWish> named(String id) {
    return Stream.of(values()).filter(wish -> wish.id.equals(id)).findFirst();
  }
}
