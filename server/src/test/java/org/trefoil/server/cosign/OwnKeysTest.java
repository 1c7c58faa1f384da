package org.trefoil.server.cosign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.trefoil.core.units.Hex;
import org.trefoil.core.units.Network;
import org.trefoil.server.keyfile.KeyFile;
import org.trefoil.server.keyfile.Sealed;
import org.trefoil.server.keyfile.Sealer;

/** Where the server's keys come from: the source of random numbers, and nowhere else. */
class OwnKeysTest {
  private static final int MANY = 50;
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
}
