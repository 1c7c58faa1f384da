package org.trefoil.server.http;

import java.nio.ByteBuffer;
import java.util.Map;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * Jetty's own errors (an unreadable request, a header that is too long): the strict headers and no
 * word. What came in by the port that only sends on to https hears nothing of HSTS.
 */
final class BareErrors extends ErrorHandler {
  private final Map<String, String> headers;
  private final Map<String, String> inClear;

  BareErrors(Map<String, String> headers, Map<String, String> inClear) {
    this.headers = headers;
    this.inClear = inClear;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    boolean plain = ToHttps.PLAIN.equals(request.getConnectionMetaData().getConnector().getName());
    (plain ? inClear : headers).forEach((name, value) -> response.getHeaders().put(name, value));
    response.write(true, ByteBuffer.allocate(0), callback);
    return true;
  }
}
