package org.trefoil.vault.screen;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.address.Address;
import org.trefoil.core.psbt.SignedTx;
import org.trefoil.core.sweep.LoneScript;
import org.trefoil.core.sweep.Sweep;
import org.trefoil.core.units.FeeRate;
import org.trefoil.core.units.Sats;
import org.trefoil.core.wire.FromVault;
import org.trefoil.core.wire.WalletView;
import org.trefoil.custody.keys.LoneKey;
import org.trefoil.custody.sign.SweepSigner;
import org.trefoil.vault.send.Amounts;
import org.trefoil.vault.send.FieldRefused;
import org.trefoil.vault.send.ForeignFunds;
import org.trefoil.vault.send.Wish;
import org.trefoil.vault.view.Piece;
import org.trefoil.vault.view.Progress;

/** Shows what another key's coins are, what it costs to bring them in, and signs. */
final class SweepReview {
  private final Desk desk;
  private final WalletView wallet;
  private final Address to;
  private final ForeignFunds funds;
  private final List<LoneScript> scripts;
  private final LoneKey key;
  private final FeeChoice fee;
  private final Piece error = Piece.of("div");
  private final Piece costs = Piece.of("dl", "facts");
  private final Progress progress = new Progress("sweep-progress");
  private final Piece sign;
  private List<Sweep> sweeps = List.of();

  /**
   * Draws nothing yet.
   *
   * @param key signs once and is closed then
   */
  SweepReview(
      Desk desk,
      WalletView wallet,
      Address to,
      ForeignFunds funds,
      List<LoneScript> scripts,
      LoneKey key) {
    this.desk = desk;
    this.wallet = wallet;
    this.to = to;
    this.funds = funds;
    this.scripts = scripts;
    this.key = key;
    fee = new FeeChoice(funds.fees(), desk.safely(this::changed));
    sign = Piece.button("Sign and bring in", "sweep-sign", desk.safely(this::sign));
  }

  void show() {
    Piece facts = Piece.of("dl", "facts");
    for (LoneScript script : scripts) {
      Sats there = funds.at(script);
      if (!there.isZero()) {
        String address = Address.textOf(to.network(), script.scriptPubKey());
        Review.fact(
            facts,
            "At",
            Piece.of("div")
                .add(
                    Piece.of("p", "address")
                        .testId("sweep-from")
                        .text(
                            address == null
                                ? "The key itself, without an address"
                                : Address.ofScript(to.network(), script.scriptPubKey()).grouped()),
                    Review.amount("sweep-there", there)));
      }
    }
    Review.fact(facts, "In all", Review.amount("sweep-total", funds.total()));
    desk.show(
        Desk.heading("Bring this in?"),
        facts,
        Piece.says(
                "soft",
                Amounts.btc(funds.fresh())
                    + " more was mined lately and can be moved "
                    + funds.blocks()
                    + " blocks from now.")
            .show(!funds.fresh().isZero()),
        Piece.says("soft", "There are " + funds.left() + " coins more. Begin again for them.")
            .show(funds.left() > 0),
        fee.box(),
        error,
        costs,
        Piece.of("div", "narrow").add(progress.box()),
        Piece.of("div", "actions").add(sign));
    changed();
  }

  private void changed() {
    error.hold();
    costs.hold();
    sweeps = List.of();
    try {
      sweeps = funds.plan(to, fee.fee());
      draw();
    } catch (FieldRefused e) {
      // not finished typing: signing says what is wrong
    } catch (RefusedException e) {
      error.hold(Desk.alert(e.refusal()));
    }
  }

  private void draw() {
    Sats paid = Sats.ZERO;
    Sats cost = Sats.ZERO;
    int coins = 0;
    for (Sweep sweep : sweeps) {
      paid = paid.plus(sweep.amount());
      cost = cost.plus(sweep.fee());
      coins += sweep.coins().size();
    }
    FeeRate rate = sweeps.get(0).rate();
    String warning = Amounts.feeWarning(cost, paid, rate, funds.fees());
    Piece destination =
        Piece.of("div")
            .add(
                Piece.of("p", "address").testId("sweep-to").text(to.grouped()),
                Piece.of("small").text("an address of \u201c" + wallet.name() + "\u201d"));
    Review.fact(costs, "To", destination);
    Review.fact(costs, "Arrives", Review.amount("sweep-amount", paid));
    Review.fact(
        costs,
        "Fee",
        Review.amount("sweep-fee", cost)
            .add(
                Piece.of("small")
                    .text(
                        " · "
                            + Amounts.rate(rate)
                            + " · "
                            + Amounts.share(cost, paid)
                            + " of what arrives"),
                Piece.says("warn", warning).testId("fee-warning").show(!warning.isEmpty())));
    if (sweeps.size() > 1) {
      Review.fact(
          costs,
          "In",
          Piece.of("span")
              .testId("sweep-rounds")
              .text(sweeps.size() + " transactions, one after the other"));
    }
    int left = funds.coins().size() - coins;
    if (left > 0) {
      Review.fact(
          costs,
          "Left there",
          Piece.of("span")
              .testId("sweep-left")
              .text(left + (left == 1 ? " coin" : " coins") + " worth less than moving costs"));
    }
  }

  private void sign() {
    Wish.Fee chosen = fee.fee();
    try {
      sweeps = funds.plan(to, chosen);
    } catch (FieldRefused e) {
      refuse(e.refusal());
      return;
    } catch (RefusedException e) {
      desk.outbox().refused(e.refusal());
      error.hold(Desk.alert(e.refusal()));
      return;
    }
    sign.enable(false);
    desk.work(
        "Signing", new SweepSigner(sweeps, key), progress, this::signed, this::failed, key::close);
  }

  private void refuse(Refusal why) {
    desk.outbox().refused(why);
    fee.refuse(why);
  }

  private void signed(List<SignedTx> transactions) {
    key.close();
    List<String> texts = new ArrayList<>();
    for (SignedTx transaction : transactions) {
      texts.add(Base64.getEncoder().encodeToString(transaction.bytes()));
    }
    desk.sayFinally(
        "Signed",
        Piece.says("good", "It is handed to the network now. The vault has forgotten the key."));
    desk.outbox().send(new FromVault.Swept(texts));
  }

  private void failed(Refusal why) {
    key.close();
    desk.refuseFinally("Nothing is brought in", why);
  }
}
