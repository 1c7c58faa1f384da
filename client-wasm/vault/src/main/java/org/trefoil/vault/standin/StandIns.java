package org.trefoil.vault.standin;

import org.teavm.extension.spi.substitution.SimpleSubstitutionPolicy;
import org.teavm.extension.spi.substitution.SubstitutionSink;

/** Names the classes that TeaVM's class library lacks and that bitcoinj and Bouncy Castle need. */
public final class StandIns extends SimpleSubstitutionPolicy {
  @Override
  public void contribute(SubstitutionSink sink) {
    sink.selectClasses(
            named("java.security.MessageDigest")
                .or(named("org.bouncycastle.crypto.CryptoServicesRegistrar"))
                .or(named("org.bouncycastle.crypto.ec.CustomNamedCurves"))
                .or(named("java.security.Security"))
                .or(named("javax.security.auth.Destroyable"))
                .or(named("javax.security.auth.DestroyFailedException"))
                .or(named("org.slf4j.LoggerFactory")))
        .packagePrefix("org.trefoil.vault.standin.");
  }
}
