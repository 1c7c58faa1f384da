package org.trefoil.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.Statement;
import org.trefoil.core.keys.TaggedHash;
import org.trefoil.core.keys.TestKeys;
import org.trefoil.core.units.Hex;
import org.trefoil.core.units.Network;
import org.trefoil.core.wire.PolicyDocument;
import org.trefoil.core.wire.Rules;

class PolicyChainTest {
  private static final String WALLET = "00112233445566778899aabbccddeeff";
  private static final String RULES = Rules.NONE.toJson().write();
  private final Cosigners cosigners = TestKeys.twoOfThree(Network.REGTEST);

  /** A signature that is the digest, twice. */
  private static final PolicyChain.Signatures PLAIN =
      (digest, sig) -> Hex.of(sig).equals(Hex.of(digest) + Hex.of(digest));

  private List<PolicyDocument> chain(int length) {
    List<PolicyDocument> documents = new ArrayList<>();
    String head = PolicyChain.NOTHING;
    for (int version = 1; version <= length; version++) {
      PolicyDocument plain = new PolicyDocument(version, head, 10L * version, RULES, "");
      byte[] digest = PolicyChain.digest(cosigners, WALLET, plain);
      head = Hex.of(digest);
      byte[] signature = Hex.parse(head + head);
      documents.add(plain.signed(Base64.getEncoder().encodeToString(signature)));
    }
    return documents;
  }

  private PolicyChain verify(List<PolicyDocument> documents) {
    return PolicyChain.verify(cosigners, WALLET, documents, PLAIN);
  }

  private static void broken(int version, ThrowingCallable work) {
    RefusedException e = catchThrowableOfType(RefusedException.class, work);
    Refusal why = e.refusal();
    assertThat(why.token()).isEqualTo("policy-chain-broken");
    assertThat(why.data()).containsEntry("version", Integer.toString(version));
  }

  /** Every bit of the numbers counts: what a version begins at, and which it is. */
  @Test
  void theDigestIsOverEachOfItsParts() {
    Set<String> seen = new HashSet<>();
    for (int bit = 0; bit < 31; bit++) {
      seen.add(digest(1 << bit, PolicyChain.NOTHING, 0, RULES));
    }
    for (int bit = 0; bit < 63; bit++) {
      seen.add(digest(0, PolicyChain.NOTHING, 1L << bit, RULES));
    }
    for (int at = 0; at < 64; at++) {
      String before = "0".repeat(at) + "1" + "0".repeat(63 - at);
      seen.add(digest(0, before, 0, RULES));
    }
    seen.add(digest(0, PolicyChain.NOTHING, 0, RULES));
    seen.add(digest(0, PolicyChain.NOTHING, 0, RULES + " "));
    assertThat(seen).hasSize(31 + 63 + 64 + 2);
  }

  @Test
  void theDigestIsTheOneThatIsWrittenDown() {
    String before = "ab".repeat(32);
    byte[] numbers = Hex.parse("01020304" + before + "0000000506070809");
    byte[] rules = RULES.getBytes(StandardCharsets.UTF_8);
    byte[] wallet = Statement.digest(Statement.POLICY, cosigners, WALLET);
    assertThat(digest(0x01020304, before, 0x0506070809L, RULES))
        .isEqualTo(Hex.of(TaggedHash.of("trefoil/policy/1", wallet, numbers, rules)));
  }

  private String digest(int version, String previous, long notBefore, String rules) {
    return Hex.of(PolicyChain.digest(cosigners, WALLET, version, previous, notBefore, rules));
  }

  @Test
  void aChainIsTakenAsItWasSigned() {
    PolicyChain chain = verify(chain(3));
    assertThat(chain.version()).isEqualTo(3);
    assertThat(chain.rules(2)).isEqualTo(Rules.NONE);
    assertThat(verify(List.of()).rulesAt(5, Set.of())).isEqualTo(Rules.NONE);
  }

  @Test
  void whateverIsChangedLeftOutOrMovedIsNamedByItsVersion() {
    for (int i = 0; i < 3; i++) {
      int at = i;
      List<PolicyDocument> chain = chain(3);
      PolicyDocument d = chain.get(i);
      List<PolicyDocument> bent =
          List.of(
              new PolicyDocument(9, d.previous(), d.notBefore(), d.rules(), d.signature()),
              new PolicyDocument(
                  d.version(), "ab".repeat(32), d.notBefore(), d.rules(), d.signature()),
              new PolicyDocument(d.version(), d.previous(), 5, d.rules(), d.signature()),
              new PolicyDocument(
                  d.version(), d.previous(), d.notBefore(), d.rules() + " ", d.signature()),
              new PolicyDocument(d.version(), d.previous(), d.notBefore(), d.rules(), "AAAA"),
              new PolicyDocument(d.version(), d.previous(), d.notBefore(), d.rules(), "?"));
      for (PolicyDocument other : bent) {
        List<PolicyDocument> edited = new ArrayList<>(chain);
        edited.set(at, other);
        broken(at + 1, () -> verify(edited));
      }
      if (i < 2) {
        List<PolicyDocument> without = new ArrayList<>(chain);
        without.remove(at);
        broken(at + 1, () -> verify(without));
      }
    }
    PolicyChain all = verify(chain(3));
    assertThat(verify(chain(2)).head()).isNotEqualTo(all.head());
    String other = WALLET.replace('0', '1');
    broken(1, () -> PolicyChain.verify(cosigners, other, chain(1), PLAIN));
    broken(1, () -> PolicyChain.verify(cosigners, WALLET, chain(1)));
  }

  @Test
  void theNewestVersionHoldsWhoseTimeHasComeAndThatWasNotCancelled() {
    PolicyChain chain = verify(chain(3));
    assertThat(chain.inForce(9, Set.of())).isZero();
    assertThat(chain.inForce(29, Set.of())).isEqualTo(2);
    assertThat(chain.inForce(30, Set.of())).isEqualTo(3);
    assertThat(chain.inForce(30, Set.of(3))).isEqualTo(2);
    assertThat(chain.waiting(29, Set.of())).isEqualTo(chain.documents().get(2));
    assertThat(chain.waiting(30, Set.of())).isNull();
    assertThat(chain.waiting(29, Set.of(3))).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.2.3",
        "1.2.3.4.5",
        "256.1.1.1",
        "1.2.3.4/33",
        "1.2.3.4/",
        "1.2.3.4/-1",
        "",
        "::1::",
        "g::",
        "2001:db8::/129",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "12345::",
        " 1.2.3.4"
      })
  void whatIsNoRangeIsRefused(String text) {
    RefusedException e = catchThrowableOfType(RefusedException.class, () -> IpRange.parse(text));
    assertThat(e.refusal().token()).isEqualTo("rules-malformed");
  }

  @Test
  void rangesHoldWhatBeginsAlike() {
    assertThat(IpRange.parse("192.0.2.0/23").has("192.0.3.255")).isTrue();
    assertThat(IpRange.parse("192.0.2.0/24").has("192.0.3.0")).isFalse();
    assertThat(IpRange.parse("192.0.2.1").has("192.0.2.1")).isTrue();
    assertThat(IpRange.parse("2001:db8::/32").has("2001:db8:0:0:0:0:0:1")).isTrue();
    assertThat(IpRange.parse("2001:db8::/32").has("2001:db9::1")).isFalse();
    assertThat(IpRange.parse("::/0").has("::1")).isTrue();
    assertThat(IpRange.parse("::/0").has("1.2.3.4")).isFalse();
    assertThat(IpRange.parse("192.0.2.0/24").has("::ffff:192.0.2.9")).isTrue();
    assertThat(IpRange.parse("::/0").has("::ffff:192.0.2.9")).isFalse();
    assertThat(IpRange.parse("10.0.0.0/8").holds(IpRange.parse("10.9.0.0/16"))).isTrue();
    assertThat(IpRange.parse("10.9.0.0/16").holds(IpRange.parse("10.0.0.0/8"))).isFalse();
  }

  @Test
  void rulesThatMakeNoSenseAreRefused() {
    String address = "bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080";
    List<String> senseless =
        List.of(
            RULES.replace("\"delayHours\":48", "\"delayHours\":23"),
            RULES.replace("\"amounts\":[]", "\"amounts\":[{\"seconds\":60,\"most\":1}]"),
            RULES.replace("\"amounts\":[]", "\"amounts\":[{\"seconds\":3600,\"most\":0}]"),
            RULES.replace("\"blocked\":[]", "\"blocked\":[\"" + address.toUpperCase() + "\"]"),
            RULES.replace(
                "\"book\":[]", "\"book\":[{\"name\":\"\",\"address\":\"" + address + "\"}]"),
            RULES.replace("\"feePercent\":0", "\"feePercent\":101"),
            RULES.replace("\"networks\":[]", "\"networks\":[\"1.2\"]"),
            RULES.replace("\"firstTimeHours\":0", "\"firstTimeHours\":721"));
    for (String text : senseless) {
      assertThat(text).isNotEqualTo(RULES);
      RefusedException e =
          catchThrowableOfType(
              RefusedException.class, () -> PolicyChain.read(text, Network.REGTEST));
      assertThat(e.refusal().token()).as(text).isEqualTo("rules-malformed");
    }
    assertThat(PolicyChain.read(RULES, Network.REGTEST)).isEqualTo(Rules.NONE);
  }
}
