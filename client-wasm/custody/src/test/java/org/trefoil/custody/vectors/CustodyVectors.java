package org.trefoil.custody.vectors;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.trefoil.core.vectors.CoreVectors;
import org.trefoil.core.vectors.Outcome;
import org.trefoil.custody.bip39.MnemonicVectors;
import org.trefoil.custody.envelope.v1.EnvelopeVectors;
import org.trefoil.custody.foreign.ForeignKeyVectors;
import org.trefoil.custody.keys.KeyVectors;
import org.trefoil.custody.passcode.StretchVectors;
import org.trefoil.custody.slip39.ShareVectors;

/** All vectors of this module; {@code files} gives the text of a file below {@code vectors/}. */
public final class CustodyVectors {
  private CustodyVectors() {}

  /** The vectors of core as well. */
  public static List<Outcome> withCores(Function<String, String> files) {
    List<Outcome> all = new ArrayList<>(new CoreVectors(files).run());
    all.addAll(run(files));
    return all;
  }

  public static List<Outcome> run(Function<String, String> files) {
    return List.of(
        MnemonicVectors.bip39(files.apply("bip-0039/english.txt")),
        KeyVectors.bip32(files.apply("bip-0032/chains.txt")),
        KeyVectors.rfc6979(files.apply("rfc-6979/secp256k1.txt")),
        StretchVectors.rfc9106(files.apply("rfc-9106/argon2id.txt")),
        StretchVectors.rfc5869(files.apply("rfc-5869/sha256.txt")),
        EnvelopeVectors.aesGcm(files.apply("aes-gcm/gcm-spec-256.txt")),
        EnvelopeVectors.envelope(files.apply("envelope-v1/envelopes.txt")),
        EnvelopeVectors.wrapped(files.apply("wrapped-key-v1/wrapped.txt")),
        ForeignKeyVectors.bip38(files.apply("bip-0038/of-each.txt")),
        ShareVectors.slip39(files.apply("slip-0039/vectors.txt")),
        ShareVectors.splits(files.apply("slip-0039/splits.txt")),
        SeededCases.run(files.apply("seeded/outcomes.txt")));
  }
}
