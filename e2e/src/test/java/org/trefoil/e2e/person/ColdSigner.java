package org.trefoil.e2e.person;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bitcoinj.base.Sha256Hash;
import org.bitcoinj.crypto.ChildNumber;
import org.bitcoinj.crypto.DeterministicKey;
import org.bitcoinj.crypto.ECKey;
import org.bitcoinj.crypto.HDKeyDerivation;
import org.bitcoinj.crypto.MnemonicCode;
import org.trefoil.core.coins.TxOutput;
import org.trefoil.core.psbt.InputSignature;
import org.trefoil.core.psbt.KeyDerivation;
import org.trefoil.core.psbt.Psbt;
import org.trefoil.core.psbt.Sighash;

/**
 * A device without any cable that holds one key as words: it signs whatever inputs of a PSBT name a
 * key of its own, and knows nothing of wallets. Keys and signatures are bitcoinj's.
 */
public final class ColdSigner {
  private final DeterministicKey master;

  public ColdSigner(List<String> words) {
    master = HDKeyDerivation.createMasterPrivateKey(MnemonicCode.toSeed(words, ""));
  }

  ColdSigner(DeterministicKey master) {
    this.master = master;
  }

  /** The PSBT and this device's signatures. */
  public Psbt sign(Psbt psbt) {
    List<InputSignature> signatures = new ArrayList<>();
    Sighash sighash = new Sighash(psbt.unsignedTx());
    for (int i = 0; i < psbt.inputs().size(); i++) {
      TxOutput spent = psbt.spentOutput(i);
      byte[] script = psbt.inputs().get(i).witnessScript();
      for (KeyDerivation derivation : psbt.inputs().get(i).derivations()) {
        if (derivation.fingerprint() == master.getFingerprint()) {
          byte[] hash = sighash.segwit(i, script, spent.value());
          signatures.add(
              InputSignature.of(i, derivation.publicKey(), signature(key(derivation), hash)));
        }
      }
    }
    return psbt.withSignatures(signatures);
  }

  private DeterministicKey key(KeyDerivation derivation) {
    DeterministicKey key = master;
    for (int i = 0; i < derivation.stepCount(); i++) {
      key = HDKeyDerivation.deriveChildKey(key, new ChildNumber(derivation.step(i)));
    }
    if (!Arrays.equals(key.getPubKey(), derivation.publicKey())) {
      throw new AssertionError("the PSBT names a key that is not at its place");
    }
    return key;
  }

  private static byte[] signature(ECKey key, byte[] hash) {
    ECKey.ECDSASignature made = key.sign(Sha256Hash.wrap(hash)).toCanonicalised();
    byte[] der = made.encodeToDER();
    byte[] typed = Arrays.copyOf(der, der.length + 1);
    typed[der.length] = Sighash.ALL;
    return typed;
  }
}
