package org.trefoil.vault.recovery;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.units.Network;
import org.trefoil.custody.recover.DescriptorText;
import org.trefoil.custody.recover.Papers;
import org.trefoil.vault.screen.Desk;
import org.trefoil.vault.view.Field;
import org.trefoil.vault.view.Piece;

/** Which wallet: the descriptor off either sheet, read from a file, by camera, or typed. */
final class WalletStep {
  private final Desk desk;
  private final Papers papers;
  private final Consumer<Cosigners> known;
  private final PaperDrop drop;
  private final Field descriptor =
      new Field("descriptor", "Descriptor, as it stands on either sheet", "textarea");
  private final Piece read =
      Piece.says("good", "").attribute("role", "status").testId("paper-read");
  private final Piece mix = Piece.of("div").testId("mixed");
  private final NetworkChoice choice;
  private final Piece own;

  /**
   * Draws nothing yet.
   *
   * @param own what else this page does, without a wallet
   */
  WalletStep(Desk desk, Papers papers, Consumer<Cosigners> known, Piece own) {
    this.desk = desk;
    this.papers = papers;
    this.known = known;
    this.own = own;
    this.choice = new NetworkChoice("Network, as it stands on the sheet", descriptor::calm);
    this.drop = new PaperDrop(desk, this::took);
    descriptor.input().looks("mono");
    descriptor.hint(
        "It begins with wsh( or sh( and ends with # and eight characters. It holds no secret.");
    descriptor.onInput(desk.safely(this::offerNetworks));
    read.show(false);
  }

  void show() {
    desk.show(
        Desk.heading("What is on your sheets?"),
        Piece.says(
            "soft",
            "Use a computer that you trust; it may be offline. Every sheet names the wallet. Keys are"
                + " asked for last, when you have seen what they will sign."),
        haveReady(),
        drop.box(),
        mix,
        read,
        descriptor.box(),
        choice.box().show(false),
        Piece.of("div", "actions")
            .add(Piece.button("Go on", "wallet-continue", desk.safely(this::submit))),
        own);
    if (papers.descriptor() != null) {
      showRead();
    }
  }

  private static Piece haveReady() {
    return Piece.of("div", "card")
        .testId("have-ready")
        .add(
            Piece.of("strong").text("Have ready"),
            Piece.of("ul")
                .add(
                    item(
                        "Keys: sheet B with its passcode, and sheet A (or enough of sheets A1,"
                            + " A2 …, or the device with your own backup key). “To spend” on a sheet"
                            + " says how many keys sign."),
                    item(
                        "What tells where the coins are: any Bitcoin Core, or a block explorer. You"
                            + " get the command to run, and bring the answer here."),
                    item("The address that they go to: one of another wallet.")));
  }

  private static Piece item(String text) {
    return Piece.of("li").text(text);
  }

  /** What a file or the camera showed; a file of ours has all of it at once. */
  private void took(List<char[]> texts, @Nullable Network network) {
    try {
      papers.take(texts, network);
    } catch (RefusedException e) {
      if (e.refusal().is(Token.SHEETS_OF_TWO_WALLETS)) {
        askWhich(e.refusal());
      } else {
        refuse(e.refusal());
      }
      return;
    }
    showRead();
  }

  private void showRead() {
    mix.hold();
    descriptor.calm();
    String found = papers.descriptor();
    if (found != null) {
      descriptor.set(found);
      offerNetworks();
    }
    read.text("Read: " + said() + ".").show(true);
  }

  /** Sheets of two wallets: nothing goes on before the person says which one it is. */
  private void askWhich(Refusal why) {
    desk.outbox().refused(why);
    Piece now = Piece.button("Go on with what was read now", "sheets-now", desk.safely(this::now));
    mix.hold(
        Desk.alert(why),
        Piece.of("div", "actions")
            .add(
                now,
                Piece.button(
                        "Keep what was read before", "sheets-before", desk.safely(this::before))
                    .looks("quiet")));
    now.focus();
  }

  private void now() {
    papers.takeAside();
    showRead();
  }

  private void before() {
    papers.dropAside();
    showRead();
  }

  private String said() {
    List<String> names = new ArrayList<>();
    if (papers.descriptor() != null) {
      names.add("the descriptor");
    }
    if (papers.sealed() != null) {
      names.add("the sealed user key");
    }
    if (papers.hasWords()) {
      names.add("the backup key's words");
    }
    if (papers.shares() > 0) {
      names.add(papers.shares() + (papers.shares() == 1 ? " share" : " shares"));
    }
    String words = papers.keySetWords();
    Network network = papers.network();
    return String.join(", ", names)
        + (words.isEmpty() ? "" : " of the wallet “" + words + "”")
        + (network == null ? "" : " on " + network.id());
  }

  /** Test networks cannot be told apart by their keys, so the person says which. */
  private void offerNetworks() {
    List<Network> possible = DescriptorText.networks(descriptor.text());
    Network named = papers.network();
    if (!possible.equals(choice.offered()) || (named != null && choice.chosen() == null)) {
      choice.offer(possible, named);
      choice.box().show(possible.size() > 1);
    }
  }

  private @Nullable Network network() {
    List<Network> offered = choice.offered();
    if (offered.size() < 2) {
      return offered.isEmpty() ? Network.MAINNET : offered.get(0);
    }
    return choice.chosen();
  }

  private void submit() {
    String text = descriptor.text();
    if (text.isEmpty()) {
      descriptor.input().focus();
      return;
    }
    Network network = network();
    if (network == null) {
      refuse(Refusal.of(Token.NETWORK_UNCHOSEN));
      return;
    }
    Cosigners cosigners;
    try {
      cosigners = DescriptorText.read(text, network);
    } catch (RefusedException e) {
      refuse(e.refusal());
      descriptor.mark(e.refusal().data().get("position"));
      return;
    }
    try {
      papers.take(List.of(cosigners.descriptor().toCharArray()), network);
    } catch (RefusedException e) {
      askWhich(e.refusal());
      return;
    }
    drop.close();
    known.accept(cosigners);
  }

  private void refuse(Refusal why) {
    desk.outbox().refused(why);
    descriptor.refuse(why);
  }
}
