package org.trefoil.vault.recovery;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.custody.recover.Papers;
import org.trefoil.vault.browser.Globals;
import org.trefoil.vault.browser.LookUp;
import org.trefoil.vault.screen.Desk;
import org.trefoil.vault.screen.Screen;
import org.trefoil.vault.view.Piece;

/** The recovery: from what is on paper to a wallet, and from there to what is asked of it. */
public final class RecoveryScreen implements Screen {
  private final Desk desk;
  private final Papers papers = new Papers();

  /** What a server said of coins before this load of the page. */
  private final List<String> reports = new ArrayList<>();

  public RecoveryScreen(Desk desk) {
    this.desk = desk;
  }

  /** What stands above every step. */
  public static Piece head() {
    String url = Globals.lookUp();
    String network =
        url.isEmpty()
            ? "This file has no network. What you type stays in it."
            : "This page may ask " + LookUpStep.host(url) + " now. It takes no keys.";
    return Piece.of("header", "top")
        .add(
            Piece.of("p").add(Piece.of("strong").text("Trefoil recovery")),
            Piece.says("hint", network).testId("network-state"));
  }

  @Override
  public void begin() {
    Note note = Note.read(LookUp.takeNote());
    String url = Globals.lookUp();
    if (!url.isEmpty()) {
      ask(url, note);
    } else if (note != null) {
      reports.addAll(note.coins());
      Cosigners cosigners = note.cosigners();
      papers.take(List.of(note.descriptor().toCharArray()), cosigners.network());
      compare(cosigners);
    } else {
      paper();
    }
  }

  /** Open to a server, and so without any field for a key. */
  private void ask(String url, @Nullable Note note) {
    if (note == null) {
      desk.show(
          Desk.heading("Open this file by itself"),
          Piece.says("soft", "Begin without a network: choose the wallet, then whom to ask."),
          Piece.of("div", "actions")
              .add(Piece.button("Begin", "look-up-back", desk.safely(() -> LookUp.close("")))));
    } else if (note.node()) {
      new NodeStep(desk, url, note.cosigners()).show();
    } else if (note.send().isEmpty()) {
      new LookUpStep(desk, url, note.cosigners()).show();
    } else {
      new SendStep(desk, url, note).show();
    }
  }

  private void paper() {
    reports.clear();
    new WalletStep(desk, papers, this::compare, ownKey()).show();
  }

  private Piece ownKey() {
    return Piece.of("details")
        .testId("own-key")
        .add(
            Piece.of("summary").text("A backup key of your own"),
            Piece.says(
                "soft",
                "Without a signing device: a key of dice or coins, kept on paper, for a wallet that"
                    + " you are going to make."),
            Piece.of("div", "actions")
                .add(
                    Piece.button(
                            "Make a key",
                            "make-key",
                            desk.safely(() -> new KeyMakerStep(desk, this::paper).show()))
                        .looks("quiet"),
                    Piece.button(
                            "Sign a text with such a key",
                            "sign-text",
                            desk.safely(() -> new SignTextStep(desk, this::paper).show()))
                        .looks("quiet")));
  }

  private void compare(Cosigners cosigners) {
    Wallet wallet = new Wallet(cosigners, papers);
    new CompareStep(
            desk,
            wallet,
            () -> new CoinsStep(desk, wallet, reports, () -> compare(cosigners)).show(),
            () -> new PsbtStep(desk, wallet, () -> compare(cosigners)).show(),
            this::paper)
        .show();
  }
}
