package org.trefoil.vault.recovery;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.trefoil.core.Refusal;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.custody.recover.CoinReport;
import org.trefoil.custody.recover.CoinSearch;
import org.trefoil.custody.recover.FoundCoins;
import org.trefoil.custody.recover.OwnPlaces;
import org.trefoil.vault.browser.LookUp;
import org.trefoil.vault.browser.SavedFile;
import org.trefoil.vault.screen.Desk;
import org.trefoil.vault.view.Piece;
import org.trefoil.vault.view.Progress;

/**
 * What a server said of the wallet's coins: shown, and carried back to the page without network.
 */
final class LearntCoins {
  private final Desk desk;
  private final Cosigners cosigners;
  private final List<String> reports;

  LearntCoins(Desk desk, Cosigners cosigners, List<String> reports) {
    this.desk = desk;
    this.cosigners = cosigners;
    this.reports = reports;
  }

  /** Compares with the wallet's addresses and draws into {@code place}. */
  void show(Progress progress, Piece place, Runnable shown, Consumer<Refusal> refused) {
    List<CoinReport> read = new ArrayList<>();
    for (String text : reports) {
      read.add(CoinReport.read(text));
    }
    CoinSearch search = CoinSearch.begin(new OwnPlaces(cosigners), read);
    desk.work(
        "Comparing with the wallet's addresses",
        search,
        progress,
        coins -> {
          shown.run();
          draw(place, coins);
        },
        refused);
  }

  private void draw(Piece place, FoundCoins coins) {
    if (coins.coins().isEmpty()) {
      place.hold(
          Piece.says("warn", "It knows of no coin of this wallet.").testId("look-up-none"),
          CoinList.unusable(coins),
          Piece.of("div", "actions")
              .add(Piece.button("Go back", "look-up-back", desk.safely(() -> leave(List.of())))));
      return;
    }
    place.hold(
        CoinList.of(coins),
        CoinList.unusable(coins),
        Piece.of("div", "actions")
            .add(
                Piece.button(
                    "Go back with these coins", "look-up-take", desk.safely(() -> leave(reports))),
                Piece.button("Save them as files", "look-up-save", desk.safely(this::save))
                    .looks("quiet")));
  }

  private void save() {
    for (int i = 0; i < reports.size(); i++) {
      byte[] bytes = reports.get(i).getBytes(StandardCharsets.US_ASCII);
      String name = i == 0 ? "coins.txt" : "coins-" + (i + 1) + ".txt";
      new SavedFile(bytes, "text/plain", name).save();
    }
  }

  private void leave(List<String> coins) {
    LookUp.close(Note.of(cosigners, coins, "").write());
  }
}
