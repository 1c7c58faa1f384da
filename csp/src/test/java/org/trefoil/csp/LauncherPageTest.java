package org.trefoil.csp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class LauncherPageTest {
  private static LauncherPage launcher() {
    OneFilePage page =
        new OneFilePage(
            "Launcher", "gate();", "p{margin:0}", "<main>x</main>\n", List.of("run();"));
    return new LauncherPage(page, "boot();", Map.of("pins", "trefoil-pins 1\n"));
  }

  private static String hash(String script) {
    return Source.hash(Sha384.of(script)).text();
  }

  private static String data(String html, String id) {
    Matcher block = Pattern.compile("id=\"" + id + "\">([^<]*)</script>").matcher(html);
    assertThat(block.find()).as(id).isTrue();
    return new String(Base64.getDecoder().decode(block.group(1)), StandardCharsets.UTF_8);
  }

  @Test
  void itRunsWhatIsInsideAndWhatThatBringsInAndNothingOfMarkup() {
    assertThat(launcher().policy().meta())
        .contains(
            "script-src "
                + String.join(" ", hash("gate();"), hash("run();"), hash("boot();"))
                + " 'wasm-unsafe-eval' 'strict-dynamic';",
            "style-src " + hash("p{margin:0}") + ";",
            "frame-src 'none';",
            "require-trusted-types-for 'script'; trusted-types launcher")
        .doesNotContain("unsafe-inline", "'unsafe-eval'");
    assertThat(launcher().html()).contains(launcher().policy().meta(), "<script>gate();</script>");
  }

  @Test
  void theFrameHasNoNetworkNoFormAndOneScript() {
    String frame = data(launcher().html(), "frame");
    assertThat(frame)
        .contains(
            "script-src " + hash("boot();") + " 'wasm-unsafe-eval' 'strict-dynamic';",
            "default-src 'none'; base-uri 'none'; form-action 'none'",
            "connect-src 'none'",
            "style-src 'none'",
            "<script>boot();</script>");
    assertThat(frame.indexOf("Content-Security-Policy")).isLessThan(frame.indexOf("<script>"));
    assertThat(frame.split("<script")).hasSize(2);
  }

  @Test
  void whatItCarriesIsFoundByItsName() {
    assertThat(data(launcher().html(), "pins")).isEqualTo("trefoil-pins 1\n");
    assertThat(launcher().html()).contains(LauncherPage.block("pins", "trefoil-pins 1\n"));
    assertThat(launcher().html()).isEqualTo(launcher().html());
  }

  @Test
  void partsThatWouldEndTheirElementAreRefused() {
    OneFilePage page = launcher().page();
    for (String boot : List.of("</script>", "<!--")) {
      assertThatIllegalArgumentException().isThrownBy(() -> new LauncherPage(page, boot, Map.of()));
    }
    for (String id : List.of("frame", "a b", "\"", "")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new LauncherPage(page, "", Map.of(id, "")));
    }
  }
}
