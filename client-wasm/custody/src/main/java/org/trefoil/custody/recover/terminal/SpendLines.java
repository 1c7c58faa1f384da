package org.trefoil.custody.recover.terminal;

import java.util.ArrayList;
import java.util.List;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.proposal.Change;
import org.trefoil.core.proposal.CheckedSpend;
import org.trefoil.core.proposal.Recipient;
import org.trefoil.core.units.FeeRate;
import org.trefoil.custody.recover.OwnPlaces;

/** A checked spend in lines for a person. */
final class SpendLines {
  private SpendLines() {}

  static List<String> of(CheckedSpend spend, OwnPlaces places) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add("This will be signed:");
    for (Recipient recipient : spend.recipients()) {
      lines.add("  pays " + recipient.amount().display() + " to " + recipient.address().text());
    }
    Change change = spend.change();
    if (change != null) {
      String address = places.cosigners().address(Cosigners.CHANGE, change.index());
      lines.add("  change " + change.amount().display() + " comes back to " + address);
    }
    long fee = spend.fee().value();
    long paid = Math.max(1, spend.intent().total().value());
    FeeRate rate = new FeeRate(fee * 1000 / spend.vsize());
    lines.add(
        "  fee "
            + spend.fee().display()
            + ", "
            + rate.satPerVb()
            + " sat/vB, "
            + thousandths(fee * 100_000 / paid)
            + " % of what is paid");
    lines.add("  spends " + CoinLines.count(spend.inputs().size()));
    long height = spend.psbt().unsignedTx().lockTime();
    if (height > 0) {
      lines.add("  counts from block " + height + " on");
    }
    lines.add("  words of this transaction: " + String.join(" ", spend.digestWords()));
    return lines;
  }

  private static String thousandths(long value) {
    return value / 1000 + "." + Long.toString(1000 + value % 1000).substring(1);
  }
}
