package org.trefoil.server.signer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A disk without room, or one that fails: nothing that was answered is lost, and it goes on. */
class BooksOnFullDiskTest extends WithBooks {
  private void assertRefusedNow(String key) {
    assertThatThrownBy(() -> put(key, "there")).hasMessageContaining("cannot be written now");
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
}
