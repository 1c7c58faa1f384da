package org.trefoil.e2e.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.trefoil.vault.proof.ProofCases;

/**
 * 2,000 seeded random cases (births, addresses, spends, half-signatures, envelopes) give the same
 * bytes on the JVM and inside WebAssembly, started by the vault's own loader.
 */
final class SeededCasesIT {
  private static final int SLICE = 100;

  @Test
  void twoThousandCasesGiveTheSameBytesInWebAssembly() throws Exception {
    try (ProofPage page = ProofPage.open()) {
      List<String> inTheBrowser = new ArrayList<>();
      for (int from = 0; from < ProofCases.COUNT; from += SLICE) {
        String lines = page.ask(Map.of("do", "cases", "from", from, "count", SLICE));
        inTheBrowser.addAll(lines.lines().toList());
      }
      List<String> here = new ArrayList<>();
      for (int number = 0; number < ProofCases.COUNT; number++) {
        here.add(ProofCases.digest(number));
      }
      assertThat(inTheBrowser).hasSize(ProofCases.COUNT).isEqualTo(here);
      assertThat(here.stream().distinct().count()).isGreaterThan(ProofCases.COUNT / 2);
    }
  }
}
