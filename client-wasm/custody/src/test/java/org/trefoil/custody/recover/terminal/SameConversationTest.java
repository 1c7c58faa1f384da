package org.trefoil.custody.recover.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every line that people meet at the terminal, word for word, what is typed behind a {@code >}, and
 * how it ends when they stop typing earlier. Whoever means to change a conversation reads what it
 * became, which a failing test leaves in {@code target/terminal}, and then writes it down.
 */
class SameConversationTest {
  /** Writes down what is typed, but nothing that is typed unseen. */
  private static final class Listener extends Person {
    private int left;
    private int typed;
    private boolean unseen;

    Listener(int most) {
      left = most;
    }

    @Override
    public @Nullable String ask(String question) {
      String answer = left > 0 ? super.ask(question) : stopped(question);
      typed += answer == null ? 0 : 1;
      left--;
      said.add(answer == null ? "> (the end)" : unseen ? "> ·····" : "> " + answer);
      return answer;
    }

    private @Nullable String stopped(String question) {
      said.add(question);
      return null;
    }

    @Override
    public char @Nullable [] askHidden(String question) {
      unseen = true;
      try {
        return super.askHidden(question);
      } finally {
        unseen = false;
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsSaidAtTheTerminalIsSaidTheSame(Walk walk) throws IOException {
    Listener whole = new Listener(Integer.MAX_VALUE);
    StringBuilder heard = new StringBuilder();
    boolean came = walk.goes(whole);
    heard.append(whole.shown()).append("\n\nAfter this many answers:\n");
    for (int most = 0; most < whole.typed; most++) {
      Listener early = new Listener(most);
      heard.append(most).append(walk.goes(early) ? " done\n" : " not done\n");
      assertThat(early.hidden)
          .as("what was typed unseen is wiped, after %s answers", most)
          .allMatch(SameConversationTest::wiped);
    }
    heard.append(whole.typed).append(came ? " done\n" : " not done\n");
    assertThat(whole.hidden).allMatch(SameConversationTest::wiped);
    String name = walk.name().toLowerCase(Locale.ROOT).replace('_', '-') + ".txt";
    String known = known(name);
    if (!known.contentEquals(heard)) {
      Path folder = Files.createDirectories(Path.of("target", "terminal"));
      Files.writeString(folder.resolve(name), heard);
    }
    assertThat(heard.toString()).isEqualTo(known);
  }

  private static boolean wiped(char[] typed) {
    return Arrays.equals(typed, new char[typed.length]);
  }

  private static String known(String name) throws IOException {
    try (InputStream in = SameConversationTest.class.getResourceAsStream("/terminal/" + name)) {
      return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
