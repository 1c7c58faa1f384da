package org.trefoil.custody.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.trefoil.core.VectorFiles;
import org.trefoil.core.keys.KeyPath;
import org.trefoil.core.units.Hex;
import org.trefoil.core.units.Network;
import org.trefoil.core.vectors.Outcome;

/** The private tree of BIP-0032 and what is signed with its keys. */
class PrivateNodeTest {
  private static final byte[] SEED = Hex.parse("000102030405060708090a0b0c0d0e0f");

  @Test
  void theStandardsOwnChainsAndSignaturesComeOut() {
    for (Outcome run :
        List.of(
            KeyVectors.bip32(VectorFiles.text("bip-0032/chains.txt")),
            KeyVectors.rfc6979(VectorFiles.text("rfc-6979/secp256k1.txt")))) {
      assertThat(run.failures()).isEmpty();
      assertThat(run.run()).isGreaterThan(4);
    }
  }

  @Test
  void theFingerprintOfBip32sFirstMasterKeyIsThatOfItsIdentifier() {
    // Test vector 1: the identifier is 3442193e1bb70916e914552172cd4e2dbc9df811.
    try (PrivateNode master = PrivateNode.master(SEED)) {
      assertThat(Integer.toHexString(master.fingerprint())).isEqualTo("3442193e");
      assertThat(master).hasToString("PrivateNode[redacted]");
    }
  }

  @Test
  void whatIsBelowANodeOutlivesItAndANodeThatIsClosedGivesNothing() {
    PrivateNode master = PrivateNode.master(SEED);
    try (PrivateNode itself = master.descend(new KeyPath(List.of()));
        PrivateNode child = master.child(KeyPath.HARDENED)) {
      assertThat(itself.xpub(Network.MAINNET)).isEqualTo(master.xpub(Network.MAINNET));
      byte[] key = master.key().exposed();
      master.close();
      assertThat(key).isEqualTo(new byte[32]);
      // m/0' of the same vector.
      assertThat(Hex.of(child.key().exposed()))
          .isEqualTo("edb2e14f9ee77d26dd93b4ecede8d16ed408ce149b6cd80b0715a2d911a0afea");
      assertThat(itself.xpub(Network.MAINNET).base58()).endsWith("TMg7usUDFdp6W1EGMcet8");
    }
    assertThatThrownBy(() -> master.xpub(Network.MAINNET))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> master.child(0)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> master.child(KeyPath.HARDENED))
        .isInstanceOf(IllegalStateException.class);
  }
}
