package org.trefoil.e2e.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trefoil.e2e.harness.RunningServer;
import org.trefoil.e2e.recovery.RecoveryFile;

/** recovery.html as anybody can take it apart: its policy, what is inside, and its digest. */
final class RecoveryFileIT {
  private static final Pattern ELEMENT =
      Pattern.compile("<(script|style)([^>]*)>(.*?)</\\1>", Pattern.DOTALL);

  private final String html = RecoveryFile.text();

  private static byte[] served(String name) throws IOException {
    try (JarFile jar = new JarFile(RunningServer.jar().toFile())) {
      return jar.getInputStream(jar.getEntry("web/assets/" + name)).readAllBytes();
    }
  }

  private List<String> inside(String element, boolean data) {
    List<String> found = new ArrayList<>();
    Matcher matcher = ELEMENT.matcher(html);
    while (matcher.find()) {
      boolean isData = matcher.group(2).contains("application/octet-stream");
      if (matcher.group(1).equals(element) && isData == data) {
        found.add(matcher.group(3));
      }
    }
    return found;
  }

  private static String source(String text) throws GeneralSecurityException {
    byte[] digest =
        MessageDigest.getInstance("SHA-384").digest(text.getBytes(StandardCharsets.UTF_8));
    return "'sha384-" + Base64.getEncoder().encodeToString(digest) + "'";
  }

  @Test
  void itsPolicyLetsRunWhatIsInsideAndNothingElse() throws GeneralSecurityException {
    Matcher policy =
        Pattern.compile("<meta http-equiv=\"Content-Security-Policy\" content=\"([^\"]+)\">")
            .matcher(html);
    assertThat(policy.find()).isTrue();
    List<String> scripts = inside("script", false);
    assertThat(scripts).hasSize(3);
    assertThat(inside("style", false)).hasSize(1);
    assertThat(policy.group(1))
        .isEqualTo(
            "default-src 'none'; base-uri 'none'; form-action 'none'; script-src "
                + source(scripts.get(0))
                + " "
                + source(scripts.get(1))
                + " "
                + source(scripts.get(2))
                + " 'wasm-unsafe-eval'; style-src "
                + source(inside("style", false).get(0))
                + "; img-src 'none'; font-src 'none'; connect-src https: http:; worker-src 'none';"
                + " frame-src 'none'; object-src 'none'; require-trusted-types-for 'script';"
                + " trusted-types 'none'");
    assertThat(policy.find()).as("a second policy").isFalse();
  }

  /** Their own policies aside, of which the checker knows neither hashes nor WebAssembly. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "classes/web/assets/recovery.html",
        "classes/web/assets/launcher.html",
        "extension/sites.html"
      })
  void noFaultIsInItsMarkupNorInTheOtherFilesOnDisk(String file) throws IOException {
    assertThat(Markup.faults(Files.readString(Path.of("../web/target").resolve(file))))
        .noneMatch(
            fault ->
                !fault.contains("Content Security Policy")
                    && !fault.contains("Unrecognized source-expression 'wasm-unsafe-eval'"));
  }

  /** That it closes the network is shown where a browser obeys it: LookUpIT. */
  @Test
  void theScriptThatClosesTheNetworkIsTheFirstThingBehindThePolicy() throws IOException {
    String gate = Files.readString(Path.of("../web/src/main/recovery/gate.js"));
    assertThat(html.substring(0, html.indexOf(gate)))
        .matches(
            "(?s)<!DOCTYPE html>\\s<html lang=\"en\">\\s<head>\\s<meta charset=\"utf-8\">\\s"
                + "<meta http-equiv=\"Content-Security-Policy\" content=\"[^\"]+\">\\s<script>");
  }

  @Test
  void nothingInItPointsElsewhere() {
    String shell = html;
    for (String data : inside("script", true)) {
      shell = shell.replace(data, "");
    }
    assertThat(shell)
        .doesNotContainPattern("\\s(src|href|srcset|action|poster|ping)=")
        .doesNotContainPattern("\\son[a-z]+=\"")
        .doesNotContain("http://", "@import", "url(", "XMLHttpRequest", "WebSocket");
    assertThat(shell.split("fetch\\(")).as("the one way to ask, of the open page").hasSize(2);
  }

  @Test
  void itHoldsTheVeryVaultThatIsServed() throws IOException {
    assertThat(inside("script", true)).hasSize(1);
    assertThat(Base64.getDecoder().decode(inside("script", true).get(0)))
        .isEqualTo(served("vault.wasm"));
  }

  @Test
  void theServerOffersThisFileAndItsVaultPrintsThisDigestAndTheLaunchers()
      throws IOException, GeneralSecurityException {
    byte[] file = Files.readAllBytes(RecoveryFile.path());
    assertThat(served("recovery.html")).isEqualTo(file);
    assertThat(new String(served("vault-loader.js"), StandardCharsets.UTF_8))
        .contains("RECOVERY_SHA256 = '" + sha256(file) + "'")
        .contains("LAUNCHER_SHA256 = '" + sha256(served("launcher.html")) + "'");
  }

  private static String sha256(byte[] bytes) throws GeneralSecurityException {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  /** Put together again from the sources by other hands than the build's. */
  @Test
  void theSameSourcesGiveTheSameBytes() throws IOException, GeneralSecurityException {
    Path web = Path.of("../web/src/main");
    byte[] wasm = served("vault.wasm");
    byte[] digest = MessageDigest.getInstance("SHA-384").digest(wasm);
    String loader =
        Files.readString(web.resolve("resources/web/assets/vault-loader.js"))
            .replace("@@WASM_SHA384@@", Base64.getEncoder().encodeToString(digest))
            .replace("@@RECOVERY_SHA256@@", "")
            .replace("@@LAUNCHER_SHA256@@", "");
    String vault = Files.readString(web.resolve("resources/web/pages/vault.peb"));
    String style =
        vault.substring(vault.indexOf("<style>") + 7, vault.indexOf("</style>"))
            + Files.readString(web.resolve("recovery/recovery.css"));
    assertThat(inside("style", false)).containsExactly(style);
    assertThat(inside("script", false))
        .containsExactly(
            Files.readString(web.resolve("recovery/gate.js")),
            loader,
            Files.readString(web.resolve("recovery/start.js")));
    assertThat(html)
        .contains(Files.readString(web.resolve("recovery/body.html")))
        .hasSize(
            html.indexOf("<style>")
                + "<style></style>\n</head>\n<body>\n".length()
                + style.length()
                + Files.readString(web.resolve("recovery/body.html")).length()
                + "<script type=\"application/octet-stream\"></script>\n".length()
                + Base64.getEncoder().encodeToString(wasm).length()
                + 2 * "<script></script>\n".length()
                + loader.length()
                + Files.readString(web.resolve("recovery/start.js")).length()
                + "</body>\n</html>\n".length());
  }
}
