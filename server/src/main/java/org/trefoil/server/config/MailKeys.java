package org.trefoil.server.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads who takes our mail, and how long a lost second factor waits for its owner to object. */
final class MailKeys {
  private static final int SUBMISSION = 587;
  private static final int WRAPPED = 465;
  private static final int MOST_HOURS = 168;
  private static final int LEAST_HOURS = 24;
  private static final List<Key> OF_SMTP =
      List.of(Key.SMTP_USER, Key.SMTP_PASSWORD_FILE, Key.MAIL_FROM);

  private final Map<Key, String> chosen;
  private final boolean practice;

  MailKeys(Map<Key, String> chosen, boolean practice) {
    this.chosen = chosen;
    this.practice = practice;
  }

  Config.@Nullable Smtp smtp() {
    String url = chosen.get(Key.SMTP);
    if (url == null) {
      for (Key key : OF_SMTP) {
        if (chosen.containsKey(key)) {
          throw new ConfigRefused(key.flag() + " is of no use without --smtp URL.");
        }
      }
      return null;
    }
    URI uri = uri(url);
    boolean wrapped = "smtps".equals(uri.getScheme());
    String user = chosen.get(Key.SMTP_USER);
    String file = chosen.get(Key.SMTP_PASSWORD_FILE);
    if ((user == null) != (file == null)) {
      throw new ConfigRefused("--smtp-user and --smtp-password-file FILE go together.");
    }
    int port = uri.getPort() < 0 ? (wrapped ? WRAPPED : SUBMISSION) : uri.getPort();
    boolean here = ConfigReader.LOOPBACK.contains(uri.getHost());
    Path password = file == null ? null : Path.of(file);
    return new Config.Smtp(uri.getHost(), port, wrapped, here, user, password, from());
  }

  private static URI uri(String url) {
    try {
      URI uri = URI.create(url);
      boolean mail = "smtp".equals(uri.getScheme()) || "smtps".equals(uri.getScheme());
      boolean bare =
          uri.getUserInfo() == null && (uri.getPath() == null || uri.getPath().isEmpty());
      if (mail && bare && uri.getHost() != null) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      throw wrong();
    }
    throw wrong();
  }

  private static ConfigRefused wrong() {
    return ConfigReader.wrong(
        Key.SMTP,
        "that",
        "smtp://HOST:587 (STARTTLS) or smtps://HOST:465, without user and password");
  }

  private String from() {
    String from = chosen.get(Key.MAIL_FROM);
    if (from == null || !from.matches("[!-~&&[^@<>,;\"]]+@[A-Za-z0-9.-]+")) {
      throw new ConfigRefused("--smtp needs --mail-from wallet@example.org, the sender's address.");
    }
    return from;
  }

  /** The wait of a lost second factor. */
  Duration factorWait() {
    String text = chosen.getOrDefault(Key.FACTOR_DELAY_HOURS, Key.FACTOR_DELAY_HOURS.otherwise());
    int least = practice ? 0 : LEAST_HOURS;
    try {
      int hours = Integer.parseInt(text);
      if (hours >= least && hours <= MOST_HOURS) {
        return Duration.ofHours(hours);
      }
    } catch (NumberFormatException e) {
      throw wrongHours(text, least);
    }
    throw wrongHours(text, least);
  }

  private static ConfigRefused wrongHours(String text, int least) {
    return ConfigReader.wrong(
        Key.FACTOR_DELAY_HOURS, text, "a number of hours from " + least + " to " + MOST_HOURS);
  }
}
