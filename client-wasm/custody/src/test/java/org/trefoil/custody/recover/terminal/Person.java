package org.trefoil.custody.recover.terminal;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Somebody at a keyboard with a disk of their own. */
class Person extends Answers implements Disk {
  final Map<String, byte[]> files = new HashMap<>();

  Person(String... answers) {
    super(answers);
  }

  boolean recovers() {
    return recovers(null);
  }

  boolean recovers(@Nullable CoinSource source) {
    return new Recovery(this, this, source).run();
  }

  Conversation talk() {
    return new Conversation(this, this);
  }

  String written(String path) {
    return new String(files.get(path), StandardCharsets.UTF_8);
  }

  @Override
  public byte[] read(String path) throws IOException {
    byte[] bytes = files.get(path);
    if (bytes == null) {
      throw new FileNotFoundException(path);
    }
    return bytes.clone();
  }

  @Override
  public void write(String path, byte[] bytes) throws IOException {
    if (files.putIfAbsent(path, bytes.clone()) != null) {
      throw new IOException("is there already");
    }
  }
}
