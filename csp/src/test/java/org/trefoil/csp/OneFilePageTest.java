package org.trefoil.csp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class OneFilePageTest {
  private static final String DATA =
      "<main>x</main>\n<script type=\"application/octet-stream\">AA==</script>\n";

  private static OneFilePage page() {
    return new OneFilePage("Recovery", "gate();", "p{margin:0}", DATA, List.of("one();", "two();"));
  }

  @Test
  void itMayRunWhatIsInsideAndNothingElse() {
    String style = Source.hash(Sha384.of("p{margin:0}")).text();
    String one = Source.hash(Sha384.of("one();")).text();
    String two = Source.hash(Sha384.of("two();")).text();
    assertThat(page().policy().meta())
        .isEqualTo(
            "default-src 'none'; base-uri 'none'; form-action 'none'; script-src "
                + Source.hash(Sha384.of("gate();")).text()
                + " "
                + one
                + " "
                + two
                + " 'wasm-unsafe-eval'; style-src "
                + style
                + "; img-src 'none'; font-src 'none'; connect-src https: http:; worker-src 'none';"
                + " frame-src 'none'; object-src 'none'; require-trusted-types-for 'script';"
                + " trusted-types 'none'");
  }

  @Test
  void thePolicyStandsBeforeEverythingThatItRules() {
    String html = page().html();
    assertThat(html.indexOf("Content-Security-Policy")).isPositive();
    int gate = html.indexOf("\">\n<script>gate();</script>\n");
    assertThat(gate).isGreaterThan(html.indexOf("Content-Security"));
    for (String ruled : List.of("<style", "<main", "<title", "<script>one", "octet-stream")) {
      assertThat(html.indexOf(ruled)).as(ruled).isGreaterThan(gate);
    }
    assertThat(html).contains("<script>one();</script>\n<script>two();</script>");
  }

  @Test
  void theSamePartsGiveTheSameText() {
    assertThat(page().html()).isEqualTo(page().html());
  }

  @Test
  void aPartThatWouldEndItsElementIsRefused() {
    for (OneFilePageOf part :
        List.<OneFilePageOf>of(
            () -> new OneFilePage("", "</script>", "", "", List.of()),
            () -> new OneFilePage("a<b", "", "", "", List.of()),
            () -> new OneFilePage("", "", "</style>", "", List.of()),
            () -> new OneFilePage("", "", "", "", List.of("'</script>'")),
            () -> new OneFilePage("", "", "", "", List.of("<!--")),
            () -> new OneFilePage("", "", "", "<script>x</script>", List.of()),
            () -> new OneFilePage("", "", "", "<SCRIPT src=x>", List.of()),
            () -> new OneFilePage("", "", "", "\n<style>x</style>", List.of()),
            () -> new OneFilePage("", "", "", "<link href=x>", List.of()))) {
      assertThatIllegalArgumentException().isThrownBy(part::make);
    }
  }

  private interface OneFilePageOf {
    OneFilePage make();
  }
}
