package org.trefoil.server.keyfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A first rotation keeps every pepper that the program makes. */
class PepperPurposesTest {
  private static final Pattern MADE = Pattern.compile("new (?:Pepper|Signer)\\(\\w+, \"([^\"]+)\"");

  @Test
  void everyPurposeThatIsUsedOutlivesTheFirstRotation() throws IOException {
    TreeSet<String> used = new TreeSet<>();
    try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
      for (Path source : sources.filter(file -> file.toString().endsWith(".java")).toList()) {
        Matcher made = MADE.matcher(Files.readString(source));
        while (made.find()) {
          used.add(made.group(1));
        }
      }
    }
    assertThat(used).hasSizeGreaterThan(9).isEqualTo(new TreeSet<>(KeyRing.FIRST_PEPPERS));
  }
}
