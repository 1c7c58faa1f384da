package org.trefoil.core.proposal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.trefoil.core.keys.Hashes;
import org.trefoil.core.units.Hex;

class SeededSpendsTest {
  /** A change of this value is a change of what is built, checked or said: it must be meant. */
  @Test
  void fiveHundredSendsComeToWhatTheyCameToBefore() {
    StringBuilder lines = new StringBuilder();
    int accepted = 0;
    for (int number = 0; number < 500; number++) {
      String line = SeededSpends.line(number);
      accepted += line.contains(":") ? 1 : 0;
      lines.append(line).append('\n');
    }
    assertThat(accepted).isGreaterThan(150);
    byte[] hash = Hashes.sha256(lines.toString().getBytes(StandardCharsets.UTF_8));
    assertThat(Hex.of(hash))
        .isEqualTo("e5d9100fa41cfd4501defa0dc2f811d173b75d6dae9588d089d2c3bdc202a3eb");
  }
}
