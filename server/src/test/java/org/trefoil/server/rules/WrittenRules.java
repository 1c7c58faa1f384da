package org.trefoil.server.rules;

import java.time.Instant;
import java.util.List;
import org.trefoil.core.wire.PolicyDocument;
import org.trefoil.server.keyfile.KeyFile;
import org.trefoil.server.store.Database;
import org.trefoil.server.store.JdbiRuleStore;

/** Versions of rules that were signed long ago: written as they would be, without their mails. */
public final class WrittenRules {
  private WrittenRules() {}

  /** Writes them for a wallet without rules; {@code head} is the newest one's hash. */
  public static void write(
      Database database,
      KeyFile keyFile,
      String walletId,
      List<PolicyDocument> documents,
      String head) {
    JdbiRuleStore store = new JdbiRuleStore(database);
    database.run(
        () -> {
          documents.forEach(document -> store.add(walletId, document, Instant.EPOCH));
          new RuleChains(store, keyFile, HeadMarks.inMemory())
              .end(walletId, 2, documents.size(), head, null, null);
          return head;
        });
  }
}
