package org.trefoil.core.proposal;

import java.util.ArrayList;
import java.util.List;
import org.trefoil.core.RefusedException;
import org.trefoil.core.address.Address;
import org.trefoil.core.coins.Coin;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.core.keys.CosignerKey;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.Hashes;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.core.psbt.Psbt;
import org.trefoil.core.units.FeeRate;
import org.trefoil.core.units.Hex;
import org.trefoil.core.units.Network;
import org.trefoil.core.units.Sats;

/**
 * Sends from numbers: each number gives a line that says what was built, checked and refused. Plain
 * Java with a generator of its own, so that the JVM's lines and WebAssembly's can be compared to
 * the byte. Keys of tests: never fund them.
 */
public final class SeededSpends {
  private static final String[] KEYS = {
    "[7a09fec0/48'/1'/0'/2']tpubDF6iEfB5vF3s3b4iPqCUHchvVoJDd9XsxcXSMtHtytxJxDcnZTuPsMerTnTRYe4XaJj"
        + "UfSFpiriPs4BgQB7GVNNb5JEnLx1jtWeDgipVKdu",
    "[95299b62/48'/1'/0'/2']tpubDFGD8hLiT6dPyxPgxps3EaPLW394u6Y877VsY6xdainz3uP6oWE3JoVqLcAhdLwrNt8"
        + "o4ZrHbGd4woCSWvNYdMdkkyTHRzNJzFZg4PBct9N",
  };

  private static final List<OwnScripts> OWN =
      List.of(own(ScriptType.P2WSH), own(ScriptType.P2SH_P2WSH));

  private long state;

  private SeededSpends(long seed) {
    state = seed * 0x9e3779b97f4a7c15L + 1;
  }

  private static OwnScripts own(ScriptType type) {
    List<CosignerKey> keys = new ArrayList<>();
    keys.add(CosignerKey.parse(KeyRole.USER, KEYS[0], Network.TESTNET));
    keys.add(CosignerKey.parse(KeyRole.BACKUP, KEYS[1], Network.TESTNET));
    return new OwnScripts(new Cosigners(Network.TESTNET, type, 2, keys));
  }

  /** What the send with this number comes to. */
  public static String line(int number) {
    return number + " " + new SeededSpends(number).send();
  }

  private String send() {
    OwnScripts own = OWN.get(pick(2));
    List<Coin> coins = new ArrayList<>();
    for (int i = 1 + pick(12); i > 0; i--) {
      Outpoint outpoint = new Outpoint(Hex.of(bytes(32)), pick(4));
      Sats value = new Sats(1_000 + pick(400_000));
      coins.add(new Coin(outpoint, value, pick(2), pick(6), pick(3), pick(2) == 0));
    }
    List<Recipient> recipients = new ArrayList<>();
    for (int i = 1 + pick(3); i > 0; i--) {
      byte[] script = Hex.parse("0014" + Hex.of(bytes(20)));
      Address address = Address.ofScript(Network.TESTNET, script);
      recipients.add(new Recipient(address, new Sats(pick(300_000))));
    }
    Intent asked =
        new Intent(
            recipients, recipients.size() == 1 && pick(3) == 0, new FeeRate(1_000 + pick(40_000)));
    try {
      Proposal proposal = Proposals.build(own, coins, asked, pick(9), pick(900_000));
      return proposal.fee().value() + " " + judged(proposal, own, coins);
    } catch (RefusedException e) {
      return e.refusal().token() + " " + e.refusal().data();
    }
  }

  private String judged(Proposal proposal, OwnScripts own, List<Coin> coins) {
    byte[] bytes = proposal.psbt().serialize();
    Known known = new Known(coins, FeeBounds.standard(), pick(9), 900_000);
    StringBuilder line = new StringBuilder(Hex.of(Hashes.sha256(bytes)));
    line.append(' ').append(verdict(bytes, proposal.intent(), own, known));
    for (int i = 0; i < 5; i++) {
      byte[] changed = bytes.clone();
      changed[pick(changed.length)] ^= (byte) (1 << pick(8));
      line.append(' ').append(verdict(changed, proposal.intent(), own, known));
    }
    return line.toString();
  }

  private static String verdict(byte[] bytes, Intent intent, OwnScripts own, Known known) {
    try {
      CheckedSpend spend = ProposalCheck.check(Psbt.parse(bytes), intent, own, known).orThrow();
      byte[] hash = spend.sighash(spend.inputs().size() - 1);
      return spend.vsize() + ":" + Hex.of(hash) + ":" + String.join("-", spend.digestWords());
    } catch (RefusedException e) {
      return e.refusal().token();
    }
  }

  private int pick(int bound) {
    state ^= state << 13;
    state ^= state >>> 7;
    state ^= state << 17;
    return (int) ((state >>> 16 & 0x7fffffff) % bound);
  }

  private byte[] bytes(int count) {
    byte[] out = new byte[count];
    for (int i = 0; i < count; i++) {
      out[i] = (byte) pick(256);
    }
    return out;
  }
}
