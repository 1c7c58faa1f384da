package org.trefoil.custody.paper;

import java.util.ArrayList;
import java.util.List;
import org.trefoil.core.keys.CosignerKey;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.core.units.Network;

/**
 * What both sheets say about the wallet. All of it is public knowledge.
 *
 * @param name the wallet's name as the person typed it, any script
 * @param date the day of birth, {@code 2026-11-21}
 * @param birthHeight height of the chain at birth: where a rescan may start
 * @param threshold how many keys sign
 * @param keys all keys in the descriptor's order
 * @param descriptor with {@code <0;1>/*} and checksum
 * @param firstAddress address 0 of the receive branch
 * @param words the four fingerprint words of the key set
 * @param recoveryDigest SHA-256 of the recovery.html that came with these sheets, 64 hexadecimal
 *     digits, as {@code sha256sum} prints it
 * @param launcherDigest the same of the launcher.html that came with them; empty where none is
 *     known
 */
public record WalletFacts(
    String name,
    String date,
    int birthHeight,
    Network network,
    ScriptType scriptType,
    int threshold,
    List<KeyFacts> keys,
    String descriptor,
    String firstAddress,
    List<String> words,
    String recoveryDigest,
    String launcherDigest) {

  /** Copies the lists, so that the facts cannot change under the printer. */
  public WalletFacts {
    keys = List.copyOf(keys);
    words = List.copyOf(words);
  }

  /** The facts of a key set that nobody else brought keys to. */
  public static WalletFacts of(
      Cosigners cosigners, String name, String date, int birthHeight, String recoveryDigest) {
    return of(cosigners, List.of(), name, date, birthHeight, recoveryDigest);
  }

  /**
   * The facts of a key set; the first address is derived here, not taken from anybody.
   *
   * @param owners names of those who brought keys, in the descriptor's order
   */
  public static WalletFacts of(
      Cosigners cosigners,
      List<String> owners,
      String name,
      String date,
      int birthHeight,
      String recoveryDigest) {
    List<KeyFacts> keys = new ArrayList<>();
    int named = 0;
    for (CosignerKey key : cosigners.keys()) {
      boolean brought = key.role().isOther() && named < owners.size();
      keys.add(new KeyFacts(key.role(), key.expression(), brought ? owners.get(named++) : ""));
    }
    return new WalletFacts(
        name,
        date,
        birthHeight,
        cosigners.network(),
        cosigners.scriptType(),
        cosigners.threshold(),
        keys,
        cosigners.descriptor(),
        cosigners.address(Cosigners.RECEIVE, 0),
        cosigners.words(),
        recoveryDigest,
        "");
  }

  /** The same, naming the launcher that came with the sheets. */
  public WalletFacts withLauncher(String digest) {
    return new WalletFacts(
        name,
        date,
        birthHeight,
        network,
        scriptType,
        threshold,
        keys,
        descriptor,
        firstAddress,
        words,
        recoveryDigest,
        digest);
  }

  /** Whether coins of this network are worth anything. */
  public boolean realMoney() {
    return network == Network.MAINNET;
  }
}
