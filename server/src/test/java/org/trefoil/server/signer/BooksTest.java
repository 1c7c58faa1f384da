package org.trefoil.server.signer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The journal begins anew, is killed meanwhile, and comes back whole. */
class BooksTest extends WithBooks {
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
