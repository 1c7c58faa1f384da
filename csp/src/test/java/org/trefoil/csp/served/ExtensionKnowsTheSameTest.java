package org.trefoil.csp.served;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The browser extension looks at the same pages, files and headers as VerifyServed. */
class ExtensionKnowsTheSameTest {
  private static final Path WORKER = Path.of("..", "web", "src", "main", "extension", "worker.js");
  private static final Pattern TEXT = Pattern.compile("'([^']*)'");

  /** The texts of a constant of the extension, which stands on one line. */
  private static List<String> texts(String constant) throws IOException {
    Matcher line =
        Pattern.compile("\nconst " + constant + " = (.*);\n").matcher(Files.readString(WORKER));
    assertThat(line.find()).as(constant).isTrue();
    return TEXT.matcher(line.group(1)).results().map(each -> each.group(1)).toList();
  }

  @Test
  void ofPages() throws IOException {
    List<String> texts = texts("PAGES");
    Map<String, String> pages = new LinkedHashMap<>();
    for (int i = 0; i < texts.size(); i += 2) {
      pages.put(texts.get(i), texts.get(i + 1));
    }
    assertThat(pages).isEqualTo(VerifyServed.PAGES);
  }

  @Test
  void ofFilesThatPeopleKeep() throws IOException {
    assertThat(texts("KEPT"))
        .containsExactlyInAnyOrderElementsOf(
            VerifyServed.KEPT.stream().map(name -> "/" + name).toList());
  }

  @Test
  void ofHeadersThatNoSetHas() throws IOException {
    assertThat(texts("STRANGERS"))
        .containsExactlyInAnyOrderElementsOf(
            VerifyServed.STRANGERS.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList());
  }
}
