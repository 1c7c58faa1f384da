package org.trefoil.vault.screen;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.address.Address;
import org.trefoil.core.proposal.CheckedSpend;
import org.trefoil.core.proposal.Proposal;
import org.trefoil.core.units.Network;
import org.trefoil.vault.browser.Globals;
import org.trefoil.vault.send.Amounts;
import org.trefoil.vault.send.FieldRefused;
import org.trefoil.vault.send.Funds;
import org.trefoil.vault.send.Line;
import org.trefoil.vault.send.Wish;
import org.trefoil.vault.view.Field;
import org.trefoil.vault.view.Piece;

/** Who gets how much, at what fee: checked as a whole when the person asks to review it. */
final class SendForm {
  private static final int PAUSE = 250;

  private final Desk desk;
  private final Network network;
  private final Funds funds;
  private final Consumer<CheckedSpend> review;
  private final Runnable bring;
  private final List<RecipientRow> rows = new ArrayList<>();
  private final Piece rowBox = Piece.of("div");
  private final Piece add;
  private final Piece all;
  private final FeeChoice fee;
  private final Field note = new Field("send-note", "Note (optional)");
  private final Piece go;
  private final Piece error = Piece.of("div");
  private String heading = "Send";
  private final Piece only = Piece.says("").testId("only-to").show(false);
  private final Piece allText = Piece.of("span").text("Send everything, less the fee");
  private boolean oneRecipient;
  private int changes;
  private int made;

  SendForm(
      Desk desk,
      Network network,
      Funds funds,
      @Nullable String noteText,
      Consumer<CheckedSpend> review,
      Runnable bring) {
    this.desk = desk;
    this.network = network;
    this.funds = funds;
    this.review = review;
    this.bring = bring;
    fee = new FeeChoice(funds.fees(), desk.safely(this::changed));
    go = Piece.button("Review", "review", desk.safely(this::submit));
    add =
        Piece.button("Add a recipient", "add-recipient", desk.safely(this::addRow)).looks("quiet");
    all =
        Piece.of("input")
            .attribute("type", "checkbox")
            .attribute("id", "send-everything")
            .testId("send-everything")
            .on("change", desk.safely(this::everythingChanged));
    note.hint("For your own history. The server keeps it; the network never sees it.");
    if (noteText != null) {
      note.set(noteText);
    }
    addRow();
  }

  /**
   * From now on everything goes to this address, or a part of it; nobody else can be named.
   *
   * @param says whose address it is, in place of a hint how to type one
   */
  void onlyTo(Address to, String title, String says) {
    heading = title;
    only.text(says).show(true);
    allText.text("Move everything, less the fee");
    rows.get(0).to().hint("It was checked here, and cannot be changed.");
    oneRecipient = true;
    rows.get(0).to().set(to.text());
    rows.get(0).to().input().attribute("readonly", "");
    all.element().setChecked(true);
    rows.get(0).everything(true, "");
    arrange();
    changed();
  }

  void show() {
    desk.show(
        Desk.heading(heading),
        Piece.of("p", "soft")
            .add(
                Piece.of("span").text("Can be spent now: "),
                Piece.of("span", "amount")
                    .testId("send-available")
                    .text(funds.available().display())),
        only,
        error,
        rowBox,
        Piece.of("div", "split field")
            .add(
                Piece.of("label", "check").attribute("for", "send-everything").add(all, allText),
                add),
        fee.box(),
        note.box(),
        Piece.of("div", "actions")
            .add(
                go,
                Piece.button("Bring a signed transaction", "bring", desk.safely(bring))
                    .looks("quiet")
                    .show(!oneRecipient)));
    if (oneRecipient) {
      go.focus();
    } else {
      rows.get(0).to().input().focus();
    }
  }

  /** The note as typed. */
  String note() {
    return note.text();
  }

  private void addRow() {
    made++;
    int number = made;
    RecipientRow[] row = new RecipientRow[1];
    Runnable remove = number == 1 ? null : desk.safely(() -> removeRow(row[0]));
    row[0] = new RecipientRow(network, number, desk.safely(this::changed), remove);
    row[0].amount().onEnter(desk.safely(this::submit));
    rows.add(row[0]);
    rowBox.add(row[0].box());
    if (number > 1) {
      row[0].to().input().focus();
    }
    arrange();
  }

  private void removeRow(RecipientRow row) {
    rows.remove(row);
    row.box().element().remove();
    arrange();
    changed();
  }

  /** Everything goes to one recipient only. */
  private void arrange() {
    all.enable(rows.size() == 1);
    add.show(!oneRecipient && !all.element().isChecked());
  }

  private void everythingChanged() {
    rows.get(0).everything(all.element().isChecked(), "");
    arrange();
    changed();
  }

  private Wish wish() {
    List<Line> lines = new ArrayList<>();
    for (RecipientRow row : rows) {
      lines.add(row.line());
    }
    return new Wish(lines, fee.fee(), note.text());
  }

  /** Estimates the fee once the typing pauses. */
  private void changed() {
    error.hold();
    String message = rows.get(0).message();
    if (message != null && note.text().isEmpty() && rows.size() == 1) {
      note.set(message.length() > Wish.MOST_NOTE ? message.substring(0, Wish.MOST_NOTE) : message);
    }
    changes++;
    int now = changes;
    Globals.setTimeout(
        desk.safely(
                () -> {
                  if (now == changes) {
                    estimate();
                  }
                })
            ::run,
        PAUSE);
  }

  private void estimate() {
    String text = "";
    try {
      Proposal proposal = wish().estimate(funds, network);
      text = "About " + Amounts.btc(proposal.fee()) + " (" + Amounts.sat(proposal.fee()) + ")";
      int rounds = funds.rounds(wish().intent(network));
      if (rounds > 1) {
        text +=
            ". It takes "
                + rounds
                + " transactions, one after the other, and this is the first: come back for the"
                + " next.";
      }
      if (all.element().isChecked()) {
        rows.get(0).amount().set(proposal.intent().total().btc());
      }
    } catch (FieldRefused | RefusedException e) {
      // not finished typing: the review says what is wrong
    }
    fee.estimate(text);
  }

  private void submit() {
    error.hold();
    CheckedSpend spend;
    try {
      spend = wish().spend(funds, network);
    } catch (FieldRefused e) {
      refuse(e);
      return;
    }
    review.accept(spend);
  }

  private void refuse(FieldRefused e) {
    Refusal why = e.refusal();
    desk.outbox().refused(why);
    int row = Math.min(e.row(), rows.size() - 1);
    switch (e.place()) {
      case TO -> rows.get(row).to().refuse(why);
      case AMOUNT -> rows.get(row).amount().refuse(why);
      case FEE -> fee.refuse(why);
      case NOTE -> note.refuse(why);
      case FORM -> error.hold(Desk.alert(why));
    }
  }
}
