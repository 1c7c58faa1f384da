package org.trefoil.server.store;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The address of a PostgreSQL as its driver understands it.
 *
 * <p>An address that names the folder of a Unix socket as libpq does, {@code
 * jdbc:postgresql:///NAME?host=/run/postgresql}, with {@code &port=5433} for another one's, becomes
 * one that goes by {@link UnixSocketFactory}; every other stays as it is. What encrypts a line is
 * left out of it, as libpq does: there is no line.
 */
final class PostgresAddress {
  private static final String SCHEME = "jdbc:postgresql:";
  private static final String USUAL_PORT = "5432";
  private static final int MOST_PORT = 65_535;
  private static final Set<String> OF_A_LINE =
      Set.of(
          "sslmode",
          "ssl",
          "gssEncMode",
          "socketFactory",
          "socketFactoryArg",
          "localSocketAddress");

  private PostgresAddress() {}

  /**
   * What to give to the driver.
   *
   * @throws DatabaseRefused when {@code host} is there and names no folder, or not only that
   */
  static String forDriver(String url) {
    int question = url.indexOf('?');
    if (question < 0 || !url.startsWith(SCHEME)) {
      return url;
    }
    String folder = null;
    String port = USUAL_PORT;
    List<String> others = new ArrayList<>();
    for (String parameter : url.substring(question + 1).split("&", -1)) {
      int equals = parameter.indexOf('=');
      String name = equals < 0 ? parameter : parameter.substring(0, equals);
      String value = equals < 0 ? "" : parameter.substring(equals + 1);
      if (name.equals("host")) {
        folder = decoded(value);
      } else if (name.equals("port")) {
        port = value;
      } else if (!parameter.isEmpty() && !OF_A_LINE.contains(name)) {
        others.add(parameter);
      }
    }
    return folder == null ? url : bySocket(url.substring(0, question), folder, port, others);
  }

  private static String bySocket(String before, String folder, String port, List<String> others) {
    String name = databaseWithoutHost(before.substring(SCHEME.length()));
    if (name == null || !folder.startsWith("/") || !isPort(port)) {
      throw new DatabaseRefused(
          "The address of the database is wrong: host= in it names the folder of a socket and begins"
              + " with /, port= a number, and no host stands before them, as in"
              + " jdbc:postgresql:///NAME?host=/run/postgresql&port=5432.");
    }
    String file = folder + (folder.endsWith("/") ? "" : "/") + ".s.PGSQL." + port;
    others.add("socketFactory=" + UnixSocketFactory.class.getName());
    others.add("socketFactoryArg=" + URLEncoder.encode(file, StandardCharsets.UTF_8));
    others.add("sslmode=disable");
    others.add("gssEncMode=disable");
    return SCHEME + "//localhost:" + port + "/" + name + "?" + String.join("&", others);
  }

  private static boolean isPort(String text) {
    return text.matches("[1-9][0-9]{0,4}") && Integer.parseInt(text) <= MOST_PORT;
  }

  /** The name in {@code NAME}, {@code /NAME} or {@code ///NAME}; null when there is a host. */
  private static @Nullable String databaseWithoutHost(String text) {
    String name = text.startsWith("//") ? text.substring(2) : "/" + text;
    name = name.startsWith("//") ? name.substring(1) : name;
    return name.startsWith("/") && name.indexOf('/', 1) < 0 ? name.substring(1) : null;
  }

  private static String decoded(String value) {
    try {
      return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
