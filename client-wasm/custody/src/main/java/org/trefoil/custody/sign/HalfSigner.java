package org.trefoil.custody.sign;

import java.util.ArrayList;
import java.util.List;
import org.trefoil.core.coins.Coin;
import org.trefoil.core.proposal.CheckedSpend;
import org.trefoil.core.psbt.InputSignature;
import org.trefoil.core.psbt.Psbt;
import org.trefoil.custody.keys.AccountKey;
import org.trefoil.custody.keys.UserSeed;
import org.trefoil.custody.slices.SlicedWork;

/**
 * Puts one key's signature on every input of a spend that passed the check: deterministic nonces
 * (RFC 6979), low s, SIGHASH_ALL and no other. It takes a {@link CheckedSpend} and nothing less.
 *
 * <p>Refuses {@code key-set-changed} unless the key is one of the wallet's; which public key an
 * input wants follows from the key set, so no key is derived twice.
 */
public final class HalfSigner {
  private HalfSigner() {}

  /** Signs all inputs with the user key; its account key is wiped when done. */
  public static Psbt sign(CheckedSpend spend, UserSeed user) {
    try (AccountKey account = user.account(spend.cosigners().network())) {
      return sign(spend, account);
    }
  }

  /** Signs all inputs at once; {@code key} stays the caller's to close. */
  public static Psbt sign(CheckedSpend spend, AccountKey key) {
    return begin(spend, key).run();
  }

  /** Begins to sign, an input a slice; closing it leaves {@code key} to the caller. */
  public static SlicedWork<Psbt> begin(CheckedSpend spend, AccountKey key) {
    Endorser.refuseForeign(key, spend.cosigners(), key.role());
    return new Signing(spend, key);
  }

  private static final class Signing implements SlicedWork<Psbt> {
    private final CheckedSpend spend;
    private final AccountKey key;
    private final List<InputSignature> signatures = new ArrayList<>();

    Signing(CheckedSpend spend, AccountKey key) {
      this.spend = spend;
      this.key = key;
    }

    @Override
    public boolean step() {
      int input = signatures.size();
      if (input == spend.inputs().size()) {
        return false;
      }
      Coin coin = spend.inputs().get(input);
      byte[] compact = key.sign(coin.branch(), coin.index(), spend.sighash(input));
      byte[] publicKey = spend.publicKey(input, key.role());
      signatures.add(InputSignature.of(input, publicKey, Der.withSighashAll(compact)));
      return signatures.size() < spend.inputs().size();
    }

    @Override
    public int percent() {
      return 100 * signatures.size() / spend.inputs().size();
    }

    @Override
    public Psbt finish() {
      if (signatures.size() < spend.inputs().size()) {
        throw new IllegalStateException("slices left");
      }
      return spend.psbt().withSignatures(signatures);
    }

    @Override
    public void close() {
      signatures.clear();
    }
  }
}
