package org.trefoil.vault.recovery;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.RefusedException;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.units.Network;
import org.trefoil.core.wire.Json;
import org.trefoil.custody.recover.DescriptorText;

/**
 * What one load of the page leaves for the next: public things alone.
 *
 * @param coins texts about coins, as somebody would paste them
 * @param node whether the server that is asked is a Bitcoin Core
 * @param send a signed transaction that is to be sent, in hexadecimal; empty for none
 */
record Note(String descriptor, String network, boolean node, List<String> coins, String send) {
  private static final int LONGEST = 32_000_000;

  static Note of(Cosigners cosigners, List<String> coins, String send) {
    return new Note(cosigners.descriptor(), cosigners.network().id(), false, coins, send);
  }

  /** To ask a Bitcoin Core for the wallet's coins. */
  static Note toNode(Cosigners cosigners) {
    return new Note(cosigners.descriptor(), cosigners.network().id(), true, List.of(), "");
  }

  /** The note in a text; null where there is none. */
  static @Nullable Note read(String text) {
    if (text.isEmpty()) {
      return null;
    }
    try {
      return Json.parse(text, LONGEST)
          .read(
              fields ->
                  new Note(
                      fields.text("descriptor"),
                      fields.text("network"),
                      fields.bool("node"),
                      fields.texts("coins"),
                      fields.text("send")));
    } catch (RefusedException e) {
      return null;
    }
  }

  /** The same once the transaction is out. */
  Note withoutSend() {
    return new Note(descriptor, network, false, coins, "");
  }

  String write() {
    return Json.object()
        .put("descriptor", descriptor)
        .put("network", network)
        .put("node", node)
        .putTexts("coins", coins)
        .put("send", send)
        .json()
        .write();
  }

  Cosigners cosigners() {
    return DescriptorText.read(descriptor, Network.of(network));
  }
}
