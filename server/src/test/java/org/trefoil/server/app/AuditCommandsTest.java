package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trefoil.core.wire.SendRequest;
import org.trefoil.core.wire.SendView;
import org.trefoil.server.audit.RecordMark;
import org.trefoil.server.http.Services;
import org.trefoil.server.store.BareRows;

/** The record as files: of one account, of all; what was changed in them is found at its row. */
class AuditCommandsTest extends WaysBackTest {
  @TempDir Path folder;

  private List<String> own;

  @BeforeEach
  void adasRecord() throws IOException {
    house.new Person(2);
    house.rooms.factors().use(ada.accountId, "000000");
    house.rooms.scribe().run();
    own = export(ada.accountId);
  }

  private List<String> export(String book) throws IOException {
    StringWriter file = new StringWriter();
    house.rooms.chronicle().export(book, file);
    return file.toString().lines().toList();
  }

  private String verify(List<String> lines) throws IOException {
    Path file = folder.resolve("record.jsonl");
    Files.write(file, lines);
    return AuditCommands.verify(List.of(file.toString()));
  }

  private void found(List<String> lines, String... findings) {
    assertThatThrownBy(() -> verify(lines))
        .isInstanceOf(StartRefused.class)
        .message()
        .contains(findings);
  }

  private List<String> with(int line, String from, String to) {
    List<String> changed = new ArrayList<>(own);
    assertThat(changed.get(line)).contains(from);
    changed.set(line, changed.get(line).replace(from, to));
    return changed;
  }

  @Test
  void anOwnersFileIsCheckedByItselfAndTellsNothingOfOthers() throws IOException {
    assertThat(verify(own))
        .contains("account " + ada.accountId, "None is edited, missing or elsewhere.");
    assertThat(own.get(0)).contains("\"format\":\"trefoil-audit-1\"", "\"key\":\"");
    assertThat(own.subList(1, 7))
        .allMatch(line -> line.contains(ada.accountId) && !line.contains("place"));
    assertThat(own).hasSize(8);
    assertThat(own.get(7)).startsWith("{\"rows\":6,\"end\":\"").doesNotContain("place");
    assertThat(own.get(6)).contains("factor-refused", "code-wrong", "signature");
  }

  @Test
  void eachRowOfAFileThatWasEditedIsFound() throws IOException {
    for (int row = 1; row <= 6; row++) {
      found(with(row, "\"at\":1", "\"at\":2"), "Row " + row + " is not what was written there.");
    }
    found(with(6, "code-wrong", "code-used"), "Row 6 is not what was written there.");
    List<String> forged = new ArrayList<>(own);
    String zeros = Base64.getEncoder().encodeToString(new byte[64]);
    forged.set(6, own.get(6).replaceFirst("signature\":\"[^\"]*", "signature\":\"" + zeros));
    found(forged, "The server did not sign what leads to row 6.");
    found(with(0, "\"network\":\"", "\"network\":\"x"), "The server did not sign");
  }

  @Test
  void missingAndReorderedRowsOfAFileAreFound() throws IOException {
    List<String> gone = new ArrayList<>(own);
    gone.remove(3);
    found(gone, "Row 3 is missing.");
    List<String> swapped = new ArrayList<>(own);
    swapped.add(3, swapped.remove(4));
    found(swapped, "Row 3 stands behind row 4.");
    List<String> twice = new ArrayList<>(own);
    twice.add(3, own.get(2));
    found(twice, "Row 2 is there twice.");
    found(own.subList(0, 6), "What stands last carries no signature");
    found(List.of("nonsense"), "no record of Trefoil's", "Line 1 cannot be read.");
    found(List.of(), "The file is empty.");
  }

  private static List<String> ending(List<String> rows, String last) {
    List<String> lines = new ArrayList<>(rows);
    lines.add(last);
    return lines;
  }

  /** More rows, the last of which is signed as the one before was. */
  private List<String> later() throws IOException {
    house.rooms.factors().use(ada.accountId, "111111");
    house.rooms.scribe().run();
    return export(ada.accountId);
  }

  @Test
  void newestRowsThatWereCutOffAreNamedByTheLastLine() throws IOException {
    List<String> later = later();
    assertThat(verify(later)).contains("The server signed that it ends there, on 2");
    String last = later.get(8);
    found(ending(later.subList(0, 7), last), "Row 7 is missing.");
    found(ending(later.subList(0, 6), last), "Row 6 is missing.\nRow 7 is missing.");
    found(List.of(later.get(0), last), "Row 1 is missing.");
  }

  @Test
  void aFileWithoutItsLastLineIsSoundAsFarAsItGoesAndSaidToBePerhapsCut() {
    assertThatThrownBy(() -> verify(own.subList(0, 7)))
        .hasMessageContainingAll("None is edited", "has no last line", "cannot be known")
        .isInstanceOfSatisfying(
            StartRefused.class, e -> assertThat(e.status()).isEqualTo(AuditCommands.PERHAPS_CUT));
  }

  @Test
  void theLastLineOfAnotherFileIsFound() throws IOException {
    List<String> later = later();
    found(ending(later.subList(0, 8), own.get(7)), "another file, which ended with row 6.");
    List<String> all = new ArrayList<>();
    Path file = folder.resolve("all");
    AuditCommands.export(house.rooms.chronicle(), file);
    all.addAll(Files.readAllLines(file));
    String notOurs = "The server did not sign the last line for this record.";
    found(ending(own.subList(0, 7), all.get(all.size() - 1)), notOurs);
    found(ending(own.subList(0, 7), own.get(7).replace("\"at\":1", "\"at\":2")), notOurs);
    found(ending(own.subList(0, 6), own.get(7).replace("rows\":6", "rows\":5")), notOurs);
    found(ending(own, own.get(7)), "Something stands behind its last line, line 8.");
    all.remove(all.size() - 2);
    found(all, "Row " + (all.size() - 1) + " is missing.");
  }

  @Test
  void aLaterFileGoesOnFromAnEarlierOneAndACutOneDoesNot() throws IOException {
    Path earlier = folder.resolve("earlier");
    Files.write(earlier, own);
    house.rooms.factors().use(ada.accountId, ada.code());
    house.rooms.scribe().run();
    Path later = folder.resolve("later");
    Files.write(later, export(ada.accountId));
    List<String> both = List.of(later.toString(), earlier.toString());
    assertThat(AuditCommands.verify(both)).contains("has 7 rows");
    assertThatThrownBy(() -> AuditCommands.verify(List.of(earlier.toString(), later.toString())))
        .hasMessageContaining("does not go on from the earlier one: its row 7");
  }

  @Test
  void everybodysRecordIsWrittenForItsOwnersEyesAndChecked() throws IOException {
    Path file = folder.resolve("all");
    String said = AuditCommands.export(house.rooms.chronicle(), file);
    assertThat(said).contains("verify-audit " + file);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(AuditCommands.verify(List.of(file.toString())))
        .contains("Everybody's record", "in 2 books");
    assertThat(AuditCommands.verify(house.rooms.chronicle(), mark())).contains("None is edited");
    assertThatThrownBy(() -> AuditCommands.export(house.rooms.chronicle(), file))
        .hasMessageContaining("already");
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    lines.remove(4);
    found(lines, "Row 4 is missing.");
  }

  @Test
  void eventsThatNobodyChainsAreTold() {
    house.rooms.factors().use(ada.accountId, "000000");
    assertThat(AuditCommands.verify(house.rooms.chronicle(), mark())).contains("None is edited");
    house.clock.forward(Duration.ofMinutes(6));
    assertThatThrownBy(() -> AuditCommands.verify(house.rooms.chronicle(), mark()))
        .hasMessageContaining("1 events of more than five minutes ago are not chained.");
  }

  @Test
  void aSendStandsInItsOwnersRecordFromItsProposalToItsBlock() {
    ada.receive(100_000);
    SendRequest request = ada.request("request-of-the-send", 20_000);
    SendView send = house.rooms.sends().propose(ada.accountId, ada.walletId, request);
    house.rooms.sends().confirm(ada.accountId, ada.walletId, send.sendId(), ada.code());
    house.mine(1);
    house.rooms.scribe().run();
    Services.Record record = house.rooms.services(TestHouse.config(folder, null)).record();
    assertThat(record.happenings(ada.accountId, null).lines())
        .extracting(Services.Happening::kind)
        .containsSubsequence(
            "send-confirmed",
            "send-broadcast",
            "send-signed",
            "send-approved",
            "factor-accepted",
            "send-proposed");
    assertThat(record.happenings(ada.accountId, null).lines())
        .filteredOn(line -> line.kind().equals("send-approved"))
        .singleElement()
        .satisfies(line -> assertThat(line.detail()).matches("[0-9a-f]{64}, rules 0, code"));
    assertThat(record.happenings(ada.accountId, "5").lines())
        .extracting(Services.Happening::about)
        .contains("Savings");
    assertThat(AuditCommands.verify(house.rooms.chronicle(), mark())).contains("None is edited");
  }

  private RecordMark mark() {
    return house.foundation.recordMark(folder);
  }

  @Test
  void rowsCutOffAtTheEndAreMissedByTheDataFolderAlsoWhenOthersTakeTheirPlaces() throws Exception {
    mark().raise();
    mark().raise();
    assertThat(AuditCommands.verify(house.rooms.chronicle(), mark())).contains("None is edited");
    String end = Files.readString(folder.resolve(RecordMark.FILE));
    BareRows rows = new BareRows(house.foundation.database());
    rows.tamper(
        "DELETE FROM audit_event WHERE event_id IN (SELECT event_id FROM audit_link WHERE place >"
            + " 3)");
    rows.tamper("DELETE FROM audit_link WHERE place > 3");
    assertThat(house.rooms.chronicle().verify().last()).isEqualTo(3);
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> AuditCommands.verify(house.rooms.chronicle(), mark()))
          .isInstanceOf(StartRefused.class)
          .hasMessageContaining("up to which this server had chained, is missing or another");
      house.rooms.factors().use(ada.accountId, "000000");
      house.rooms.factors().use(ada.accountId, "000000");
      house.rooms.factors().use(ada.accountId, "000000");
      house.rooms.scribe().run();
      mark().raise();
      assertThat(Files.readString(folder.resolve(RecordMark.FILE))).isEqualTo(end);
    }
  }

  @Test
  void aMarkThatCannotBeReadIsAFindingAndStays() throws Exception {
    Path file = folder.resolve(RecordMark.FILE);
    for (String damaged : List.of("", "3", "three 00", "3 0g")) {
      Files.writeString(file, damaged);
      mark().raise();
      assertThat(Files.readString(file)).isEqualTo(damaged);
      assertThatThrownBy(() -> AuditCommands.verify(house.rooms.chronicle(), mark()))
          .isInstanceOf(StartRefused.class)
          .hasMessageContaining(" rows in ")
          .hasMessageContaining("which says how far this server had chained, cannot be read.");
    }
  }
}
