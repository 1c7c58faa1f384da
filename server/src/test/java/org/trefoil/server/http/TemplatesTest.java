package org.trefoil.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TemplatesTest {
  private static final Pattern SCRIPT =
      Pattern.compile("<script([^>]*)>(.*?)</script>", Pattern.DOTALL);

  private static List<String> names() {
    List<String> names = new ArrayList<>(List.of("layout", "parts"));
    for (Page page : Page.values()) {
      names.add(page.template());
    }
    return names;
  }

  private static String template(String name) throws IOException {
    try (InputStream in =
        TemplatesTest.class.getClassLoader().getResourceAsStream("web/pages/" + name + ".peb")) {
      assertThat(in).as(name).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void noTemplateHasAnythingInline() throws IOException {
    for (String name : names()) {
      assertThat(template(name))
          .as(name)
          .doesNotContain("<style")
          .doesNotContain("| raw")
          .doesNotContain("autoescape")
          .doesNotContain("javascript:")
          .doesNotContainPattern("\\sstyle=")
          .doesNotContainPattern("\\son[a-z]+=");
    }
  }

  @Test
  void everyScriptIsExternalAndPinned() throws IOException {
    List<String> all = names();
    all.add("vault");
    for (String name : all) {
      Matcher script = SCRIPT.matcher(template(name));
      while (script.find()) {
        assertThat(script.group(1))
            .as(name)
            .contains(" src=", " integrity=", " crossorigin=\"anonymous\"");
        assertThat(script.group(2)).as(name).isEmpty();
      }
    }
  }

  @Test
  void everyPageComesFromTheLayout() throws IOException {
    for (Page page : Page.values()) {
      assertThat(template(page.template())).as(page.name()).startsWith("{% extends \"layout\" %}");
    }
  }
}
