package org.trefoil.server.wallets;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.envelope.EnvelopeBinding;
import org.trefoil.core.envelope.Marks;
import org.trefoil.core.envelope.SealedUserKey;
import org.trefoil.core.keys.CosignerKey;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.Endorsement;
import org.trefoil.core.keys.KeyPath;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.core.keys.Statement;
import org.trefoil.core.keys.Succession;
import org.trefoil.core.wire.NewKeys;
import org.trefoil.core.wire.SecondSlot;
import org.trefoil.core.wire.SuccessionStatement;

/** Checks everything about a new wallet's keys that can be checked without a private key. */
final class KeyCheck {
  private static final int MAX_KEY_CHARS = 250;
  private static final int SIGNATURE = 64;

  private KeyCheck() {}

  /**
   * The key set these keys make with the server's.
   *
   * <p>Refuses keys that do not parse or come from another path ({@code key-origin-malformed}), a
   * descriptor other than our own rendering ({@code keys-do-not-match}), an endorsement that the
   * user key did not make, a first address that does not follow, and a sealed key that is bound to
   * something else; {@code wrong-value} for a split of a key that is not ours.
   */
  static Cosigners check(WalletRecord draft, NewKeys keys) {
    CosignerKey user = parse(draft, KeyRole.USER, keys.userKey());
    List<CosignerKey> others = Owners.keys(draft, keys);
    CosignerKey server = parse(draft, KeyRole.SERVER, draft.serverKey());
    KeyPath ours = KeyPath.account(draft.network().coinType());
    if (keys.backupIsCold() && keys.split() != null) {
      throw Refusal.of(Token.WRONG_VALUE, "field", "split").exception();
    }
    boolean backupFits = keys.backupIsCold() || others.get(0).origin().path().equals(ours);
    if (!user.origin().path().equals(ours) || !backupFits) {
      throw Refusal.of(Token.KEY_ORIGIN_MALFORMED).exception();
    }
    List<CosignerKey> all = new ArrayList<>();
    all.add(user);
    all.addAll(others);
    all.add(server);
    int threshold = Owners.threshold(keys);
    Cosigners cosigners = new Cosigners(draft.network(), ScriptType.P2WSH, threshold, all);
    if (!cosigners.descriptor().equals(keys.descriptor())) {
      throw Refusal.of(Token.KEYS_DO_NOT_MATCH).exception();
    }
    byte[] endorsement = signature(keys.endorsement(), Token.ENDORSEMENT_WRONG);
    if (!Endorsement.verify(cosigners, draft.walletId(), endorsement)) {
      throw Refusal.of(Token.ENDORSEMENT_WRONG).exception();
    }
    if (!cosigners.address(Cosigners.RECEIVE, 0).equals(keys.firstAddress())) {
      throw Refusal.of(Token.FIRST_ADDRESS_WRONG).exception();
    }
    SealedUserKey sealed = SealedUserKey.parse(keys.sealed());
    if (!sealed.claims(
        EnvelopeBinding.of(cosigners, draft.walletId(), endorsement, keys.backupIsCold()))) {
      throw Refusal.of(Token.KEY_SET_CHANGED).exception();
    }
    SecondSlot beside = keys.secondSlot();
    if (beside != null) {
      Marks.of(beside);
    }
    return cosigners;
  }

  /**
   * Refuses {@code succession-wrong} unless the user or backup key of the wallet before says that
   * this one comes after it; also when one says so of a wallet that comes after none.
   */
  static void succession(
      @Nullable WalletRecord older,
      WalletRecord newer,
      Cosigners cosigners,
      @Nullable SuccessionStatement stated) {
    if (older == null && stated == null) {
      return;
    }
    if (older == null || stated == null) {
      throw refused(Token.SUCCESSION_WRONG);
    }
    Cosigners before = older.cosigners();
    byte[] digest = Succession.digest(before, older.walletId(), cosigners, newer.walletId());
    KeyRole by = stated.by().equals(KeyRole.USER.id()) ? KeyRole.USER : KeyRole.BACKUP;
    byte[] signature = signature(stated.signature(), Token.SUCCESSION_WRONG);
    if (!stated.by().equals(by.id()) || !Statement.verify(digest, before, by, signature)) {
      throw refused(Token.SUCCESSION_WRONG);
    }
  }

  /** A compact signature in base64, or the refusal. */
  static byte[] signature(String base64, Token otherwise) {
    try {
      byte[] bytes = Base64.getDecoder().decode(base64);
      if (bytes.length == SIGNATURE) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      throw refused(otherwise);
    }
    throw refused(otherwise);
  }

  static CosignerKey parse(WalletRecord draft, KeyRole role, String expression) {
    if (expression.length() > MAX_KEY_CHARS) {
      throw Refusal.of(Token.KEY_MALFORMED).exception();
    }
    return CosignerKey.parse(role, expression, draft.network());
  }

  private static RefusedException refused(Token token) {
    return Refusal.of(token).exception();
  }
}
