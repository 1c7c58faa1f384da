package org.trefoil.server.signer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.trefoil.core.RefusedException;
import org.trefoil.core.wire.Json;
import org.trefoil.server.keyfile.KeyFile;

/** The journal begins anew, is killed meanwhile, and comes back whole, or is refused. */
class BooksTest {
  private static final long SMALL = 4_000;
  private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");

  @TempDir Path folder;
  private KeyFile keyFile;
  private Instant now = START;
  private Executor beside = Runnable::run;
  private Books books;
  private Shelf<String> shelf;
  private Ledger ledger;

  @BeforeEach
  void begin() throws IOException {
    keyFile = KeyFile.open(folder, false, new SecureRandom());
    open(SMALL, step -> {});
  }

  @AfterEach
  void end() {
    books.close();
    keyFile.close();
  }

  private void open(long roomy, JournalFile.Watch heard) throws IOException {
    open(roomy, heard, false);
  }

  private void open(long roomy, JournalFile.Watch heard, boolean restored) throws IOException {
    books = Books.open(folder, keyFile, () -> now, roomy, beside, heard);
    shelf =
        books.shelf("text", text -> Json.object().put("text", text).json(), f -> f.text("text"));
    ledger = new Ledger(books);
    books.read(restored);
  }

  private void again() throws IOException {
    books.close();
    open(SMALL, step -> {});
  }

  private void put(String key, String text) {
    books.run(
        () -> {
          shelf.put(key, text);
          return key;
        });
  }

  private void assertRefusedNow(String key) {
    assertThatThrownBy(() -> put(key, "there")).hasMessageContaining("cannot be written now");
  }

  private Path journal() {
    return folder.resolve(Books.FILE);
  }

  private List<Path> kept() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(path -> path.toString().matches(".*\\.journal\\.[0-9]+")).toList();
    }
  }

  /** Puts until the file began anew. */
  private int fill() throws IOException {
    int before = kept().size();
    int put = 0;
    while (kept().size() == before) {
      put("key" + put % 3, "a text that takes some room " + put);
      put++;
    }
    return put;
  }

  private void holds(int put) {
    for (int i = put - 3; i < put; i++) {
      assertThat(shelf.find("key" + i % 3)).hasValue("a text that takes some room " + i);
    }
  }

  @Test
  void whatTheLongestRequestMakesIsReadAgain() throws IOException {
    String long1 = "<".repeat(Frames.MOST); // each is six characters in JSON
    put("key0", long1);
    again();
    assertThat(shelf.find("key0")).hasValue(long1);
  }

  @Test
  void whatIsTooLongToBeReadAgainIsNotWritten() throws IOException {
    put("key0", "there");
    assertThatThrownBy(() -> put("key1", "<".repeat(Books.MOST_LINE / 12)))
        .hasMessageContaining("too much");
    assertThatThrownBy(() -> put("key2", "nothing more")).hasMessageContaining("start the signer");
    again();
    assertThat(shelf.find("key0")).hasValue("there");
    assertThat(shelf.find("key1")).isEmpty();
  }

  @Test
  void aFileThatGrewBeginsAnewAndIsTheSame() throws IOException {
    put("always", "there");
    long before = books.head().number();
    int put = fill();
    long size = Files.size(journal());
    assertThat(size).isLessThan(SMALL);
    assertThat(books.head().number()).isGreaterThan(before + put);
    Head head = books.head();
    again();
    assertThat(books.head()).isEqualTo(head);
    holds(put);
    assertThat(shelf.find("always")).hasValue("there");
    int more = fill();
    again();
    holds(more);
    assertThat(kept()).hasSize(2);
    for (Path older : kept()) {
      Files.delete(older); // nothing reads them
    }
    again();
    holds(more);
  }

  @ParameterizedTest
  @EnumSource(JournalFile.Step.class)
  void killedBetweenAnyTwoStepsItIsWhole(JournalFile.Step killed) throws IOException {
    put("always", "there");
    books.close();
    open(
        SMALL,
        step -> {
          if (step == killed) {
            throw new IllegalStateException("killed");
          }
        });
    List<String> texts = new ArrayList<>();
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 1_000; i++) {
                texts.add("a text that takes some room " + i);
                put("key", texts.get(i));
              }
            })
        .hasMessage("killed");
    assertThatThrownBy(() -> put("key", "more")).hasMessageContaining("start the signer again");
    again();
    assertThat(shelf.find("key")).hasValue(texts.get(texts.size() - 1));
    assertThat(shelf.find("always")).hasValue("there");
    put("key", "goes on");
    fill();
    again();
    assertThat(shelf.find("key")).hasValue("goes on");
  }

  /** Fills until a file is to be written beside, and hands back what writes it. */
  private Runnable begun() throws IOException {
    return begun(step -> {});
  }

  private Runnable begun(JournalFile.Watch heard) throws IOException {
    books.close();
    Deque<Runnable> tasks = new ArrayDeque<>();
    beside = tasks::add;
    open(SMALL, heard);
    for (int i = 0; tasks.isEmpty(); i++) {
      put("key" + i % 3, "a text that takes some room " + i);
    }
    return tasks.remove();
  }

  @Test
  void workGoesOnWhileItBeginsAnewAndIsInItAsWell() throws IOException {
    put("always", "there");
    Runnable writes = begun();
    put("meanwhile", "there");
    put("always", "changed");
    send(1, Sent.State.APPROVED);
    Head seen = books.head();
    writes.run();
    assertThat(kept()).hasSize(1);
    books.refuseOlder(seen);
    put("after", "it");
    Head head = books.head();
    assertThat(head.number()).isGreaterThan(seen.number());
    beside = Runnable::run;
    for (int times = 0; times < 2; times++) {
      again();
      assertThat(books.head()).isEqualTo(head);
      books.refuseOlder(seen);
      assertThat(shelf.find("meanwhile")).hasValue("there");
      assertThat(shelf.find("always")).hasValue("changed");
      assertThat(shelf.find("after")).hasValue("it");
      assertThat(ledger.find("wallet", "digest1")).isPresent();
    }
  }

  @Test
  void killedWhileItIsWrittenBesideNothingIsLost() throws IOException {
    begun();
    put("meanwhile", "there");
    Head head = books.head();
    Files.writeString(folder.resolve(Books.FILE + ".new"), "half of it");
    Books left = books;
    beside = Runnable::run;
    Path copy = Files.createDirectories(folder.resolve("copy"));
    for (String name : List.of(Books.FILE, Books.MARK)) {
      Files.copy(folder.resolve(name), copy.resolve(name));
    }
    folder = copy;
    open(SMALL, step -> {});
    assertThat(books.head()).isEqualTo(head);
    assertThat(shelf.find("meanwhile")).hasValue("there");
    assertThat(left.head()).isEqualTo(head);
  }

  @Test
  void nobodyWaitsForAFileThatIsWrittenSlowly() throws Exception {
    books.close();
    CountDownLatch go = new CountDownLatch(1);
    CountDownLatch there = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    beside =
        work -> {
          Thread thread = new Thread(work);
          threads.add(thread);
          thread.start();
        };
    open(
        SMALL,
        step -> {
          if (step == JournalFile.Step.WRITTEN) {
            there.countDown();
            await(go);
          }
        });
    for (int i = 0; threads.isEmpty(); i++) {
      put("key" + i % 3, "a text that takes some room " + i);
    }
    await(there);
    for (int i = 0; i < 500; i++) {
      put("meanwhile", "a text that takes some room " + i);
    }
    assertThat(threads).as("one at a time").hasSize(1);
    go.countDown();
    threads.get(0).join();
    assertThat(kept()).hasSize(1);
    beside = Runnable::run;
    again();
    assertThat(shelf.find("meanwhile")).hasValue("a text that takes some room 499");
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whereAnotherFileCannotBeWrittenTheOldOneGoesOn() throws IOException {
    Path beside = Files.createDirectories(folder.resolve(Books.FILE + ".new"));
    Path inside = Files.writeString(beside.resolve("full"), "as a disk");
    for (int i = 0; Files.size(journal()) < 2 * SMALL; i++) {
      put("key", "a text that takes some room " + i);
    }
    assertThat(kept()).isEmpty();
    Files.delete(inside);
    fill();
    assertThat(kept()).hasSize(1);
    put("always", "there");
    again();
    assertThat(shelf.find("always")).hasValue("there");
  }

  /** A disk that has no room for what comes to one of the two files, or to either. */
  private static final class FullDisk implements JournalFile.Watch {
    private boolean here;
    private boolean beside;
    private boolean mark;
    private boolean markOfNew;

    @Override
    public void step(JournalFile.Step step) {
      mark |= markOfNew && step == JournalFile.Step.REPLACED;
    }

    @Override
    public void marked() throws IOException {
      if (mark) {
        throw new IOException("Input/output error");
      }
    }

    @Override
    public void wrote(boolean toTheOther) throws IOException {
      if (toTheOther ? beside : here) {
        throw new IOException("No space left on device");
      }
    }
  }

  private FullDisk disk() throws IOException {
    books.close();
    FullDisk disk = new FullDisk();
    open(SMALL, disk);
    return disk;
  }

  @Test
  void whatAFullDiskDidNotTakeIsWrittenBeforeAnythingElseOnceItHasRoom() throws IOException {
    FullDisk disk = disk();
    put("before", "there");
    Head head = books.head();
    disk.here = true;
    for (int times = 0; times < 3; times++) {
      assertRefusedNow("unheard");
    }
    assertThat(books.head()).isEqualTo(head);
    disk.here = false;
    put("after", "there");
    assertThat(books.head().number()).isEqualTo(head.number() + 2);
    again();
    assertThat(shelf.find("before")).hasValue("there");
    assertThat(shelf.find("after")).hasValue("there");
  }

  @Test
  void whatIsKilledOnAFullDiskIsWhole() throws IOException {
    FullDisk disk = disk();
    put("before", "there");
    disk.here = true;
    assertRefusedNow("unheard");
    again();
    assertThat(shelf.find("before")).hasValue("there");
    put("after", "there");
    again();
    assertThat(shelf.find("after")).hasValue("there");
  }

  @Test
  void aSnapshotThatFillsTheDiskIsGivenUpAndTheOldFileGoesOn() throws IOException {
    FullDisk disk = disk();
    disk.beside = true;
    for (int i = 0; Files.size(journal()) < 2 * SMALL; i++) {
      put("key", "a text that takes some room " + i);
    }
    assertThat(kept()).isEmpty();
    assertThat(folder.resolve(Books.FILE + ".new")).doesNotExist();
    disk.beside = false;
    fill();
    assertThat(kept()).hasSize(1);
  }

  @Test
  void whereAFileBeganAnewAndIsNotMarkedItGoesOnOnceItIs() throws IOException {
    FullDisk disk = new FullDisk();
    disk.markOfNew = true;
    Runnable writes = begun(disk);
    put("always", "there");
    writes.run();
    assertThat(kept()).hasSize(1);
    Head head = books.head();
    assertRefusedNow("unheard");
    assertThat(books.head()).isEqualTo(head);
    disk.markOfNew = false;
    disk.mark = false;
    put("after", "there");
    assertThat(books.head().number()).isEqualTo(head.number() + 1);
    books.refuseOlder(head);
    beside = Runnable::run;
    again();
    assertThat(shelf.find("always")).hasValue("there");
    assertThat(shelf.find("after")).hasValue("there");
  }

  @Test
  void whatIsWrittenAndNotMarkedIsWrittenOnce() throws IOException {
    FullDisk disk = disk();
    Head head = books.head();
    disk.mark = true;
    assertRefusedNow("before");
    disk.mark = false;
    put("after", "there");
    assertThat(books.head().number()).isEqualTo(head.number() + 2);
    again();
    assertThat(shelf.find("before")).hasValue("there");
    assertThat(shelf.find("after")).hasValue("there");
  }

  @Test
  void aSnapshotLeavesItsRoomToTheJournalThatNeedsIt() throws IOException {
    FullDisk disk = new FullDisk();
    Runnable writes = begun(disk);
    disk.here = true;
    assertRefusedNow("unheard");
    writes.run();
    assertThat(kept()).isEmpty();
    assertThat(folder.resolve(Books.FILE + ".new")).doesNotExist();
    disk.here = false;
    put("after", "there");
    beside = Runnable::run;
    again();
    assertThat(shelf.find("after")).hasValue("there");
  }

  @Test
  void whereNoThreadIsGivenTheOldFileGoesOnAndItIsTriedAgain() throws IOException {
    books.close();
    boolean[] none = {true};
    beside =
        work -> {
          if (none[0]) {
            throw new OutOfMemoryError("unable to create native thread");
          }
          work.run();
        };
    open(SMALL, step -> {});
    for (int i = 0; Files.size(journal()) < 2 * SMALL; i++) {
      put("key", "a text that takes some room " + i);
    }
    assertThat(kept()).isEmpty();
    none[0] = false;
    fill();
    assertThat(kept()).hasSize(1);
    again();
    assertThat(shelf.find("key")).isPresent();
  }

  @Test
  void aFileThatIsClosedWhileAnotherIsWrittenStaysAsItIs() throws Exception {
    books.close();
    List<Thread> threads = new ArrayList<>();
    beside =
        work -> {
          Thread thread = new Thread(work);
          threads.add(thread);
          thread.start();
        };
    open(SMALL, step -> {});
    for (int i = 0; threads.isEmpty(); i++) {
      put("key" + i % 3, "a text that takes some room " + i);
    }
    Head head = books.head();
    beside = Runnable::run;
    books.close();
    threads.get(0).join();
    open(1 << 20, step -> {});
    assertThat(books.head().number()).isGreaterThanOrEqualTo(head.number());
    assertThat(Files.exists(folder.resolve(Books.FILE + ".new"))).isFalse();
  }

  @Test
  void aSnapshotWithoutItsEndIsRefused() throws IOException {
    fill();
    books.close();
    List<String> lines = Files.readAllLines(journal());
    int end = 0;
    while (!lines.get(end).contains("\"end\"")) {
      end++;
    }
    for (int cut = 1; cut <= end; cut++) {
      Files.write(journal(), lines.subList(0, cut));
      refused("not what this signer wrote");
    }
    Files.write(journal(), lines);
    open(SMALL, step -> {});
  }

  @Test
  void aSnapshotThatWasEditedOrTakenApartIsRefused() throws IOException {
    fill();
    put("after", "it");
    books.close();
    List<String> lines = Files.readAllLines(journal());
    for (int at = 0; at < lines.size(); at++) {
      List<String> bent = new ArrayList<>(lines);
      bent.set(at, lines.get(at).replaceFirst("\"key\"", "\"kez\""));
      Files.write(journal(), bent);
      refused("not what this signer wrote");
      bent.remove(at);
      Files.write(journal(), bent);
      refused(at == lines.size() - 1 ? "was put back" : "not what this signer wrote");
    }
    Files.write(journal(), lines);
    open(SMALL, step -> {});
    assertThat(shelf.find("after")).hasValue("it");
  }

  private void refused(String why) {
    assertThatThrownBy(() -> open(SMALL, step -> {}))
        .isInstanceOf(SignerRefused.class)
        .hasMessageContaining(why);
    books.close();
  }

  @Test
  void whatWasPutBackIsCountedOnBeyondWhatWasSeenOfIt() throws IOException {
    put("key", "first");
    byte[] earlier = Files.readAllBytes(journal());
    put("key", "second");
    Head seen = books.head();
    books.close();
    Files.write(journal(), earlier);
    refused("--restored");
    open(SMALL, step -> {}, true);
    assertThat(shelf.find("key")).hasValue("first");
    assertThat(books.head().number()).isGreaterThan(seen.number());
    assertThat(books.restoredAt()).isEqualTo(START);
    Head after = books.head();
    now = now.plusSeconds(3_600);
    again();
    assertThat(books.head()).isEqualTo(after);
    assertThat(books.restoredAt()).isEqualTo(START);
    fill();
    again();
    assertThat(books.restoredAt()).isEqualTo(START);
    books.refuseOlder(seen);
    books.refuseOlder(books.head());
  }

  @Test
  void withoutItsMarkItWasPutBack() throws IOException {
    put("key", "first");
    books.close();
    Files.delete(folder.resolve(Books.MARK));
    refused("--restored");
    open(SMALL, step -> {}, true);
    assertThat(shelf.find("key")).hasValue("first");
  }

  @Test
  void anotherOrANewerHeadThanItHasIsSaid() {
    put("key", "first");
    Head head = books.head();
    books.refuseOlder(head);
    books.refuseOlder(Head.NONE);
    assertThatThrownBy(() -> books.refuseOlder(new Head(head.number() + 1, head.hash())))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("signer-older");
    assertThatThrownBy(() -> books.refuseOlder(new Head(head.number(), "ab".repeat(32))))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("signer-older");
    put("key", "second");
    books.refuseOlder(head);
    assertThat(Head.read(head.text())).isEqualTo(head);
    assertThat(Head.read(head.text().substring(1))).isNull();
  }

  /** Whose keys speak for an account is the wallet that came first. */
  @Test
  void whatCameFirstStaysFirst() throws IOException {
    List<String> order = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      order.add("k" + i * 7_919 % 1_000);
      put(order.get(i), "first");
    }
    put(order.get(3), "changed");
    fill();
    again();
    assertThat(shelf.keys().stream().filter(key -> !key.startsWith("key")).toList())
        .isEqualTo(order);
  }

  @Test
  void timeNeverGoesBackOverAStart() throws IOException {
    put("key", "first");
    now = START.plusSeconds(600);
    put("key", "second");
    again();
    now = START.plusSeconds(590);
    assertThat(books.now()).isEqualTo(START.plusSeconds(600));
    books.refuseBehind();
    now = START;
    assertThatThrownBy(() -> books.refuseBehind()).hasMessageContaining("signer-clock");
    fill();
    again();
    assertThatThrownBy(() -> books.refuseBehind()).hasMessageContaining("signer-clock");
    now = START.plusSeconds(601);
    books.refuseBehind();
    assertThat(books.now()).isEqualTo(START.plusSeconds(601));
  }

  private Sent sent(int number, Sent.State state) {
    return new Sent(
        "wallet",
        "digest" + number,
        "ada",
        now,
        now,
        state,
        now,
        1_000,
        1_000,
        true,
        List.of("coin" + number + ":0"),
        List.of("5000"),
        List.of("address" + number + " 900"),
        "tx" + number,
        number,
        List.of());
  }

  private void send(int number, Sent.State state) {
    books.run(
        () -> {
          ledger.put(sent(number, state));
          return number;
        });
  }

  @Test
  void ofSendsOfLongAgoCoinsAndAddressesAreKnownForEver() throws IOException {
    send(1, Sent.State.APPROVED);
    send(2, Sent.State.HELD);
    send(3, Sent.State.DROPPED);
    now = now.plus(Ledger.KEPT).plus(Duration.ofDays(1));
    send(4, Sent.State.APPROVED);
    fill();
    for (int times = 0; times < 2; times++) {
      assertThat(ledger.find("wallet", "digest1")).isEmpty();
      assertThat(ledger.find("wallet", "digest2")).as("it still waits").isPresent();
      assertThat(ledger.find("wallet", "digest3")).isEmpty();
      assertThat(ledger.find("wallet", "digest4")).isPresent();
      assertThat(ledger.spentLongAgo(sent(1, Sent.State.HELD))).isTrue();
      assertThat(ledger.spentLongAgo(sent(3, Sent.State.HELD))).isFalse();
      assertThat(ledger.spentLongAgo(sent(4, Sent.State.HELD))).isFalse();
      assertThat(ledger.sharing(sent(1, Sent.State.HELD))).isEmpty();
      assertThat(ledger.paid("wallet", List.of("address1", "address3", "address4", "x")))
          .containsExactlyInAnyOrder("address1", "address4");
      assertThat(ledger.top("wallet")).isEqualTo(4);
      again();
    }
    now = now.plus(Ledger.KEPT).plus(Duration.ofDays(1));
    fill();
    assertThat(ledger.spentLongAgo(sent(4, Sent.State.HELD))).isTrue();
    assertThat(ledger.top("wallet")).isEqualTo(4);
    assertThat(ledger.past("wallet")).isEmpty();
  }
}
