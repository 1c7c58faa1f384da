package org.trefoil.server.wallets;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.keys.CosignerKey;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.keys.Quorum;
import org.trefoil.core.wire.BroughtKey;
import org.trefoil.core.wire.BroughtKeys;
import org.trefoil.core.wire.NewKeys;

/**
 * The keys of a new wallet that are neither its user's nor ours: one for backup, or the owners'.
 */
final class Owners {
  private static final int MOST_NAME = 40;
  private static final int STANDARD_THRESHOLD = 2;

  private Owners() {}

  /** How many keys sign. */
  static int threshold(NewKeys keys) {
    BroughtKeys brought = keys.brought();
    return brought == null ? STANDARD_THRESHOLD : brought.threshold();
  }

  /**
   * Reads them in the descriptor's order. Refuses {@code quorum-numbers}, {@code owner-name}, keys
   * that do not parse, and {@code wrong-value} for keys of both kinds at once or of none.
   */
  static List<CosignerKey> keys(WalletRecord draft, NewKeys keys) {
    BroughtKeys brought = keys.brought();
    String backup = keys.backupKey();
    if (brought == null) {
      if (backup == null) {
        throw wrong("backupKey");
      }
      return List.of(KeyCheck.parse(draft, KeyRole.BACKUP, backup));
    }
    if (backup != null || !keys.backupIsCold()) {
      throw wrong("brought");
    }
    Quorum quorum = new Quorum(brought.threshold(), brought.keys().size() + 2);
    List<KeyRole> roles = KeyRole.ofWallet(quorum.keys());
    List<CosignerKey> read = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (BroughtKey key : brought.keys()) {
      if (!isName(key.name()) || !names.add(key.name())) {
        String most = Integer.toString(MOST_NAME);
        throw Refusal.of(Token.OWNER_NAME, "most", most).exception();
      }
      read.add(KeyCheck.parse(draft, roles.get(read.size() + 1), key.key()));
    }
    return read;
  }

  private static boolean isName(String name) {
    return !name.isBlank()
        && name.equals(name.strip())
        && name.codePointCount(0, name.length()) <= MOST_NAME
        && WalletName.printable(name);
  }

  private static RefusedException wrong(String field) {
    return Refusal.of(Token.WRONG_VALUE, "field", field).exception();
  }
}
