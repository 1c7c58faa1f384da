package org.trefoil.csp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PageHeadersTest {
  private static final Sha384 SCRIPT = Sha384.of("script");
  private static final Sha384 STYLE = Sha384.of("style");
  private final PageHeaders https = new PageHeaders(true);
  private final PageHeaders local = new PageHeaders(false);

  private static List<Map<String, String>> sets(PageHeaders headers) {
    return List.of(
        headers.page(List.of(SCRIPT), true),
        headers.page(List.of(), false),
        headers.vault(List.of(SCRIPT), STYLE),
        headers.asset(),
        headers.vaultAsset(),
        headers.bare());
  }

  @Test
  void everySetHasWhatEveryAnswerNeeds() {
    for (Map<String, String> set : sets(https)) {
      assertThat(set)
          .containsEntry("X-Content-Type-Options", "nosniff")
          .containsEntry("Referrer-Policy", "no-referrer")
          .containsEntry("Cross-Origin-Opener-Policy", "same-origin")
          .containsEntry("Cross-Origin-Embedder-Policy", "require-corp")
          .containsKeys(
              "Content-Security-Policy", "Cross-Origin-Resource-Policy", "X-Frame-Options")
          .containsEntry(
              "Strict-Transport-Security", "max-age=63072000; includeSubDomains; preload");
      assertThat(set.get("Content-Security-Policy"))
          .startsWith("default-src 'none'; base-uri 'none'; form-action '")
          .contains("frame-ancestors '")
          .doesNotContain(",")
          .doesNotContain("unsafe-inline")
          .doesNotContain(" 'unsafe-eval'");
    }
  }

  @Test
  void thePageThatALauncherOpensIsAPageThatMayBeHeldOnTo() {
    Map<String, String> opened = new java.util.HashMap<>(https.openedPage(List.of(SCRIPT)));
    assertThat(opened).containsEntry("Cross-Origin-Opener-Policy", "unsafe-none");
    opened.put("Cross-Origin-Opener-Policy", "same-origin");
    assertThat(opened).isEqualTo(https.page(List.of(SCRIPT), false));
  }

  @Test
  void theVaultIsReadByEverybodyAndFramedByUsAlone() {
    assertThat(https.vault(List.of(SCRIPT), STYLE))
        .containsEntry("Access-Control-Allow-Origin", "*")
        .doesNotContainKey("Access-Control-Allow-Credentials")
        .containsEntry("X-Frame-Options", "SAMEORIGIN");
  }

  @Test
  void plainHttpNeverSpeaksOfStrictTransport() {
    for (Map<String, String> set : sets(local)) {
      assertThat(set).doesNotContainKey("Strict-Transport-Security");
    }
  }

  @Test
  void aPageRunsItsOwnScriptByHashAndNoWasm() {
    String policy = https.page(List.of(SCRIPT), true).get("Content-Security-Policy");
    assertThat(policy)
        .contains("; script-src '" + SCRIPT.integrity() + "';")
        .contains("; frame-src 'self';")
        .contains("; form-action 'self';")
        .contains("; frame-ancestors 'none';")
        .contains("; require-trusted-types-for 'script'; trusted-types 'none'")
        .doesNotContain("wasm");
    assertThat(https.page(List.of(), false).get("Content-Security-Policy"))
        .contains("; script-src 'none';")
        .contains("; connect-src 'self';")
        .contains("; frame-src 'none';");
  }

  @Test
  void aFormMayEndInSeeOtherAndTheVaultInNothing() {
    assertThat(https.page(List.of(SCRIPT), true))
        .containsEntry("Connection-Allowlist", "(response-origin);webrtc=block;redirects=allow");
    assertThat(https.vault(List.of(SCRIPT), STYLE))
        .containsEntry("Connection-Allowlist", "(response-origin);webrtc=block;redirects=block");
  }

  @Test
  void theVaultHasAnOpaqueOriginAndNoNetwork() {
    Map<String, String> set = https.vault(List.of(SCRIPT), STYLE);
    assertThat(set.get("Content-Security-Policy"))
        .contains("; script-src '" + SCRIPT.integrity() + "' 'wasm-unsafe-eval';")
        .contains("; style-src '" + STYLE.integrity() + "';")
        .contains("; connect-src 'none';")
        .contains("; form-action 'none';")
        .contains("; frame-ancestors 'self';")
        .contains("; sandbox allow-scripts allow-downloads allow-modals")
        .doesNotContain("allow-same-origin");
    assertThat(set).containsEntry("Cross-Origin-Resource-Policy", "cross-origin");
  }

  @Test
  void theVaultReportsNothingToNobody() {
    Map<String, String> set = https.vault(List.of(SCRIPT), STYLE);
    assertThat(set).doesNotContainKeys("Reporting-Endpoints", "Report-To", "NEL");
    assertThat(set.toString()).doesNotContain("report", "endpoints");
    assertThat(https.page(List.of(SCRIPT), true).toString()).contains("report-to", "endpoints=(");
  }

  @Test
  void noScriptRunsWithoutItsHashInPageOrVaultAndOnlyThePageReports() {
    assertThat(https.page(List.of(SCRIPT), true))
        .containsEntry("Integrity-Policy", "blocked-destinations=(script), endpoints=(csp)");
    assertThat(https.vault(List.of(SCRIPT), STYLE))
        .containsEntry("Integrity-Policy", "blocked-destinations=(script)");
  }

  /** Word for word: a feature that is left out of the list is allowed. */
  @Test
  void nothingOfTheDeviceIsOpenButCopyingAndPasskeysWhereTheyAreAsked() {
    String closed =
        "accelerometer=(), autoplay=(), camera=(), display-capture=(), encrypted-media=(),"
            + " fullscreen=(), gamepad=(), geolocation=(), gyroscope=(), hid=(),"
            + " identity-credentials-get=(), idle-detection=(), magnetometer=(), microphone=(),"
            + " midi=(), otp-credentials=(), payment=(), picture-in-picture=(), serial=(),"
            + " storage-access=(), usb=(), window-management=(), xr-spatial-tracking=(),"
            + " clipboard-read=(), clipboard-write=(self)";
    String none = ", publickey-credentials-create=(), publickey-credentials-get=()";
    String own = ", publickey-credentials-create=(self), publickey-credentials-get=(self)";
    for (boolean script : new boolean[] {true, false}) {
      List<Sha384> scripts = script ? List.of(SCRIPT) : List.of();
      assertThat(https.page(scripts, script)).containsEntry("Permissions-Policy", closed + none);
      assertThat(https.page(scripts, script, true))
          .containsEntry("Permissions-Policy", closed + own);
    }
    assertThat(https.openedPage(List.of(SCRIPT)))
        .containsEntry("Permissions-Policy", closed + none);
    assertThat(https.vault(List.of(SCRIPT), STYLE))
        .containsEntry("Permissions-Policy", closed + none);
  }

  @Test
  void onlyTheVaultsAssetsAreOpenToOtherOrigins() {
    assertThat(https.vaultAsset())
        .containsEntry("Access-Control-Allow-Origin", "*")
        .containsEntry("Cross-Origin-Resource-Policy", "cross-origin");
    assertThat(List.of(https.asset(), https.bare(), https.page(List.of(SCRIPT), true)))
        .allSatisfy(
            set ->
                assertThat(set)
                    .doesNotContainKey("Access-Control-Allow-Origin")
                    .containsEntry("Cross-Origin-Resource-Policy", "same-origin"));
  }
}
