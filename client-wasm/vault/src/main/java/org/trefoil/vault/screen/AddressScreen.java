package org.trefoil.vault.screen;

import org.trefoil.core.address.Address;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.uri.PaymentUri;
import org.trefoil.core.wire.FromVault;
import org.trefoil.core.wire.ToVault;
import org.trefoil.vault.browser.Document;
import org.trefoil.vault.browser.Globals;
import org.trefoil.vault.view.Piece;
import org.trefoil.vault.view.QrPicture;
import org.trefoil.vault.wallet.KnownWallet;

/** Shows a receive address that the vault derived itself; the server's idea of it must agree. */
final class AddressScreen extends WalletScreen {
  private final ToVault.ShowAddress task;

  AddressScreen(Desk desk, ToVault.ShowAddress task) {
    super(desk, task.wallet(), task.pin(), "This address is not shown");
    this.task = task;
  }

  @Override
  void begin(KnownWallet wallet) {
    Address address = wallet.receiveAddress(task.index(), task.address());
    if (task.pin() == null) {
      new FirstLook(desk, wallet, "Check and show", () -> draw(wallet, address)).show();
    } else {
      draw(wallet, address);
    }
  }

  private void draw(KnownWallet wallet, Address address) {
    String uri = new PaymentUri(address, null, null, null).qrText();
    Piece text = Piece.of("p", "address").testId("receive-address").text(address.grouped());
    Piece copied = Piece.says("hint", "").attribute("role", "status").testId("copied");
    Piece hidden = Piece.of("span", "offscreen").attribute("aria-hidden", "true");
    hidden.text(address.text());
    Piece copy =
        Piece.button(
            "Copy the address", "copy-address", desk.safely(() -> copy(hidden, text, copied)));
    Piece words =
        Piece.of("p")
            .add(
                Piece.of("span", "soft").text("Key set: "),
                Piece.of("span", "words")
                    .testId("key-words")
                    .text(String.join(" ", wallet.cosigners().words())));
    desk.show(
        Desk.heading("Receive"),
        Piece.of("div", "receive")
            .add(
                QrPicture.of(uri, "QR code of the address").attribute("data-testid", "receive-qr"),
                Piece.of("div")
                    .add(
                        text,
                        Piece.of("div", "actions").add(copy),
                        copied,
                        words,
                        Piece.says(
                            "hint",
                            "The same four words stand on both backup sheets. If they differ, do"
                                + " not use this address."),
                        far(),
                        hidden)));
    desk.outbox().send(new FromVault.AddressShown(task.index()));
  }

  /** Says so when the server names a number further on than other wallets look by themselves. */
  private Piece far() {
    Integer seen = task.seen();
    if (seen == null || task.index() <= seen + Cosigners.GAP) {
      return Piece.of("p").show(false);
    }
    return Piece.says(
            "warn",
            "This is address number "
                + (task.index() + 1)
                + " of the wallet. The last that this browser showed was number "
                + (seen + 1)
                + ". That is right if you received payments elsewhere since. If not, do not use it:"
                + " other wallets would not find money so far on by themselves.")
        .testId("address-far");
  }

  /** Copies the address without its blanks; where the browser does not let us, selects it. */
  private static void copy(Piece plain, Piece grouped, Piece says) {
    Document document = Globals.document();
    document.getSelection().selectAllChildren(plain.element());
    if (document.execCommand("copy")) {
      says.text("Copied. Compare it where you paste it.");
    } else {
      document.getSelection().selectAllChildren(grouped.element());
      says.text("This browser does not let the vault copy: the address is selected, copy it now.");
    }
  }
}
