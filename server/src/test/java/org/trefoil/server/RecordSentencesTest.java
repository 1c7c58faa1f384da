package org.trefoil.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.trefoil.server.audit.AuditKind;

/** Each kind of event has one sentence that its owner understands, and no sentence is left over. */
class RecordSentencesTest {
  @Test
  void everyKindHasASentenceAndNoSentenceIsLeftOver() throws IOException {
    Properties sentences = new Properties();
    try (Reader in =
        new InputStreamReader(
            Objects.requireNonNull(
                AuditKind.class.getClassLoader().getResourceAsStream("web/record.properties")),
            StandardCharsets.UTF_8)) {
      sentences.load(in);
    }
    assertThat(sentences.stringPropertyNames())
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(AuditKind.values()).map(AuditKind::id).toList());
    sentences.forEach(
        (kind, sentence) ->
            assertThat((String) sentence)
                .as((String) kind)
                .matches("[A-Z{][ -~]*[.})]|[A-Z{][ -~]*: \\{detail}")
                .hasSizeBetween(15, 120));
  }
}
