package org.trefoil.vault.recovery;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.custody.recover.CoinReport;
import org.trefoil.custody.recover.CoinSearch;
import org.trefoil.custody.recover.CoreQuestions;
import org.trefoil.custody.recover.FoundCoins;
import org.trefoil.vault.screen.Desk;
import org.trefoil.vault.view.Field;
import org.trefoil.vault.view.Piece;
import org.trefoil.vault.view.Progress;

/** Which coins there are: pasted or dropped from any source, one report after the other. */
final class CoinsStep {
  private final Desk desk;
  private final Wallet wallet;
  private final List<String> known;
  private final Runnable back;
  private final List<CoinReport> reports = new ArrayList<>();
  private final Field pasted = new Field("coins", "What it answered", "textarea");
  private final FileBox files;
  private final Progress progress = new Progress("coins-progress");
  private final Piece result = Piece.of("div").testId("coins-result");
  private final Piece look;
  private final Piece go;
  private @Nullable FoundCoins found;

  /**
   * Draws nothing yet.
   *
   * @param known what was learnt before
   */
  CoinsStep(Desk desk, Wallet wallet, List<String> known, Runnable back) {
    this.desk = desk;
    this.wallet = wallet;
    this.known = known;
    this.back = back;
    pasted.input().looks("mono");
    pasted.hint(
        "scantxoutset or listunspent of Bitcoin Core; an explorer's list of unspent outputs, with"
            + " its address on the line before; raw transactions; a PSBT. More than one: one after"
            + " the other.");
    files =
        new FileBox(
            "coins-file", "Files with such answers", "", desk, (file, bytes) -> dropped(bytes));
    look = Piece.button("Look for the coins", "coins-look", desk.safely(this::submit));
    go = Piece.button("Go on with these", "coins-continue", desk.safely(this::goOn)).show(false);
  }

  void show() {
    desk.show(
        Desk.heading("Which coins are there?"),
        Piece.says(
            "soft",
            "Any Bitcoin Core tells in about a minute, without a wallet. Run this where one runs,"
                + " then bring the answer here. It looks at 5,000 addresses of each branch."),
        new CopyText("scan-command", "Command", CoreQuestions.scanCommand(wallet.cosigners()))
            .box(),
        new NodeQuestion(desk, wallet).box(),
        new ExplorerQuestion(desk, wallet).box(),
        files.box(),
        pasted.box(),
        progress.box(),
        result,
        Piece.of("div", "actions")
            .add(look, go, Piece.button("Back", "coins-back", desk.safely(back)).looks("quiet")));
    if (reports.isEmpty() && !known.isEmpty()) {
      add(known, false);
    }
  }

  private void dropped(byte[] bytes) {
    add(List.of(new String(bytes, StandardCharsets.UTF_8)), true);
  }

  private void submit() {
    if (pasted.text().isEmpty()) {
      pasted.input().focus();
    } else {
      add(List.of(pasted.text()), false);
    }
  }

  private void add(List<String> texts, boolean file) {
    int before = reports.size();
    try {
      for (String text : texts) {
        reports.add(CoinReport.read(text));
      }
    } catch (RefusedException e) {
      reports.subList(before, reports.size()).clear();
      desk.outbox().refused(e.refusal());
      if (file) {
        files.refuse(e.refusal());
      } else {
        pasted.refuse(e.refusal());
      }
      return;
    }
    CoinSearch search;
    try {
      search = CoinSearch.begin(wallet.places(), reports);
    } catch (RefusedException e) {
      reports.subList(before, reports.size()).clear();
      refuse(e.refusal());
      return;
    }
    pasted.set("");
    pasted.calm();
    look.enable(false);
    go.show(false);
    result.hold();
    desk.work(
        "Comparing with the wallet's addresses",
        search,
        progress,
        this::foundSome,
        this::refuse,
        () -> {
          reports.subList(before, reports.size()).clear();
          look.enable(true);
        });
  }

  private void refuse(Refusal why) {
    desk.outbox().refused(why);
    look.enable(true);
    pasted.refuse(why);
  }

  private void foundSome(FoundCoins coins) {
    takeOut(coins.strangers());
    found = coins;
    look.enable(true).looks("quiet");
    boolean any = !coins.coins().isEmpty();
    go.show(any);
    result.hold(
        any ? CoinList.of(coins) : Desk.alert(Refusal.of(Token.COINS_NONE)),
        CoinList.unusable(coins));
    if (any) {
      go.focus();
    }
  }

  /** Coins of another wallet are named once, and not again with the next report. */
  private void takeOut(Set<Outpoint> strangers) {
    List<CoinReport> kept = new ArrayList<>();
    for (CoinReport report : reports) {
      CoinReport own = report.without(strangers);
      if (own.count() > 0 || report.count() == 0) {
        kept.add(own);
      }
    }
    reports.clear();
    reports.addAll(kept);
  }

  private void goOn() {
    FoundCoins coins = found;
    if (coins != null) {
      new PaymentStep(desk, wallet, coins, this::show).show();
    }
  }
}
