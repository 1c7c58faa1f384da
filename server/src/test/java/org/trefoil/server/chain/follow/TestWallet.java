package org.trefoil.server.chain.follow;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bitcoinj.base.Sha256Hash;
import org.bitcoinj.core.Transaction;
import org.bitcoinj.core.TransactionInput;
import org.bitcoinj.core.TransactionOutPoint;
import org.bitcoinj.core.TransactionOutput;
import org.bitcoinj.core.TransactionWitness;
import org.bitcoinj.crypto.ChildNumber;
import org.bitcoinj.crypto.DeterministicKey;
import org.bitcoinj.crypto.HDKeyDerivation;
import org.bitcoinj.crypto.TransactionSignature;
import org.trefoil.core.address.Address;
import org.trefoil.core.coins.Coin;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.core.keys.Scripts;
import org.trefoil.core.keys.TestKeys;
import org.trefoil.core.units.Network;

/** A 2-of-3 wallet of any script type with all its keys at hand. */
public final class TestWallet {
  private final long first;
  private final Cosigners cosigners;
  private final String id;

  public TestWallet(long number, ScriptType type) {
    this.first = 1000 + 3 * number;
    this.id = "%032x".formatted(number);
    this.cosigners = TestKeys.cosigners(Network.REGTEST, type, 2, 3, first);
  }

  public String id() {
    return id;
  }

  public Cosigners cosigners() {
    return cosigners;
  }

  public byte[] script(int branch, int index) {
    return cosigners.scriptPubKey(branch, index);
  }

  public Address address(int branch, int index) {
    return Address.ofScript(Network.REGTEST, script(branch, index));
  }

  /** An output to make. */
  public record To(byte[] script, long value) {}

  /** Spends all of {@code coins}, signed by two keys. */
  public Transaction spend(List<Coin> coins, List<To> outputs) {
    Transaction tx = new Transaction();
    tx.setVersion(2);
    for (Coin coin : coins) {
      Sha256Hash hash = Sha256Hash.wrap(coin.outpoint().txid());
      TransactionOutPoint outpoint = new TransactionOutPoint(coin.outpoint().vout(), hash);
      tx.addInput(new TransactionInput(tx, new byte[0], outpoint, 0xfffffffdL));
    }
    for (To to : outputs) {
      var value = org.bitcoinj.base.Coin.valueOf(to.value());
      tx.addOutput(new TransactionOutput(tx, value, to.script()));
    }
    for (int i = 0; i < coins.size(); i++) {
      tx.replaceInput(i, signed(tx, i, coins.get(i)));
    }
    return tx;
  }

  private TransactionInput signed(Transaction tx, int i, Coin coin) {
    byte[] multisig = cosigners.multisigScript(coin.branch(), coin.index());
    boolean legacy = cosigners.scriptType() == ScriptType.P2SH;
    var value = org.bitcoinj.base.Coin.valueOf(coin.value().value());
    Sha256Hash hash =
        legacy
            ? tx.hashForSignature(i, multisig, (byte) 1)
            : tx.hashForWitnessSignature(i, multisig, value, (byte) 1);
    List<byte[]> items = new ArrayList<>(List.of(new byte[0]));
    for (DeterministicKey key : keys(coin).subList(0, 2)) {
      items.add(
          new TransactionSignature(key.sign(hash), Transaction.SigHash.ALL, false)
              .encodeToBitcoin());
    }
    items.add(multisig);
    TransactionInput input = tx.getInput(i);
    if (legacy) {
      ByteArrayOutputStream script = new ByteArrayOutputStream();
      items.forEach(item -> script.writeBytes(push(item)));
      return input.withScriptBytes(script.toByteArray());
    }
    if (cosigners.scriptType() == ScriptType.P2SH_P2WSH) {
      input = input.withScriptBytes(push(Scripts.witness(multisig)));
    }
    return input.withWitness(TransactionWitness.of(items));
  }

  private List<DeterministicKey> keys(Coin coin) {
    List<DeterministicKey> keys = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      DeterministicKey account = TestKeys.account(first + i, Network.REGTEST);
      DeterministicKey branch =
          HDKeyDerivation.deriveChildKey(account, new ChildNumber(coin.branch()));
      keys.add(HDKeyDerivation.deriveChildKey(branch, new ChildNumber(coin.index())));
    }
    keys.sort((a, b) -> Arrays.compareUnsigned(a.getPubKey(), b.getPubKey()));
    return keys;
  }

  private static byte[] push(byte[] data) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (data.length > 75) {
      out.write(0x4c);
    }
    out.write(data.length);
    out.writeBytes(data);
    return out.toByteArray();
  }
}
