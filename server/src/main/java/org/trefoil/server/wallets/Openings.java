package org.trefoil.server.wallets;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.envelope.WrapContext;
import org.trefoil.core.envelope.WrappedKey;
import org.trefoil.core.wire.OpeningRequest;
import org.trefoil.core.wire.PasskeyOpening;
import org.trefoil.server.audit.AuditKind;
import org.trefoil.server.audit.AuditLog;
import org.trefoil.server.durable.Transactions;
import org.trefoil.server.passkey.Passkey;
import org.trefoil.server.passkey.Passkeys;
import org.trefoil.server.secondfactor.SecondFactors;
import org.trefoil.server.secondfactor.Verdict;

/**
 * Other ways into a wallet's envelope, each by one of its owner's passkeys and a PIN. What is kept
 * opens nothing without both, and nobody here can tell which of the wallet's passcodes it is for.
 * They end with the passkey, with another envelope or second slot beside it, and with new keys.
 *
 * <p>Rows need no seal: whoever writes one cannot make it open.
 */
public final class Openings {
  private final Wallets wallets;
  private final OpeningStore store;
  private final Passkeys passkeys;
  private final SecondFactors factors;
  private final Transactions transactions;
  private final AuditLog audit;
  private final KeyNews news;
  private final InstantSource clock;

  public Openings(
      Wallets wallets,
      OpeningStore store,
      Passkeys passkeys,
      SecondFactors factors,
      Transactions transactions,
      AuditLog audit,
      KeyNews news,
      InstantSource clock) {
    this.wallets = wallets;
    this.store = store;
    this.passkeys = passkeys;
    this.factors = factors;
    this.transactions = transactions;
    this.audit = audit;
    this.news = news;
    this.clock = clock;
  }

  /** A way in, with the passkey that it takes. */
  public record Opening(Passkey passkey, PasskeyOpening way, Instant createdAt) {}

  /** Those of the owner's wallet, the first one first; of nobody else's. */
  public List<Opening> list(String accountId, String walletId) {
    wallets.owned(accountId, walletId);
    List<Passkey> keys = passkeys.list(accountId);
    List<Opening> openings = new ArrayList<>();
    for (OpeningStore.Row row : store.list(walletId)) {
      keys.stream()
          .filter(key -> key.passkeyId().equals(row.passkeyId()))
          .map(key -> new Opening(key, way(key, row), row.createdAt()))
          .forEach(openings::add);
    }
    return openings;
  }

  private static PasskeyOpening way(Passkey passkey, OpeningStore.Row row) {
    Base64.Encoder encoder = Base64.getEncoder();
    return new PasskeyOpening(
        encoder.encodeToString(passkey.credentialId()),
        encoder.encodeToString(row.salt()),
        row.wrapped());
  }

  /**
   * Adds one, in the place of what that passkey had. Refuses {@code passkey-refused} for a passkey
   * that is not the account's, {@code passcode-changed-elsewhere} when the envelope or the slot
   * beside it is another by now, and what a second factor is refused for.
   */
  public void add(String accountId, String walletId, OpeningRequest request) {
    wallets.active(accountId, walletId);
    PasskeyOpening way = request.opening();
    byte[] salt = Base64.getDecoder().decode(way.salt());
    if (salt.length != WrapContext.SALT_LENGTH) {
      throw Refusal.of(Token.WRONG_VALUE, "field", "salt").exception();
    }
    String wrapped = WrappedKey.parse(way.wrapped()).text();
    byte[] credential = Base64.getDecoder().decode(way.credential());
    Verdict verdict =
        transactions.run(
            () -> {
              WalletRecord wallet = wallets.lockActive(accountId, walletId);
              if (!Objects.equals(wallet.sealed(), request.sealed())
                  || !Objects.equals(wallet.slot(), request.second())) {
                throw Refusal.of(Token.PASSCODE_CHANGED_ELSEWHERE).exception();
              }
              Passkey passkey = passkey(accountId, credential);
              Verdict used = factors.use(accountId, request.code(), null);
              if (used == Verdict.OK) {
                Instant now = Instant.ofEpochSecond(clock.instant().getEpochSecond());
                store.put(new OpeningStore.Row(walletId, passkey.passkeyId(), salt, wrapped, now));
                audit.note(AuditKind.OPENING_ADDED, accountId, walletId, passkey.passkeyId());
                news.openingAdded(wallet, passkey);
              }
              return used;
            });
    verdict.orRefuse();
  }

  private Passkey passkey(String accountId, byte[] credential) {
    return passkeys.list(accountId).stream()
        .filter(key -> Arrays.equals(key.credentialId(), credential))
        .findFirst()
        .orElseThrow(() -> Refusal.of(Token.PASSKEY_REFUSED).exception());
  }

  /** Takes one away. */
  public void remove(String accountId, String walletId, String passkeyId, String code) {
    Verdict verdict =
        transactions.run(
            () -> {
              WalletRecord wallet = wallets.lockActive(accountId, walletId);
              Verdict used = factors.use(accountId, code, null);
              if (used == Verdict.OK) {
                Opening opening =
                    list(accountId, walletId).stream()
                        .filter(one -> one.passkey().passkeyId().equals(passkeyId))
                        .findFirst()
                        .orElseThrow(() -> Refusal.of(Token.NOT_FOUND).exception());
                store.remove(walletId, passkeyId);
                audit.note(AuditKind.OPENING_REMOVED, accountId, walletId, passkeyId);
                news.openingRemoved(wallet, opening.passkey());
              }
              return used;
            });
    verdict.orRefuse();
  }
}
