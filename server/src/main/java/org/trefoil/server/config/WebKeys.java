package org.trefoil.server.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.RefusedException;
import org.trefoil.core.policy.IpRange;

/** Reads how visitors reach us: by which name, over whose TLS, and through which proxies. */
final class WebKeys {
  private static final List<IpRange> EVERYBODY =
      List.of(IpRange.parse("0.0.0.0/0"), IpRange.parse("::/0"));

  private final Map<Key, String> chosen;
  private final String bind;

  WebKeys(Map<Key, String> chosen, String bind) {
    this.chosen = chosen;
    this.bind = bind;
  }

  @Nullable String publicUrl() {
    String text = chosen.get(Key.PUBLIC_URL);
    if (text == null) {
      if (!ConfigReader.LOOPBACK.contains(bind)) {
        throw new ConfigRefused(
            "Serving on "
                + bind
                + " needs --public-url https://…, the address that visitors type; plain http is for"
                + " this machine alone.");
      }
      return null;
    }
    URI uri = ConfigReader.uri(Key.PUBLIC_URL, text);
    String path = Optional.ofNullable(uri.getRawPath()).orElse("");
    boolean local = uri.getHost() != null && ConfigReader.LOOPBACK.contains(uri.getHost());
    boolean bare = path.isEmpty() || path.equals("/");
    if (!bare || uri.getRawQuery() != null || !("https".equals(uri.getScheme()) || local)) {
      throw ConfigReader.wrong(Key.PUBLIC_URL, text, "an origin, https://wallet.example");
    }
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }

  /** Empty when nobody's word about visitors is taken. */
  List<IpRange> trustedProxies() {
    String text = chosen.get(Key.TRUSTED_PROXY);
    List<IpRange> ranges = new ArrayList<>();
    for (String each : text == null ? new String[0] : text.split(",", -1)) {
      IpRange range = range(each.strip(), text);
      if (EVERYBODY.stream().anyMatch(range::holds)) {
        throw new ConfigRefused(
            "--trusted-proxy "
                + each.strip()
                + " would believe every visitor who says that he is somebody else.");
      }
      ranges.add(range);
    }
    return List.copyOf(ranges);
  }

  private static IpRange range(String each, @Nullable String whole) {
    try {
      return IpRange.parse(each);
    } catch (RefusedException e) {
      throw ConfigReader.wrong(
          Key.TRUSTED_PROXY, String.valueOf(whole), "addresses or ranges, 10.0.0.2,fd00:1::/64");
    }
  }

  Config.@Nullable Tls tls(@Nullable String publicUrl) {
    String cert = chosen.get(Key.TLS_CERT);
    String key = chosen.get(Key.TLS_KEY);
    String store = chosen.get(Key.TLS_KEYSTORE);
    String password = chosen.get(Key.TLS_PASSWORD_FILE);
    if ((cert == null) != (key == null)) {
      throw new ConfigRefused("--tls-cert FILE and --tls-key FILE go together.");
    }
    if ((store == null) != (password == null)) {
      throw new ConfigRefused("--tls-keystore FILE and --tls-password-file FILE go together.");
    }
    if (cert != null && store != null) {
      throw new ConfigRefused(
          "The certificate comes either from --tls-cert and --tls-key, or from --tls-keystore.");
    }
    String httpPort = chosen.get(Key.HTTP_PORT);
    if (cert == null && store == null) {
      if (httpPort != null) {
        throw new ConfigRefused(
            "--http-port leads to https, which needs --tls-cert and --tls-key, or --tls-keystore.");
      }
      return null;
    }
    if (publicUrl == null || !publicUrl.startsWith("https:")) {
      throw new ConfigRefused("TLS needs --public-url https://…, the name in the certificate.");
    }
    Config.Credential credential =
        cert != null && key != null
            ? new Config.PemFiles(Path.of(cert), Path.of(key))
            : new Config.KeyStoreFile(
                Path.of(String.valueOf(store)), Path.of(String.valueOf(password)));
    int plain = httpPort == null ? -1 : ConfigReader.number(Key.HTTP_PORT, httpPort, 65_535);
    return new Config.Tls(credential, plain);
  }
}
