package org.trefoil.e2e.person;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.trefoil.core.envelope.SealedUserKey;
import org.trefoil.custody.bip39.Mnemonic;
import org.trefoil.custody.envelope.v1.Opening;
import org.trefoil.custody.keys.UserSeed;
import org.trefoil.custody.passcode.Passcode;
import org.trefoil.e2e.harness.Tool;

/** The printed sheets, read back by programs that know nothing of Trefoil (poppler, zbar). */
public final class BackupPaper {
  private static final Pattern TWENTY_FOUR = Pattern.compile("(?m)^[a-z]{3,8}(?: [a-z]{3,8}){23}$");
  private static final Pattern THIRTY_THREE =
      Pattern.compile("(?m)^[a-z]{4,8}(?: [a-z]{4,8}){32}$");
  private static final Pattern DESCRIPTOR = Pattern.compile("(?m)^(?:wsh|sh)\\(.*#[a-z0-9]{8}$");

  private static final Pattern SEALED = Pattern.compile("trefoil1:[A-Za-z0-9_-]+");

  private final String text;
  private final Path file;

  private BackupPaper(Path file, String text) {
    this.file = file;
    this.text = text;
  }

  /** Reads an unencrypted backup file. */
  public static BackupPaper read(Path pdf) {
    return new BackupPaper(pdf, Tool.output("pdftotext", "-raw", pdf.toString(), "-"));
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
    Matcher line = TWENTY_FOUR.matcher(page("SHEET A"));
    if (!line.find()) {
      throw new AssertionError("Sheet A does not show 24 words:\n" + text);
    }
    return List.of(line.group().split(" "));
  }

  /** The words of one of the sheets that A was split into, counted from 1. */
  public List<String> share(int number) {
    Matcher line = THIRTY_THREE.matcher(page("SHEET A" + number));
    if (!line.find()) {
      throw new AssertionError("Sheet A" + number + " does not show 33 words:\n" + text);
    }
    return List.of(line.group().split(" "));
  }

  /** The descriptor with its checksum. */
  public String descriptor() {
    Matcher line = DESCRIPTOR.matcher(text);
    if (!line.find()) {
      throw new AssertionError("No descriptor in:\n" + text);
    }
    return line.group();
  }

  /** The four words of the key set, which stand on both sheets. */
  public List<String> keyWords() {
    return wordsAfter(text, "key set words");
  }

  /** The four words that belong to the sealed key on sheet B. */
  public List<String> checkWords() {
    return wordsAfter(page("SHEET B"), "check words");
  }

  /** The sealed user key, as sheet B prints it. */
  public String sealed() {
    Matcher found = SEALED.matcher(page("SHEET B"));
    if (!found.find()) {
      throw new AssertionError("no sealed key on sheet B:\n" + text);
    }
    return found.group();
  }

  /** The user key's own 24 words, which the passcode opens. */
  public List<String> userWords(String passcode) {
    SealedUserKey sealed = SealedUserKey.parse(sealed());
    try (Passcode typed = Passcode.typed(passcode.toCharArray());
        Opening opening = Opening.begin(sealed, typed, sealed.claimed());
        UserSeed seed = opening.run();
        Mnemonic words = seed.mnemonic()) {
      return IntStream.rangeClosed(1, words.count()).mapToObj(words::word).toList();
    }
  }

  private static List<String> wordsAfter(String text, String label) {
    Matcher words =
        Pattern.compile("(?m)^(?i:" + label + ").*\n([a-z]{3,8}(?: [a-z]{3,8}){3})$").matcher(text);
    if (!words.find()) {
      throw new AssertionError("No words after «" + label + "» in:\n" + text);
    }
    return List.of(words.group(1).split(" "));
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
