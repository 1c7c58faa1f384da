package org.trefoil.server.policy;

import java.util.Arrays;
import java.util.Collection;
import org.trefoil.core.RefusedException;
import org.trefoil.core.address.Address;
import org.trefoil.core.keys.Hashes;
import org.trefoil.core.units.Hex;
import org.trefoil.core.units.Network;

/**
 * Tells addresses of one key, or of one script, in their different forms: P2PKH, P2WPKH and P2WPKH
 * within P2SH of a key; P2WSH and P2WSH within P2SH of a script. P2TR has one form.
 *
 * <p>What is compared is the hash that the form within P2SH would have, which all of them lead to.
 */
final class OneKey {
  private static final int KEY_HASH = 20;
  private static final int SCRIPT_HASH = 32;

  private OneKey() {}

  /** Whether an address, or another form of it, is among others; all of one network. */
  static boolean among(Collection<String> addresses, String address) {
    if (addresses.isEmpty() || addresses.contains(address)) {
      return !addresses.isEmpty();
    }
    String kin = of(address);
    return addresses.stream().anyMatch(other -> of(other).equals(kin));
  }

  private static String of(String address) {
    for (Network network : new Network[] {Network.MAINNET, Network.TESTNET, Network.REGTEST}) {
      try {
        return Hex.of(within(Address.parse(address, network).scriptPubKey()));
      } catch (RefusedException e) {
        continue; // of another network
      }
    }
    return address;
  }

  private static byte[] within(byte[] script) {
    return switch (script.length) {
      case 25 -> nested(KEY_HASH, script, 3); // P2PKH
      case 23 -> Arrays.copyOfRange(script, 2, 2 + KEY_HASH); // P2SH
      case 2 + KEY_HASH -> nested(KEY_HASH, script, 2);
      default -> script[0] == 0 ? nested(SCRIPT_HASH, script, 2) : script;
    };
  }

  /** The hash of {@code OP_0 <hash>}. */
  private static byte[] nested(int length, byte[] script, int from) {
    byte[] program = new byte[2 + length];
    program[1] = (byte) length;
    System.arraycopy(script, from, program, 2, length);
    return Hashes.hash160(program);
  }
}
