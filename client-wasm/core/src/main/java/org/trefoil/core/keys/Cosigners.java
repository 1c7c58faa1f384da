package org.trefoil.core.keys;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.math.ec.ECPoint;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.address.Address;
import org.trefoil.core.units.Hex;
import org.trefoil.core.units.Network;

/**
 * The key set of a wallet: any {@code threshold} of {@code keys} spend. Everything a wallet owns on
 * the chain follows from it: scripts, addresses, the descriptor, the four words.
 *
 * @param threshold 1 … number of keys
 * @param keys 1 … 15 different keys, in the order in which the descriptor names them
 */
public record Cosigners(
    Network network, ScriptType scriptType, int threshold, List<CosignerKey> keys) {
  public static final int MAX_KEYS = 15;

  /** Receive addresses are at {@code 0/*}. */
  public static final int RECEIVE = 0;

  /** Change goes to {@code 1/*}. */
  public static final int CHANGE = 1;

  /**
   * The last address of a branch that is ever used; a wallet that reaches it uses it again. Chosen
   * so that whoever rebuilds a wallet with other software can look through all of it: 10,000
   * scripts are seconds for Bitcoin Core and minutes for an Electrum server, and ten payments a day
   * take more than a year to get there. A server that may name any number could hide money behind
   * it and sell the number.
   */
  public static final int MOST_INDEX = 4_999;

  /** Wallets that scan stop after this many unused addresses in a row. */
  public static final int GAP = 20;

  private static final int WORD_ROUNDS = 1 << 16;

  public Cosigners {
    keys = List.copyOf(keys);
    if (keys.isEmpty() || keys.size() > MAX_KEYS) {
      String max = Integer.toString(MAX_KEYS);
      throw Refusal.of(Token.DESCRIPTOR_TOO_MANY_KEYS, "max", max).exception();
    }
    if (threshold < 1 || threshold > keys.size()) {
      throw Refusal.of(Token.DESCRIPTOR_THRESHOLD).exception();
    }
    Set<String> seen = new HashSet<>();
    for (CosignerKey key : keys) {
      if (!seen.add(Hex.of(key.xpub().publicKey()))) {
        throw Refusal.of(Token.KEY_REPEATED).exception();
      }
    }
  }

  /** The public keys at {@code branch/index}, 33 bytes each, in the order of {@link #keys}. */
  public byte[][] childPublicKeys(int branch, int index) {
    ECPoint[] points = new ECPoint[keys.size()];
    for (int i = 0; i < points.length; i++) {
      points[i] = keys.get(i).xpub().childPoint(branch, index);
    }
    Secp256k1.normalizeAll(points);
    byte[][] children = new byte[points.length][];
    for (int i = 0; i < points.length; i++) {
      children[i] = points[i].getEncoded(true);
    }
    return children;
  }

  /** {@code m <key>… n OP_CHECKMULTISIG}, keys sorted (BIP-0067). */
  public byte[] multisigScript(int branch, int index) {
    return Scripts.sortedMultisig(threshold, childPublicKeys(branch, index));
  }

  /** The script that an output at {@code branch/index} carries. */
  public byte[] scriptPubKey(int branch, int index) {
    return Scripts.scriptPubKey(scriptType, multisigScript(branch, index));
  }

  /** The same, by somebody else's arithmetic. */
  public byte[] scriptPubKey(PublicCurve curve, int branch, int index) {
    byte[][] children = curve.childPublicKeys(this, branch, index);
    return Scripts.scriptPubKey(scriptType, Scripts.sortedMultisig(threshold, children));
  }

  /** The address at {@code branch/index}. */
  public String address(int branch, int index) {
    return Address.ofScript(network, scriptPubKey(branch, index)).text();
  }

  /** Those that are neither the user's nor the server's: the backup key, or the owners'. */
  public List<CosignerKey> others() {
    List<CosignerKey> others = new ArrayList<>();
    for (CosignerKey key : keys) {
      if (key.role().isOther()) {
        others.add(key);
      }
    }
    return others;
  }

  /** Whether there is a key of {@code role}. */
  public boolean has(KeyRole role) {
    for (CosignerKey key : keys) {
      if (key.role() == role) {
        return true;
      }
    }
    return false;
  }

  /** The first key of {@code role}. */
  public CosignerKey key(KeyRole role) {
    for (CosignerKey key : keys) {
      if (key.role() == role) {
        return key;
      }
    }
    throw new IllegalArgumentException("no key of that role");
  }

  /** {@code wsh(sortedmulti(2,[…]tpub…/<0;1>/*,…))#checksum} (BIP-0380 to BIP-0389). */
  public String descriptor() {
    StringBuilder text = new StringBuilder();
    text.append("sortedmulti(").append(threshold);
    for (CosignerKey key : keys) {
      text.append(',').append(key.expression()).append("/<0;1>/*");
    }
    text.append(')');
    String body =
        switch (scriptType) {
          case P2WSH -> "wsh(" + text + ")";
          case P2SH_P2WSH -> "sh(wsh(" + text + "))";
          case P2SH -> "sh(" + text + ")";
        };
    return body + "#" + DescriptorChecksum.of(body);
  }

  /** SHA-256 of the descriptor with its checksum, 32 bytes: the key set's fingerprint. */
  public byte[] digest() {
    return Hashes.sha256(descriptor().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Four BIP-0039 English words by which people recognise the key set. They are the first 44 bits,
   * 11 for each word from the left, of the tagged hash "trefoil/keyset" (BIP-0340's construction)
   * of {@link #digest} after 2^16 more rounds of SHA-256, 32 bytes to 32 bytes (vectors: {@code
   * key-set-words}).
   *
   * <p>The rounds are there because whoever hands out keys has free bytes in them to try with: a
   * key set with given words takes 2^60 compressions of SHA-256 instead of 2^47. They take some 20
   * ms here as well, so ask once and keep the answer.
   */
  public List<String> words() {
    return EnglishWords.of(TaggedHash.stretched("trefoil/keyset", WORD_ROUNDS, digest()), 4);
  }
}
