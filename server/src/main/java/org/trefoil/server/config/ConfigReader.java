package org.trefoil.server.config;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.RefusedException;
import org.trefoil.core.units.Network;
import org.trefoil.core.units.Sats;

/**
 * Reads the configuration: flags before environment before file before defaults.
 *
 * <p>An unknown key is refused wherever it stands, with the list of the known ones; a wrong value
 * is refused with what it should have been.
 */
public final class ConfigReader {
  private static final Set<String> NETWORKS =
      Set.of("practice", "regtest", "testnet", "signet", "mainnet");
  static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "::1", "[::1]");
  private static final String FILE = "trefoil.properties";
  private static final String NONE = "none";

  private final Map<Key, String> chosen;

  private ConfigReader(Map<Key, String> chosen) {
    this.chosen = chosen;
  }

  /** Whether help was asked for. */
  public static boolean wantsHelp(List<String> flags) {
    return flags.contains("--help") || flags.contains("-h");
  }

  /** What {@code --help} prints. */
  public static String help() {
    return "Trefoil, a co-signing Bitcoin web wallet\n\n"
        + "  java -jar trefoil.jar [--KEY VALUE]…\n\n"
        + Key.lines().stream().collect(Collectors.joining("\n"))
        + "\n  --help\n\n"
        + "Each key can also stand in trefoil.properties in the data folder (rpc-cookie = …)\n"
        + "or in the environment (TREFOIL_RPC_COOKIE=…); flags win, then the environment.\n";
  }

  /** Reads everything, or throws {@link ConfigRefused} with a sentence. */
  public static Config read(List<String> flags, Map<String, String> environment) {
    Map<Key, String> chosen = variables(environment);
    chosen.putAll(flags(flags));
    Map<Key, String> all = file(chosen);
    all.putAll(chosen);
    return new ConfigReader(all).config();
  }

  private static Map<Key, String> flags(List<String> flags) {
    Map<Key, String> chosen = new EnumMap<>(Key.class);
    for (int i = 0; i < flags.size(); i++) {
      String flag = flags.get(i);
      int equals = flag.indexOf('=');
      String name = equals < 0 ? flag : flag.substring(0, equals);
      Key key =
          name.startsWith("--")
              ? Key.ofText(name.substring(2)).orElseThrow(() -> unknown("flag", name))
              : refuseUnknown("flag", name);
      if (equals >= 0) {
        put(chosen, key, flag.substring(equals + 1));
      } else if (i + 1 < flags.size()) {
        i++;
        put(chosen, key, flags.get(i));
      } else {
        throw new ConfigRefused("The flag " + name + " needs a value.");
      }
    }
    return chosen;
  }

  private static void put(Map<Key, String> chosen, Key key, String value) {
    if (chosen.put(key, value) != null) {
      throw new ConfigRefused("The flag " + key.flag() + " is given twice.");
    }
  }

  private static Map<Key, String> variables(Map<String, String> environment) {
    Map<Key, String> chosen = new EnumMap<>(Key.class);
    environment.forEach(
        (name, value) -> {
          if (Key.isVariable(name)) {
            Key key = Key.ofVariable(name).orElseThrow(() -> unknown("environment variable", name));
            chosen.put(key, value);
          }
        });
    return chosen;
  }

  private static Map<Key, String> file(Map<Key, String> chosen) {
    String named = chosen.get(Key.CONFIG);
    String data = Optional.ofNullable(chosen.get(Key.DATA)).orElse(Key.DATA.otherwise());
    Path file = named == null ? Path.of(String.valueOf(data), FILE) : Path.of(named);
    if (named == null && !Files.exists(file)) {
      return new EnumMap<>(Key.class);
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new ConfigRefused("The configuration file " + file + " cannot be read.");
    }
    Map<Key, String> found = new EnumMap<>(Key.class);
    for (String name : properties.stringPropertyNames()) {
      Key key = Key.ofText(name).orElseThrow(() -> unknown("key in " + file, name));
      if (key == Key.CONFIG || (key == Key.DATA && named == null)) {
        throw new ConfigRefused("The key " + name + " cannot stand in " + file + " itself.");
      }
      found.put(key, properties.getProperty(name).strip());
    }
    return found;
  }

  private Config config() {
    String name = text(Key.NETWORK);
    if (!NETWORKS.contains(name)) {
      throw wrong(Key.NETWORK, name, "practice, regtest, testnet, signet or mainnet");
    }
    Network network = name.equals("practice") ? Network.REGTEST : Network.of(name);
    Config.Chain chain = new ChainKeys(chosen, name, network).read();
    MailKeys mail = new MailKeys(chosen, chain instanceof Config.Practice);
    String bind = text(Key.BIND);
    WebKeys web = new WebKeys(chosen, bind);
    String publicUrl = web.publicUrl();
    return new Config(
        Path.of(text(Key.DATA)),
        db(),
        number(Key.PORT, 65_535),
        bind,
        publicUrl,
        web.tls(publicUrl),
        web.trustedProxies(),
        network,
        chain,
        Duration.ofSeconds(number(Key.PRACTICE_BLOCK_SECONDS, 86_400)),
        limit(Key.LIMIT_PER_DAY),
        limit(Key.LIMIT_ALL_PER_DAY),
        Stream.of(Key.LIMIT_ALL_PER_DAY, Key.LIMIT_PER_DAY)
            .filter(key -> !chosen.containsKey(key))
            .map(Key::flag)
            .toList(),
        operator(),
        mail.smtp(),
        mail.factorWait(),
        path(chosen.get(Key.SIGNER)),
        path(chosen.get(Key.RELEASE)),
        minClient(),
        jsonLog());
  }

  private @Nullable ReleaseNumber minClient() {
    String text = chosen.get(Key.MIN_CLIENT);
    return text == null
        ? null
        : ReleaseNumber.parse(text)
            .orElseThrow(() -> wrong(Key.MIN_CLIENT, text, "the number of a release, 0.2.0"));
  }

  private boolean jsonLog() {
    String form = text(Key.LOG);
    if (!form.equals("text") && !form.equals("json")) {
      throw wrong(Key.LOG, form, "text or json");
    }
    return form.equals("json");
  }

  private Config.@Nullable Listener operator() {
    boolean wanted = chosen.containsKey(Key.OPERATOR_PORT);
    if (!wanted && chosen.containsKey(Key.OPERATOR_BIND)) {
      throw new ConfigRefused("--operator-bind needs --operator-port PORT beside it.");
    }
    return wanted
        ? new Config.Listener(text(Key.OPERATOR_BIND), number(Key.OPERATOR_PORT, 65_535))
        : null;
  }

  private Config.@Nullable Db db() {
    String url = chosen.get(Key.DB);
    String user = chosen.get(Key.DB_USER);
    String passwordFile = chosen.get(Key.DB_PASSWORD_FILE);
    if (url == null) {
      if (user != null || passwordFile != null) {
        throw new ConfigRefused("--db-user and --db-password-file are of no use without --db URL.");
      }
      return null;
    }
    if (!url.startsWith("jdbc:postgresql:") || url.length() <= "jdbc:postgresql:".length()) {
      throw wrong(
          Key.DB, "that", "jdbc:postgresql://HOST/NAME; without it the data folder holds all");
    }
    String lower = url.toLowerCase(Locale.ROOT);
    if (lower.contains("password=") || lower.contains("user=") || lower.contains("@")) {
      throw new ConfigRefused(
          "The address of a database is seen by everybody on this machine: give the user by"
              + " --db-user and the password by --db-password-file FILE.");
    }
    if (passwordFile != null && user == null) {
      throw new ConfigRefused("--db-password-file needs --db-user NAME.");
    }
    return new Config.Db(url, user, path(passwordFile));
  }

  private @Nullable Sats limit(Key key) {
    String text = chosen.get(key);
    if (text == null || text.equals(NONE)) {
      return null;
    }
    try {
      return Sats.parseBtc(text);
    } catch (RefusedException e) {
      throw wrong(key, text, "an amount in bitcoin, 0.25, or none");
    }
  }

  private String text(Key key) {
    String text =
        Optional.ofNullable(chosen.get(key))
            .or(() -> Optional.ofNullable(key.otherwise()))
            .orElse("");
    if (text.isBlank()) {
      throw new ConfigRefused("The key " + key.text() + " is empty.");
    }
    return text;
  }

  private int number(Key key, int most) {
    return number(key, text(key), most);
  }

  static int number(Key key, String text, int most) {
    try {
      int number = Integer.parseInt(text);
      if (number >= 0 && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw wrong(key, text, "a number from 0 to " + most);
    }
    throw wrong(key, text, "a number from 0 to " + most);
  }

  static URI uri(Key key, String text) {
    try {
      URI uri = URI.create(text);
      boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (web && uri.getHost() != null && uri.getUserInfo() == null) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      throw wrong(key, "that", "an address, http://127.0.0.1:8332/");
    }
    throw wrong(key, "that", "an address without user and password, http://127.0.0.1:8332/");
  }

  private static @Nullable Path path(@Nullable String text) {
    return text == null ? null : Path.of(text);
  }

  static ConfigRefused wrong(Key key, String value, String instead) {
    return new ConfigRefused(
        "The key " + key.text() + " cannot be " + value + "; it is " + instead + ".");
  }

  private static Key refuseUnknown(String what, String name) {
    throw unknown(what, name);
  }

  private static ConfigRefused unknown(String what, String name) {
    return new ConfigRefused(
        "There is no " + what + " " + name + ". Known keys: " + Key.known() + ".");
  }
}
