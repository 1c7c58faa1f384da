package org.trefoil.core.export;

import java.util.Arrays;
import org.bitcoinj.base.Base58;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.core.keys.Xpub;
import org.trefoil.core.units.Network;

/**
 * An xpub spelled the way Electrum asks for a cosigner's key: the same key with version bytes that
 * also name the script type (SLIP-0132). Electrum refuses a plain xpub beside SegWit seeds.
 */
public final class ElectrumKey {
  private ElectrumKey() {}

  static String of(Xpub xpub, Cosigners cosigners) {
    boolean mainnet = cosigners.network() == Network.MAINNET;
    return of(xpub.base58(), cosigners.scriptType(), mainnet);
  }

  /** The key as {@code Zpub…}/{@code Vpub…}, {@code Ypub…}/{@code Upub…}, or unchanged. */
  public static String of(String xpub, ScriptType scriptType, boolean mainnet) {
    int version =
        switch (scriptType) {
          case P2WSH -> mainnet ? 0x02aa7ed3 : 0x02575483;
          case P2SH_P2WSH -> mainnet ? 0x0295b43f : 0x024289ef;
          case P2SH -> 0;
        };
    if (version == 0) {
      return xpub;
    }
    byte[] bytes = Base58.decodeChecked(xpub);
    for (int i = 0; i < 4; i++) {
      bytes[i] = (byte) (version >> (24 - 8 * i));
    }
    return Base58.encodeChecked(bytes[0] & 0xFF, Arrays.copyOfRange(bytes, 1, bytes.length));
  }
}
