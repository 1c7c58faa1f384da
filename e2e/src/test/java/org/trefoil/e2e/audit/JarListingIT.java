package org.trefoil.e2e.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.trefoil.e2e.harness.RunningServer;

/** What is, and what must not be, in the jar that people start. */
final class JarListingIT {
  private static List<String> entries() throws IOException {
    try (JarFile jar = new JarFile(RunningServer.jar().toFile())) {
      return jar.stream().map(entry -> entry.getName()).toList();
    }
  }

  @Test
  void theServerHoldsNoCodeThatOpensAUserKey() throws IOException {
    assertThat(entries())
        .noneMatch(name -> name.startsWith("org/trefoil/custody/"))
        .noneMatch(name -> name.startsWith("org/trefoil/vault/"))
        .noneMatch(name -> name.startsWith("org/teavm/"));
    assertThat(entries()).anyMatch(name -> name.startsWith("org/trefoil/core/"));
  }

  @Test
  void theVaultIsThereAsBytesForTheBrowser() throws IOException {
    assertThat(entries())
        .contains(
            "web/assets/vault.wasm", "web/assets/vault.wasm.br", "web/assets/assets.manifest");
  }

  /** A style that is ours may fetch nothing, from elsewhere or from here. */
  @Test
  void noStyleAsksForAnotherByte() throws IOException {
    List<String> styles = new ArrayList<>();
    try (JarFile jar = new JarFile(RunningServer.jar().toFile())) {
      for (JarEntry entry : Collections.list(jar.entries())) {
        if (entry.getName().matches("web/assets/.*\\.css")) {
          styles.add(new String(jar.getInputStream(entry).readAllBytes(), UTF_8));
        }
      }
    }
    assertThat(styles)
        .isNotEmpty()
        .allSatisfy(style -> assertThat(style).doesNotContainIgnoringCase("@import", "image-set("))
        .allSatisfy(style -> assertThat(style).doesNotContainPattern("(?i)url\\((?!\"?data:)"));
  }

  @Test
  void noClassIsThereTwice() throws IOException {
    assertThat(entries().stream().filter(name -> name.endsWith(".class"))).doesNotHaveDuplicates();
  }

  @Test
  void noSignatureOfAnotherJarIsLeft() throws IOException {
    assertThat(entries()).noneMatch(name -> name.matches("META-INF/.*\\.(SF|RSA|DSA)"));
  }

  @Test
  void noClassOfTheTestsIsThereThatCouldMoveTheClock() throws IOException {
    List<String> tests;
    Path folder = RunningServer.jar().resolveSibling("test-classes");
    try (Stream<Path> files = Files.walk(folder)) {
      tests = files.map(file -> folder.relativize(file).toString()).toList();
    }
    assertThat(tests).contains("org/trefoil/server/app/SteeredServer.class");
    assertThat(entries())
        .filteredOn(name -> name.endsWith(".class"))
        .doesNotContainAnyElementsOf(tests);
  }
}
