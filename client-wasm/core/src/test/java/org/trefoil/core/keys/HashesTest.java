package org.trefoil.core.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trefoil.core.Refusals.refusal;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.trefoil.core.Token;
import org.trefoil.core.units.Hex;

/** Hashes and checksums against numbers that others have published. */
class HashesTest {
  /** FIPS 180-4's example; in parts it is the hash of what they come to together. */
  @Test
  void sha256OfAbc() {
    String expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assertThat(Hex.of(Hashes.sha256(bytes("abc")))).isEqualTo(expected);
    assertThat(Hex.of(Hashes.sha256(bytes("a"), bytes(""), bytes("bc")))).isEqualTo(expected);
  }

  /** The witness program of BIP-0173's examples is the hash160 of the generator. */
  @Test
  void hash160OfTheGenerator() {
    byte[] generator =
        Hex.parse("0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798");
    assertThat(Hex.of(Hashes.hash160(generator)))
        .isEqualTo("751e76e8199196d454941c45d1b3a323f1433bd6");
  }

  /** The first tweak of BIP-0341's wallet test vectors, which has no script tree. */
  @Test
  void taggedHashOfATaprootTweak() {
    byte[] internal = Hex.parse("d6889cb081036e0faefa3a35157ad71086b123b2b144b649798b494c300a961d");
    assertThat(Hex.of(TaggedHash.of("TapTweak", internal)))
        .isEqualTo("b86e7be8f39bab32a6f2c0443abbc210f0edac0e2c53d501b36b64437d9c6c70");
  }

  @Test
  void aStretchedHashIsHashedSoManyTimesMore() {
    byte[] once = TaggedHash.of("tag", bytes("a"));
    assertThat(TaggedHash.stretched("tag", 0, bytes("a"))).isEqualTo(once);
    assertThat(TaggedHash.stretched("tag", 2, bytes("a")))
        .isEqualTo(Hashes.sha256(Hashes.sha256(once)));
  }

  /**
   * From the test vectors of BIP-0380; a character that no descriptor has is named by its place.
   */
  @Test
  void checksumOfADescriptor() {
    assertThat(DescriptorChecksum.of("raw(deadbeef)")).isEqualTo("89f8spxm");
    assertThat(
            refusal(Token.DESCRIPTOR_MALFORMED, () -> DescriptorChecksum.of("raw(\u00dc)")).data())
        .containsEntry("position", "5");
  }

  private static byte[] bytes(String ascii) {
    return ascii.getBytes(StandardCharsets.US_ASCII);
  }
}
