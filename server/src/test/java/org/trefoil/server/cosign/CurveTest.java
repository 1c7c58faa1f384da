package org.trefoil.server.cosign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.bitcoinj.base.Sha256Hash;
import org.bitcoinj.crypto.ChildNumber;
import org.bitcoinj.crypto.DeterministicKey;
import org.bitcoinj.crypto.ECKey;
import org.bitcoinj.crypto.HDKeyDerivation;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.trefoil.core.keys.CosignerKey;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.Hashes;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.keys.PublicCurve;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.core.psbt.Signatures;
import org.trefoil.core.units.Network;

/** libsecp256k1 and bitcoinj are one in what they sign, derive and accept. */
class CurveTest {
  private static final int SIGNATURES = 10_000;
  private static final int CHECKED = 1_500;
  private static final BigInteger ORDER = CustomNamedCurves.getByName("secp256k1").getN();

  private static final int KEY_SETS = 200;

  private final Random random = new Random(20261121);
  private static final String WITHOUT =
      "NO LIBSECP256K1: it comes along for Linux alone, and was not compared with bitcoinj";

  private Curve library = bitcoinj();
  private final Curve bitcoinj = bitcoinj();

  private static Curve bitcoinj() {
    return new BitcoinjCurve();
  }

  @BeforeEach
  void load() {
    if (!System.getProperty("os.name").equals("Linux")) {
      System.err.println(WITHOUT);
      Assumptions.abort(WITHOUT);
    }
    library = new NativeCurve();
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  @Test
  void onThisMachineTheLibraryIsUsed() {
    assertThat(Curve.best().name()).isEqualTo("libsecp256k1");
    SelfTest.run(library);
    SelfTest.run(bitcoinj);
  }

  @Test
  void whereTheLibraryCannotBeLoadedBitcoinjSigns() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=/dev/null/nowhere",
                "-cp",
                System.getProperty("java.class.path"),
                Naming.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    byte[] said = process.getInputStream().readAllBytes();
    assertThat(new String(said, StandardCharsets.UTF_8)).endsWith("bitcoinj\n");
  }

  /** The other process: says which arithmetic it would sign with. */
  static final class Naming {
    private Naming() {}

    public static void main(String[] args) {
      System.out.println(Curve.best().name());
    }
  }

  @Test
  void tenThousandSignaturesAreEqualByteForByteAndVerifiedByBoth() {
    for (int i = 0; i < SIGNATURES; i++) {
      byte[] secret = bytes(32);
      byte[] hash = bytes(32);
      byte[] signature = library.sign(secret, hash);
      byte[] typed = ServerKey.typed(signature);
      byte[] key = library.publicKey(secret);
      assertThat(signature).as("signature %s", i).isEqualTo(bitcoinj.sign(secret, hash));
      assertThat(Signatures.right(typed, hash, key, library)).as("check %s", i).isTrue();
      if (i < CHECKED) {
        assertThat(key).isEqualTo(bitcoinj.publicKey(secret));
        assertThat(Signatures.right(typed, hash, key, bitcoinj)).isTrue();
        assertThat(ECKey.fromPublicOnly(key).verify(Sha256Hash.wrap(hash), decoded(signature)))
            .isTrue();
      }
    }
  }

  @Test
  void keysBelowAKeySetAreEqualByteForByte() {
    for (int i = 0; i < KEY_SETS; i++) {
      List<CosignerKey> keys = new ArrayList<>();
      for (KeyRole role : KeyRole.ofWallet(3)) {
        try (ServerKey key = new ServerKey(bytes(32), Network.REGTEST, library)) {
          keys.add(new CosignerKey(role, key.cosignerKey().origin(), key.cosignerKey().xpub()));
        }
      }
      Cosigners cosigners = new Cosigners(Network.REGTEST, ScriptType.P2WSH, 2, keys);
      for (int branch = 0; branch <= 1; branch++) {
        int index = random.nextInt(Cosigners.MOST_INDEX);
        assertThat(library.childPublicKeys(cosigners, branch, index))
            .as("key set %s, %s/%s", i, branch, index)
            .isDeepEqualTo(PublicCurve.EVERYWHERE.childPublicKeys(cosigners, branch, index));
      }
    }
  }

  @Test
  void bentSignaturesKeysAndHashesAreJudgedAlike() {
    int right = 0;
    for (int i = 0; i < CHECKED; i++) {
      byte[] secret = bytes(32);
      byte[] hash = bytes(32);
      byte[] key = library.publicKey(secret);
      byte[] typed = ServerKey.typed(library.sign(secret, hash));
      byte[] bent = typed.clone();
      switch (i % 6) {
        case 0 -> bent[random.nextInt(bent.length)] ^= (byte) (1 << random.nextInt(8));
        case 1 -> hash[random.nextInt(32)] ^= (byte) (1 << random.nextInt(8));
        case 2 -> key[random.nextInt(33)] ^= (byte) (1 << random.nextInt(8));
        case 3 -> bent = Arrays.copyOf(bent, random.nextInt(bent.length));
        case 4 -> key = bytes(33);
        default -> {}
      }
      boolean judged = Signatures.right(bent, hash, key, PublicCurve.EVERYWHERE);
      right += judged ? 1 : 0;
      assertThat(Signatures.right(bent, hash, key, library)).as("case %s", i).isEqualTo(judged);
    }
    assertThat(right).isBetween(CHECKED / 6, CHECKED / 6 + 20);
  }

  @Test
  void numbersAtTheEdgeAreJudgedAlike() {
    byte[] hash = bytes(32);
    byte[] key = library.publicKey(bytes(32));
    List<BigInteger> edges =
        List.of(
            BigInteger.ZERO,
            BigInteger.ONE,
            ORDER.shiftRight(1),
            ORDER.subtract(BigInteger.ONE),
            ORDER,
            ORDER.add(BigInteger.ONE),
            BigInteger.ONE.shiftLeft(256),
            BigInteger.ONE.negate());
    for (BigInteger r : edges) {
      for (BigInteger s : edges) {
        assertThat(library.verify(hash, r, s, key))
            .as("%s %s", r, s)
            .isEqualTo(bitcoinj.verify(hash, r, s, key));
      }
    }
    BigInteger one = BigInteger.ONE;
    for (byte[] noKey : List.of(new byte[0], new byte[33], new byte[32], new byte[65])) {
      assertThat(library.verify(hash, one, one, noKey)).isFalse();
    }
  }

  @Test
  void theServersTreeIsBitcoinjs() {
    for (int i = 0; i < 40; i++) {
      byte[] seed = bytes(32);
      DeterministicKey expected = HDKeyDerivation.createMasterPrivateKey(seed);
      int master = expected.getFingerprint();
      for (int step : List.of(48, 1, 0, 2)) {
        expected = HDKeyDerivation.deriveChildKey(expected, new ChildNumber(step, true));
      }
      int index = random.nextInt(Integer.MAX_VALUE);
      DeterministicKey child =
          HDKeyDerivation.deriveChildKey(
              HDKeyDerivation.deriveChildKey(expected, new ChildNumber(1)), new ChildNumber(index));
      byte[] hash = Hashes.sha256(seed);
      for (Curve curve : List.of(library, bitcoinj)) {
        try (ServerKey key = new ServerKey(seed.clone(), Network.REGTEST, curve)) {
          assertThat(key.cosignerKey().xpub().publicKey()).isEqualTo(expected.getPubKey());
          assertThat(key.cosignerKey().xpub().chainCode()).isEqualTo(expected.getChainCode());
          assertThat(key.cosignerKey().origin().fingerprint()).isEqualTo(master);
          assertThat(key.cosignerKey().xpub().base58())
              .isEqualTo(expected.serializePubB58(org.bitcoinj.base.BitcoinNetwork.REGTEST));
          ServerKey.Made made = key.sign(1, index, hash);
          assertThat(made.publicKey()).isEqualTo(child.getPubKey());
          assertThat(Signatures.right(made.signature(), hash, child.getPubKey())).isTrue();
        }
      }
    }
  }

  @Test
  void aTweakThatIsNoScalarIsNoKey() {
    byte[] order = new byte[32];
    Scalars.put(ORDER, order, 0);
    byte[] secret = bytes(32);
    byte[] negative = new byte[32];
    Scalars.put(ORDER.subtract(new BigInteger(1, secret)), negative, 0);
    for (Curve curve : List.of(library, bitcoinj)) {
      for (byte[] tweak : List.of(order, negative)) {
        assertThat(catchThrowable(() -> curve.plus(secret, tweak)))
            .as(curve.name())
            .isInstanceOf(IllegalStateException.class);
      }
    }
  }

  private static ECKey.ECDSASignature decoded(byte[] compact) {
    return new ECKey.ECDSASignature(
        new BigInteger(1, Arrays.copyOf(compact, 32)),
        new BigInteger(1, Arrays.copyOfRange(compact, 32, 64)));
  }
}
