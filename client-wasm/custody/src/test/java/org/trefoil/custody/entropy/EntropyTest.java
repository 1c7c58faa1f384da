package org.trefoil.custody.entropy;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.trefoil.core.Token;
import org.trefoil.core.units.Hex;
import org.trefoil.core.units.Network;
import org.trefoil.custody.birth.Begun;
import org.trefoil.custody.birth.TestBirths;
import org.trefoil.custody.keys.UserSeed;
import org.trefoil.custody.secret.SecretBytes;

class EntropyTest {
  static Stream<Arguments> broken() {
    return Stream.of(
        Arguments.of("absent", (Entropy) n -> null),
        Arguments.of("short", (Entropy) n -> new byte[n - 1]),
        Arguments.of("short", (Entropy) n -> new byte[0]),
        Arguments.of("all-zero", (Entropy) byte[]::new),
        Arguments.of("all-equal", (Entropy) n -> filled(n, i -> 0x5a)),
        Arguments.of("repeated", (Entropy) n -> filled(n, i -> i % 16)),
        Arguments.of("repeated", (Entropy) n -> filled(n, i -> i % 4)));
  }

  private interface Fill {
    int at(int i);
  }

  private static byte[] filled(int n, Fill fill) {
    byte[] bytes = new byte[n];
    for (int i = 0; i < n; i++) {
      bytes[i] = (byte) fill.at(i);
    }
    return bytes;
  }

  @ParameterizedTest
  @MethodSource("broken")
  void c9NoKeyIsMadeFromABrokenSource(String reason, Entropy source) {
    assertThatThrownBy(() -> UserSeed.fresh(source))
        .isInstanceOfSatisfying(
            EntropyMissing.class,
            e -> {
              assertThat(e.reason()).isEqualTo(reason);
              assertThat(e.refusal().is(Token.ENTROPY_MISSING)).isTrue();
            });
    assertThatThrownBy(() -> Begun.begin(TestBirths.terms(Network.REGTEST, "x"), source))
        .isInstanceOf(EntropyMissing.class);
    assertThatThrownBy(() -> Entropy.mixed(source, new byte[] {1, 2, 3}).bytes(32))
        .isInstanceOf(EntropyMissing.class);
  }

  @Test
  void c9ASourceThatThrowsIsNotReplaced() {
    IllegalStateException broken = new IllegalStateException("no crypto");
    Entropy source =
        n -> {
          throw broken;
        };
    assertThatThrownBy(() -> UserSeed.fresh(source)).isSameAs(broken);
  }

  @Test
  void c9ASourceThatSaysTheSameTwiceIsRefused() {
    Entropy stuck = Entropy.checked(n -> TestEntropy.named("stuck").bytes(n));
    stuck.bytes(32);
    assertThatThrownBy(() -> stuck.bytes(32)).isInstanceOf(EntropyMissing.class);
  }

  @Test
  void whatIsMerelyLikeABrokenReadIsTaken() {
    byte[] sound = TestEntropy.named("sound").bytes(80);
    for (int equal = 0; equal < 5; equal++) {
      for (int other = 0; other < 5; other++) {
        byte[] read = sound.clone();
        System.arraycopy(sound, 16 * equal, read, 16 * other, 16);
        Entropy source = Entropy.checked(n -> read.clone());
        if (Math.abs(equal - other) == 1) {
          assertThatThrownBy(() -> source.bytes(80)).isInstanceOf(EntropyMissing.class);
        } else {
          assertThat(source.bytes(80)).isEqualTo(read);
        }
      }
    }
    byte[] oneOther = filled(32, i -> i == 31 ? 1 : 0);
    assertThat(Entropy.checked(n -> oneOther.clone()).bytes(32)).isEqualTo(oneOther);
    // A third block that is cut off after what the second began with is no block.
    byte[] cut = filled(40, i -> i < 32 ? i : i - 16);
    assertThat(Entropy.checked(n -> cut.clone()).bytes(40)).isEqualTo(cut);
    byte[] a = TestEntropy.named("a").bytes(32);
    Entropy inTurn = Entropy.checked(TestEntropy.reads(a, sound, a));
    inTurn.bytes(32);
    inTurn.bytes(32);
    assertThat(inTurn.bytes(40)).startsWith(a);
  }

  @Test
  void aSourceIsCheckedOnceAndAskedForNoLessThanNothing() {
    Entropy source = Entropy.checked(TestEntropy.named("once"));
    assertThat(Entropy.checked(source)).isSameAs(source);
    assertThatThrownBy(() -> source.bytes(-1)).isInstanceOf(IllegalArgumentException.class);
    byte[] same = Entropy.checked(TestEntropy.named("once")).bytes(40);
    try (SecretBytes secret = source.secret(40)) {
      assertThat(secret.exposed()).isEqualTo(same);
    }
  }

  @Test
  void c1WhatASourceGaveIsWipedOnceItWasCopied() {
    List<byte[]> given = new ArrayList<>();
    Entropy sound = TestEntropy.named("wiped");
    Entropy source =
        n -> {
          given.add(sound.bytes(n));
          return given.get(given.size() - 1);
        };
    byte[] copy = Entropy.checked(source).bytes(32);
    assertThat(given.get(0)).containsOnly(0);
    assertThat(copy).isEqualTo(TestEntropy.named("wiped").bytes(32));
    new MixedEntropy(source, new byte[] {1}).bytes(32);
    assertThat(given.get(2)).as("what the pad was made of").hasSize(64).containsOnly(0);
  }

  @Test
  void shortReadsAreCheckedAtFullLength() {
    assertThat(Entropy.checked(TestEntropy.named("a")).bytes(1)).hasSize(1);
    assertThat(Entropy.checked(TestEntropy.named("a")).bytes(0)).isEmpty();
    assertThatThrownBy(() -> Entropy.checked(byte[]::new).bytes(1))
        .isInstanceOf(EntropyMissing.class);
  }

  @Test
  void aSoundSourceIsNeverRefused() {
    Entropy source = Entropy.checked(TestEntropy.named("sound"));
    for (int i = 0; i < 20_000; i++) {
      assertThat(source.bytes(i % 80)).hasSize(i % 80);
    }
  }

  @Test
  void mixedIsDeterministicAndDependsOnBoth() {
    byte[] dice = {1, 6, 3};
    String one = Hex.of(Entropy.mixed(TestEntropy.named("a"), dice).bytes(32));
    assertThat(Hex.of(Entropy.mixed(TestEntropy.named("a"), dice).bytes(32))).isEqualTo(one);
    assertThat(Hex.of(Entropy.mixed(TestEntropy.named("a"), new byte[] {1, 6, 4}).bytes(32)))
        .isNotEqualTo(one);
    assertThat(Hex.of(Entropy.mixed(TestEntropy.named("b"), dice).bytes(32))).isNotEqualTo(one);
    assertThat(Hex.of(Entropy.mixed(TestEntropy.named("a"), new byte[0]).bytes(32)))
        .isNotEqualTo(one);
  }

  /** RFC 5869 by hand: so that anybody who knows both parts can say what came of them. */
  @Test
  void mixedAddsHkdfOfASecondReadToTheFirstUnderTheExtraBytesAndACounter() throws Exception {
    byte[] dice = {1, 6, 3};
    Entropy mixed = Entropy.mixed(TestEntropy.named("a"), dice);
    Entropy plain = Entropy.checked(TestEntropy.named("a"));
    for (int count = 0; count < 300; count++) {
      int n = count < 4 ? 64 * count : 1 + count % 70;
      byte[] expected = plain.bytes(n);
      byte[] salt = {1, 6, 3, 0, 0, (byte) (count >> 8), (byte) count};
      byte[] key = hmac(salt, plain.bytes(64));
      byte[] block = {};
      for (int at = 0; at < n; at++) {
        if (at % 64 == 0) {
          byte[] number = {(byte) (at / 64 + 1)};
          block = hmac(key, block, "trefoil/entropy-mix/1".getBytes(US_ASCII), number);
        }
        expected[at] ^= block[at % 64];
      }
      assertThat(mixed.bytes(n)).as("read %s", count).isEqualTo(expected);
    }
  }

  private static byte[] hmac(byte[] key, byte[]... parts) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA512");
    mac.init(new SecretKeySpec(key, "HmacSHA512"));
    for (byte[] part : parts) {
      mac.update(part);
    }
    return mac.doFinal();
  }

  @Test
  void noMoreIsMixedThanHkdfGives() {
    Entropy mixed = Entropy.mixed(TestEntropy.named("long"), new byte[] {1});
    assertThat(mixed.bytes(255 * 64)).hasSize(16_320);
    assertThatThrownBy(() -> mixed.bytes(255 * 64 + 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void mixedIsUniformInItsFirstReadWhateverTheExtraBytes() {
    // Two sources that differ in the first read only: the results differ by exactly that much.
    byte[] extra = new byte[1000];
    byte[] key = TestEntropy.named("key").bytes(64);
    byte[] a = TestEntropy.named("first a").bytes(32);
    byte[] b = TestEntropy.named("first b").bytes(32);
    byte[] mixedA = Entropy.mixed(TestEntropy.reads(a, key), extra).bytes(32);
    byte[] mixedB = Entropy.mixed(TestEntropy.reads(b, key), extra).bytes(32);
    for (int i = 0; i < 32; i++) {
      assertThat((mixedA[i] ^ mixedB[i]) & 255).isEqualTo((a[i] ^ b[i]) & 255);
    }
  }

  @Test
  void bitsOfMixedReadsAreBalanced() {
    Entropy source = Entropy.mixed(TestEntropy.named("balance"), new byte[] {42});
    int ones = 0;
    int bits = 0;
    for (int i = 0; i < 2_000; i++) {
      for (byte b : source.bytes(32)) {
        ones += Integer.bitCount(b & 255);
        bits += 8;
      }
    }
    // Five standard deviations of a fair coin.
    assertThat(Math.abs(ones - bits / 2)).isLessThan((int) (5 * Math.sqrt(bits) / 2));
  }

  @Test
  void c9NoSeedRepeatsIn65536() {
    Entropy source = Entropy.checked(TestEntropy.named("frozen clock"));
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 65_536; i++) {
      try (UserSeed seed = UserSeed.fresh(source)) {
        assertThat(seen.add(Hex.of(seed.exposedEntropy()))).isTrue();
      }
    }
  }
}
