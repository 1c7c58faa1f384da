package org.trefoil.server.chain.bitcoind;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.trefoil.server.chain.ChainHealth;
import org.trefoil.server.chain.ChainUnavailable;

/** How we show a node who we are: user and password, or the cookie it writes anew at each start. */
public final class NodeLogin {
  private final @Nullable String userAndPassword;
  private final @Nullable Path cookie;

  private NodeLogin(@Nullable String userAndPassword, @Nullable Path cookie) {
    this.userAndPassword = userAndPassword;
    this.cookie = cookie;
  }

  public static NodeLogin password(String user, String password) {
    return new NodeLogin(user + ":" + password, null);
  }

  /** The file {@code .cookie} in the node's data folder. */
  public static NodeLogin cookie(Path file) {
    return new NodeLogin(null, file);
  }

  /** The value of the {@code Authorization} header now. */
  String header() {
    String login = userAndPassword;
    if (login == null && cookie != null) {
      try {
        login = Files.readString(cookie, StandardCharsets.UTF_8).strip();
      } catch (IOException e) {
        throw new ChainUnavailable(
            ChainHealth.State.DENIED, "The node's cookie file cannot be read: " + cookie, e);
      }
    }
    byte[] bytes = (login == null ? ":" : login).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(bytes);
  }

  @Override
  public String toString() {
    return "NodeLogin[redacted]";
  }
}
