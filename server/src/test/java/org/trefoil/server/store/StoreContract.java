package org.trefoil.server.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.trefoil.core.units.Network;
import org.trefoil.core.wire.WalletState;
import org.trefoil.server.account.Account;
import org.trefoil.server.account.SignInSecret;
import org.trefoil.server.wallets.WalletRecord;

/**
 * What every store promises, on every engine: a database of its own, with an account and a wallet.
 */
@ParameterizedClass
@EnumSource(TestDatabase.class)
abstract class StoreContract {
  static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  static final String ADA = "a".repeat(32);
  static final String BOB = "b".repeat(32);
  static final String WALLET = "1".repeat(32);

  final Database database;

  StoreContract(TestDatabase engine) {
    database = engine.fresh();
  }

  @AfterEach
  void close() {
    database.close();
  }

  void accounts() {
    JdbiAccountStore accounts = new JdbiAccountStore(database);
    accounts.add(new Account(ADA, "ada@example.org", NOW, null), secret(1));
    accounts.add(new Account(BOB, "bob@example.org", NOW, null), secret(2));
  }

  static SignInSecret secret(int seed) {
    return new SignInSecret("salt" + seed, 65_536, 3, 1, bytes(seed), bytes(seed + 100));
  }

  static WalletRecord draft(String walletId, String requestId) {
    return new WalletRecord(
        walletId,
        ADA,
        requestId,
        "Savings",
        Network.REGTEST,
        WalletState.DRAFT,
        "[key]",
        7,
        NOW,
        NOW,
        null,
        null,
        null,
        false,
        0,
        null,
        null,
        List.of(),
        null,
        null);
  }

  static byte[] bytes(int seed) {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) seed;
    return bytes;
  }

  /** Runs the work that often at once and answers how often it was true. */
  static int atOnce(int times, Callable<Boolean> work) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(times);
    try {
      List<Callable<Boolean>> calls = new ArrayList<>();
      for (int i = 0; i < times; i++) {
        calls.add(work);
      }
      int count = 0;
      for (Future<Boolean> done : pool.invokeAll(calls)) {
        count += done.get() ? 1 : 0;
      }
      return count;
    } finally {
      pool.shutdownNow();
    }
  }
}
