package org.trefoil.core.psbt;

/**
 * A new signature and the input it is for.
 *
 * @param input the input's number, from 0
 * @param signature by whom, and the DER signature with its sighash byte
 */
public record InputSignature(int input, PartialSignature signature) {
  /** Copies the arrays. */
  public static InputSignature of(int input, byte[] publicKey, byte[] signature) {
    return new InputSignature(input, new PartialSignature(publicKey, signature));
  }
}
