package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.trefoil.core.Token;
import org.trefoil.core.units.Sats;
import org.trefoil.server.signer.SignerLine;
import org.trefoil.server.signer.SignerRefused;

/** A signer whose folder was put back as it was earlier: it says so, or its front does. */
class RestoredSignerTest extends SignerFixture {
  private Path data() {
    return folder.resolve("data");
  }

  private void copy(String name, Path from, Path to) throws IOException {
    Files.createDirectories(to);
    Files.copy(from.resolve(name), to.resolve(name), StandardCopyOption.REPLACE_EXISTING);
  }

  private SignerLine honestFront() throws IOException {
    return new SignerLine(folder.resolve("s"), Files.createDirectories(folder.resolve("front")));
  }

  @Test
  void aJournalThatWasPutBackIsNotStartedUntilSomebodySaysSo() throws IOException {
    holds(inADay(500_000));
    copy("signer.journal", data(), folder.resolve("backup"));
    assertThat(confirmed(spend(1, SHOP, 400_000), code())).isEqualTo("done");
    String used = code();
    assertThat(confirmed(spend(2, SHOP, 10_000), used)).isEqualTo("done");
    signer.close();
    copy("signer.journal", folder.resolve("backup"), data());
    assertThatThrownBy(() -> start(null))
        .isInstanceOf(SignerRefused.class)
        .hasMessageContaining("--restored");
    start(null, true);
    assertThat(confirmed(spend(3, THIEF, 10_000), used)).isEqualTo("limit-window");
    assertThat(confirmed(spend(3, THIEF, 10_000), code()))
        .as("what was sent since the backup is not known")
        .isEqualTo("limit-window");
    clock.forward(Duration.ofHours(23));
    assertThat(confirmed(spend(3, THIEF, 10_000), code())).isEqualTo("limit-window");
    restart(null);
    assertThat(confirmed(spend(3, THIEF, 10_000), code())).isEqualTo("limit-window");
    clock.forward(Duration.ofHours(2));
    assertThat(confirmed(spend(3, SHOP, 10_000), code())).isEqualTo("done");
  }

  @Test
  void codesOfBeforeAreUsedUpByIt() throws IOException {
    copy("signer.journal", data(), folder.resolve("backup"));
    String used = code();
    assertThat(confirmed(spend(1, SHOP, 10_000), used)).isEqualTo("done");
    signer.close();
    copy("signer.journal", folder.resolve("backup"), data());
    start(null, true);
    assertThat(confirmed(spend(2, THIEF, 10_000), used)).isEqualTo("code-used");
    clock.forward(Duration.ofMinutes(2));
    assertThat(confirmed(spend(2, SHOP, 10_000), code())).isEqualTo("done");
  }

  @Test
  void aFolderThatWasNotPutBackIsNotCalledSo() {
    assertThatThrownBy(
            () -> {
              signer.close();
              start(null, true);
            })
        .isInstanceOf(SignerRefused.class)
        .hasMessageContaining("without --restored");
  }

  @Test
  void theOperatorsOwnLimitCountsAsUsedUpForADay() throws IOException {
    copy("signer.journal", data(), folder.resolve("backup"));
    assertThat(confirmed(spend(1, SHOP, 10_000), code())).isEqualTo("done");
    signer.close();
    copy("signer.journal", folder.resolve("backup"), data());
    start(new Sats(900_000), true);
    assertThat(confirmed(spend(2, SHOP, 10_000), code())).isEqualTo("limit-daily");
    clock.forward(Duration.ofHours(25));
    assertThat(confirmed(spend(2, SHOP, 10_000), code())).isEqualTo("done");
  }

  /** Nothing in the folder tells it, so the front does, which saw it further on. */
  @Test
  void aFolderThatWasPutBackWholeIsNotUsedByAFrontThatSawItFurther() throws IOException {
    try (SignerLine line = honestFront()) {
      assertThat(line.chain()).isEqualTo("practice");
      signer.close();
      for (String name : new String[] {"signer.journal", "signer.mark"}) {
        copy(name, data(), folder.resolve("backup"));
      }
      start(null);
      assertThat(confirmed(spend(1, SHOP, 10_000), code())).isEqualTo("done");
      assertThat(line.chain()).isEqualTo("practice");
    }
    signer.close();
    for (String name : new String[] {"signer.journal", "signer.mark"}) {
      copy(name, folder.resolve("backup"), data());
    }
    start(null);
    try (SignerLine line = honestFront()) {
      Refused.with(Token.SIGNER_OLDER, line::chain);
      assertThat(confirmed(spend(2, SHOP, 10_000), code())).isEqualTo("done");
      assertThat(confirmed(spend(3, SHOP, 10_000), code())).isEqualTo("done");
      Refused.with(Token.SIGNER_OLDER, line::chain);
    }
  }

  @Test
  void aClockThatWentBackSignsNothing() throws IOException {
    assertThat(confirmed(spend(1, SHOP, 10_000), code())).isEqualTo("done");
    String next = code();
    signer.close();
    clock.forward(Duration.ofHours(-5));
    start(null);
    assertThat(confirmed(spend(2, SHOP, 10_000), next)).isEqualTo("signer-clock");
    assertThat(front.says(op("hello"))).isEqualTo("signer-clock");
    clock.forward(Duration.ofHours(5));
    assertThat(confirmed(spend(2, SHOP, 10_000), code())).isEqualTo("done");
  }
}
