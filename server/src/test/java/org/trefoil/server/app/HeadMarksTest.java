package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.policy.TestRules;
import org.trefoil.core.wire.SendState;
import org.trefoil.server.keyfile.KeyFile;
import org.trefoil.server.rules.HeadMarks;
import org.trefoil.server.store.BareRows;
import org.trefoil.server.store.Database;
import org.trefoil.server.store.TestDatabase;

/** An older head that is put back without what the record says of its successors is refused. */
class HeadMarksTest extends LosingKeysOnBoth {
  private static final String HEAD = "policy_head";
  private static final String DOCUMENTS = "policy_document";
  @TempDir Path parent;

  private TestDatabase.Place place;
  private Path folder;
  private boolean powerGoes;

  @Override
  TestHouse house() throws IOException {
    folder = Files.createDirectory(parent.resolve("data"));
    place = engine.place(folder);
    return open(folder);
  }

  /** A server on the place, with that data folder. */
  private TestHouse open(Path data) throws IOException {
    Database database = place.open();
    Runnable force =
        () -> {
          if (powerGoes) {
            throw new IllegalStateException("the power went");
          }
          database.force();
        };
    HeadMarks marks = HeadMarks.inFolder(data, force);
    return new TestHouse(new Foundation(database, KeyFile.of(TestHouse.KEY), marks));
  }

  private void startAgain(Path data) throws IOException {
    String saved = ada.saved();
    house.close();
    powerGoes = false;
    house = open(data);
    ada = house.new Person(saved);
  }

  private Path file() {
    return folder.resolve(HeadMarks.FILE);
  }

  private List<String> lines() throws IOException {
    return Files.readAllLines(file(), StandardCharsets.US_ASCII);
  }

  private BareRows rows() {
    return new BareRows(house.foundation.database());
  }

  private void freeze() {
    house.rooms.rulebook().freeze(ada.accountId, ada.walletId);
  }

  private SendState send() {
    return TestMachines.send(house, ada, "request-" + System.nanoTime(), 10_000).state();
  }

  /** Puts rows back, and takes away all that the record says of this wallet. */
  private void putBack(String table, List<Map<String, Object>> rows) {
    rows().putBack(table, ada.walletId, rows);
    rows().tamper("DELETE FROM audit_event WHERE subject = ?", ada.walletId);
  }

  private void broken(int version) {
    Refusal why = Refused.refusal(Token.POLICY_CHAIN_BROKEN, this::send);
    assertThat(why.data()).containsEntry("version", Integer.toString(version));
    Refused.with(Token.POLICY_CHAIN_BROKEN, this::freeze);
    assertThat(house.rooms.coSigner().keyUses()).isZero();
    var pages = house.rooms.services(TestHouse.config(Path.of("unused"), null)).policies();
    assertThat(pages.state(ada.accountId, ada.walletId).broken()).isEqualTo(version);
  }

  @Test
  void aStopThatIsTakenBackWithItsRecordIsMissedAlsoAfterAStart() throws IOException {
    List<Map<String, Object>> before = rows().keep(HEAD, ada.walletId);
    freeze();
    putBack(HEAD, before);
    broken(0);
    startAgain(folder);
    broken(0);
  }

  @Test
  void anEarlierVersionPutBackWithItsRecordNamesTheOneThatIsMissing() throws IOException {
    sign(TestRules.none().perSend(100_000L));
    List<Map<String, Object>> documents = rows().keep(DOCUMENTS, ada.walletId);
    List<Map<String, Object>> head = rows().keep(HEAD, ada.walletId);
    sign(TestRules.none().perSend(50_000L));
    rows().putBack(DOCUMENTS, ada.walletId, documents);
    putBack(HEAD, head);
    broken(2);
    startAgain(folder);
    broken(2);
  }

  @Test
  void whatAnotherServerChangedIsLearnedWhenItIsMet() throws IOException {
    List<Map<String, Object>> before = rows().keep(HEAD, ada.walletId);
    freeze();
    List<Map<String, Object>> stopped = rows().keep(HEAD, ada.walletId);
    Path other = Files.createDirectory(parent.resolve("other"));
    startAgain(other);
    assertThat(other.resolve(HeadMarks.FILE)).doesNotExist();
    Refused.with(Token.WALLET_FROZEN, this::send);
    assertThat(Files.readAllLines(other.resolve(HeadMarks.FILE))).isEqualTo(lines());
    startAgain(other);
    putBack(HEAD, before);
    broken(0);
    rows().putBack(HEAD, ada.walletId, stopped);
    Refused.with(Token.WALLET_FROZEN, this::send);
  }

  @Test
  void whatIsRolledBackIsNotMarked() throws IOException {
    assertThatThrownBy(
            () ->
                house
                    .foundation
                    .database()
                    .run(
                        () -> {
                          freeze();
                          house.rooms.rulebook().standing(ada.accountId, ada.walletId);
                          throw new IllegalStateException("another thought");
                        }))
        .hasMessage("another thought");
    assertThat(file()).doesNotExist();
    assertThat(send()).isEqualTo(SendState.BROADCAST);
  }

  @Test
  void anEndBetweenTheCommitAndTheMarkLocksNothing() throws IOException {
    powerGoes = true;
    assertThatThrownBy(this::freeze).hasMessage("the power went");
    assertThat(file()).doesNotExist();
    startAgain(folder);
    List<Map<String, Object>> stopped = rows().keep(HEAD, ada.walletId);
    Refused.with(Token.WALLET_FROZEN, this::send);
    assertThat(lines()).singleElement().asString().startsWith(ada.walletId + " head 2.0 ");
    house.rooms.rulebook().thaw(ada.accountId, ada.walletId, ada.code());
    assertThat(lines()).hasSize(2);
    putBack(HEAD, stopped);
    broken(0);
  }

  @Test
  void aTornLastLineIsDroppedAndTheOthersAreOnePerWallet() throws IOException {
    freeze();
    List<Map<String, Object>> stopped = rows().keep(HEAD, ada.walletId);
    house.rooms.rulebook().thaw(ada.accountId, ada.walletId, ada.code());
    String last = lines().get(1);
    write(ada.walletId + " head 9.0 " + "ab".repeat(32));
    startAgain(folder);
    assertThat(lines()).containsExactly(last);
    house.rooms.rulebook().standing(ada.accountId, ada.walletId);
    freeze();
    assertThat(lines()).hasSize(2).first().isEqualTo(last);
    putBack(HEAD, stopped);
    broken(0);
  }

  private void write(String more) throws IOException {
    Files.writeString(file(), more, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  @Test
  void whatWasNotWrittenByUsIsNoStart() throws IOException {
    Path data = parent.resolve("bent");
    Foundation.open(TestHouse.config(data, null), new SecureRandom()).close();
    for (String line : List.of("", ada.walletId, ada.walletId + " head 0.0 00", "\u00ff head")) {
      Files.writeString(data.resolve(HeadMarks.FILE), line + "\n", StandardCharsets.ISO_8859_1);
      assertThatThrownBy(() -> Foundation.open(TestHouse.config(data, null), new SecureRandom()))
          .isInstanceOf(StartRefused.class)
          .hasMessageContaining("trefoil.heads, which says how far the rules of wallets were");
    }
    Files.delete(data.resolve(HeadMarks.FILE));
    Files.createDirectory(data.resolve(HeadMarks.FILE));
    assertThatThrownBy(() -> Foundation.open(TestHouse.config(data, null), new SecureRandom()))
        .isInstanceOf(StartRefused.class);
  }

  @Test
  void aRestoredDatabaseBeginsWithoutThem(@TempDir Path machinesAt) throws IOException {
    sign(TestRules.none().perSend(100_000L));
    TestMachines machines = new TestMachines(machinesAt);
    machines.backUp(house);
    freeze();
    Files.copy(file(), machines.elsewhere.resolve(HeadMarks.FILE));
    machines.restore(house);
    assertThat(machines.elsewhere.resolve(HeadMarks.FILE)).doesNotExist();
  }
}
