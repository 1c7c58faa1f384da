package org.trefoil.vault.standin.org.bouncycastle.crypto;

import java.security.SecureRandom;
import org.bouncycastle.crypto.CryptoServiceProperties;
import org.jspecify.annotations.Nullable;

/**
 * Bouncy Castle's registrar without a source of randomness.
 *
 * <p>TeaVM's {@code SecureRandom} falls back to an ordinary generator where {@code crypto} is
 * missing, silently, and this class is what would make one. In the vault entropy is an argument:
 * whatever asks here is a bug and stops. Service constraints are not set, as by default.
 */
public final class CryptoServicesRegistrar {
  private CryptoServicesRegistrar() {}

  public static SecureRandom getSecureRandom() {
    throw new UnsupportedOperationException("entropy comes in as an argument");
  }

  /** Gives back what the caller brought, and never makes one. */
  public static SecureRandom getSecureRandom(@Nullable SecureRandom brought) {
    return brought == null ? getSecureRandom() : brought;
  }

  public static void checkConstraints(CryptoServiceProperties service) {}
}
