package org.trefoil.vault.screen;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.trefoil.core.RefusedException;
import org.trefoil.core.keys.ColdProof;
import org.trefoil.core.keys.CosignerKey;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.vault.browser.Document;
import org.trefoil.vault.browser.Globals;
import org.trefoil.vault.view.Field;
import org.trefoil.vault.view.Piece;
import org.trefoil.vault.view.QrPicture;

/**
 * Has the holders of brought keys, a cold backup key or the owners', sign a text with them, before
 * money can depend on those keys.
 */
final class ColdProofStep {
  private final Desk desk;
  private final Cosigners cosigners;
  private final String walletId;
  private final List<String> names;
  private final Consumer<List<String>> proved;
  private final List<Field> signatures = new ArrayList<>();

  /**
   * Draws nothing yet.
   *
   * @param names of the owners, none for a cold backup key
   * @param proved gets the signatures in the descriptor's order, checked
   */
  ColdProofStep(
      Desk desk,
      Cosigners cosigners,
      String walletId,
      List<String> names,
      Consumer<List<String>> proved) {
    this.desk = desk;
    this.cosigners = cosigners;
    this.walletId = walletId;
    this.names = names;
    this.proved = proved;
    for (CosignerKey key : cosigners.others()) {
      signatures.add(field(key));
    }
  }

  private Field field(CosignerKey key) {
    int number = signatures.size();
    boolean alone = number >= names.size();
    Field field =
        new Field(
            alone ? "cold-proof" : "cold-proof-" + (number + 1),
            alone ? "Signature that the device gives" : "Signature of " + names.get(number),
            "textarea");
    field.input().looks("mono");
    String length = "88 characters, alone or as the device wraps them.";
    return field.hint(
        alone
            ? length
            : "With the key "
                + key.origin().fingerprintHex()
                + " at "
                + ColdProof.path(cosigners, key.role())
                + ": "
                + length);
  }

  void begin() {
    if (signatures.isEmpty()) {
      proved.accept(List.of());
      return;
    }
    String message = ColdProof.message(cosigners, walletId);
    Piece text = copied(message, "cold-proof-text");
    Piece facts = Piece.of("dl", "facts").add(Piece.of("dt").text("Text to sign"), text);
    if (names.isEmpty()) {
      String path = ColdProof.path(cosigners, cosigners.others().get(0).role());
      facts.add(Piece.of("dt").text("Key path"), copied(path, "cold-proof-path"));
    }
    Piece fields = Piece.of("div", "narrow");
    for (Field signature : signatures) {
      fields.add(signature.box());
    }
    desk.show(
        Desk.heading(
            names.isEmpty() ? "Show that you have the cold key" : "Have each owner show their key"),
        Piece.says(
            names.isEmpty()
                ? "A key that nobody can sign with would be no backup. Have your device or wallet"
                    + " sign this text as a message, with the key at this path. It moves no money."
                : "A key that nobody can sign with would be no key. Send this text to each owner;"
                    + " their device or wallet signs it as a message. It moves no money."),
        facts,
        Piece.of("div", "field")
            .add(
                copyButton(text),
                QrPicture.of(message, "QR code of the text to sign").testId("cold-proof-qr")),
        fields,
        Piece.says(
            "soft",
            names.isEmpty()
                ? "The device is somewhere else? Close this page and come back: the wallet waits,"
                    + " and the text stays the same."
                : "Owners are somewhere else? Close this page and come back when you have all"
                    + " signatures: the wallet waits, and the text stays the same."),
        Piece.of("div", "actions")
            .add(
                Piece.button(
                    names.size() > 1 ? "Check the signatures" : "Check the signature",
                    "cold-proof-submit",
                    desk.safely(this::go))));
  }

  private Piece copyButton(Piece text) {
    Piece[] button = new Piece[1];
    Runnable copy =
        desk.safely(
            () -> {
              Document document = Globals.document();
              document.getSelection().selectAllChildren(text.element());
              boolean copied = document.execCommand("copy");
              button[0].text(copied ? "Copied" : "It is selected: copy it now");
            });
    button[0] = Piece.button("Copy the text", "cold-proof-copy", copy).looks("quiet small");
    return Piece.of("div", "actions").add(button[0]);
  }

  private static Piece copied(String text, String testId) {
    return Piece.of("dd", "mono").testId(testId).text(text);
  }

  private void go() {
    List<String> checked = new ArrayList<>();
    for (Field signature : signatures) {
      CosignerKey key = cosigners.others().get(checked.size());
      try {
        checked.add(ColdProof.check(cosigners, walletId, key.role(), signature.text()));
      } catch (RefusedException e) {
        desk.outbox().refused(e.refusal());
        signature.refuse(e.refusal());
        return;
      }
    }
    proved.accept(checked);
  }
}
