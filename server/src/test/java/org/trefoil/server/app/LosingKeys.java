package org.trefoil.server.app;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.policy.TestRules;
import org.trefoil.core.wire.ActivateRequest;
import org.trefoil.core.wire.DraftWallet;
import org.trefoil.core.wire.MemberRole;
import org.trefoil.core.wire.NewKeys;
import org.trefoil.core.wire.PolicyDocument;
import org.trefoil.core.wire.PolicyRequest;
import org.trefoil.core.wire.Rules;
import org.trefoil.core.wire.SendRequest;
import org.trefoil.core.wire.SendView;
import org.trefoil.core.wire.SuccessionStatement;
import org.trefoil.core.wire.WalletView;
import org.trefoil.server.app.TestHouse.Person;
import org.trefoil.server.audit.AuditEntry;
import org.trefoil.server.audit.AuditKind;
import org.trefoil.server.mail.Mail;
import org.trefoil.server.members.Members;
import org.trefoil.server.passkey.PasskeyAges;
import org.trefoil.server.store.JdbiAuditBooks;
import org.trefoil.server.store.TestDatabase;
import org.trefoil.server.wallets.Successors;
import org.trefoil.server.wallets.Wallets;

/** Ada, with a wallet and coins, who loses something; and what she does in a house of tests. */
abstract class LosingKeys {
  TestHouse house;
  Person ada;

  @BeforeEach
  void open() throws Exception {
    house = house();
    ada = house.new Person(1);
    ada.receive(1_000_000);
  }

  TestHouse house() throws IOException {
    return new TestHouse(TestDatabase.H2.fresh(), null);
  }

  @AfterEach
  void close() {
    house.close();
  }

  Wallets wallets() {
    return house.rooms.wallets();
  }

  Successors successors() {
    return house.rooms.successors();
  }

  WalletView view(String walletId) {
    return wallets().view(ada.accountId, walletId);
  }

  /** The next version of the rules of Ada's wallet, as her vault signs it. */
  PolicyDocument document(TestRules rules, long begin, KeyRole by) {
    return ada.vault.policy(
        ada.cosigners,
        ada.walletId,
        house.rooms.rulebook().view(ada.accountId, ada.walletId),
        rules.done(),
        begin,
        by);
  }

  void sign(PolicyDocument document, String code) {
    house.rooms.rulebook().sign(ada.accountId, ada.walletId, new PolicyRequest(document, code));
  }

  /** Puts rules in force that are not looser than the ones before. */
  void sign(TestRules rules) {
    sign(document(rules, 0, KeyRole.USER), ada.code());
  }

  /** A wallet that is to come after another: its keys are a vault's of their own. */
  final class Heir {
    final TestVault vault;
    final TestVault older;
    final String olderId;
    final Cosigners olderKeys;
    final String walletId;
    final Cosigners cosigners;
    final DraftWallet draft;

    Heir(int seed) {
      this(seed, ada.vault, ada.walletId);
    }

    Heir(int seed, TestVault older, String olderId) {
      this.older = older;
      this.olderId = olderId;
      olderKeys = wallets().owned(ada.accountId, olderId).cosigners();
      vault = new TestVault(seed);
      draft = successors().draft(ada.accountId, olderId);
      walletId = draft.walletId();
      cosigners = vault.cosigners(draft);
    }

    /** The keys, named by the older wallet's key of this role. */
    NewKeys keys(KeyRole by) {
      return keys(older.names(olderKeys, olderId, cosigners, walletId, by));
    }

    NewKeys keys(SuccessionStatement stated) {
      NewKeys keys = vault.keys(draft);
      return new NewKeys(
          keys.userKey(),
          keys.backupKey(),
          keys.backupIsCold(),
          keys.descriptor(),
          keys.endorsement(),
          keys.sealed(),
          keys.firstAddress(),
          stated,
          null,
          keys.split(),
          null,
          null);
    }

    Heir stored(KeyRole by) {
      wallets().storeKeys(ada.accountId, walletId, keys(by));
      return this;
    }

    WalletView activate(String code) {
      String statement = vault.statement(cosigners, walletId, KeyRole.BACKUP);
      ActivateRequest request = new ActivateRequest("backup", statement, List.of(), code);
      return successors().activate(ada.accountId, walletId, request);
    }

    /** In use, named by the older wallet's key of this role. */
    Heir inUse(KeyRole by) {
      stored(by).activate(ada.code());
      return this;
    }

    String address() {
      return successors().heirs(ada.accountId, olderId).address();
    }
  }

  /** Everything under Ada's first keys, to this address, half-signed with the key of this role. */
  SendRequest move(String requestId, String address, KeyRole by) {
    return ada.vault.move(
        ada.cosigners,
        house.rooms.book().spendable(ada.accountId, ada.walletId),
        requestId,
        address,
        by);
  }

  SendView propose(SendRequest request) {
    return house.rooms.sends().propose(ada.accountId, ada.walletId, request);
  }

  SendView confirm(SendView send, String code) {
    return house.rooms.sends().confirm(ada.accountId, ada.walletId, send.sendId(), code);
  }

  SendView look(SendView send) {
    return house.rooms.sends().view(ada.accountId, ada.walletId, send.sendId());
  }

  /** Has somebody be a member of Ada's wallet. */
  void join(Person person, MemberRole role) {
    Members members = house.rooms.members();
    members.invite(ada.accountId, ada.walletId, email(person), role, ada.code());
    members.accept(person.accountId, SharedWallet.link(house, email(person)));
  }

  /** As rules name a member. */
  Rules.Person named(Person person) {
    return new Rules.Person(person.accountId, email(person));
  }

  String email(Person person) {
    return wallets().email(person.accountId);
  }

  /** The house's passkeys as pages see them. */
  PasskeysView passkeyDoor() {
    Rooms rooms = house.rooms;
    return new PasskeysView(
        rooms.passkeys(),
        PasskeyAges.AT_ONCE,
        rooms.openings(),
        rooms.factors(),
        rooms.sends(),
        rooms.accounts(),
        rooms.devices(),
        () -> "");
  }

  /** Subjects of the mails that Ada got. */
  List<String> mailed() {
    return house.rooms.post().room().shown(ada.accountId).stream().map(Mail::subject).toList();
  }

  /** The kinds of such rows in the record of all accounts, oldest first. */
  List<AuditKind> record(Predicate<AuditEntry> such) {
    house.rooms.scribe().run();
    List<AuditKind> found = new ArrayList<>();
    new JdbiAuditBooks(house.foundation.database())
        .read(
            null,
            row -> {
              if (such.test(row.entry())) {
                found.add(AuditKind.of(row.entry().kind()));
              }
            });
    return found;
  }

  List<AuditKind> audit() {
    house.rooms.scribe().run();
    return new JdbiAuditBooks(house.foundation.database())
        .page(ada.accountId, Long.MAX_VALUE, 50).stream()
            .map(row -> AuditKind.of(row.entry().kind()))
            .toList();
  }
}
