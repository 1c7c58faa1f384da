package org.trefoil.server.chain.script;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bitcoinj.base.Coin;
import org.bitcoinj.core.Transaction;
import org.bitcoinj.core.TransactionInput;
import org.bitcoinj.core.TransactionWitness;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.address.Base58Scripts;
import org.trefoil.core.keys.Hashes;
import org.trefoil.core.keys.Scripts;
import org.trefoil.core.psbt.Signatures;

/**
 * Judges one input against the output it spends.
 *
 * <p>Takes exactly the spends that wallets of this family make: multisig of compressed keys in
 * P2WSH, P2SH around P2WSH, and P2SH; P2WPKH; P2PKH; and the faucet's open coins. Signatures must
 * be strict DER, low s, SIGHASH_ALL. All else is refused as not standard, also what a node might
 * take: a transaction that passes here passes there. bitcoinj's own {@code correctlySpends} does
 * not run P2WSH scripts.
 */
public final class InputCheck {
  public static final String WRONG = "mandatory-script-verify-flag-failed";
  public static final String NOT_STANDARD = "bad-txns-nonstandard-inputs";

  /** {@code OP_TRUE}: the witness script of the faucet's coins. */
  public static final byte[] OPEN = {0x51};

  private static final byte SIGHASH_ALL = 1;

  /**
   * What came of it.
   *
   * @param refusal null when the spend is right
   * @param sigops signature checks as their cost counts towards size
   */
  public record Verdict(@Nullable String refusal, int sigops) {}

  private final Transaction tx;
  private final int number;
  private final long value;
  private final byte[] script;
  private final byte[] scriptSig;
  private final List<byte[]> witness;

  private InputCheck(Transaction tx, int number, long value, byte[] script) {
    this.tx = tx;
    this.number = number;
    this.value = value;
    this.script = script;
    TransactionInput input = tx.getInput(number);
    this.scriptSig = input.getScriptBytes();
    this.witness = new ArrayList<>();
    TransactionWitness pushes = input.getWitness();
    for (int i = 0; i < pushes.getPushCount(); i++) {
      witness.add(pushes.getPush(i));
    }
  }

  /**
   * Judges an input.
   *
   * @param value of the output that it spends, satoshis
   * @param script of that output
   */
  public static Verdict judge(Transaction tx, int input, long value, byte[] script) {
    return new InputCheck(tx, input, value, script).judge();
  }

  private Verdict judge() {
    return switch (ScriptKind.of(script)) {
      case P2WSH -> scriptSig.length != 0 ? refused(WRONG) : witnessScript(script);
      case P2WPKH -> scriptSig.length != 0 ? refused(WRONG) : witnessKey(script);
      case P2PKH -> witness.isEmpty() ? legacyKey() : refused(WRONG);
      case P2SH -> scriptHash();
      case OTHER -> bareKey();
      default -> refused(NOT_STANDARD);
    };
  }

  /** {@code <key> OP_CHECKSIG}, as in the first years. */
  private Verdict bareKey() {
    int length = script.length - 2;
    boolean isKey = length == 33 || length == 65;
    if (!isKey || script[0] != length || (script[length + 1] & 0xff) != 0xac) {
      return refused(NOT_STANDARD);
    }
    List<byte[]> items = Pushes.read(scriptSig);
    byte[] key = Arrays.copyOfRange(script, 1, length + 1);
    boolean right =
        witness.isEmpty()
            && items != null
            && items.size() == 1
            && Signatures.right(items.get(0), legacyHash(script), key);
    return right ? new Verdict(null, 4) : refused(WRONG);
  }

  /** The witness of a P2WSH output, {@code program} being {@code 0 <32 bytes>}. */
  private Verdict witnessScript(byte[] program) {
    if (witness.isEmpty()) {
      return refused(WRONG);
    }
    byte[] inner = witness.get(witness.size() - 1);
    if (!Arrays.equals(program, Scripts.witness(inner))) {
      return refused(WRONG);
    }
    List<byte[]> items = witness.subList(0, witness.size() - 1);
    if (Arrays.equals(inner, OPEN)) {
      return items.isEmpty() ? new Verdict(null, 0) : refused(WRONG);
    }
    Multisig multisig = Multisig.read(inner);
    if (multisig == null) {
      return refused(NOT_STANDARD);
    }
    boolean right = multisig.signedBy(items, segwitHash(inner));
    return new Verdict(right ? null : WRONG, multisig.keys().size());
  }

  /** The witness of a P2WPKH output, {@code program} being {@code 0 <20 bytes>}. */
  private Verdict witnessKey(byte[] program) {
    if (witness.size() != 2) {
      return refused(WRONG);
    }
    byte[] key = witness.get(1);
    byte[] hash = Arrays.copyOfRange(program, 2, 22);
    if (key.length != 33 || !Arrays.equals(Hashes.hash160(key), hash)) {
      return refused(WRONG);
    }
    boolean right = Signatures.right(witness.get(0), segwitHash(Base58Scripts.p2pkh(hash)), key);
    return new Verdict(right ? null : WRONG, 1);
  }

  private Verdict legacyKey() {
    List<byte[]> items = Pushes.read(scriptSig);
    byte[] hash = Arrays.copyOfRange(script, 3, 23);
    if (items == null || items.size() != 2 || !Arrays.equals(Hashes.hash160(items.get(1)), hash)) {
      return refused(WRONG);
    }
    boolean right = Signatures.right(items.get(0), legacyHash(script), items.get(1));
    return new Verdict(right ? null : WRONG, 0);
  }

  private Verdict scriptHash() {
    List<byte[]> items = Pushes.read(scriptSig);
    if (items == null || items.isEmpty()) {
      return refused(WRONG);
    }
    byte[] redeem = items.get(items.size() - 1);
    if (!Arrays.equals(script, Scripts.scriptHash(redeem))) {
      return refused(WRONG);
    }
    if (ScriptKind.of(redeem) == ScriptKind.P2WSH) {
      return items.size() == 1 ? witnessScript(redeem) : refused(WRONG);
    }
    if (ScriptKind.of(redeem) == ScriptKind.P2WPKH) {
      return items.size() == 1 ? witnessKey(redeem) : refused(WRONG);
    }
    Multisig multisig = Multisig.read(redeem);
    if (multisig == null || !witness.isEmpty()) {
      return refused(multisig == null ? NOT_STANDARD : WRONG);
    }
    boolean right = multisig.signedBy(items.subList(0, items.size() - 1), legacyHash(redeem));
    return new Verdict(right ? null : WRONG, 4 * multisig.keys().size());
  }

  private byte[] segwitHash(byte[] scriptCode) {
    Coin amount = Coin.valueOf(value);
    return tx.hashForWitnessSignature(number, scriptCode, amount, SIGHASH_ALL).getBytes();
  }

  private byte[] legacyHash(byte[] scriptCode) {
    return tx.hashForSignature(number, scriptCode, SIGHASH_ALL).getBytes();
  }

  private static Verdict refused(String reason) {
    return new Verdict(reason, 0);
  }
}
