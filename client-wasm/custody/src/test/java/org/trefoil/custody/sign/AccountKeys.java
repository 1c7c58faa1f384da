package org.trefoil.custody.sign;

import java.util.List;
import org.bitcoinj.crypto.ChildNumber;
import org.bitcoinj.crypto.DeterministicHierarchy;
import org.bitcoinj.crypto.HDKeyDerivation;

/** bitcoinj's idea of an account key, to compare ours with. */
final class AccountKeys {
  private AccountKeys() {}

  static byte[] secretOf(byte[] master, byte[] chainCode) {
    return new DeterministicHierarchy(
            HDKeyDerivation.createMasterPrivKeyFromBytes(master, chainCode))
        .get(
            List.of(
                new ChildNumber(48, true),
                new ChildNumber(1, true),
                new ChildNumber(0, true),
                new ChildNumber(2, true)),
            false,
            true)
        .getPrivKeyBytes();
  }
}
