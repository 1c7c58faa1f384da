package org.trefoil.server.http;

import org.jspecify.annotations.Nullable;

/** What a browser calls itself, in two words that a person knows again. */
final class Device {
  private static final String[][] BROWSERS = {
    {"Firefox/", "Firefox"},
    {"Edg/", "Edge"},
    {"OPR/", "Opera"},
    {"Chrome/", "Chrome"},
    {"Safari/", "Safari"}
  };
  private static final String[][] SYSTEMS = {
    {"Android", "Android"},
    {"iPhone", "iPhone"},
    {"iPad", "iPad"},
    {"Windows", "Windows"},
    {"Mac OS X", "Mac"},
    {"Linux", "Linux"}
  };

  private Device() {}

  static String name(@Nullable String userAgent) {
    if (userAgent == null) {
      return "Unknown browser";
    }
    return first(BROWSERS, userAgent, "Browser")
        + " on "
        + first(SYSTEMS, userAgent, "an unknown system");
  }

  private static String first(String[][] table, String text, String otherwise) {
    for (String[] row : table) {
      if (text.contains(row[0])) {
        return row[1];
      }
    }
    return otherwise;
  }
}
