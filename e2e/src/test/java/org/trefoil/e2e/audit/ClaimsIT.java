package org.trefoil.e2e.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * SECURITY.md claims nothing by a test that is not there, and answers the whole of its checklist.
 */
final class ClaimsIT {
  private static final Path TOP = Path.of("..").toAbsolutePath().normalize();
  private static final int CHECKLIST = 43;
  private static final int FAULTS = 30;
  private static final Pattern QUOTED = Pattern.compile("`([^`\n]+)`");
  private static final Pattern NAMED =
      Pattern.compile("(?:[a-z]+\\.)?([A-Z]\\w*(?:Test|IT))(?:\\.([a-z]\\w*)(…?))?");
  private static final Pattern MORE = Pattern.compile("[.…]([a-z]\\w*)(…?)");

  private static final Pattern PARENT = Pattern.compile("\\bclass \\w+ extends (\\w+)");

  /** What is in each class of the tests, with what it inherits. */
  private static Map<String, String> tests() throws IOException {
    Map<String, String> tests = new HashMap<>();
    try (Stream<Path> files = Files.walk(TOP)) {
      for (Path file :
          files.filter(file -> file.toString().matches(".*/src/test/java/.*\\.java")).toList()) {
        String name = file.getFileName().toString().replace(".java", "");
        tests.merge(name, Files.readString(file), String::concat);
      }
    }
    assertThat(tests).hasSizeGreaterThan(200);
    tests.replaceAll(
        (name, source) -> {
          Matcher parent = PARENT.matcher(source);
          return parent.find() ? source + tests.getOrDefault(parent.group(1), "") : source;
        });
    return tests;
  }

  @Test
  void everyTestThatIsNamedIsThere() throws IOException {
    Map<String, String> tests = tests();
    List<String> missing = new ArrayList<>();
    int named = 0;
    for (String line : Files.readAllLines(TOP.resolve("SECURITY.md"))) {
      String source = "";
      for (Matcher quoted = QUOTED.matcher(line); quoted.find(); ) {
        Matcher whole = NAMED.matcher(quoted.group(1));
        Matcher more = MORE.matcher(quoted.group(1));
        Matcher method;
        int group;
        if (whole.matches()) {
          source = tests.getOrDefault(whole.group(1), "");
          if (source.isEmpty()) {
            missing.add(quoted.group(1));
          }
          method = whole;
          group = 2;
        } else if (!source.isEmpty() && more.matches()) {
          method = more;
          group = 1;
        } else {
          continue;
        }
        named++;
        if (method.group(group) != null && !source.isEmpty()) {
          String begun = method.group(group) + (method.group(group + 1).isEmpty() ? "" : "\\w*");
          if (!Pattern.compile("\\b" + begun + "(\\(| =)").matcher(source).find()) {
            missing.add(quoted.group(1));
          }
        }
      }
    }
    assertThat(named).isGreaterThan(200);
    assertThat(missing).isEmpty();
  }

  @Test
  void theWholeChecklistIsAnswered() throws IOException {
    String page = Files.readString(TOP.resolve("SECURITY.md"));
    String list = page.substring(page.indexOf("## OWASP ASVS"));
    List<String> rows =
        list.substring(0, list.indexOf("\n## "))
            .lines()
            .filter(line -> line.matches("\\| \\d+ \\|.*"))
            .toList();
    assertThat(rows.stream().map(row -> Integer.valueOf(row.split("\\|")[1].strip())))
        .containsExactlyElementsOf(IntStream.rangeClosed(1, CHECKLIST).boxed().toList());
    assertThat(rows)
        .allSatisfy(
            row -> assertThat(row).containsPattern("`(?:[a-z]+\\.)?[A-Z]\\w*(?:Test|IT)[.`]"));
  }

  @Test
  void everyFaultHasARowAndATestThatSaysItsNumber() throws IOException {
    String page = Files.readString(TOP.resolve("SECURITY.md"));
    String table = page.substring(page.indexOf("## Faults, and the test of each"));
    Map<Integer, String> rows =
        table
            .substring(0, table.indexOf("\n## ", 1))
            .lines()
            .filter(line -> line.matches("\\| \\d+ \\|.*"))
            .collect(
                Collectors.toMap(
                    row -> Integer.valueOf(row.split("\\|")[1].strip()), Function.identity()));
    assertThat(rows).containsOnlyKeys(IntStream.rangeClosed(1, FAULTS).boxed().toList());
    Map<String, String> tests = tests();
    rows.forEach(
        (fault, row) -> {
          assertThat(row).as("names a test of its number").contains(".fault" + fault);
          // a digit less would find fault 2 in fault 20
          Pattern named = Pattern.compile("void fault" + fault + "\\D");
          assertThat(
                  Pattern.compile("`(?:[a-z]+\\.)?(\\w+)\\.fault" + fault + "\\D")
                      .matcher(row)
                      .results()
                      .map(found -> tests.getOrDefault(found.group(1), "")))
              .as("tests of fault %d", fault)
              .isNotEmpty()
              .allMatch(source -> named.matcher(source).find());
        });
  }
}
