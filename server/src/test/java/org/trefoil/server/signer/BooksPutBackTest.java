package org.trefoil.server.signer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.trefoil.core.RefusedException;

/** A journal that was altered, taken apart or put back is told from the one that was left. */
class BooksPutBackTest extends WithBooks {
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
}
