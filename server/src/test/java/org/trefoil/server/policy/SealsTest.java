package org.trefoil.server.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.trefoil.core.units.Hex;
import org.trefoil.server.keyfile.KeyFile;

/** What a row of the database says of a send is worth its seal, which names all of it. */
class SealsTest {
  private static final byte[] KEY = new byte[32];
  private static final byte[] OTHER_KEY = {
    1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26,
    27, 28, 29, 30, 31, 32
  };

  private static final byte[] DIGEST = new byte[32];
  private static final byte[] OTHER = {1};
  private static final Instant THEN = Instant.ofEpochSecond(1_795_234_000L);
  private static final RulesAt FIRST = new RulesAt(1, 1);

  private final Seals seals = new Seals(KeyFile.of(KEY));

  @Test
  void eachPartMakesAnotherSeal() {
    Seals elsewhere = new Seals(KeyFile.of(OTHER_KEY));
    List<byte[]> all =
        Stream.of(
                seals.approved("w", "s", DIGEST, FIRST),
                seals.approved("x", "s", DIGEST, FIRST),
                seals.approved("w", "t", DIGEST, FIRST),
                seals.approved("w", "s", OTHER, FIRST),
                seals.approved("w", "s", DIGEST, new RulesAt(2, 1)),
                seals.approved("w", "s", DIGEST, new RulesAt(1, 2)),
                seals.approved("w", "s", DIGEST, new RulesAt(0, 0)),
                seals.held("w", "s", DIGEST, THEN, THEN, "ada"),
                seals.held("w", "s", DIGEST, THEN.plusSeconds(1), THEN, "ada"),
                seals.held("w", "s", DIGEST, THEN, THEN.plusSeconds(1), "ada"),
                seals.held("w", "s", DIGEST, THEN, THEN, "bea"),
                seals.vote("w", "s", DIGEST, "ada", true),
                seals.vote("w", "s", DIGEST, "ada", false),
                seals.vote("w", "s", DIGEST, "bea", true),
                elsewhere.approved("w", "s", DIGEST, FIRST))
            .toList();
    assertThat(all.stream().map(Hex::of)).doesNotHaveDuplicates();
    assertThat(all).allSatisfy(seal -> assertThat(seal).hasSizeGreaterThanOrEqualTo(32));
  }

  @Test
  void aSealFitsItselfAndNothingElse() {
    byte[] seal = seals.approved("w", "s", DIGEST, FIRST);
    assertThat(Seals.fits(seal.clone(), seals.approved("w", "s", DIGEST, FIRST))).isTrue();
    assertThat(Seals.fits(null, seal)).isFalse();
    assertThat(Seals.fits(new byte[0], seal)).isFalse();
    for (int i = 0; i < seal.length; i++) {
      byte[] bent = seal.clone();
      bent[i] ^= 1;
      assertThat(Seals.fits(bent, seal)).isFalse();
    }
  }
}
