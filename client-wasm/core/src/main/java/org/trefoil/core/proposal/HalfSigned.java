package org.trefoil.core.proposal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.keys.CosignerKey;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.keys.PublicCurve;
import org.trefoil.core.psbt.PartialSignature;
import org.trefoil.core.psbt.Psbt;
import org.trefoil.core.psbt.Sighash;
import org.trefoil.core.psbt.Signatures;

/**
 * A checked spend that some of the wallet's keys have signed, every input, and nobody else: fewer
 * than the wallet asks for, so that it takes the server's signature or another owner's.
 */
public final class HalfSigned {
  private final CheckedSpend spend;
  private final Psbt psbt;
  private final List<KeyRole> by;

  private HalfSigned(CheckedSpend spend, Psbt psbt, List<KeyRole> by) {
    this.spend = spend;
    this.psbt = psbt;
    this.by = List.copyOf(by);
  }

  /**
   * Verifies the role's signature on every input. Refuses with {@code signature-missing}, {@code
   * signature-wrong} (also for a signature by anybody else, or in another form than strict DER with
   * a low s) or {@code sighash-not-all}, each with the {@code input}.
   */
  public static HalfSigned verify(CheckedSpend spend, Psbt psbt, KeyRole by) {
    return verify(spend, psbt, List.of(by), PublicCurve.EVERYWHERE);
  }

  static HalfSigned verify(CheckedSpend spend, Psbt psbt, List<KeyRole> by, PublicCurve curve) {
    if (!psbt.unsignedTx().equals(spend.psbt().unsignedTx())) {
      throw Refusal.of(Token.PSBT_MALFORMED, "reason", "different-transactions").exception();
    }
    for (int i = 0; i < psbt.inputs().size(); i++) {
      List<PartialSignature> signatures = psbt.inputs().get(i).partialSignatures();
      if (signatures.isEmpty()) {
        throw refuse(Token.SIGNATURE_MISSING, i);
      }
      for (PartialSignature signature : signatures) {
        if (signature.sighashType() != Sighash.ALL) {
          throw refuse(Token.SIGHASH_NOT_ALL, i);
        }
      }
      if (signatures.size() != by.size()) {
        throw refuse(Token.SIGNATURE_WRONG, i);
      }
      for (KeyRole role : by) {
        byte[] key = spend.publicKey(i, role);
        PartialSignature its = of(key, signatures);
        if (its == null || !Signatures.right(its.signature(), spend.sighash(i), key, curve)) {
          throw refuse(Token.SIGNATURE_WRONG, i);
        }
      }
    }
    return new HalfSigned(spend, psbt, by);
  }

  /**
   * As {@link #verify}, by whichever of the wallet's keys but the server's have signed: one at
   * least, and at most all that must sign before the server does.
   */
  public static HalfSigned byPerson(CheckedSpend spend, Psbt psbt, PublicCurve curve) {
    List<KeyRole> signers = signers(spend, psbt);
    if (signers.size() >= spend.cosigners().threshold()) {
      throw refuse(Token.SIGNATURE_WRONG, 0);
    }
    return verify(spend, psbt, signers, curve);
  }

  /** Whose keys the first input's signatures name; the user's where they name none. */
  private static List<KeyRole> signers(CheckedSpend spend, Psbt psbt) {
    List<KeyRole> signers = new ArrayList<>();
    for (CosignerKey key : spend.cosigners().keys()) {
      KeyRole role = key.role();
      if (role != KeyRole.SERVER
          && !psbt.inputs().isEmpty()
          && of(spend.publicKey(0, role), psbt.inputs().get(0).partialSignatures()) != null) {
        signers.add(role);
      }
    }
    return signers.isEmpty() ? List.of(KeyRole.USER) : signers;
  }

  private static @Nullable PartialSignature of(byte[] key, List<PartialSignature> signatures) {
    for (PartialSignature signature : signatures) {
      if (Arrays.equals(signature.publicKey(), key)) {
        return signature;
      }
    }
    return null;
  }

  public CheckedSpend spend() {
    return spend;
  }

  /** The PSBT with the signatures. */
  public Psbt psbt() {
    return psbt;
  }

  /** Who has signed, in the key set's order. */
  public List<KeyRole> by() {
    return by;
  }

  /** How many more must sign before the server's signature completes it. */
  public int missing() {
    return spend.cosigners().threshold() - 1 - by.size();
  }

  private static RefusedException refuse(Token token, int input) {
    return Refusal.of(token, "input", Integer.toString(input)).exception();
  }
}
