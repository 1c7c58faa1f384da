package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trefoil.core.Token;
import org.trefoil.core.address.Address;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.units.Network;
import org.trefoil.core.units.Sats;
import org.trefoil.core.wire.ActivateRequest;
import org.trefoil.core.wire.DraftWallet;
import org.trefoil.core.wire.NewKeys;
import org.trefoil.core.wire.WalletState;
import org.trefoil.core.wire.WalletView;
import org.trefoil.server.chain.Rescan;
import org.trefoil.server.store.Database;
import org.trefoil.server.store.JdbiWalletStore;
import org.trefoil.server.store.OldSchema;
import org.trefoil.server.store.TestDatabase;
import org.trefoil.server.wallets.AddressPage;
import org.trefoil.server.wallets.WalletBook;
import org.trefoil.server.wallets.Wallets;

@ParameterizedClass
@EnumSource(TestDatabase.class)
class WalletJourneyTest {
  private final TestDatabase engine;
  private TestHouse house;
  private TestVault vault;
  private String ada;

  WalletJourneyTest(TestDatabase engine) {
    this.engine = engine;
  }

  @BeforeEach
  void open() throws Exception {
    house = new TestHouse(engine.fresh(), null);
    vault = new TestVault(1);
    ada = house.signUp("ada@example.org", 1).accountId();
  }

  @AfterEach
  void close() {
    house.close();
  }

  private Wallets wallets() {
    return house.rooms.wallets();
  }

  @Test
  void draftsAreMadeOnceForEachRequest() {
    DraftWallet draft = wallets().draft(ada, " Savings ", "request-1");
    assertThat(wallets().draft(ada, "Savings", "request-1")).isEqualTo(draft);
    assertThat(wallets().draftAgain(ada, draft.walletId())).isEqualTo(draft);
    Refused.with(Token.REQUEST_REUSED, () -> wallets().draft(ada, "Other", "request-1"));
    Refused.with(Token.REQUEST_ID_MALFORMED, () -> wallets().draft(ada, "Other", "../etc"));
    String bob = house.signUp("bob@example.org", 1).accountId();
    DraftWallet bobs = wallets().draft(bob, "Savings", "request-1");
    assertThat(bobs.walletId()).isNotEqualTo(draft.walletId());
    assertThat(bobs.serverKey()).isNotEqualTo(draft.serverKey());
    Refused.with(Token.NOT_FOUND, () -> wallets().draftAgain(bob, draft.walletId()));
  }

  @Test
  void fiftyDraftsOfOneRequestAreOneWallet() {
    Set<String> ids = new HashSet<>();
    IntStream.range(0, 50)
        .parallel()
        .mapToObj(i -> wallets().draft(ada, "Savings", "request-1").walletId())
        .forEach(
            id -> {
              synchronized (ids) {
                ids.add(id);
              }
            });
    assertThat(ids).hasSize(1);
    assertThat(wallets().list(ada)).hasSize(1);
  }

  @Test
  void anAccountHoldsFiftyWallets() {
    for (int i = 0; i < 50; i++) {
      wallets().draft(ada, "Wallet " + i, "request-" + i);
    }
    Refused.with(Token.TOO_MANY_WALLETS, () -> wallets().draft(ada, "One more", "request-50"));
    wallets().draft(ada, "Wallet 7", "request-7");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "a\nb", "a\u0007", "a\u202eb"})
  void refusesNamesThatDoNotPrint(String name) {
    Refused.with(Token.NAME_MALFORMED, () -> wallets().draft(ada, name, "request-1"));
    Refused.with(Token.NAME_MALFORMED, () -> wallets().draft(ada, "x".repeat(61), "request-1"));
  }

  @Test
  void becomesActiveByItsKeysAndItsPaper() {
    DraftWallet draft = wallets().draft(ada, "Savings", "request-1");
    String id = draft.walletId();
    Refused.with(Token.WALLET_NOT_ACTIVE, () -> wallets().address(ada, id));
    Refused.with(
        Token.WRONG_STATE,
        () -> wallets().activate(ada, id, new ActivateRequest("user", "", List.of())));
    NewKeys keys = vault.keys(draft);
    WalletView unchecked = wallets().storeKeys(ada, id, keys);
    assertThat(unchecked.state()).isEqualTo(WalletState.UNCHECKED);
    assertThat(wallets().storeKeys(ada, id, keys)).isEqualTo(unchecked);
    Refused.with(Token.WALLET_NOT_ACTIVE, () -> wallets().address(ada, id));
    Refused.with(Token.WALLET_ALREADY_STORED, () -> wallets().draftAgain(ada, id));
    Refused.with(
        Token.WALLET_ALREADY_STORED,
        () -> wallets().storeKeys(ada, id, new TestVault(2).keys(draft)));

    Cosigners cosigners = vault.cosigners(draft);
    String byUser = vault.statement(cosigners, id, KeyRole.USER);
    String byBackup = vault.statement(cosigners, id, KeyRole.BACKUP);
    activate(id, Token.STATEMENT_WRONG, "backup", byUser, null);
    activate(id, Token.STATEMENT_WRONG, "backup", keys.endorsement(), null);
    activate(id, Token.WRONG_VALUE, "user", byUser, null);
    activate(id, Token.WRONG_VALUE, "server", byBackup, null);
    activate(id, Token.WRONG_VALUE, "backup", byBackup, vault.coldProof(cosigners, id, 0));
    ActivateRequest right = new ActivateRequest("backup", byBackup, List.of());
    WalletView active = wallets().activate(ada, id, right);
    assertThat(active.state()).isEqualTo(WalletState.ACTIVE);
    assertThat(wallets().activate(ada, id, right)).isEqualTo(active);
    assertThat(wallets().address(ada, id).address()).isEqualTo(keys.firstAddress());
  }

  private void activate(
      String walletId, Token token, String by, String signature, @Nullable String coldProof) {
    ActivateRequest request =
        new ActivateRequest(by, signature, coldProof == null ? List.of() : List.of(coldProof));
    Refused.with(token, () -> wallets().activate(ada, walletId, request));
    assertThat(wallets().view(ada, walletId).state()).isEqualTo(WalletState.UNCHECKED);
  }

  @Test
  void noWalletWithAColdKeyBecomesActiveBeforeItsHolderSigned() {
    DraftWallet draft = wallets().draft(ada, "Cold", "request-1");
    DraftWallet other = wallets().draft(ada, "Other", "request-2");
    String id = draft.walletId();
    wallets().storeKeys(ada, id, vault.coldKeys(draft));
    Cosigners cosigners = vault.cosigners(draft);
    String byUser = vault.statement(cosigners, id, KeyRole.USER);
    String byBackup = vault.statement(cosigners, id, KeyRole.BACKUP);
    String proof = vault.coldProof(cosigners, id, 0);
    activate(id, Token.COLD_PROOF_MISSING, "user", byUser, null);
    activate(id, Token.WRONG_VALUE, "backup", byBackup, null);
    activate(id, Token.STATEMENT_WRONG, "user", byBackup, proof);
    activate(id, Token.COLD_PROOF_MALFORMED, "user", byUser, byUser);
    String aside = vault.coldProof(cosigners, id, 1);
    activate(id, Token.COLD_PROOF_WRONG, "user", byUser, aside);
    String elsewhere = vault.coldProof(vault.cosigners(other), other.walletId(), 0);
    activate(id, Token.COLD_PROOF_WRONG, "user", byUser, elsewhere);
    ActivateRequest right = new ActivateRequest("user", byUser, List.of(proof));
    assertThat(wallets().activate(ada, id, right).state()).isEqualTo(WalletState.ACTIVE);
    Database database = house.foundation.database();
    assertThat(OldSchema.rows(database, OldSchema.tables(database)))
        .anyMatch(row -> row.startsWith("wallet ") && row.contains(proof));
  }

  @Test
  void aHalfMadeWalletCanBeDiscardedAndAnActiveOneNever() {
    String draft = wallets().draft(ada, "Half", "request-1").walletId();
    DraftWallet begun = wallets().draft(ada, "Unchecked", "request-2");
    wallets().storeKeys(ada, begun.walletId(), vault.keys(begun));
    String bob = house.signUp("bob@example.org", 1).accountId();
    Refused.with(Token.NOT_FOUND, () -> wallets().discard(bob, draft));
    wallets().discard(ada, draft);
    wallets().discard(ada, begun.walletId());
    Refused.with(Token.NOT_FOUND, () -> wallets().discard(ada, draft));
    TestHouse.Person other = house.new Person(2);
    Refused.with(
        Token.WALLET_ALREADY_ACTIVE, () -> wallets().discard(other.accountId, other.walletId));
    Refused.with(
        Token.NOT_FOUND, () -> wallets().storeKeys(ada, begun.walletId(), vault.keys(begun)));
    assertThat(wallets().list(ada)).isEmpty();
    assertThat(wallets().list(other.accountId)).hasSize(1);
  }

  @Test
  void everyPartOfTheKeysIsChecked() {
    DraftWallet draft = wallets().draft(ada, "Savings", "request-1");
    DraftWallet other = wallets().draft(ada, "Other", "request-2");
    NewKeys good = vault.keys(draft);
    NewKeys elsewhere = vault.keys(other);
    NewKeys stranger = new TestVault(9).keys(draft);
    store(draft, Token.KEYS_DO_NOT_MATCH, with(good, stranger.userKey(), null, null, null, null));
    store(
        draft, Token.KEYS_DO_NOT_MATCH, with(good, null, elsewhere.descriptor(), null, null, null));
    store(
        draft,
        Token.ENDORSEMENT_WRONG,
        with(good, null, null, elsewhere.endorsement(), null, null));
    store(draft, Token.ENDORSEMENT_WRONG, with(good, null, null, "AAAA", null, null));
    store(draft, Token.KEY_SET_CHANGED, with(good, null, null, null, elsewhere.sealed(), null));
    store(draft, Token.ENVELOPE_DAMAGED, with(good, null, null, null, "trefoil1:AAAA", null));
    store(
        draft,
        Token.FIRST_ADDRESS_WRONG,
        with(good, null, null, null, null, elsewhere.firstAddress()));
    store(
        draft,
        Token.KEY_ORIGIN_MALFORMED,
        with(
            good,
            good.userKey().replace("/48'/1'/0'/2'", "/48'/1'/1'/2'"),
            null,
            null,
            null,
            null));
    assertThat(wallets().view(ada, draft.walletId()).state()).isEqualTo(WalletState.DRAFT);
  }

  private void store(DraftWallet draft, Token token, NewKeys keys) {
    Refused.with(token, () -> wallets().storeKeys(ada, draft.walletId(), keys));
  }

  private static NewKeys with(
      NewKeys keys,
      @Nullable String userKey,
      @Nullable String descriptor,
      @Nullable String endorsement,
      @Nullable String sealed,
      @Nullable String firstAddress) {
    return new NewKeys(
        userKey == null ? keys.userKey() : userKey,
        keys.backupKey(),
        keys.backupIsCold(),
        descriptor == null ? keys.descriptor() : descriptor,
        endorsement == null ? keys.endorsement() : endorsement,
        sealed == null ? keys.sealed() : sealed,
        firstAddress == null ? keys.firstAddress() : firstAddress,
        null,
        null,
        keys.split(),
        null,
        null);
  }

  @Test
  void lookingAgainShowsTheSameAddressUntilItIsPaid() {
    TestHouse.Person eve = house.new Person(5);
    for (int i = 0; i < 30; i++) {
      assertThat(wallets().address(eve.accountId, eve.walletId).index()).isZero();
    }
    house.practice.faucet(
        Address.parse(wallets().address(eve.accountId, eve.walletId).address(), Network.REGTEST),
        new Sats(100_000));
    house.mine(1);
    assertThat(wallets().address(eve.accountId, eve.walletId).index()).isEqualTo(1);
  }

  @Test
  void handsOutFreshAddressesUpToTheGapAndNoneBeyond() {
    TestHouse.Person eve = house.new Person(5);
    for (int i = 0; i < Cosigners.GAP; i++) {
      assertThat(wallets().anotherAddress(eve.accountId, eve.walletId).index()).isEqualTo(i);
    }
    Refused.with(
        Token.ADDRESSES_WAITING, () -> wallets().anotherAddress(eve.accountId, eve.walletId));
    assertThat(wallets().address(eve.accountId, eve.walletId).index()).isEqualTo(Cosigners.GAP - 1);
    assertThat(house.rooms.book().addresses(eve.accountId, eve.walletId, null).addresses())
        .hasSize(Cosigners.GAP);
  }

  @Test
  void addressesComeInPagesThatLeaveNoneOut() {
    TestHouse.Person eve = house.new Person(5);
    for (int index : List.of(0, 15, 25)) { // the last one beyond what was handed out
      pay(eve, Cosigners.RECEIVE, index);
    }
    pay(eve, Cosigners.CHANGE, 3);
    new JdbiWalletStore(house.foundation.database()).handOut(eve.walletId, 24);
    assertThat(walk(eve)).hasSize(26).doesNotHaveDuplicates().startsWith("25", "23", "22");
    new JdbiWalletStore(house.foundation.database()).handOut(eve.walletId, 120);
    List<String> all = walk(eve);
    assertThat(all).hasSize(121).doesNotHaveDuplicates().startsWith("119").endsWith("0", "c3");
    AddressPage last = house.rooms.book().addresses(eve.accountId, eve.walletId, "0-25");
    assertThat(last.addresses().get(0).address()).isEqualTo(eve.cosigners.address(0, 25));
    assertThat(last.addresses().get(0).payments()).isEqualTo(1);
    assertThat(last.addresses().get(26).address()).isEqualTo(eve.cosigners.address(1, 3));
    assertThat(last.addresses().get(26).received()).isEqualTo(10_000);
  }

  private void pay(TestHouse.Person whom, int branch, int index) {
    String address = whom.cosigners.address(branch, index);
    house.practice.faucet(Address.parse(address, Network.REGTEST), new Sats(10_000));
    house.mine(1);
  }

  private List<String> walk(TestHouse.Person whom) {
    List<String> all = new ArrayList<>();
    String older = null;
    do {
      AddressPage page = house.rooms.book().addresses(whom.accountId, whom.walletId, older);
      page.addresses().forEach(line -> all.add((line.change() ? "c" : "") + line.index()));
      older = page.older();
    } while (older != null);
    return all;
  }

  @Test
  void pagesAreAskedForAsTheyWereTold() {
    TestHouse.Person eve = house.new Person(5);
    var book = house.rooms.book();
    for (String before : List.of("", "x", "0-", "2-0", "0-12345", "1-" + "g".repeat(64))) {
      Refused.with(Token.WRONG_VALUE, () -> book.addresses(eve.accountId, eve.walletId, before));
      Refused.with(Token.WRONG_VALUE, () -> book.history(eve.accountId, eve.walletId, before));
    }
  }

  @Test
  void noAddressIsHandedOutThatOtherSoftwareWouldNotLookAt() {
    TestHouse.Person eve = house.new Person(5);
    new JdbiWalletStore(house.foundation.database())
        .handOut(eve.walletId, Cosigners.MOST_INDEX + 1);
    Refused.with(
        Token.ADDRESSES_USED_UP, () -> wallets().anotherAddress(eve.accountId, eve.walletId));
  }

  @Test
  void theChainIsReadAgainFromTheBirthAtTheEarliest() {
    TestHouse.Person eve = house.new Person(5);
    int born = wallets().view(eve.accountId, eve.walletId).birthHeight();
    WalletBook book = house.rooms.book();
    assertThat(book.rescan(eve.accountId, eve.walletId, "1").from()).isEqualTo(born - 20);
    house.rooms.chain().follower().catchUp();
    assertThat(book.rescan(eve.accountId, eve.walletId).running()).isFalse();
    book.rescan(eve.accountId, eve.walletId, "2009-01-03");
    Rescan asked = Objects.requireNonNull(house.rooms.chain().index().rescan(eve.walletId));
    assertThat(asked.time()).isEqualTo(house.clock.instant().getEpochSecond());
    house.rooms.chain().follower().catchUp();
    String late = Integer.toString(born + 7);
    assertThat(book.rescan(eve.accountId, eve.walletId, late).from()).isEqualTo(born + 7);
  }
}
