package org.trefoil.vault.wallet;

import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.keys.Statement;
import org.trefoil.core.keys.Succession;
import org.trefoil.core.wire.Heir;

/**
 * From a replaced wallet to the one in use now. Guarantee: each one was named by the user or backup
 * key of the one before it, so a server cannot slip in another's.
 */
public final class Lineage {
  private Lineage() {}

  /**
   * The last of the line. Refuses {@code succession-wrong} where a link of it is not signed, and
   * what {@link KnownWallet#of} refuses.
   *
   * @param pin what this browser remembers of the last one's key set
   */
  public static KnownWallet heir(KnownWallet first, List<Heir> line, @Nullable String pin) {
    KnownWallet at = first;
    for (int i = 0; i < line.size(); i++) {
      Heir heir = line.get(i);
      KnownWallet next = KnownWallet.of(heir.wallet(), i == line.size() - 1 ? pin : null);
      if (!named(at, next, heir)) {
        throw Refusal.of(Token.SUCCESSION_WRONG).exception();
      }
      at = next;
    }
    if (at == first) {
      throw Refusal.of(Token.SUCCESSION_WRONG).exception();
    }
    return at;
  }

  private static boolean named(KnownWallet older, KnownWallet newer, Heir heir) {
    String by = heir.succession().by();
    boolean ours = by.equals(KeyRole.USER.id()) || by.equals(KeyRole.BACKUP.id());
    if (!ours || older.cosigners().network() != newer.cosigners().network()) {
      return false;
    }
    byte[] digest =
        Succession.digest(older.cosigners(), older.walletId(), newer.cosigners(), newer.walletId());
    byte[] signature = Base64.getDecoder().decode(heir.succession().signature());
    return Statement.verify(digest, older.cosigners(), KeyRole.of(by), signature);
  }
}
