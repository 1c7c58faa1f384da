package org.trefoil.csp.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.trefoil.csp.Sha384;
import org.trefoil.csp.log.Checkpoint;
import org.trefoil.csp.log.Hash;
import org.trefoil.csp.note.NoteSigner;

class PinsTest {
  private static final Sha384 LOADER = Sha384.of("loader");
  private static final Sha384 STYLE = Sha384.of("style");
  private static final Sha384 WASM = Sha384.of("wasm");
  private static final ReleaseKeys KEYS =
      new ReleaseKeys(1, List.of(NoteSigner.make("ada").key()), NoteSigner.make("log").key());

  @Test
  void theTextSaysTheReleaseThenWhatElseIsBelieved() {
    String own =
        "trefoil-pins 1\nversion 0.1.0\nloader "
            + LOADER.integrity()
            + "\nstyle "
            + STYLE.integrity()
            + "\nwasm "
            + WASM.integrity()
            + "\n";
    assertThat(new Pins("0.1.0", LOADER, STYLE, WASM, null, null).text()).isEqualTo(own);
    assertThat(new Pins("0.1.0", LOADER, STYLE, WASM, KEYS, null).text())
        .isEqualTo(own + KEYS.text());
    assertThat(
            new Pins("0.1.0", LOADER, STYLE, WASM, KEYS, new Checkpoint("log", 7, Hash.EMPTY))
                .text())
        .isEqualTo(own + "seen 7 " + Hash.EMPTY.base64() + "\n" + KEYS.text());
  }

  @Test
  void aCheckpointIsOfTheLogWhoseKeyIsPinned() {
    Checkpoint other = new Checkpoint("other", 7, Hash.EMPTY);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Pins("0.1.0", LOADER, STYLE, WASM, KEYS, other));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Pins("0.1.0", LOADER, STYLE, WASM, null, other));
  }
}
