package org.trefoil.e2e.person;

import java.security.SecureRandom;
import java.util.List;
import org.bitcoinj.base.BitcoinNetwork;
import org.bitcoinj.crypto.ChildNumber;
import org.bitcoinj.crypto.DeterministicHierarchy;
import org.bitcoinj.crypto.DeterministicKey;
import org.bitcoinj.crypto.HDKeyDerivation;
import org.bitcoinj.crypto.HDPath;
import org.trefoil.core.psbt.Psbt;

/** A signing device that stays in a drawer: made by bitcoinj, it knows nothing of Trefoil. */
public final class ColdDevice {

  private final DeterministicKey master;
  private final String account;
  private final BitcoinNetwork network;

  /** A fresh one. */
  public ColdDevice(BitcoinNetwork network) {
    byte[] seed = new byte[32];
    new SecureRandom().nextBytes(seed);
    this.master = HDKeyDerivation.createMasterPrivateKey(seed);
    this.network = network;
    this.account = "48'/" + (network == BitcoinNetwork.MAINNET ? 0 : 1) + "'/0'/2'";
  }

  /** What it exports: {@code [fingerprint/48'/1'/0'/2']tpub…}. */
  public String expression() {
    return "[" + fingerprint() + "/" + account + "]" + at("m/" + account).serializePubB58(network);
  }

  private String fingerprint() {
    return String.format("%08x", master.getFingerprint());
  }

  /** Signs a message with the key at {@code path}, {@code m/48'/…}. */
  public String signs(String message, String path) {
    return at(path).signMessage(message);
  }

  /** The PSBT and this device's signatures. */
  public Psbt signs(Psbt psbt) {
    return new ColdSigner(master).sign(psbt);
  }

  private DeterministicKey at(String path) {
    List<ChildNumber> steps = HDPath.parsePath(path.replace("'", "H"));
    return new DeterministicHierarchy(master).get(steps, false, true);
  }
}
