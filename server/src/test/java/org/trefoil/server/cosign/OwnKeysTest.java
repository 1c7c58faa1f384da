package org.trefoil.server.cosign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.core.keys.Statement;
import org.trefoil.core.policy.HeldRules;
import org.trefoil.core.units.Hex;
import org.trefoil.core.units.Network;
import org.trefoil.core.wire.RuleReceipt;
import org.trefoil.server.keyfile.KeyFile;
import org.trefoil.server.keyfile.Sealed;
import org.trefoil.server.keyfile.Sealer;

/** Where the server's keys come from: the source of random numbers, and nowhere else. */
class OwnKeysTest {
  private static final int MANY = 50;
  private static final String WALLET = "00112233445566778899aabbccddeeff";
  private static final KeyFile KEY_FILE = KeyFile.of(new byte[32]);

  /** Seeds in memory. */
  private static final class Kept implements SeedStore {
    private final Map<String, Sealed> seeds = new HashMap<>();

    @Override
    public void add(String walletId, NewServerKey key) {
      seeds.put(walletId, Objects.requireNonNull(key.seed()));
    }

    @Override
    public Optional<Sealed> find(String walletId) {
      return Optional.ofNullable(seeds.get(walletId));
    }

    @Override
    public long count() {
      return seeds.size();
    }
  }

  @Test
  void eachWalletHasAKeyOfItsOwnFromASeedThatItAloneOpens() {
    SecureRandom random = new SecureRandom();
    OwnKeys keys = new OwnKeys(new Kept(), KEY_FILE, random, Network.REGTEST);
    Sealer sealer = new Sealer(KEY_FILE, "server-seed", random);
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < MANY; i++) {
      NewServerKey made = keys.make("w" + i);
      Sealed sealed = Objects.requireNonNull(made.seed());
      byte[] seed = sealer.open(sealed, "w" + i);
      assertThat(seed).hasSize(ServerKey.SEED_BYTES).isNotEqualTo(new byte[seed.length]);
      seen.add(Hex.of(seed));
      seen.add(made.key().toString());
      assertThatThrownBy(() -> sealer.open(sealed, "another")).isInstanceOf(RuntimeException.class);
      try (ServerKey again = new ServerKey(seed, Network.REGTEST, Curve.best())) {
        assertThat(again.cosignerKey()).isEqualTo(made.key());
        assertThat(again.toString()).contains("redacted");
      }
    }
    assertThat(seen).hasSize(2 * MANY);
    assertThat(keys.uses()).isZero();
  }

  @Test
  void aKeyThatIsClosedHasItsSeedWiped() {
    byte[] seed = new byte[ServerKey.SEED_BYTES];
    Arrays.fill(seed, (byte) 7);
    new ServerKey(seed, Network.REGTEST, Curve.best()).close();
    assertThat(seed).isEqualTo(new byte[ServerKey.SEED_BYTES]);
  }

  /** A wallet of one key, this server's. */
  private static Cosigners alone(NewServerKey key) {
    return new Cosigners(Network.REGTEST, ScriptType.P2WSH, 1, List.of(key.key()));
  }

  @Test
  void whatIsHeldOfTheRulesIsSignedByTheWalletsOwnKeyWhereNoAddressLies() {
    OwnKeys keys = new OwnKeys(new Kept(), KEY_FILE, new SecureRandom(), Network.REGTEST);
    NewServerKey made = keys.make(WALLET);
    keys.keep(WALLET, made);
    Cosigners wallet = alone(made);
    byte[] nonce = new byte[HeldRules.NONCE];
    nonce[3] = 9;
    RuleReceipt unsigned = new RuleReceipt(5, 0, "00", List.of(), true, null, "");
    RuleReceipt signed = keys.receipt(WALLET, wallet, nonce, unsigned);
    assertThat(signed.signed("")).isEqualTo(unsigned);
    byte[] signature = Base64.getDecoder().decode(signed.signature());
    byte[] digest = HeldRules.digest(wallet, WALLET, nonce, unsigned);
    assertThat(
            Statement.verify(
                digest, wallet, KeyRole.SERVER, HeldRules.BRANCH, HeldRules.INDEX, signature))
        .isTrue();
    nonce[3] = 8;
    byte[] other = HeldRules.digest(wallet, WALLET, nonce, unsigned);
    assertThat(
            Statement.verify(
                other, wallet, KeyRole.SERVER, HeldRules.BRANCH, HeldRules.INDEX, signature))
        .isFalse();
  }

  @Test
  void nothingIsSignedForAWalletWithAnotherServerKey() {
    OwnKeys keys = new OwnKeys(new Kept(), KEY_FILE, new SecureRandom(), Network.REGTEST);
    keys.keep(WALLET, keys.make(WALLET));
    Cosigners other = alone(keys.make("ff".repeat(16)));
    RuleReceipt unsigned = new RuleReceipt(5, 0, "00", List.of(), true, null, "");
    assertThatThrownBy(() -> keys.receipt(WALLET, other, new byte[HeldRules.NONCE], unsigned))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the server's key is not of this wallet");
  }
}
