package org.trefoil.server.app;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.trefoil.server.config.Config;

/** Where people open our pages: what the operator said, or this machine at the port served. */
final class OwnAddress implements Supplier<String> {
  private final @Nullable String publicUrl;
  private volatile int port;

  OwnAddress(Config config) {
    this.publicUrl = config.publicUrl();
    this.port = config.port();
  }

  void servedOn(int bound) {
    port = bound;
  }

  @Override
  public String get() {
    return publicUrl == null ? "http://localhost:" + port : publicUrl;
  }
}
