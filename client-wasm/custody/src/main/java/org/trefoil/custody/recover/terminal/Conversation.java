package org.trefoil.custody.recover.terminal;

import java.io.IOException;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.RefusedException;

/**
 * A terminal, a disk and the sentences of refusals: what is refused is said and asked again, the
 * end of the input ends it.
 */
final class Conversation {
  private final Terminal terminal;
  private final Disk disk;
  private final Sentences sentences = new Sentences();

  Conversation(Terminal terminal, Disk disk) {
    this.terminal = terminal;
    this.disk = disk;
  }

  void say(String line) {
    terminal.say(line);
  }

  void say(RefusedException e) {
    terminal.say(sentences.of(e.refusal()));
  }

  /** What is typed, without blanks around it; null at the end of the input. */
  @Nullable String ask(String question) {
    String typed = terminal.ask(question);
    return typed == null ? null : typed.strip();
  }

  /** What {@code read} makes of what is typed; null at the end of the input. */
  <T> @Nullable T asked(String question, Function<String, T> read) {
    while (true) {
      String typed = ask(question);
      if (typed == null) {
        return null;
      }
      try {
        return read.apply(typed);
      } catch (RefusedException e) {
        say(e);
      }
    }
  }

  /** What {@code read} makes of what is typed unseen, which is wiped; null at the end. */
  <T> @Nullable T hidden(String question, Function<char[], T> read) {
    while (true) {
      char[] typed = terminal.askHidden(question);
      if (typed == null) {
        return null;
      }
      try {
        return read.apply(typed);
      } catch (RefusedException e) {
        say(e);
      } finally {
        Arrays.fill(typed, '\0');
      }
    }
  }

  /** Whether the person typed {@code yes}; anything else is no. */
  boolean agreed(String question) {
    return "yes".equals(ask(question));
  }

  /** The file; null, said, when it cannot be read. */
  byte @Nullable [] file(String path) {
    try {
      return disk.read(path);
    } catch (IOException e) {
      say("Cannot read " + path + ": " + e.getMessage());
      return null;
    }
  }

  /** Whether the file was written; said when not. */
  boolean written(String path, byte[] bytes) {
    try {
      disk.write(path, bytes);
      say("Written: " + path);
      return true;
    } catch (IOException e) {
      say("Cannot write " + path + ": " + e.getMessage());
      return false;
    }
  }
}
