package org.trefoil.server.signer;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.descriptor.Descriptors;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.units.Network;
import org.trefoil.server.cosign.NewServerKey;
import org.trefoil.server.cosign.SeedStore;
import org.trefoil.server.durable.Ids;
import org.trefoil.server.keyfile.Sealed;

/** The keys that this signer made, and the wallets that it was told they belong to, each once. */
final class PinnedWallets implements SeedStore {
  /** Keys of wallets that were never put to use; whoever made one of the newest may do so. */
  static final int MOST_UNUSED = 20_000;

  private final Shelf<OwnKey> keys;
  private final Shelf<Pinned> pinned;
  private final Network network;
  private final Map<String, Cosigners> parsed = new HashMap<>();
  private final Map<String, String> first = new HashMap<>();

  PinnedWallets(Books books, Network network) {
    this.keys = books.shelf("key", OwnKey::json, OwnKey::read);
    this.pinned = books.shelf("wallet", Pinned::json, Pinned::read);
    this.network = network;
    books
        .tidying()
        .atOnce(
            () ->
                keys.forgetAllBut(MOST_UNUSED, (walletId, key) -> pinned.find(walletId).isEmpty()));
    pinned.listen((walletId, wallet) -> first.putIfAbsent(wallet.accountId(), walletId));
  }

  /** Refuses {@code wrong-state} where there is a key for the wallet. */
  void refuseSecondKey(String walletId) {
    if (!Ids.isId(walletId)) {
      throw Refusal.of(Token.NOT_FOUND).exception();
    }
    if (keys.find(walletId).isPresent()) {
      throw Refusal.of(Token.WRONG_STATE).exception();
    }
  }

  @Override
  public void add(String walletId, NewServerKey key) {
    refuseSecondKey(walletId);
    keys.put(walletId, new OwnKey(Objects.requireNonNull(key.seed()), key.key().expression()));
  }

  @Override
  public Optional<Sealed> find(String walletId) {
    return keys.find(walletId).map(OwnKey::seed);
  }

  @Override
  public long count() {
    return keys.all().size();
  }

  /**
   * Pins a wallet; the same again changes nothing. Refuses {@code not-found} without a key of ours,
   * {@code descriptor-malformed} and the like for what is none, {@code wrong-value} for one without
   * that key, and {@code wallet-already-stored} for another one.
   */
  void pin(String walletId, Pinned wallet) {
    OwnKey key = keys.find(walletId).orElseThrow(() -> Refusal.of(Token.NOT_FOUND).exception());
    Cosigners cosigners = Descriptors.ofWallet(wallet.descriptor(), network);
    if (!Ids.isId(wallet.accountId())
        || !cosigners.key(KeyRole.SERVER).expression().equals(key.expression())) {
      throw Refusal.of(Token.WRONG_VALUE, "field", "descriptor").exception();
    }
    Optional<Pinned> before = pinned.find(walletId);
    if (before.isEmpty()) {
      pinned.put(walletId, wallet);
    } else if (!before.get().equals(wallet)) {
      throw Refusal.of(Token.WALLET_ALREADY_STORED).exception();
    }
  }

  /** The account of a wallet's owner; refuses {@code not-found} while it is not pinned. */
  String owner(String walletId) {
    return known(walletId).accountId();
  }

  /** Whether an account has a wallet. */
  boolean owns(String accountId) {
    return first.containsKey(accountId);
  }

  /**
   * Whether a wallet is the first that was pinned for an account: later ones may be anybody's who
   * had the account for a moment.
   */
  boolean isFirst(String walletId, String accountId) {
    return walletId.equals(first.get(accountId));
  }

  /** A wallet's key set; refuses as {@link #owner}. */
  Cosigners cosigners(String walletId) {
    String descriptor = known(walletId).descriptor();
    return parsed.computeIfAbsent(walletId, id -> Descriptors.ofWallet(descriptor, network));
  }

  private Pinned known(String walletId) {
    return pinned.find(walletId).orElseThrow(() -> Refusal.of(Token.NOT_FOUND).exception());
  }
}
