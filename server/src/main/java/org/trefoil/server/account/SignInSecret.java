package org.trefoil.server.account;

/**
 * What is kept to check a sign-in proof.
 *
 * <p>The proof is 32 bytes made in the browser by Argon2id from the password, so guessing it costs
 * the full stretch for each guess already; the server adds a salt of its own and a pepper from the
 * key file, so that a copy of the database alone gives nothing to guess against.
 *
 * @param salt the browser's Argon2id salt, base64, handed out by prelogin
 * @param proofSalt 16 random bytes of the server
 * @param proofHash HMAC-SHA256 under the pepper over proofSalt and proof
 */
public record SignInSecret(
    String salt,
    int memoryKiB,
    int iterations,
    int parallelism,
    byte[] proofSalt,
    byte[] proofHash) {
  public SignInSecret {
    proofSalt = proofSalt.clone();
    proofHash = proofHash.clone();
  }

  @Override
  public byte[] proofSalt() {
    return proofSalt.clone();
  }

  @Override
  public byte[] proofHash() {
    return proofHash.clone();
  }

  @Override
  public String toString() {
    return "SignInSecret[redacted]";
  }
}
