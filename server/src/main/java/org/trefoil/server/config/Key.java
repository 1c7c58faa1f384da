package org.trefoil.server.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Every key of the configuration: the one table behind file, environment, flags and help. */
enum Key {
  CONFIG("FILE", null, "read this file instead of trefoil.properties in the data folder"),
  DATA("DIR", "data", "folder for the database and the key file"),
  DB(
      "URL",
      null,
      "PostgreSQL in place of the folder's own: jdbc:postgresql://HOST/NAME or ///NAME?host=/DIR"),
  DB_USER("NAME", null, "user of that database, with --db-password-file"),
  DB_PASSWORD_FILE("FILE", null, "file that holds the password of that user"),
  PORT("PORT", "8080", "port to serve on; 0 for any free one"),
  BIND("ADDRESS", "127.0.0.1", "address to serve on"),
  PUBLIC_URL("URL", null, "what visitors type, https://wallet.example; needed beyond this machine"),
  TLS_CERT("FILE", null, "certificate chain (PEM): --port speaks https, with --tls-key"),
  TLS_KEY("FILE", null, "its private key (PEM, without a password)"),
  TLS_KEYSTORE("FILE", null, "both as PKCS#12, with --tls-password-file"),
  TLS_PASSWORD_FILE("FILE", null, "file that holds the password of that"),
  HTTP_PORT("PORT", null, "with TLS, the port that sends plain http on to https; none without it"),
  TRUSTED_PROXY(
      "ADDRESSES", null, "proxies whose X-Forwarded-For is believed, 10.0.0.2,fd00:1::/64"),
  NETWORK("NAME", "practice", "practice, regtest, testnet, signet or mainnet"),
  CHAIN("SOURCE", null, "practice (in this process), p2p or bitcoind; p2p where there are peers"),
  PEERS("HOSTS", null, "peers for p2p, HOST:PORT,…; without it those that the DNS seeds know"),
  RPC("URL", null, "bitcoind's RPC address, http://127.0.0.1:8332/"),
  RPC_COOKIE("FILE", null, "bitcoind's .cookie file"),
  RPC_USER("NAME", null, "bitcoind's RPC user, with --rpc-password-file"),
  RPC_PASSWORD_FILE("FILE", null, "file that holds bitcoind's RPC password"),
  ZMQ("URL", null, "where bitcoind publishes hashblock and hashtx, tcp://127.0.0.1:28332"),
  PRACTICE_BLOCK_SECONDS(
      "SECONDS", "20", "how often the practice chain mines; 0 for on demand only"),
  LIMIT_PER_DAY(
      "BTC", null, "most that one wallet may send in 24 hours, or none; to be named on mainnet"),
  LIMIT_ALL_PER_DAY(
      "BTC", null, "most that all wallets together may, or none; to be named on mainnet"),
  SMTP("URL", null, "who takes our mail, smtp://HOST:587 (with STARTTLS) or smtps://HOST:465"),
  SMTP_USER("NAME", null, "user there, with --smtp-password-file"),
  SMTP_PASSWORD_FILE("FILE", null, "file that holds that user's password"),
  MAIL_FROM("ADDRESS", null, "sender of our mail, with --smtp"),
  FACTOR_DELAY_HOURS(
      "HOURS",
      "72",
      "how long a lost second factor waits when the user key alone asks; 168 at most"),
  OPERATOR_PORT("PORT", null, "port of the operator's page, /metrics and /readyz; none without it"),
  OPERATOR_BIND(
      "ADDRESS", "127.0.0.1", "address of the same; it asks for no sign-in, so keep it private"),
  SIGNER("SOCKET", null, "the signer that holds the server's keys; without it this process does"),
  RELEASE("DIR", null, "folder of the signed release that this server must be, and then shows"),
  MIN_CLIENT("VERSION", null, "oldest release whose open pages are still answered, 0.2.0"),
  LOG("FORM", "text", "lines of the log: text or json");

  private static final String ENVIRONMENT = "TREFOIL_";

  private final String value;
  private final @Nullable String otherwise;
  private final String help;

  Key(String value, @Nullable String otherwise, String help) {
    this.value = value;
    this.otherwise = otherwise;
    this.help = help;
  }

  /** As it stands in the file: {@code rpc-cookie}. */
  String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** As a flag: {@code --rpc-cookie}. */
  String flag() {
    return "--" + text();
  }

  /** As a variable of the environment: {@code TREFOIL_RPC_COOKIE}. */
  String variable() {
    return ENVIRONMENT + name();
  }

  @Nullable String otherwise() {
    return otherwise;
  }

  static Optional<Key> ofText(String text) {
    return Arrays.stream(values()).filter(key -> key.text().equals(text)).findFirst();
  }

  static Optional<Key> ofVariable(String name) {
    return Arrays.stream(values()).filter(key -> key.variable().equals(name)).findFirst();
  }

  static boolean isVariable(String name) {
    return name.startsWith(ENVIRONMENT);
  }

  /** All keys in one sentence. */
  static String known() {
    return Arrays.stream(values()).map(Key::text).collect(Collectors.joining(", "));
  }

  /** The table as {@code --help} prints it. */
  static List<String> lines() {
    int width = 0;
    for (Key key : values()) {
      width = Math.max(width, key.usage().length());
    }
    int column = width;
    return Arrays.stream(values())
        .map(
            key ->
                "  "
                    + key.usage()
                    + " ".repeat(column - key.usage().length() + 2)
                    + key.help
                    + (key.otherwise == null ? "" : " [" + key.otherwise + "]"))
        .toList();
  }

  private String usage() {
    return flag() + " " + value;
  }
}
