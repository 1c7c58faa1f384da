package org.trefoil.custody.recover.terminal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A person who types these answers, in turn, and then nothing more; reads what is said and asked.
 */
class Answers implements Terminal {
  /** Stands for the words of the key that was shown last. */
  static final String SHOWN_WORDS = "«the words shown»";

  /** Stands for the words of a share, with its sheet's number behind it. */
  static final String SHOWN_SHARE = "«sheet»";

  private final Deque<String> answers;
  final List<String> said = new ArrayList<>();
  final List<char[]> hidden = new ArrayList<>();

  Answers(String... answers) {
    this.answers = new ArrayDeque<>(Arrays.asList(answers));
  }

  /** Types these as well, after the others. */
  void types(String... more) {
    answers.addAll(Arrays.asList(more));
  }

  String shown() {
    return String.join("\n", said);
  }

  /** All words that were shown, six a line. */
  String words() {
    List<String> lines = new ArrayList<>();
    for (String line : said) {
      if (line.matches("([a-z]{3,8} ){5}[a-z]{3,8}")) {
        lines.add(line);
      }
    }
    return String.join(" ", lines);
  }

  /** The words that were shown for a sheet. */
  private String share(String sheet) {
    int at = said.indexOf("Sheet A" + sheet + ":") + 2;
    return String.join(" ", said.subList(at, at + 6));
  }

  @Override
  public void say(String line) {
    said.add(line);
  }

  @Override
  public @Nullable String ask(String question) {
    said.add(question);
    String answer = answers.poll();
    if (answer != null && answer.startsWith(SHOWN_SHARE)) {
      return share(answer.substring(SHOWN_SHARE.length()));
    }
    return SHOWN_WORDS.equals(answer) ? words() : answer;
  }

  @Override
  public char @Nullable [] askHidden(String question) {
    String answer = ask(question);
    if (answer == null) {
      return null;
    }
    char[] typed = answer.toCharArray();
    hidden.add(typed);
    return typed;
  }
}
