package org.trefoil.csp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AssetManifestTest {
  private static final byte[] STYLE = "body{}".getBytes(UTF_8);
  private static final byte[] WASM = {0, 97, 115, 109};

  private final AssetManifest manifest =
      AssetManifest.of(List.of(Asset.of("vault.wasm", WASM), Asset.of("app.css", STYLE)));

  @Test
  void theTextIsSortedAndReadsBack() {
    String text = manifest.text();
    assertThat(text)
        .isEqualTo(
            "trefoil-assets 1\n"
                + Sha384.of(STYLE).integrity()
                + " 6 text/css;charset=utf-8 app.css\n"
                + Sha384.of(WASM).integrity()
                + " 4 application/wasm vault.wasm\n");
    assertThat(AssetManifest.parse(text).assets()).isEqualTo(manifest.assets());
  }

  @Test
  void anyOtherTextIsRefused() {
    String text = manifest.text();
    for (String bad :
        List.of(
            "",
            text + "\n",
            text.stripTrailing(),
            text.replace("assets 1", "assets 2"),
            text.replace(" 6 ", " 06 "),
            text.replace(" 6 ", " -6 "),
            text.replace("app.css", "../app.css"),
            text.replace("app.css", "zpp.css"),
            text.replace("app.css", "vault.wasm"),
            text.replace("sha384-", "sha256-"))) {
      assertThatIllegalArgumentException().as(bad).isThrownBy(() -> AssetManifest.parse(bad));
    }
  }

  @Test
  void oneByteIsADifference() {
    Map<String, byte[]> served =
        Map.of("vault.wasm", new byte[] {0, 97, 115, 108}, "app.css", STYLE);
    assertThat(manifest.differences(served::get))
        .containsExactly("vault.wasm is not the file that was built");
    assertThat(manifest.differences(path -> null))
        .containsExactly("app.css is missing", "vault.wasm is missing");
    assertThat(manifest.differences(path -> path.equals("app.css") ? STYLE : WASM)).isEmpty();
  }

  @Test
  void aPackedFormIsAnAssetOfItsOwn() {
    byte[] packed = {1, 2, 3};
    AssetManifest both =
        AssetManifest.of(List.of(Asset.of("app.css", STYLE), Asset.of("app.css.br", packed)));
    assertThat(AssetManifest.parse(both.text()).assets()).isEqualTo(both.assets());
    assertThat(both.get("app.css.br").coding()).isEqualTo("br");
    assertThat(both.get("app.css.br").asked()).isEqualTo("app.css");
    assertThat(both.differences(path -> path.endsWith(".br") ? new byte[] {1, 2, 4} : STYLE))
        .containsExactly("app.css.br is not the file that was built");
  }

  @Test
  void theDigestIsTheOneBrowsersCompute() {
    // SHA-384("abc"), FIPS 180-4.
    assertThat(Sha384.of("abc").integrity())
        .isEqualTo("sha384-ywB1P0WjXou1oD1pmsZQBycsMqsO3tFjGotgWkP/W+2AhgcroefMI1i67KE0yCWn");
    assertThat(Sha384.of("abc").shortHex()).isEqualTo("cb00753f45a35e8b");
  }

  @Test
  void aShortOrStrangeDigestIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Sha384("AAAA"));
    assertThatIllegalArgumentException().isThrownBy(() -> new Sha384("*"));
  }
}
