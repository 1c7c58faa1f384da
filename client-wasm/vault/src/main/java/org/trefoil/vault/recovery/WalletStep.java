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
  private final Radios choice;
  private final Piece own;
  private List<Network> offered = List.of();

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
    this.choice = new Radios("network", "Network, as it stands on the sheet", descriptor::calm);
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
            "Use a computer that you trust; it may be offline. Sheet A and sheet B both name the"
                + " wallet. Keys are asked for last, when you have seen what they will sign."),
        drop.box(),
        read,
        descriptor.box(),
        choice.box().show(false),
        Piece.of("div", "actions")
            .add(Piece.button("Go on", "wallet-continue", desk.safely(this::submit))),
        own);
    String before = papers.descriptor();
    if (before != null) {
      descriptor.set(before);
      offerNetworks();
    }
  }

  /** What a file or the camera showed; a file of ours has all of it at once. */
  private void took(List<char[]> texts) {
    boolean any = false;
    for (char[] text : texts) {
      any |= papers.take(text);
    }
    if (!any) {
      refuse(Refusal.of(Token.NOT_OF_A_SHEET));
      return;
    }
    descriptor.calm();
    String found = papers.descriptor();
    if (found != null) {
      descriptor.set(found);
      offerNetworks();
    }
    read.text("Read: " + said() + ".").show(true);
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
    return String.join(", ", names);
  }

  /** Test networks cannot be told apart by their keys, so the person says which. */
  private void offerNetworks() {
    List<Network> possible = DescriptorText.networks(descriptor.text());
    if (possible.equals(offered)) {
      return;
    }
    offered = possible;
    List<String> names = new ArrayList<>();
    for (Network network : possible) {
      names.add(network.id());
    }
    choice.offer(names);
    choice.box().show(possible.size() > 1);
  }

  private @Nullable Network network() {
    if (offered.size() < 2) {
      return offered.isEmpty() ? Network.MAINNET : offered.get(0);
    }
    int chosen = choice.chosen();
    return chosen < 0 ? null : offered.get(chosen);
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
    papers.take(text.toCharArray());
    drop.close();
    known.accept(cosigners);
  }

  private void refuse(Refusal why) {
    desk.outbox().refused(why);
    descriptor.refuse(why);
  }
}
