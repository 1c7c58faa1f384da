package org.trefoil.core.sweep;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.address.Base58Scripts;
import org.trefoil.core.keys.Hashes;
import org.trefoil.core.keys.Scripts;

/**
 * A script that one key alone can spend. Taproot is none of them: its signatures are of another
 * kind, which nobody makes here.
 */
public final class LoneScript {
  /** Outpoint, sequence, and the length of a scriptSig. */
  private static final int FRAME = 36 + 4 + 1;

  /** The longest low-S signature with its sighash byte. */
  private static final int SIGNATURE = 72;

  /** The form of a script. */
  public enum Kind {
    /** To the hash of the key: addresses with 1, m or n. */
    P2PKH,
    /** To the key itself, as in the first years; it has no address. */
    P2PK,
    /** To the hash of the key, with a witness: bc1q… */
    P2WPKH,
    /** The same inside of P2SH: addresses with 3 or 2. */
    P2SH_P2WPKH
  }

  private final Kind kind;
  private final byte[] publicKey;
  private final byte[] scriptPubKey;

  private LoneScript(Kind kind, byte[] publicKey, byte[] scriptPubKey) {
    this.kind = kind;
    this.publicKey = publicKey;
    this.scriptPubKey = scriptPubKey;
  }

  /**
   * All scripts of a key, whichever form of it a wallet used.
   *
   * @param compressed its public key, 33 bytes
   * @param uncompressed the same key, 65 bytes
   */
  public static List<LoneScript> of(byte[] compressed, byte[] uncompressed) {
    byte[] program = program(compressed);
    List<LoneScript> all = new ArrayList<>();
    for (byte[] key : new byte[][] {compressed.clone(), uncompressed.clone()}) {
      all.add(new LoneScript(Kind.P2PKH, key, Base58Scripts.p2pkh(Hashes.hash160(key))));
      byte[] bare = new byte[key.length + 2];
      bare[0] = (byte) key.length;
      System.arraycopy(key, 0, bare, 1, key.length);
      bare[bare.length - 1] = (byte) 0xac; // OP_CHECKSIG
      all.add(new LoneScript(Kind.P2PK, key, bare));
    }
    byte[] key = compressed.clone();
    all.add(new LoneScript(Kind.P2WPKH, key, program));
    all.add(new LoneScript(Kind.P2SH_P2WPKH, key, Scripts.scriptHash(program)));
    return List.copyOf(all);
  }

  private static byte[] program(byte[] key) {
    byte[] program = new byte[22];
    program[1] = 20;
    System.arraycopy(Hashes.hash160(key), 0, program, 2, 20);
    return program;
  }

  public Kind kind() {
    return kind;
  }

  /** What the outputs that pay it hold, a copy. */
  public byte[] scriptPubKey() {
    return scriptPubKey.clone();
  }

  /** The public key that its signatures are by, in the form that the script wants. */
  public byte[] publicKey() {
    return publicKey.clone();
  }

  boolean witness() {
    return kind == Kind.P2WPKH || kind == Kind.P2SH_P2WPKH;
  }

  /** What a signature signs in the place of the script. */
  byte[] scriptCode() {
    return witness() ? Base58Scripts.p2pkh(Hashes.hash160(publicKey)) : scriptPubKey.clone();
  }

  byte @Nullable [] scriptSig(byte[] signature) {
    return switch (kind) {
      case P2PKH -> pushes(signature, publicKey);
      case P2PK -> pushes(signature);
      case P2WPKH -> null;
      case P2SH_P2WPKH -> pushes(program(publicKey));
    };
  }

  byte @Nullable [] witness(byte[] signature) {
    if (!witness()) {
      return null;
    }
    byte[] items = pushes(signature, publicKey);
    byte[] stack = new byte[1 + items.length];
    stack[0] = 2;
    System.arraycopy(items, 0, stack, 1, items.length);
    return stack;
  }

  /** Each with its length before it; none is longer than 75 bytes. */
  private static byte[] pushes(byte[]... items) {
    int length = 0;
    for (byte[] item : items) {
      length += 1 + item.length;
    }
    byte[] out = new byte[length];
    int at = 0;
    for (byte[] item : items) {
      out[at++] = (byte) item.length;
      System.arraycopy(item, 0, out, at, item.length);
      at += item.length;
    }
    return out;
  }

  /** Weight units of an input, one that has no witness among others that have. */
  long inputWeight() {
    long signature = 1 + SIGNATURE;
    return switch (kind) {
      case P2PKH -> 4 * (FRAME + signature + 1 + publicKey.length) + 1;
      case P2PK -> 4 * (FRAME + signature) + 1;
      case P2WPKH -> 4 * FRAME + 1 + signature + 34;
      case P2SH_P2WPKH -> 4 * (FRAME + 23) + 1 + signature + 34;
    };
  }
}
