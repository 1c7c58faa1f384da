package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** The log's lines as a server of its own prints them. */
class LoggingTest {
  @TempDir Path folder;

  @Test
  void jsonIsOneObjectToALineWithTheRequestBesideTheMessage() throws Exception {
    String[] lines = printed("json").split("\n");
    assertThat(lines).hasSize(2);
    assertThat(lines[0])
        .startsWith("{")
        .endsWith("}")
        .contains(
            "\"level\":\"WARN\"", "\"mdc\": {\"request\":\"7-1\"}", "two\\nlines \\\"quoted\\\"");
    assertThat(lines[1]).contains("\"throwable\":", "IllegalStateException", "\"mdc\": {}");
  }

  @Test
  void textIsOneLineToAnEvent() throws Exception {
    String[] lines = printed("text").split("\n");
    assertThat(lines[0]).contains("level=WARN", "request=7-1", "msg=\"two lines 'quoted'\"");
    assertThat(lines[1]).contains("level=ERROR", "msg=\"failed\"").doesNotContain("request=");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "json"})
  void whatJettyAndJavalinSayBelowAWarningIsNotLogged(String form) throws Exception {
    assertThat(printed(form)).doesNotContain("cookie");
  }

  private String printed(String form) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                withoutTestSettings(),
                Speaking.class.getName(),
                form)
            .start();
    return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /** The class path as a server has it: a logback-test.xml on it would win over what we set. */
  private String withoutTestSettings() throws Exception {
    String name = Speaking.class.getName().replace('.', '/') + ".class";
    Path copy = folder.resolve(name);
    Files.createDirectories(copy.getParent());
    try (InputStream in = Speaking.class.getResourceAsStream("/" + name)) {
      Files.write(copy, in.readAllBytes());
    }
    return Stream.concat(
            Stream.of(folder.toString()),
            Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !Files.exists(Path.of(entry, "logback-test.xml"))))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** The other process: logs a warning in a request and an error outside of one. */
  static final class Speaking {
    private Speaking() {}

    public static void main(String[] args) {
      if (args[0].equals("json")) {
        Logging.json();
      }
      MDC.put("request", "7-1");
      LoggerFactory.getLogger(Speaking.class).warn("two\nlines \"{}\"", "quoted");
      MDC.remove("request");
      LoggerFactory.getLogger(Speaking.class).error("failed", new IllegalStateException("why"));
      LoggerFactory.getLogger("org.eclipse.jetty.server").info("cookie");
      LoggerFactory.getLogger("io.javalin").debug("cookie");
    }
  }
}
