package org.trefoil.server.chain;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.bitcoinj.base.Coin;
import org.bitcoinj.base.Sha256Hash;
import org.bitcoinj.core.Transaction;
import org.bitcoinj.core.TransactionInput;
import org.bitcoinj.core.TransactionOutPoint;
import org.bitcoinj.core.TransactionOutput;
import org.bitcoinj.core.TransactionWitness;
import org.bitcoinj.crypto.ECKey;
import org.bitcoinj.crypto.TransactionSignature;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.core.keys.Hashes;
import org.trefoil.core.keys.Scripts;

/** Builds and signs transactions of every kind that the contract speaks of. */
public final class Spending {
  /** Witness script {@code OP_TRUE}: anybody may spend. */
  private static final byte[] OPEN = {0x51};

  /** Where test chains pay their coinbases. */
  public static final byte[] OPEN_SCRIPT = Scripts.witness(OPEN);

  private static final List<ECKey> KEYS =
      List.of(1, 2, 3).stream()
          .map(i -> ECKey.fromPrivate(Hashes.sha256(new byte[] {(byte) (int) i})))
          .sorted(Comparator.comparing(ECKey::getPubKey, Arrays::compareUnsigned))
          .toList();
  private static final byte[] MULTISIG =
      Scripts.sortedMultisig(2, KEYS.stream().map(ECKey::getPubKey).toArray(byte[][]::new));

  /** Who can spend a coin. */
  public enum Kind {
    OPEN,
    P2WSH,
    P2SH_P2WSH,
    P2SH,
    P2WPKH,
    P2PKH;

    public byte[] script() {
      byte[] hash = Hashes.hash160(KEYS.get(0).getPubKey());
      return switch (this) {
        case OPEN -> OPEN_SCRIPT;
        case P2WSH -> Scripts.witness(MULTISIG);
        case P2SH_P2WSH -> Scripts.scriptHash(Scripts.witness(MULTISIG));
        case P2SH -> Scripts.scriptHash(MULTISIG);
        case P2WPKH -> join(new byte[] {0, 20}, hash);
        case P2PKH ->
            join(new byte[] {0x76, (byte) 0xa9, 20}, hash, new byte[] {(byte) 0x88, (byte) 0xac});
      };
    }
  }

  /** A coin to spend. */
  public record From(Outpoint outpoint, long value, Kind kind) {}

  /** An output to make. */
  public record To(byte[] script, long value) {}

  private final List<From> inputs = new ArrayList<>();
  private final List<To> outputs = new ArrayList<>();
  private int version = 2;
  private long lockTime;
  private long sequence = 0xfffffffdL;
  private int signatures = 2;
  private boolean reversed;
  private long lie;

  public static Spending of(From... coins) {
    Spending spending = new Spending();
    spending.inputs.addAll(List.of(coins));
    return spending;
  }

  public Spending to(byte[] script, long value) {
    outputs.add(new To(script, value));
    return this;
  }

  public Spending to(Kind kind, long value) {
    return to(kind.script(), value);
  }

  public Spending version(int number) {
    version = number;
    return this;
  }

  public Spending lockedUntil(long lock, long withSequence) {
    lockTime = lock;
    sequence = withSequence;
    return this;
  }

  public Spending sequence(long number) {
    sequence = number;
    return this;
  }

  /** How many signatures a multisig input gets. */
  public Spending signatures(int count) {
    signatures = count;
    return this;
  }

  /** Signatures in the wrong order. */
  public Spending reversed() {
    reversed = true;
    return this;
  }

  /** Signs as if each coin were worth that much more. */
  public Spending lyingAboutAmounts(long by) {
    lie = by;
    return this;
  }

  public byte[] raw() {
    return signed().serialize();
  }

  public String txid() {
    return signed().getTxId().toString();
  }

  public Transaction signed() {
    Transaction tx = new Transaction();
    tx.setVersion(version);
    tx.setLockTime(lockTime);
    for (From coin : inputs) {
      Sha256Hash hash = Sha256Hash.wrap(coin.outpoint().txid());
      TransactionOutPoint outpoint = new TransactionOutPoint(coin.outpoint().vout(), hash);
      tx.addInput(new TransactionInput(tx, new byte[0], outpoint, sequence));
    }
    outputs.forEach(
        o -> tx.addOutput(new TransactionOutput(tx, Coin.valueOf(o.value()), o.script())));
    for (int i = 0; i < inputs.size(); i++) {
      tx.replaceInput(i, signed(tx, i, inputs.get(i)));
    }
    return tx;
  }

  private TransactionInput signed(Transaction tx, int i, From coin) {
    TransactionInput input = tx.getInput(i);
    long value = coin.value() + lie;
    byte[] program = push(Scripts.witness(MULTISIG));
    return switch (coin.kind()) {
      case OPEN -> input.withWitness(TransactionWitness.of(OPEN));
      case P2WSH -> input.withWitness(multisigWitness(tx, i, value));
      case P2SH_P2WSH -> input.withScriptBytes(program).withWitness(multisigWitness(tx, i, value));
      case P2SH -> {
        List<byte[]> signed = multisig(tx.hashForSignature(i, MULTISIG, (byte) 1));
        ByteArrayOutputStream script = new ByteArrayOutputStream();
        script.write(0);
        signed.forEach(signature -> script.writeBytes(push(signature)));
        script.writeBytes(push(MULTISIG));
        yield input.withScriptBytes(script.toByteArray());
      }
      case P2WPKH -> {
        byte[] code = Kind.P2PKH.script();
        Sha256Hash hash = tx.hashForWitnessSignature(i, code, Coin.valueOf(value), (byte) 1);
        byte[] key = KEYS.get(0).getPubKey();
        yield input.withWitness(TransactionWitness.of(sign(KEYS.get(0), hash), key));
      }
      case P2PKH -> {
        Sha256Hash hash = tx.hashForSignature(i, coin.kind().script(), (byte) 1);
        byte[] signature = push(sign(KEYS.get(0), hash));
        yield input.withScriptBytes(join(signature, push(KEYS.get(0).getPubKey())));
      }
    };
  }

  private TransactionWitness multisigWitness(Transaction tx, int i, long value) {
    Sha256Hash hash = tx.hashForWitnessSignature(i, MULTISIG, Coin.valueOf(value), (byte) 1);
    List<byte[]> items = new ArrayList<>(List.of(new byte[0]));
    items.addAll(multisig(hash));
    items.add(MULTISIG);
    return TransactionWitness.of(items);
  }

  private List<byte[]> multisig(Sha256Hash hash) {
    List<byte[]> signed = new ArrayList<>();
    for (ECKey key : KEYS.subList(0, signatures)) {
      signed.add(reversed ? 0 : signed.size(), sign(key, hash));
    }
    return signed;
  }

  private static byte[] sign(ECKey key, Sha256Hash hash) {
    return new TransactionSignature(key.sign(hash), Transaction.SigHash.ALL, false)
        .encodeToBitcoin();
  }

  static byte[] push(byte[] data) {
    byte[] head =
        data.length <= 75 ? new byte[] {(byte) data.length} : new byte[] {0x4c, (byte) data.length};
    return join(head, data);
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
