package org.trefoil.e2e.person;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.trefoil.e2e.harness.Tool;

/** The printed sheets, read back by programs that know nothing of Trefoil (poppler, zbar). */
public final class BackupPaper {
  private static final Pattern NUMBERED = Pattern.compile("\\b(\\d{1,2})\\.?\\s+([a-z]{3,8})\\b");

  private final String text;
  private final Path file;

  private BackupPaper(Path file, String text) {
    this.file = file;
    this.text = text;
  }

  /** Reads an unencrypted backup file. */
  public static BackupPaper read(Path pdf) {
    return new BackupPaper(pdf, Tool.output("pdftotext", "-layout", pdf.toString(), "-"));
  }

  public Path file() {
    return file;
  }

  /** Everything printed, as a person would copy it. */
  public String text() {
    return text;
  }

  /** The 24 words of sheet A in their order. */
  public List<String> words() {
    TreeMap<Integer, String> found = new TreeMap<>();
    Matcher numbered = NUMBERED.matcher(page("SHEET A"));
    while (numbered.find()) {
      int position = Integer.parseInt(numbered.group(1));
      if (position >= 1 && position <= 24) {
        found.putIfAbsent(position, numbered.group(2));
      }
    }
    if (found.size() != 24) {
      throw new AssertionError("Sheet A does not show 24 words but " + found + "\n" + text);
    }
    return new ArrayList<>(found.values());
  }

  /** The four words of the key set, which stand on both sheets. */
  public List<String> keyWords() {
    return wordsAfter(text, "key set words");
  }

  /** The four words that belong to the sealed key on sheet B. */
  public List<String> checkWords() {
    return wordsAfter(page("SHEET B"), "check words");
  }

  private static List<String> wordsAfter(String text, String label) {
    Matcher words =
        Pattern.compile(
                "(?i:"
                    + label
                    + ")[^a-z]*([a-z]{3,8})[^a-z]+([a-z]{3,8})[^a-z]+([a-z]{3,8})[^a-z]+([a-z]{3,8})")
            .matcher(text);
    if (!words.find()) {
      throw new AssertionError("No words after «" + label + "» in:\n" + text);
    }
    return List.of(words.group(1), words.group(2), words.group(3), words.group(4));
  }

  /** The text of the pages that carry {@code title}. */
  public String page(String title) {
    StringBuilder pages = new StringBuilder();
    for (String page : text.split("\f")) {
      if (page.toUpperCase(java.util.Locale.ROOT).contains(title)) {
        pages.append(page);
      }
    }
    return pages.toString();
  }
}
