package org.trefoil.core.policy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.keys.Statement;
import org.trefoil.core.keys.TaggedHash;
import org.trefoil.core.units.Hex;
import org.trefoil.core.units.Network;
import org.trefoil.core.wire.Json;
import org.trefoil.core.wire.PolicyDocument;
import org.trefoil.core.wire.Rules;

/**
 * All versions of a wallet's rules, each signed by the user key over the one before it. Guarantee:
 * none was changed, left out or put in since it was signed. Limit: that the newest ones are missing
 * shows only against a hash that somebody remembers.
 */
public final class PolicyChain {
  /** The most characters of one version's rules. */
  public static final int MAX_TEXT = 12_000;

  /** The most versions that a wallet has. */
  public static final int MOST = 300;

  /** What the first version names as the one before it. */
  public static final String NOTHING = Hex.of(new byte[32]);

  private static final String TAG = "trefoil/policy/1";

  private final Network network;
  private final List<PolicyDocument> documents;
  private final String head;

  private PolicyChain(Network network, List<PolicyDocument> documents, String head) {
    this.network = network;
    this.documents = List.copyOf(documents);
    this.head = head;
  }

  /** Says whether the user key signed a digest. */
  public interface Signatures {
    boolean hold(byte[] digest, byte[] sig64);
  }

  /**
   * The 32 bytes to sign, which also name the version: tagged hash of the digest of {@link
   * Statement#POLICY} for the wallet, then version (4 bytes, big-endian), hash of the version
   * before (32 bytes), begin (8 bytes, big-endian) and rules in UTF-8.
   */
  public static byte[] digest(
      Cosigners cosigners,
      String walletId,
      int version,
      String previous,
      long notBefore,
      String rules) {
    byte[] numbers = new byte[4 + 32 + 8];
    for (int i = 0; i < 4; i++) {
      numbers[i] = (byte) (version >> 8 * (3 - i));
    }
    System.arraycopy(Hex.parse(previous), 0, numbers, 4, 32);
    for (int i = 0; i < 8; i++) {
      numbers[36 + i] = (byte) (notBefore >> 8 * (7 - i));
    }
    return TaggedHash.of(
        TAG,
        Statement.digest(Statement.POLICY, cosigners, walletId),
        numbers,
        rules.getBytes(StandardCharsets.UTF_8));
  }

  /** As {@link #verify(Cosigners, String, List, Signatures)}, each signature multiplied out. */
  public static PolicyChain verify(
      Cosigners cosigners, String walletId, List<PolicyDocument> documents) {
    return verify(
        cosigners,
        walletId,
        documents,
        (digest, sig) -> Statement.verify(digest, cosigners, KeyRole.USER, sig));
  }

  /**
   * The chain, or {@code policy-chain-broken} {version} with the first version that is not right.
   */
  public static PolicyChain verify(
      Cosigners cosigners, String walletId, List<PolicyDocument> documents, Signatures signatures) {
    String head = NOTHING;
    for (int i = 0; i < documents.size(); i++) {
      PolicyDocument document = documents.get(i);
      if (document.version() != i + 1 || !document.previous().equals(head)) {
        throw broken(i + 1);
      }
      byte[] digest = digest(cosigners, walletId, document);
      if (!signed(digest, document.signature(), signatures)) {
        throw broken(i + 1);
      }
      head = Hex.of(digest);
    }
    return new PolicyChain(cosigners.network(), documents, head);
  }

  /** The digest of a whole document. */
  public static byte[] digest(Cosigners cosigners, String walletId, PolicyDocument document) {
    return digest(
        cosigners,
        walletId,
        document.version(),
        document.previous(),
        document.notBefore(),
        document.rules());
  }

  private static boolean signed(byte[] digest, String signature, Signatures signatures) {
    try {
      return signatures.hold(digest, Base64.getDecoder().decode(signature));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * Rules as they are signed; refuses what is no JSON of them, and what {@link RulesCheck} does.
   */
  public static Rules read(String text, Network network) {
    Rules rules = Rules.fromJson(Json.parse(text, MAX_TEXT));
    RulesCheck.check(rules, network);
    return rules;
  }

  /** {@code policy-chain-broken} at a version. */
  public static RefusedException broken(int version) {
    return Refusal.of(Token.POLICY_CHAIN_BROKEN, "version", Integer.toString(version)).exception();
  }

  /** How many versions there are; the number of the newest one. */
  public int version() {
    return documents.size();
  }

  /** The hash that names all of it, 64 hex digits. */
  public String head() {
    return head;
  }

  public List<PolicyDocument> documents() {
    return documents;
  }

  /** The rules of a version from 1; {@code policy-chain-broken} when they make no sense. */
  public Rules rules(int version) {
    try {
      return read(documents.get(version - 1).rules(), network);
    } catch (RefusedException e) {
      throw broken(version);
    }
  }

  /** The version that holds at a time: 0 while none does. */
  public int inForce(long now, Set<Integer> cancelled) {
    for (int version = documents.size(); version > 0; version--) {
      if (!cancelled.contains(version) && documents.get(version - 1).notBefore() <= now) {
        return version;
      }
    }
    return 0;
  }

  /** The rules that hold at a time. */
  public Rules rulesAt(long now, Set<Integer> cancelled) {
    int version = inForce(now, cancelled);
    return version == 0 ? Rules.NONE : rules(version);
  }

  /** The version that waits for its time; null when none does. */
  public @Nullable PolicyDocument waiting(long now, Set<Integer> cancelled) {
    if (documents.isEmpty()) {
      return null;
    }
    PolicyDocument last = documents.get(documents.size() - 1);
    boolean waits = last.notBefore() > now && !cancelled.contains(last.version());
    return waits ? last : null;
  }
}
