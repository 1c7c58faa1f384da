package org.trefoil.core.proposal;

import java.util.Arrays;
import java.util.List;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.keys.PublicCurve;
import org.trefoil.core.psbt.PartialSignature;
import org.trefoil.core.psbt.Psbt;
import org.trefoil.core.psbt.Sighash;
import org.trefoil.core.psbt.Signatures;

/** A checked spend that one role has signed, every input, and nobody else. */
public final class HalfSigned {
  private final CheckedSpend spend;
  private final Psbt psbt;
  private final KeyRole by;

  private HalfSigned(CheckedSpend spend, Psbt psbt, KeyRole by) {
    this.spend = spend;
    this.psbt = psbt;
    this.by = by;
  }

  /**
   * Verifies the role's signature on every input. Refuses with {@code signature-missing}, {@code
   * signature-wrong} (also for a signature by anybody else, or in another form than strict DER with
   * a low s) or {@code sighash-not-all}, each with the {@code input}.
   */
  public static HalfSigned verify(CheckedSpend spend, Psbt psbt, KeyRole by) {
    return verify(spend, psbt, by, PublicCurve.EVERYWHERE);
  }

  /** As {@link #verify(CheckedSpend, Psbt, KeyRole)}, with somebody else's arithmetic. */
  public static HalfSigned verify(CheckedSpend spend, Psbt psbt, KeyRole by, PublicCurve curve) {
    if (!psbt.unsignedTx().equals(spend.psbt().unsignedTx())) {
      throw Refusal.of(Token.PSBT_MALFORMED, "reason", "different-transactions").exception();
    }
    for (int i = 0; i < psbt.inputs().size(); i++) {
      List<PartialSignature> signatures = psbt.inputs().get(i).partialSignatures();
      if (signatures.isEmpty()) {
        throw refuse(Token.SIGNATURE_MISSING, i);
      }
      PartialSignature only = signatures.get(0);
      byte[] key = spend.publicKey(i, by);
      if (only.sighashType() != Sighash.ALL) {
        throw refuse(Token.SIGHASH_NOT_ALL, i);
      }
      if (signatures.size() != 1
          || !Arrays.equals(only.publicKey(), key)
          || !Signatures.right(only.signature(), spend.sighash(i), key, curve)) {
        throw refuse(Token.SIGNATURE_WRONG, i);
      }
    }
    return new HalfSigned(spend, psbt, by);
  }

  /**
   * As {@link #verify}, by whichever of the person's two keys has signed: the user or backup key.
   */
  public static HalfSigned byPerson(CheckedSpend spend, Psbt psbt, PublicCurve curve) {
    return verify(spend, psbt, signer(spend, psbt), curve);
  }

  /** Whose key the first signature names; the user key's where it names neither. */
  private static KeyRole signer(CheckedSpend spend, Psbt psbt) {
    if (psbt.inputs().isEmpty() || psbt.inputs().get(0).partialSignatures().isEmpty()) {
      return KeyRole.USER;
    }
    byte[] first = psbt.inputs().get(0).partialSignatures().get(0).publicKey();
    return Arrays.equals(first, spend.publicKey(0, KeyRole.BACKUP)) ? KeyRole.BACKUP : KeyRole.USER;
  }

  public CheckedSpend spend() {
    return spend;
  }

  /** The PSBT with the signatures. */
  public Psbt psbt() {
    return psbt;
  }

  public KeyRole by() {
    return by;
  }

  private static RefusedException refuse(Token token, int input) {
    return Refusal.of(token, "input", Integer.toString(input)).exception();
  }
}
