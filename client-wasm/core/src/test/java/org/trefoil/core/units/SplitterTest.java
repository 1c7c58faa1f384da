package org.trefoil.core.units;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SplitterTest {
  @Test
  void splitsAsStringDoes() {
    Random random = new Random(11);
    for (int i = 0; i < 2000; i++) {
      StringBuilder text = new StringBuilder();
      for (int j = random.nextInt(12); j > 0; j--) {
        text.append("ab \n".charAt(random.nextInt(4)));
      }
      assertThat(Splitter.split(text.toString(), " \n"))
          .containsExactly(text.toString().split("[ \n]", -1));
    }
  }
}
