package org.trefoil.core.proposal;

import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.PublicCurve;
import org.trefoil.core.psbt.Finalizer;
import org.trefoil.core.psbt.KeyDerivation;
import org.trefoil.core.psbt.Psbt;
import org.trefoil.core.psbt.PsbtInput;
import org.trefoil.core.psbt.SignedTx;
import org.trefoil.core.units.Hex;

/** A completely signed transaction, ready for the network. */
public final class FinalTx {
  private final byte[] bytes;
  private final String txid;
  private final long vsize;

  private FinalTx(byte[] bytes, String txid, long vsize) {
    this.bytes = bytes;
    this.txid = txid;
    this.vsize = vsize;
  }

  /**
   * Finishes a PSBT over the key set's own coins that enough of the keys have signed. Scripts are
   * derived from the key set and held against the outputs that are spent; every signature is
   * verified. Refuses with {@code foreign-input}, {@code signature-missing}, {@code
   * signature-wrong}, {@code sighash-not-all} or {@code psbt-malformed}.
   */
  public static FinalTx finish(Psbt psbt, Cosigners cosigners) {
    return finish(psbt, cosigners, PublicCurve.EVERYWHERE);
  }

  /** As {@link #finish(Psbt, Cosigners)}, with somebody else's arithmetic. */
  public static FinalTx finish(Psbt psbt, Cosigners cosigners, PublicCurve curve) {
    OwnScripts own = new OwnScripts(cosigners, curve);
    for (int i = 0; i < psbt.inputs().size(); i++) {
      if (!psbt.spentOutput(i).paysTo(claimed(psbt.inputs().get(i), own))) {
        String outpoint = psbt.unsignedTx().outpoint(i).toString();
        throw Refusal.of(Token.FOREIGN_INPUT, "outpoint", outpoint).exception();
      }
    }
    SignedTx signed = Finalizer.extract(Finalizer.finish(psbt, curve));
    return new FinalTx(signed.bytes(), signed.txid(), (signed.weight() + 3) / 4);
  }

  /**
   * The script at the place of the wallet that an input claims to be from; none where it does not.
   */
  private static byte[] claimed(PsbtInput input, OwnScripts own) {
    for (KeyDerivation derivation : input.derivations()) {
      int steps = derivation.stepCount();
      int branch = steps < 2 ? -1 : derivation.step(steps - 2);
      int index = steps < 2 ? -1 : derivation.step(steps - 1);
      if ((branch == Cosigners.RECEIVE || branch == Cosigners.CHANGE) && index >= 0) {
        return own.at(branch, index).scriptPubKey();
      }
    }
    return new byte[0];
  }

  /** Network serialization (BIP-0144), a copy. */
  public byte[] bytes() {
    return bytes.clone();
  }

  public String hex() {
    return Hex.of(bytes);
  }

  /** 64 hexadecimal digits in display order. */
  public String txid() {
    return txid;
  }

  /** Virtual bytes, exact. */
  public long vsize() {
    return vsize;
  }
}
