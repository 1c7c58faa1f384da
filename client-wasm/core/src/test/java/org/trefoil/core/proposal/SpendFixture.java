package org.trefoil.core.proposal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.bitcoinj.base.Sha256Hash;
import org.bitcoinj.crypto.DeterministicKey;
import org.bitcoinj.crypto.HDKeyDerivation;
import org.trefoil.core.address.Address;
import org.trefoil.core.coins.Coin;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.core.coins.TxOutput;
import org.trefoil.core.keys.CosignerKey;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.KeyOrigin;
import org.trefoil.core.keys.KeyPath;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.keys.Quorum;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.core.keys.Xpub;
import org.trefoil.core.psbt.InputSignature;
import org.trefoil.core.psbt.Psbt;
import org.trefoil.core.psbt.PsbtDraft;
import org.trefoil.core.psbt.UnsignedTx;
import org.trefoil.core.units.FeeRate;
import org.trefoil.core.units.Network;
import org.trefoil.core.units.Sats;

/**
 * A wallet with its private keys, coins and the transactions they come from, all from a seed. Keys
 * of tests: never fund them.
 */
public final class SpendFixture {
  public static final int TIP = 800_000;
  public static final int CHANGE_INDEX = 7;

  private final Random random;
  private final Cosigners cosigners;
  private final OwnScripts own;
  private final List<DeterministicKey> accounts = new ArrayList<>();
  private final List<Coin> coins = new ArrayList<>();
  private final Map<String, byte[]> previous = new HashMap<>();

  /** A wallet with m of n keys. */
  public SpendFixture(long seed, ScriptType type, int threshold, int keys) {
    random = new Random(seed);
    List<CosignerKey> all = new ArrayList<>();
    for (int i = 0; i < keys; i++) {
      byte[] entropy = bytes(32);
      DeterministicKey master = HDKeyDerivation.createMasterPrivateKey(entropy);
      DeterministicKey account = master;
      KeyPath path = KeyPath.parse("m/48'/1'/0'/2'");
      for (int step : path.steps()) {
        account = HDKeyDerivation.deriveChildKey(account, step);
      }
      accounts.add(account);
      Xpub xpub = Xpub.parse(account.serializePubB58(Network.REGTEST.bitcoinj()), Network.REGTEST);
      KeyRole role =
          keys >= Quorum.LEAST && keys <= Quorum.MOST
              ? KeyRole.ofWallet(keys).get(i)
              : KeyRole.values()[i % 3];
      all.add(new CosignerKey(role, new KeyOrigin(master.getFingerprint(), path), xpub));
    }
    cosigners = new Cosigners(Network.REGTEST, type, threshold, all);
    own = new OwnScripts(cosigners);
  }

  /** The default kind of wallet. */
  public static SpendFixture twoOfThree(long seed) {
    return new SpendFixture(seed, ScriptType.P2WSH, 2, 3);
  }

  public Cosigners cosigners() {
    return cosigners;
  }

  public List<Coin> coins() {
    return coins;
  }

  public Map<String, byte[]> previous() {
    return previous;
  }

  public Random random() {
    return random;
  }

  public byte[] bytes(int count) {
    byte[] out = new byte[count];
    random.nextBytes(out);
    return out;
  }

  /** Adds a confirmed coin at a random address of the wallet's first twenty. */
  public Coin addCoin(long value) {
    return addCoin(value, random.nextInt(2), random.nextInt(20), 6, false);
  }

  public Coin addCoin(long value, int branch, int index, int confirmations, boolean ours) {
    byte[] script = cosigners.scriptPubKey(branch, index);
    Outpoint from = new Outpoint(Sha256Hash.wrap(bytes(32)).toString(), random.nextInt(5));
    List<TxOutput> outputs = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      outputs.add(new TxOutput(new Sats(1_000 + random.nextInt(1_000_000)), script(i)));
    }
    int vout = outputs.size();
    outputs.add(new TxOutput(new Sats(value), script));
    UnsignedTx tx = UnsignedTx.of(List.of(from), -1, outputs, 0);
    previous.put(tx.txid(), tx.bytes());
    Coin coin =
        new Coin(
            new Outpoint(tx.txid(), vout), new Sats(value), branch, index, confirmations, ours);
    coins.add(coin);
    return coin;
  }

  /** A scriptPubKey of one of the five kinds that people pay to. */
  public byte[] script(int kind) {
    int hash = kind % 5 < 3 ? 20 : 32;
    byte[] before =
        switch (kind % 5) {
          case 0 -> new byte[] {0, 20};
          case 1 -> new byte[] {0x76, (byte) 0xa9, 20};
          case 2 -> new byte[] {(byte) 0xa9, 20};
          case 3 -> new byte[] {0, 32};
          default -> new byte[] {0x51, 32};
        };
    byte[] after =
        switch (kind % 5) {
          case 1 -> new byte[] {(byte) 0x88, (byte) 0xac};
          case 2 -> new byte[] {(byte) 0x87};
          default -> new byte[0];
        };
    byte[] script = new byte[before.length + hash + after.length];
    System.arraycopy(before, 0, script, 0, before.length);
    System.arraycopy(bytes(hash), 0, script, before.length, hash);
    System.arraycopy(after, 0, script, before.length + hash, after.length);
    return script;
  }

  public Recipient recipient(long amount) {
    return new Recipient(
        Address.ofScript(Network.REGTEST, script(random.nextInt(5))), new Sats(amount));
  }

  public Intent pay(long satPerKvB, Recipient... recipients) {
    return new Intent(List.of(recipients), false, new FeeRate(satPerKvB));
  }

  public Proposal build(Intent intent) {
    return Proposals.build(own, coins, intent, CHANGE_INDEX, TIP, previous);
  }

  public Known known() {
    return new Known(coins, FeeBounds.standard(), CHANGE_INDEX, TIP);
  }

  public Outcome check(Psbt psbt, Intent intent) {
    return ProposalCheck.check(psbt, intent, own, known());
  }

  /** Adds a coin of ours as an input that is only witnessed. */
  static void input(PsbtDraft draft, OwnScript from, Coin coin) {
    draft.input(
        null,
        new TxOutput(coin.value(), from.scriptPubKey()),
        null,
        from.witnessScript(),
        from.derivations());
  }

  /** The PSBT signed by one of the keys, every input. */
  public Psbt sign(CheckedSpend spend, Psbt psbt, int key) {
    List<InputSignature> signatures = new ArrayList<>();
    for (int i = 0; i < spend.inputs().size(); i++) {
      DeterministicKey child = child(key, spend.inputs().get(i));
      byte[] der = child.sign(Sha256Hash.wrap(spend.sighash(i))).encodeToDER();
      byte[] signature = Arrays.copyOf(der, der.length + 1);
      signature[der.length] = 1;
      signatures.add(InputSignature.of(i, child.getPubKey(), signature));
    }
    return psbt.withSignatures(signatures);
  }

  /** The private key of a coin's address. */
  public DeterministicKey child(int key, Coin coin) {
    DeterministicKey branch = HDKeyDerivation.deriveChildKey(accounts.get(key), coin.branch());
    return HDKeyDerivation.deriveChildKey(branch, coin.index());
  }
}
