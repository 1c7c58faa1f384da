package org.trefoil.server.http;

import io.nayuki.qrcodegen.QrCode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.ur.UrEncoder;
import org.trefoil.core.wire.SendView;
import org.trefoil.core.wire.WalletView;

/** A send that waits for other owners, as its page shows it: who has signed, what others sign. */
final class Signers {
  /** Bytes of a PSBT in each of the codes that are shown in turn. */
  private static final int EACH_CODE = 150;

  private Signers() {}

  /** One key of the wallet. */
  public record Signer(String name, boolean signed, boolean server) {}

  /** What the page is told beyond the send itself. */
  static Map<String, Object> of(WalletView wallet, SendView send, byte[] psbt) {
    Map<String, Object> model = new HashMap<>();
    model.put("signers", signers(wallet, send));
    model.put("psbt", base64(psbt));
    List<QrPicture> codes = new ArrayList<>();
    UrEncoder encoder = UrEncoder.psbt(psbt, EACH_CODE);
    for (int part = 1; part <= encoder.count(); part++) {
      codes.add(QrPicture.of(QrCode.encodeText(encoder.part(part), QrCode.Ecc.LOW)));
    }
    model.put("codes", codes);
    return model;
  }

  private static List<Signer> signers(WalletView wallet, SendView send) {
    List<Signer> signers = new ArrayList<>();
    List<String> owners = wallet.owners();
    for (KeyRole role : KeyRole.ofWallet(Keys.of(wallet).size())) {
      boolean signed = send.signers().contains(role.id());
      String name =
          switch (role) {
            case USER -> "You";
            case SERVER -> "This server, last, on your code";
            case BACKUP -> owners.isEmpty() ? "Backup key" : owners.get(0);
            default -> owners.get(role.ordinal() - KeyRole.OWNER_1.ordinal());
          };
      signers.add(new Signer(name, signed, role == KeyRole.SERVER));
    }
    return signers;
  }

  static String base64(byte[] psbt) {
    return Base64.getEncoder().encodeToString(psbt);
  }
}
