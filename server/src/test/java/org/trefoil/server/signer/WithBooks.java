package org.trefoil.server.signer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.trefoil.core.wire.Json;
import org.trefoil.server.keyfile.KeyFile;

/** Books in a folder of their own, with one shelf of texts, and a ledger. */
abstract class WithBooks {
  static final long SMALL = 4_000;
  static final Instant START = Instant.parse("2026-11-22T12:00:00Z");

  @TempDir Path folder;
  KeyFile keyFile;
  Instant now = START;
  Executor beside = Runnable::run;
  Books books;
  Shelf<String> shelf;
  Ledger ledger;

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

  void open(long roomy, JournalFile.Watch heard) throws IOException {
    open(roomy, heard, false);
  }

  void open(long roomy, JournalFile.Watch heard, boolean restored) throws IOException {
    books = Books.open(folder, keyFile, () -> now, roomy, beside, heard);
    shelf =
        books.shelf("text", text -> Json.object().put("text", text).json(), f -> f.text("text"));
    ledger = new Ledger(books);
    books.read(restored);
  }

  void again() throws IOException {
    books.close();
    open(SMALL, step -> {});
  }

  void put(String key, String text) {
    books.run(
        () -> {
          shelf.put(key, text);
          return key;
        });
  }

  Path journal() {
    return folder.resolve(Books.FILE);
  }

  List<Path> kept() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(path -> path.toString().matches(".*\\.journal\\.[0-9]+")).toList();
    }
  }

  /** Puts until the file began anew. */
  int fill() throws IOException {
    int before = kept().size();
    int put = 0;
    while (kept().size() == before) {
      put("key" + put % 3, "a text that takes some room " + put);
      put++;
    }
    return put;
  }

  /** Fills until a file is to be written beside, and hands back what writes it. */
  Runnable begun() throws IOException {
    return begun(step -> {});
  }

  Runnable begun(JournalFile.Watch heard) throws IOException {
    books.close();
    Deque<Runnable> tasks = new ArrayDeque<>();
    beside = tasks::add;
    open(SMALL, heard);
    for (int i = 0; tasks.isEmpty(); i++) {
      put("key" + i % 3, "a text that takes some room " + i);
    }
    return tasks.remove();
  }
}
