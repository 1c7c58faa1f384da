package org.trefoil.vault.wallet;

import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.address.Address;
import org.trefoil.core.descriptor.Descriptors;
import org.trefoil.core.envelope.EnvelopeBinding;
import org.trefoil.core.envelope.SealedUserKey;
import org.trefoil.core.envelope.WrapContext;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.Endorsement;
import org.trefoil.core.units.Hex;
import org.trefoil.core.units.Network;
import org.trefoil.core.wire.WalletView;

/**
 * A wallet whose key set is endorsed by its user key. Guarantee: nobody but the holder of that user
 * key put the keys together. Limit: all of them could have been swapped; the sealed envelope and
 * this browser's pin tell that.
 */
public final class KnownWallet {
  private final WalletView view;
  private final Cosigners cosigners;
  private final SealedUserKey sealed;
  private final EnvelopeBinding binding;

  private KnownWallet(
      WalletView view, Cosigners cosigners, SealedUserKey sealed, EnvelopeBinding binding) {
    this.view = view;
    this.cosigners = cosigners;
    this.sealed = sealed;
    this.binding = binding;
  }

  /**
   * Checks what the server says about a wallet. Refuses {@code endorsement-wrong} unless the user
   * key endorsed the key set, {@code key-set-changed} when this browser remembers another.
   *
   * @param pin what this browser remembers of the key set, null when it has not seen it
   */
  public static KnownWallet of(WalletView view, @Nullable String pin) {
    String descriptor = view.descriptor();
    String endorsed = view.endorsement();
    String envelope = view.sealed();
    if (descriptor == null || endorsed == null || envelope == null) {
      throw Refusal.of(Token.WALLET_NOT_ACTIVE).exception();
    }
    Cosigners cosigners = Descriptors.ofWallet(descriptor, Network.of(view.network()));
    byte[] endorsement = Base64.getDecoder().decode(endorsed);
    if (!Endorsement.verify(cosigners, view.walletId(), endorsement)) {
      throw Refusal.of(Token.ENDORSEMENT_WRONG).exception();
    }
    if (pin != null && !pin.equals(Hex.of(cosigners.digest()))) {
      throw Refusal.of(Token.KEY_SET_CHANGED).exception();
    }
    EnvelopeBinding binding =
        EnvelopeBinding.of(cosigners, view.walletId(), endorsement, view.backupIsCold());
    return new KnownWallet(view, cosigners, SealedUserKey.parse(envelope), binding);
  }

  public WalletView view() {
    return view;
  }

  public String walletId() {
    return view.walletId();
  }

  public Cosigners cosigners() {
    return cosigners;
  }

  public SealedUserKey sealed() {
    return sealed;
  }

  /** What a second passcode may open; null for a wallet from before. */
  public byte @Nullable [] secondSlot() {
    String slot = view.secondSlot();
    return slot == null ? null : Base64.getDecoder().decode(slot);
  }

  /** What another way into the envelope is bound to; bytes in base64. */
  public WrapContext wrapContext(String credential, String salt) {
    Base64.Decoder decoder = Base64.getDecoder();
    return WrapContext.of(
        cosigners,
        view.walletId(),
        sealed,
        secondSlot(),
        decoder.decode(salt),
        decoder.decode(credential));
  }

  public EnvelopeBinding binding() {
    return binding;
  }

  /** Hexadecimal SHA-256 of the descriptor: what a browser pins. */
  public String fingerprint() {
    return Hex.of(cosigners.digest());
  }

  /**
   * Derives the receive address at {@code index}; refuses when the server's differs, and beyond
   * {@link Cosigners#MOST_INDEX}.
   */
  public Address receiveAddress(int index, String claimed) {
    if (index > Cosigners.MOST_INDEX) {
      throw Refusal.of(Token.ADDRESS_NOT_OURS).exception();
    }
    byte[] script = cosigners.scriptPubKey(Cosigners.RECEIVE, index);
    Address address = Address.ofScript(cosigners.network(), script);
    if (!address.text().equals(claimed)) {
      throw Refusal.of(Token.ADDRESS_NOT_OURS).exception();
    }
    return address;
  }
}
