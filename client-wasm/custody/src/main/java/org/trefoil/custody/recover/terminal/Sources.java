package org.trefoil.custody.recover.terminal;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Makes the source of coins that was asked for on the command line; asks for a node's password. */
final class Sources {
  private final Conversation talk;
  private final Disk disk;

  Sources(Conversation talk, Disk disk) {
    this.talk = talk;
    this.disk = disk;
  }

  /** The source; null when none was named. {@link IOException} when there is no way in. */
  @Nullable CoinSource of(Arguments arguments) throws IOException {
    URI esplora = arguments.esplora();
    URI node = arguments.node();
    if (esplora != null) {
      return new EsploraSource(new OverHttp(esplora, null));
    }
    return node == null
        ? null
        : new NodeSource(new OverHttp(plain(node), way(node, arguments.cookie())));
  }

  /** The address without its user. */
  private static URI plain(URI node) {
    String path = node.getRawPath() == null ? "" : node.getRawPath();
    String port = node.getPort() < 0 ? "" : ":" + node.getPort();
    return URI.create(node.getScheme() + "://" + node.getHost() + port + path);
  }

  private String way(URI node, @Nullable String cookie) throws IOException {
    if (cookie != null) {
      byte[] bytes = disk.read(cookie);
      return basic(
          new String(bytes, StandardCharsets.US_ASCII).strip().getBytes(StandardCharsets.US_ASCII));
    }
    String user = node.getUserInfo() == null ? talk.ask("User of the node: ") : node.getUserInfo();
    String way =
        user == null ? null : talk.hidden("Its password (not shown): ", typed -> way(user, typed));
    if (way == null) {
      throw new IOException("no password");
    }
    return way;
  }

  private static String way(String user, char[] password) {
    char[] both = Arrays.copyOf((user + ":").toCharArray(), user.length() + 1 + password.length);
    System.arraycopy(password, 0, both, user.length() + 1, password.length);
    byte[] bytes = new byte[both.length];
    for (int i = 0; i < both.length; i++) {
      bytes[i] = (byte) both[i];
    }
    Arrays.fill(both, '\0');
    return basic(bytes);
  }

  private static String basic(byte[] bytes) {
    String way = "Basic " + Base64.getEncoder().encodeToString(bytes);
    Arrays.fill(bytes, (byte) 0);
    return way;
  }
}
