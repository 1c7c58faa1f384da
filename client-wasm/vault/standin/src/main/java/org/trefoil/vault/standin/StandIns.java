package org.trefoil.vault.standin;

import org.teavm.extension.spi.substitution.SimpleSubstitutionPolicy;
import org.teavm.extension.spi.substitution.SubstitutionSink;

/**
 * Names the classes that bitcoinj and Bouncy Castle need and TeaVM's class library lacks, and those
 * that would bring far more than anyone here asks for.
 */
public final class StandIns extends SimpleSubstitutionPolicy {
  @Override
  public void contribute(SubstitutionSink sink) {
    sink.selectClasses(
            named("java.security.MessageDigest")
                .or(named("java.util.Formatter"))
                .or(named("java.util.regex.Matcher"))
                .or(named("java.util.regex.Pattern"))
                .or(named("org.bouncycastle.asn1.x9.X9ECParameters"))
                .or(named("org.bouncycastle.asn1.x9.X9ECPoint"))
                .or(named("org.bouncycastle.crypto.CryptoServicesRegistrar"))
                .or(named("org.bouncycastle.crypto.ec.CustomNamedCurves"))
                .or(named("java.security.Security"))
                .or(named("javax.security.auth.Destroyable"))
                .or(named("javax.security.auth.DestroyFailedException"))
                .or(named("org.slf4j.LoggerFactory")))
        .packagePrefix("org.trefoil.vault.standin.");
  }
}
