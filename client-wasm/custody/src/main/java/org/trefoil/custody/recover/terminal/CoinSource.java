package org.trefoil.custody.recover.terminal;

import java.io.IOException;
import java.util.List;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.custody.recover.CoinReport;

/** Where coins are asked for, and where a signed transaction can go. */
interface CoinSource {
  /** How people call it. */
  String name();

  /** All that it says of the wallet's coins. Refuses as {@link CoinReport#read} does. */
  List<CoinReport> coins(Cosigners cosigners) throws IOException;

  /** Hands a signed transaction to the network; {@link IOException} with its reason when not. */
  void send(String hex) throws IOException;

  /** A server's no, with the beginning of its reason. */
  static IOException refused(Line.Reply reply) {
    String text = reply.text().strip();
    return new IOException(
        "it answered "
            + reply.status()
            + (text.isEmpty() ? "" : ": " + text.substring(0, Math.min(300, text.length()))));
  }
}
