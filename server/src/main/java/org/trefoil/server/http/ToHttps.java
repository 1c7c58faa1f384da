package org.trefoil.server.http;

import java.nio.ByteBuffer;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Before everything else: what came in by plain http is sent on to https, under the configured name
 * whatever the request's own {@code Host}, and gets no further. Of its body nothing is read.
 */
final class ToHttps extends Handler.Wrapper {
  /** The connector that speaks plain http has this name. */
  static final String PLAIN = "plain";

  private static final int PERMANENT_REDIRECT = 308;

  private final String origin;
  private final Map<String, String> headers;

  /**
   * @param origin for example {@code https://wallet.example}
   * @param headers what every answer carries
   */
  ToHttps(Handler next, String origin, Map<String, String> headers) {
    super(next);
    this.origin = origin;
    this.headers = headers;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    if (!PLAIN.equals(request.getConnectionMetaData().getConnector().getName())) {
      return super.handle(request, response, callback);
    }
    headers.forEach((name, value) -> response.getHeaders().put(name, value));
    response.setStatus(PERMANENT_REDIRECT);
    response.getHeaders().put(HttpHeader.LOCATION, there(request.getHttpURI().getPathQuery()));
    response.getHeaders().put(HttpHeader.CONNECTION, "close");
    response.write(true, ByteBuffer.allocate(0), callback);
    return true;
  }

  private String there(String pathQuery) {
    return pathQuery == null || !pathQuery.startsWith("/") ? origin + "/" : origin + pathQuery;
  }
}
