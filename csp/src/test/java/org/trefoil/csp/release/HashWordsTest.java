package org.trefoil.csp.release;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trefoil.csp.LauncherPage;

/** That the words are those of the launcher's page: LauncherRefusalsIT of e2e. */
class HashWordsTest {
  @Test
  void aFileWithAListOfItsOwnOrNoneIsRefused(@TempDir Path temp) throws Exception {
    String forged = LauncherPage.block("words", "abandon\n".repeat(2048));
    assertThatThrownBy(() -> HashWords.of(forged)).hasMessageContaining("not those of BIP-0039");
    assertThatThrownBy(() -> HashWords.of("<p>words</p>")).hasMessageContaining("not a launcher");
    Path file = Files.writeString(temp.resolve("launcher.html"), forged);
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(said, true, UTF_8);
    assertThat(Release.run(new String[] {"words", file.toString()}, out)).isEqualTo(1);
    assertThat(said.toString(UTF_8)).startsWith("Refused: the launcher's words are not those");
  }
}
