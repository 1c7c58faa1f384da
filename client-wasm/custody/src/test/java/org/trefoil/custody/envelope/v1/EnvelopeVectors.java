package org.trefoil.custody.envelope.v1;

import java.util.List;
import org.trefoil.core.descriptor.Descriptors;
import org.trefoil.core.envelope.EnvelopeBinding;
import org.trefoil.core.envelope.SealedUserKey;
import org.trefoil.core.envelope.WrapContext;
import org.trefoil.core.envelope.WrappedKey;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.units.Hex;
import org.trefoil.core.units.Network;
import org.trefoil.core.vectors.Outcome;
import org.trefoil.custody.entropy.Entropy;
import org.trefoil.custody.entropy.TestEntropy;
import org.trefoil.custody.keys.UserSeed;
import org.trefoil.custody.passcode.Passcode;
import org.trefoil.custody.passcode.PrfOutput;
import org.trefoil.custody.passcode.Stretch;
import org.trefoil.custody.secret.SecretBytes;

/** AES-256-GCM, and the sealed user key of version 1. */
public final class EnvelopeVectors {
  private EnvelopeVectors() {}

  public static Outcome aesGcm(String text) {
    Outcome run = new Outcome("AES-256-GCM");
    for (String[] vector : Outcome.columns(text, 6)) {
      byte[] key = Hex.parse(vector[0]);
      byte[] nonce = Hex.parse(vector[1]);
      byte[] associated = Hex.parse(vector[3]);
      byte[] sealed = AesGcm.seal(key, nonce, associated, Hex.parse(vector[2]));
      run.same(vector[5] + " sealed", vector[4] + vector[5], Hex.of(sealed));
      byte[] opened = AesGcm.open(key, nonce, associated, sealed);
      run.same(vector[5] + " opened", vector[2], opened == null ? "refused" : Hex.of(opened));
      for (int at : new int[] {0, sealed.length - 1}) {
        byte[] altered = sealed.clone();
        altered[at] ^= 1;
        byte[] result = AesGcm.open(key, nonce, associated, altered);
        run.same(vector[5] + " altered", true, result == null);
      }
    }
    return run;
  }

  /** The line's parts: see {@code envelope-v1/README.md}. */
  public static Outcome envelope(String text) {
    Outcome run = new Outcome("envelope v1");
    for (String[] vector : Outcome.columns(text, 12)) {
      Network network = Network.of(vector[1]);
      Cosigners cosigners =
          Descriptors.parse(
              vector[3], network, List.of(KeyRole.USER, KeyRole.BACKUP, KeyRole.SERVER));
      EnvelopeBinding binding = EnvelopeBinding.of(cosigners, vector[2], Hex.parse(vector[4]));
      run.same(vector[0] + " binding", vector[10], Hex.of(binding.digest()));
      Stretch.Params params =
          new Stretch.Params(Integer.parseInt(vector[6]), Integer.parseInt(vector[7]), 1);
      byte[] salt = Hex.parse(vector[8].substring(0, 32));
      byte[] nonce = Hex.parse(vector[8].substring(32));
      try (UserSeed seed = UserSeed.takingOver(SecretBytes.takingOver(Hex.parse(vector[9])));
          Passcode passcode = Passcode.typed(vector[5].toCharArray())) {
        Sealing sealing =
            Sealing.begin(seed, passcode, binding, params, TestEntropy.reads(salt, nonce));
        run.same(vector[0] + " sealed", vector[11], sealing.run().text());
        SealedUserKey sealed = SealedUserKey.parse(vector[11]);
        try (UserSeed opened = Opening.begin(sealed, passcode, binding).run()) {
          run.same(vector[0] + " opened", vector[9], Hex.of(opened.exposedEntropy()));
        }
      }
    }
    return run;
  }

  /** The line's parts: see {@code wrapped-key-v1/README.md}. */
  public static Outcome wrapped(String text) {
    Outcome run = new Outcome("wrapped key v1");
    for (String[] vector : Outcome.columns(text, 16)) {
      Cosigners cosigners =
          Descriptors.parse(
              vector[3],
              Network.of(vector[1]),
              List.of(KeyRole.USER, KeyRole.BACKUP, KeyRole.SERVER));
      SealedUserKey sealed = SealedUserKey.parse(vector[4]);
      EnvelopeBinding binding = sealed.claimed();
      WrapContext context =
          WrapContext.of(
              cosigners,
              vector[2],
              sealed,
              vector[15].isEmpty() ? null : Hex.parse(vector[15]),
              Hex.parse(vector[7]),
              Hex.parse(vector[6]));
      run.same(vector[0] + " context", vector[13], Hex.of(context.digest()));
      Stretch.Params params =
          new Stretch.Params(Integer.parseInt(vector[10]), Integer.parseInt(vector[11]), 1);
      byte[] salt = Hex.parse(vector[12].substring(0, 32));
      byte[] nonce = Hex.parse(vector[12].substring(32));
      try (Passcode passcode = Passcode.typed(vector[5].toCharArray());
          Passcode pin = Passcode.typed(vector[9].toCharArray());
          PrfOutput prf = PrfOutput.of(Hex.parse(vector[8]));
          ProvenStretch key = ProvenStretch.begin(sealed, null, passcode, binding).run();
          UserSeed seed = Opening.begin(sealed, passcode, binding).run()) {
        WrappedKey wrapped =
            Wrapping.wrap(key, pin, prf, context, params, TestEntropy.reads(salt, nonce)).run();
        run.same(vector[0] + " wrapped", vector[14], wrapped.text());
        try (Opened opened =
            Wrapping.open(WrappedKey.parse(vector[14]), pin, prf, context, sealed, null, binding)
                .run()) {
          run.same(
              vector[0] + " opened",
              Hex.of(seed.exposedEntropy()),
              Hex.of(opened.seed().exposedEntropy()));
        }
      }
    }
    return run;
  }

  /** What a random case gives: ciphertext and tag. */
  public static String seeded(Entropy entropy) {
    int length = entropy.bytes(1)[0] & 127;
    byte[] key = entropy.bytes(32);
    byte[] nonce = entropy.bytes(12);
    return Hex.of(AesGcm.seal(key, nonce, entropy.bytes(length / 2), entropy.bytes(length)));
  }
}
