package org.trefoil.server.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.address.Address;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.units.Network;
import org.trefoil.core.units.Sats;
import org.trefoil.core.wire.ActivateRequest;
import org.trefoil.core.wire.DraftWallet;
import org.trefoil.core.wire.FreshAddress;
import org.trefoil.core.wire.Kdf;
import org.trefoil.core.wire.SendRequest;
import org.trefoil.server.account.Account;
import org.trefoil.server.audit.AuditRow;
import org.trefoil.server.chain.ChainSource;
import org.trefoil.server.chain.practice.PracticeChain;
import org.trefoil.server.config.Config;
import org.trefoil.server.keyfile.KeyFile;
import org.trefoil.server.keyfile.Pepper;
import org.trefoil.server.policy.Ceilings;
import org.trefoil.server.rules.HeadMarks;
import org.trefoil.server.secondfactor.Totp;
import org.trefoil.server.signer.RunningSigner;
import org.trefoil.server.store.Database;
import org.trefoil.server.store.JdbiSendStore;
import org.trefoil.server.store.MoreCodes;

/** All rooms but the door on a database in memory and a practice chain that mines on demand. */
final class TestHouse implements AutoCloseable {
  private static final AtomicInteger COUNT = new AtomicInteger();
  static final byte[] KEY = {
    1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26,
    27, 28, 29, 30, 31, 32
  };
  static final Kdf KDF = new Kdf(65_536, 3, 1);
  static final String ELSEWHERE = "bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080";

  /** Whether each house has its keys with a signer, so that its tests are tests of that as well. */
  private static final boolean EVERY_ONE = Boolean.getBoolean("trefoil.test.signer");

  private @Nullable RunningSigner own;
  final TestClock clock;
  final Foundation foundation;
  final Rooms rooms;
  final PracticeChain practice;

  TestHouse() throws IOException {
    this((Sats) null);
  }

  TestHouse(@Nullable Sats limitPerDay) throws IOException {
    this(Database.inMemory("house" + COUNT.incrementAndGet()), limitPerDay);
  }

  /** One of several houses on one database, which share a node and a clock. */
  TestHouse(Database database, PracticeChain node, TestClock clock, @Nullable Sats limitPerDay) {
    this(database, (ChainSource) node, clock, limitPerDay);
  }

  /** A house on a source of any kind; without the practice chain when it is another one. */
  TestHouse(Database database, ChainSource node, TestClock clock, @Nullable Sats limitPerDay) {
    this(config(Path.of("unused"), limitPerDay), database, node, clock);
  }

  /** The same with whatever else is configured. */
  TestHouse(Config config, Database database, ChainSource node, TestClock clock) {
    this.clock = clock;
    foundation = new Foundation(database, KeyFile.of(KEY), HeadMarks.inMemory());
    ChainHouse chain = ChainHouse.of(node, database, new JdbiSendStore(database), clock);
    rooms = Rooms.open(config, foundation, chain, clock, clock, new SecureRandom());
    practice = node instanceof PracticeChain own ? own : null;
    rooms.chain().follower().catchUp();
    rooms.heads().give();
  }

  TestHouse(Database database, @Nullable Sats limitPerDay) throws IOException {
    this(new Foundation(database, KeyFile.of(KEY), HeadMarks.inMemory()), limitPerDay);
  }

  TestHouse(Foundation foundation) throws IOException {
    this(foundation, null);
  }

  private TestHouse(Foundation foundation, @Nullable Sats limitPerDay) throws IOException {
    this(
        foundation,
        limitPerDay,
        new TestClock(),
        EVERY_ONE ? Files.createTempDirectory("signer").resolve("s") : null);
    Path socket = rooms.holders().socket();
    if (socket != null) {
      own = signer(socket.getParent(), limitPerDay, clock);
    }
  }

  /** A signer in this process, on the clock of its house. */
  static RunningSigner signer(Path folder, @Nullable Sats limitPerDay, TestClock clock)
      throws IOException {
    return RunningSigner.start(
        new RunningSigner.Settings(
            folder.resolve("data"),
            folder.resolve("s"),
            null,
            Network.REGTEST,
            "practice",
            new Ceilings(limitPerDay, null),
            Duration.ofHours(72),
            null,
            false),
        clock,
        clock,
        new SecureRandom());
  }

  /** A house whose keys are with a signer, which runs already. */
  TestHouse(Database database, TestClock clock, Path socket) throws IOException {
    this(new Foundation(database, KeyFile.of(KEY), HeadMarks.inMemory()), null, clock, socket);
  }

  private TestHouse(
      Foundation foundation, @Nullable Sats limitPerDay, TestClock clock, @Nullable Path socket)
      throws IOException {
    this.clock = clock;
    this.foundation = foundation;
    rooms =
        Rooms.open(
            config(Path.of("unused"), limitPerDay, socket), foundation, clock, new SecureRandom());
    practice = (PracticeChain) rooms.chain().source();
    rooms.chain().follower().catchUp();
    rooms.heads().give();
  }

  static Config config(Path data, @Nullable Sats limitPerDay) {
    return config(data, limitPerDay, null);
  }

  /** A house that sends mail by whoever listens on this port of this machine. */
  static Config mailing(Path data, int port) {
    return config(
        data,
        null,
        null,
        new Config.Smtp("127.0.0.1", port, false, true, null, null, "wallet@trefoil.example"));
  }

  private static Config config(Path data, @Nullable Sats limitPerDay, @Nullable Path signer) {
    return config(data, limitPerDay, signer, null);
  }

  private static Config config(
      Path data, @Nullable Sats limitPerDay, @Nullable Path signer, Config.@Nullable Smtp smtp) {
    return new Config(
        data,
        null,
        0,
        "127.0.0.1",
        null,
        null,
        List.of(),
        Network.REGTEST,
        new Config.Practice(),
        Duration.ZERO,
        limitPerDay,
        null,
        List.of(),
        null,
        smtp,
        Duration.ofHours(72),
        signer,
        null,
        null,
        false);
  }

  /** An account without a second factor yet; {@link #proof} of that seed signs in to it. */
  Account signUp(String email, int seed) {
    return rooms.accounts().signUp(email, salt(), KDF, proof(seed));
  }

  /** An account with a second factor and an active wallet. */
  final class Person {
    final String accountId;
    final TestVault vault;
    final String walletId;
    final Cosigners cosigners;
    final byte[] totp;
    final List<String> recovery;
    private final int seed;
    private long lastStep;

    Person(int seed) {
      this.seed = seed;
      vault = new TestVault(seed);
      accountId = signUp("p" + seed + "@example.org", seed).accountId();
      totp = unbase32(rooms.factors().begin(accountId, "p").secret());
      recovery = rooms.factors().confirm(accountId, code());
      DraftWallet draft = rooms.wallets().draft(accountId, "Savings", "request-" + seed);
      walletId = draft.walletId();
      cosigners = vault.cosigners(draft);
      rooms.wallets().storeKeys(accountId, walletId, vault.keys(draft));
      String statement = vault.statement(cosigners, walletId, KeyRole.BACKUP);
      rooms
          .wallets()
          .activate(accountId, walletId, new ActivateRequest("backup", statement, List.of()));
    }

    /** The person that {@link #saved} wrote down, in a house on the same database. */
    Person(String saved) {
      String[] words = saved.split(" ");
      vault = new TestVault(Integer.parseInt(words[0]));
      accountId = words[1];
      walletId = words[2];
      totp = HexFormat.of().parseHex(words[3]);
      lastStep = Long.parseLong(words[4]);
      recovery = List.of(words[5].split(","));
      cosigners = rooms.wallets().active(accountId, walletId).cosigners();
      seed = Integer.parseInt(words[0]);
    }

    /** What another process needs to be this person. */
    String saved() {
      return String.join(
          " ",
          Integer.toString(seed),
          accountId,
          walletId,
          HexFormat.of().formatHex(totp),
          Long.toString(lastStep),
          String.join(",", recovery));
    }

    /** The code of now; moves the clock on when it was used already. */
    String code() {
      while (Totp.step(clock.instant()) <= lastStep) {
        pass(Duration.ofSeconds(Totp.STEP_SECONDS));
      }
      lastStep = Totp.step(clock.instant());
      return Totp.code(totp, lastStep, Totp.DIGITS);
    }

    /** So many recovery codes more than anybody has, up to 100. */
    List<String> codes(int number) {
      Pepper pepper = new Pepper(foundation.keyFile(), "recovery-code");
      List<String> codes = new ArrayList<>();
      for (int i = 0; i < number; i++) {
        String code = "aaaabbbbccccdd" + (char) ('a' + i / 10) + (char) ('a' + i % 10);
        byte[] hash =
            pepper.of(
                accountId.getBytes(StandardCharsets.US_ASCII),
                code.getBytes(StandardCharsets.US_ASCII));
        MoreCodes.add(foundation.database(), accountId, hash);
        codes.add(code);
      }
      return codes;
    }

    /** Pays the wallet and mines the payment. */
    void receive(long sats) {
      FreshAddress fresh = rooms.wallets().anotherAddress(accountId, walletId);
      practice.faucet(Address.parse(fresh.address(), Network.REGTEST), new Sats(sats));
      mine(1);
    }

    SendRequest request(String requestId, long sats) {
      return vault.send(
          cosigners, rooms.book().spendable(accountId, walletId), requestId, ELSEWHERE, sats);
    }
  }

  /** What an account reads in its record, newest first: kind and detail. */
  List<String> record(String accountId) {
    rooms.scribe().run();
    return rooms.chronicle().page(accountId, Long.MAX_VALUE, 50).stream()
        .map(AuditRow::entry)
        .map(entry -> entry.kind() + " " + entry.detail())
        .toList();
  }

  /** Lets time pass, with the chain looked at at its end. */
  void pass(Duration time) {
    clock.forward(time);
    rooms.chain().follower().catchUp();
  }

  void mine(int blocks) {
    for (int i = 0; i < blocks; i++) {
      practice.mine();
    }
    rooms.chain().follower().catchUp();
    rooms.follower().tipChanged();
  }

  static String salt() {
    return Base64.getEncoder().encodeToString(new byte[16]);
  }

  static String proof(int seed) {
    byte[] proof = new byte[32];
    proof[0] = (byte) seed;
    return Base64.getEncoder().encodeToString(proof);
  }

  static byte[] unbase32(String text) {
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    byte[] out = new byte[text.length() * 5 / 8];
    int buffer = 0;
    int bits = 0;
    int at = 0;
    for (char c : text.toCharArray()) {
      buffer = buffer << 5 | alphabet.indexOf(c);
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        out[at++] = (byte) (buffer >> bits);
        buffer &= (1 << bits) - 1;
      }
    }
    return out;
  }

  @Override
  public void close() {
    if (own != null) {
      own.close();
    }
    rooms.chain().close();
    foundation.close();
  }
}
