package org.trefoil.core.keys;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.bitcoinj.crypto.ChildNumber;
import org.bitcoinj.crypto.DeterministicKey;
import org.bitcoinj.crypto.HDKeyDerivation;
import org.trefoil.core.units.Network;

/** Key sets for tests, made by bitcoinj from seeds that everybody knows. */
public final class TestKeys {
  private static final Map<String, CosignerKey> MADE = new ConcurrentHashMap<>();

  private TestKeys() {}

  /** The private account key at {@code m/48'/coin'/0'/2'} of a seed made of {@code number}. */
  public static DeterministicKey account(long number, Network network) {
    byte[] seed = new byte[32];
    new Random(number).nextBytes(seed);
    DeterministicKey key = HDKeyDerivation.createMasterPrivateKey(seed);
    for (int step : KeyPath.account(network.coinType()).steps()) {
      key = HDKeyDerivation.deriveChildKey(key, new ChildNumber(step));
    }
    return key;
  }

  public static CosignerKey cosigner(KeyRole role, long number, Network network) {
    return MADE.computeIfAbsent(
        role + " " + number + " " + network, k -> make(role, number, network));
  }

  private static CosignerKey make(KeyRole role, long number, Network network) {
    DeterministicKey account = account(number, network);
    byte[] seed = new byte[32];
    new Random(number).nextBytes(seed);
    int fingerprint = HDKeyDerivation.createMasterPrivateKey(seed).getFingerprint();
    Xpub xpub =
        Xpub.of(
            network,
            account.getDepth(),
            account.getParentFingerprint(),
            account.getChildNumber().i(),
            account.getChainCode(),
            account.getPubKey());
    KeyOrigin origin = new KeyOrigin(fingerprint, KeyPath.account(network.coinType()));
    return new CosignerKey(role, origin, xpub);
  }

  /** Keys {@code first}, {@code first + 1} … with the roles in turn. */
  public static Cosigners cosigners(
      Network network, ScriptType type, int threshold, int count, long first) {
    List<CosignerKey> keys = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      keys.add(cosigner(role(i), first + i, network));
    }
    return new Cosigners(network, type, threshold, keys);
  }

  public static Cosigners twoOfThree(Network network) {
    return cosigners(network, ScriptType.P2WSH, 2, 3, 1);
  }

  public static List<KeyRole> roles(int count) {
    List<KeyRole> roles = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      roles.add(role(i));
    }
    return roles;
  }

  private static KeyRole role(int i) {
    return KeyRole.values()[i % KeyRole.values().length];
  }
}
