package org.trefoil.vault.screen;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.keys.CosignerKey;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.keys.Quorum;
import org.trefoil.core.units.Network;
import org.trefoil.core.wire.BroughtKey;
import org.trefoil.core.wire.BroughtKeys;
import org.trefoil.custody.birth.ColdKey;
import org.trefoil.vault.view.Field;
import org.trefoil.vault.view.Piece;

/** Asks how many keys there are and how many sign, and for the key of each further owner. */
final class OwnersForm {
  private static final int MOST_NAME = 40;

  private final Desk desk;
  private final Network network;
  private final Runnable next;
  private final Runnable back;
  private final Field count = new Field("owners-keys", "Keys in all, with yours and ours");
  private final Field threshold = new Field("owners-sign", "How many of them sign");
  private final Piece list = Piece.of("div");
  private final Piece warning = Piece.of("div", "field").show(false);
  private final Piece agreed =
      Piece.of("input")
          .attribute("type", "checkbox")
          .attribute("id", "owners-agreed")
          .testId("owners-agreed");
  private final List<Field> names = new ArrayList<>();
  private final List<Field> keys = new ArrayList<>();
  private final Piece filled =
      Piece.says(
              "These are the present owners. Whose key is lost or was seen brings another one;"
                  + " your own key and ours are made anew.")
          .testId("owners-filled")
          .show(false);
  private @Nullable BroughtKeys brought;

  /**
   * Draws nothing yet.
   *
   * @param next is run once {@link #brought} can be asked
   */
  OwnersForm(Desk desk, Network network, Runnable next, Runnable back) {
    this.desk = desk;
    this.network = network;
    this.next = next;
    this.back = back;
    count.set("4");
    threshold.set("2");
    for (Field number : List.of(count, threshold)) {
      number.input().attribute("inputmode", "numeric");
      number.onInput(desk.safely(this::look));
    }
    threshold.hint("The server signs last, on your code. Without it, the others must be enough.");
    for (int owner = 1; owner <= Quorum.MOST - 2; owner++) {
      names.add(new Field("owner-name-" + owner, "Name of owner " + owner));
      Field key = new Field("owner-key-" + owner, "Public key, with its origin", "textarea");
      key.input().looks("mono");
      keys.add(key);
    }
    warning.add(
        Piece.says(
                "warn",
                "Then nothing can be spent without this server, not even by all of you together:"
                    + " if it is gone, so is the money. Have fewer keys sign, so that the paper is"
                    + " enough without us.")
            .testId("owners-warning"),
        Piece.of("label", "check")
            .attribute("for", "owners-agreed")
            .add(agreed, Piece.of("span").text("I know, and want it so.")));
  }

  void show() {
    keys.get(0)
        .hint(
            "It looks like [d34db33f/48'/"
                + network.coinType()
                + "'/0'/2']"
                + (network == Network.MAINNET ? "xpub" : "tpub")
                + "…");
    desk.show(
        Desk.heading("Whose keys are they?"),
        Piece.says(
            "soft",
            "One key is made for you here and sealed with your passcode, one stays with this"
                + " server. The others are brought by their owners: what is pasted here is public,"
                + " and each will sign a text to show that the key is at hand."),
        filled,
        Piece.of("div", "narrow").add(count.box(), threshold.box(), warning, list),
        Piece.of("div", "actions")
            .add(
                Piece.button("Go on", "owners-next", desk.safely(this::go)),
                Piece.button("Back", "birth-back", desk.safely(back)).looks("quiet")));
    look();
  }

  /** Fills in the owners of the wallet before, whose keys the person may keep or change. */
  void fill(Cosigners older, List<String> owners) {
    count.set(String.valueOf(older.keys().size()));
    threshold.set(String.valueOf(older.threshold()));
    List<CosignerKey> brought = older.others();
    for (int i = 0; i < owners.size() && i < brought.size(); i++) {
      names.get(i).set(owners.get(i));
      keys.get(i).set(brought.get(i).expression());
    }
    filled.show(true);
  }

  /** What was brought. */
  BroughtKeys brought() {
    BroughtKeys read = brought;
    if (read == null) {
      throw new IllegalStateException("nothing was brought yet");
    }
    return read;
  }

  /** Says of a key set that was refused as a whole why. */
  void refuse(Refusal why) {
    show();
    keys.get(0).refuse(why);
  }

  private @Nullable Quorum quorum() {
    try {
      return new Quorum(number(threshold), number(count));
    } catch (RefusedException e) {
      return null;
    }
  }

  private void look() {
    Quorum quorum = quorum();
    list.hold();
    int owners = quorum == null ? 0 : quorum.keys() - 2;
    for (int i = 0; i < owners; i++) {
      list.add(names.get(i).box(), keys.get(i).box());
    }
    warning.show(quorum != null && quorum.needsEach());
  }

  private void go() {
    int at = 0;
    Field asked = threshold;
    try {
      Quorum quorum = new Quorum(number(threshold), number(count));
      if (quorum.needsEach() && !agreed.element().isChecked()) {
        agreed.focus();
        return;
      }
      List<KeyRole> roles = KeyRole.ofWallet(quorum.keys());
      List<CosignerKey> read = new ArrayList<>();
      List<BroughtKey> all = new ArrayList<>();
      for (at = 0; at < quorum.keys() - 2; at++) {
        asked = names.get(at);
        String name = name(at);
        asked = keys.get(at);
        CosignerKey key = ColdKey.parse(roles.get(at + 1), asked.text(), network);
        for (CosignerKey other : read) {
          ColdKey.refuseSame(other, key);
        }
        read.add(key);
        all.add(new BroughtKey(name, key.expression()));
      }
      brought = new BroughtKeys(quorum.threshold(), all);
    } catch (RefusedException e) {
      desk.outbox().refused(e.refusal());
      asked.refuse(e.refusal());
      return;
    }
    next.run();
  }

  private String name(int at) {
    String name = names.get(at).text();
    boolean known = false;
    for (int i = 0; i < at; i++) {
      known |= names.get(i).text().equals(name);
    }
    if (name.isEmpty() || name.length() > MOST_NAME || known) {
      throw Refusal.of(Token.OWNER_NAME, "most", Integer.toString(MOST_NAME)).exception();
    }
    return name;
  }

  private static int number(Field field) {
    String text = field.text();
    boolean digit = text.length() == 1 && text.charAt(0) >= '0' && text.charAt(0) <= '9';
    return digit ? text.charAt(0) - '0' : 0;
  }
}
