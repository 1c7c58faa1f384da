package org.trefoil.server.mail;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import javax.net.SocketFactory;

/** Makes sockets that all can be cut at once, and makes none afterwards. */
final class CutSockets extends SocketFactory {
  private final List<Socket> made = new ArrayList<>();
  private boolean over;

  @Override
  public synchronized Socket createSocket() throws IOException {
    if (over) {
      throw new IOException("too late");
    }
    Socket socket = new Socket();
    made.add(socket);
    return socket;
  }

  /** Closes all of them: whoever reads or writes on one gets an exception. */
  synchronized void cut() {
    over = true;
    for (Socket socket : made) {
      try {
        socket.close();
      } catch (IOException e) {
        // It is closed as far as we are concerned.
      }
    }
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    throw new IOException("connect by address");
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress from, int fromPort)
      throws IOException {
    throw new IOException("connect by address");
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    throw new IOException("connect by address");
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort)
      throws IOException {
    throw new IOException("connect by address");
  }
}
