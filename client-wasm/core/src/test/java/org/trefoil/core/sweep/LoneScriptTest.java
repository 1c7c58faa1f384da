package org.trefoil.core.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trefoil.core.address.Address;
import org.trefoil.core.units.Hex;
import org.trefoil.core.units.Network;

/**
 * The scripts of the private key 1, whose public key is the generator, and which all have tried.
 */
class LoneScriptTest {
  private static final String X =
      "79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798";
  private static final String Y =
      "483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8";
  private final List<LoneScript> scripts =
      LoneScript.of(Hex.parse("02" + X), Hex.parse("04" + X + Y));

  @ParameterizedTest
  @CsvSource({
    "0,P2PKH,1BgGZ9tcN4rm9KBzDn7KprQz87SZ26SAMH",
    "2,P2PKH,1EHNa6Q4Jz2uvNExL497mE43ikXhwF6kZm",
    "4,P2WPKH,bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
    "5,P2SH_P2WPKH,3JvL6Ymt8MVWiCNHC7oWU6nLeHNJKLZGLN"
  })
  void addressesAreThoseThatTheKeyIsKnownBy(int place, LoneScript.Kind kind, String address) {
    LoneScript script = scripts.get(place);
    assertThat(script.kind()).isEqualTo(kind);
    assertThat(Address.ofScript(Network.MAINNET, script.scriptPubKey()).text()).isEqualTo(address);
  }

  @Test
  void theKeyItselfIsPushedAndChecked() {
    LoneScript compressed = scripts.get(LoneFixture.P2PK);
    LoneScript uncompressed = scripts.get(LoneFixture.P2PK_UNCOMPRESSED);
    assertThat(Hex.of(compressed.scriptPubKey())).isEqualTo("2102" + X + "ac");
    assertThat(Hex.of(uncompressed.scriptPubKey())).isEqualTo("4104" + X + Y + "ac");
    assertThat(List.of(compressed.kind(), uncompressed.kind())).containsOnly(LoneScript.Kind.P2PK);
  }

  @Test
  void signaturesAreByTheKeyInTheFormThatTheScriptWants() {
    for (int place = 0; place < scripts.size(); place++) {
      boolean uncompressed = place == 2 || place == 3;
      assertThat(Hex.of(scripts.get(place).publicKey()))
          .isEqualTo(uncompressed ? "04" + X + Y : "02" + X);
    }
  }

  /** Four for each byte outside the witness, with a signature of 72 bytes. */
  @ParameterizedTest
  @CsvSource({"0,593", "1,457", "2,721", "3,457", "4,272", "5,364"})
  void aCoinOfEachScriptWeighs(int place, long weight) {
    assertThat(scripts.get(place).inputWeight()).isEqualTo(weight);
  }

  @Test
  void noArrayThatIsHandedInOrOutChangesAScript() {
    byte[] compressed = Hex.parse("02" + X);
    byte[] uncompressed = Hex.parse("04" + X + Y);
    List<LoneScript> made = LoneScript.of(compressed, uncompressed);
    Arrays.fill(compressed, (byte) 0);
    Arrays.fill(uncompressed, (byte) 0);
    for (int place = 0; place < made.size(); place++) {
      LoneScript script = made.get(place);
      Arrays.fill(script.publicKey(), (byte) 0);
      Arrays.fill(script.scriptPubKey(), (byte) 0);
      Arrays.fill(script.scriptCode(), (byte) 0);
      LoneScript same = scripts.get(place);
      assertThat(script.publicKey()).isEqualTo(same.publicKey());
      assertThat(script.scriptPubKey()).isEqualTo(same.scriptPubKey());
    }
  }
}
