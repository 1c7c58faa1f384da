package org.trefoil.server.wallets;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.envelope.Marks;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.units.Network;
import org.trefoil.core.wire.BroughtKey;
import org.trefoil.core.wire.BroughtKeys;
import org.trefoil.core.wire.DraftWallet;
import org.trefoil.core.wire.KeySplit;
import org.trefoil.core.wire.NewKeys;
import org.trefoil.core.wire.SecondSlot;
import org.trefoil.core.wire.SuccessionStatement;
import org.trefoil.core.wire.WalletState;
import org.trefoil.server.duress.Whose;

/**
 * A wallet as it is stored: public keys and ciphertext.
 *
 * @param serverKey key expression
 * @param descriptor null, as endorsement and sealed, while it is a draft
 * @param handedOut how many receive addresses were handed out
 * @param replaces the wallet that this one comes after
 * @param succession how a key of that one says so; null while this is a draft
 * @param owners who brought the keys of a wallet of several, in the descriptor's order
 * @param split on how many sheets the backup key was printed, where that is known
 * @param beside what stands beside the sealed key; null for wallets from before
 */
public record WalletRecord(
    String walletId,
    String accountId,
    String requestId,
    String name,
    Network network,
    WalletState state,
    String serverKey,
    int birthHeight,
    Instant birthTime,
    Instant createdAt,
    @Nullable String descriptor,
    @Nullable String endorsement,
    @Nullable String sealed,
    boolean backupIsCold,
    int handedOut,
    @Nullable String replaces,
    @Nullable SuccessionStatement succession,
    List<String> owners,
    @Nullable KeySplit split,
    @Nullable SecondSlot beside) {
  public WalletRecord {
    owners = List.copyOf(owners);
  }

  /** The key set of a wallet that has its keys. */
  public Cosigners cosigners() {
    return KeySets.of(Objects.requireNonNull(descriptor), network);
  }

  /** The wallet and who is at it. */
  public Whose whose(String actor) {
    return new Whose(walletId, accountId, actor);
  }

  /** Whose marks the wallet knows; null for one from before. */
  public @Nullable Marks marks() {
    return beside == null ? null : Marks.of(beside);
  }

  /** What a second passcode may open, as a browser gets it. */
  public @Nullable String slot() {
    return beside == null ? null : beside.slot();
  }

  /** What the browser needs to make its keys. */
  DraftWallet asDraft() {
    return new DraftWallet(
        walletId, network.id(), serverKey, birthHeight, birthTime.getEpochSecond());
  }

  /** Who brought the keys that come with a new wallet; nobody to the standard one. */
  public static List<String> names(NewKeys keys) {
    BroughtKeys brought = keys.brought();
    return brought == null ? List.of() : brought.keys().stream().map(BroughtKey::name).toList();
  }

  boolean hasKeys(NewKeys keys) {
    return keys.descriptor().equals(descriptor)
        && keys.endorsement().equals(endorsement)
        && keys.sealed().equals(sealed)
        && names(keys).equals(owners)
        && Objects.equals(keys.split(), split)
        && Objects.equals(keys.secondSlot(), beside);
  }
}
