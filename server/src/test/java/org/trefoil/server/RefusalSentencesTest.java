package org.trefoil.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.trefoil.core.Token;
import org.trefoil.server.chain.ChainHealth;

/** Each refusal has one sentence that a person can act on, and no sentence is left over. */
class RefusalSentencesTest {
  private final Properties sentences = sentences();

  @Test
  void everyTokenHasASentenceAndNoSentenceIsLeftOver() {
    Set<String> tokens = new TreeSet<>();
    for (Token token : Token.values()) {
      tokens.add(token.token());
    }
    for (ChainHealth.State state : ChainHealth.State.values()) {
      if (state != ChainHealth.State.FINE) {
        tokens.add(Token.CHAIN_UNAVAILABLE.token() + "." + state.word());
      }
    }
    assertThat(sentences.stringPropertyNames()).containsExactlyInAnyOrderElementsOf(tokens);
  }

  @Test
  void eachStateOfTheChainHasItsOwnSentenceForAPersonWhoCannotMendIt() {
    Set<String> said = new TreeSet<>();
    for (String key : sentences.stringPropertyNames()) {
      if (key.startsWith(Token.CHAIN_UNAVAILABLE.token())) {
        String sentence = sentences.getProperty(key);
        assertThat(said.add(sentence)).as(key).isTrue();
        assertThat(sentence)
            .as(key)
            .contains("nothing is signed")
            .doesNotContainIgnoringCase("rpc", "cookie", "prune", "daemon", "--");
      }
    }
    assertThat(said).hasSize(ChainHealth.State.values().length);
  }

  @Test
  void sentencesArePlainAndWhole() {
    Pattern placeholder = Pattern.compile("\\{[a-z]+}");
    for (String token : sentences.stringPropertyNames()) {
      String sentence = sentences.getProperty(token);
      assertThat(sentence).as(token).matches("[A-Z{][ -~]*\\.").doesNotContain("  ", "''");
      Matcher rest = placeholder.matcher(sentence);
      assertThat(rest.replaceAll("")).as(token).doesNotContain("{", "}");
      assertThat(sentence.length()).as(token).isBetween(20, 220);
    }
  }

  private static Properties sentences() {
    Properties sentences = new Properties();
    try (Reader in =
        new InputStreamReader(
            Objects.requireNonNull(
                Token.class.getClassLoader().getResourceAsStream("web/refusals.properties")),
            StandardCharsets.UTF_8)) {
      sentences.load(in);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return sentences;
  }
}
