package org.trefoil.custody.recover;

import java.util.List;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.descriptor.Descriptors;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.DescriptorMistake;
import org.trefoil.core.units.Network;

/** A descriptor as it is typed or scanned from a sheet: it says what the wallet is. */
public final class DescriptorText {
  private static final int LONGEST = 4_000;
  private static final int NEAR = 8;

  private DescriptorText() {}

  /**
   * The networks that its keys can be of: mainnet alone, or the three test networks, which spell
   * their keys alike; none where there is no key.
   */
  public static List<Network> networks(String text) {
    if (text.indexOf("]xpub") >= 0) {
      return List.of(Network.MAINNET);
    }
    return text.indexOf("]tpub") >= 0
        ? List.of(Network.TESTNET, Network.SIGNET, Network.REGTEST)
        : List.of();
  }

  /**
   * Reads it; blanks are passed over. Besides the refusals of {@link Descriptors#ofWallet}: {@code
   * descriptor-mistyped} {position, near} where one mistake explains that the checksum does not
   * fit, and {@code descriptor-cut-off} where its end is missing. Positions count from 1, without
   * blanks; {@code near} is what was typed there.
   */
  public static Cosigners read(String text, Network network) {
    String compact = Compact.of(text, LONGEST);
    try {
      return Descriptors.ofWallet(compact, network);
    } catch (RefusedException e) {
      boolean places =
          e.refusal().is(Token.DESCRIPTOR_CHECKSUM) || e.refusal().is(Token.DESCRIPTOR_MALFORMED);
      int position = places ? DescriptorMistake.position(compact) : 0;
      if (position > compact.length() || (places && position == 0 && isBeginning(compact))) {
        throw Refusal.of(Token.DESCRIPTOR_CUT_OFF).exception();
      }
      if (position == 0) {
        throw e;
      }
      throw Refusal.of(
              Token.DESCRIPTOR_MISTYPED,
              "position",
              Integer.toString(position),
              "near",
              near(compact, position))
          .exception();
    }
  }

  /** Whether a descriptor could go on behind this. */
  private static boolean isBeginning(String text) {
    int mark = text.lastIndexOf('#');
    if (mark < 0) {
      return text.startsWith("wsh(") || text.startsWith("sh(");
    }
    String rest = Descriptors.checksum(text.substring(0, mark));
    return text.length() <= mark + rest.length() && rest.startsWith(text.substring(mark + 1));
  }

  private static String near(String text, int position) {
    int from = Math.max(0, position - 1 - NEAR);
    return text.substring(from, Math.min(text.length(), position + NEAR));
  }
}
