package org.trefoil.csp.release;

import org.jspecify.annotations.Nullable;
import org.trefoil.csp.Sha384;
import org.trefoil.csp.log.Checkpoint;

/**
 * What a launcher believes: the release that it was made with, byte for byte, and where it is given
 * keys, newer ones that enough of them signed and that the log holds.
 *
 * <p>Text form, a line each: {@code trefoil-pins 1}, {@code version VERSION}, {@code loader
 * sha384-…}, {@code style sha384-…}, {@code wasm sha384-…}; then, with keys, {@code seen SIZE ROOT}
 * where a checkpoint is known, and the text of {@link ReleaseKeys}.
 *
 * @param version of the release that it was made with
 * @param loader of the loader before the launcher's own digest was written into it
 * @param style of the vault's one inline style
 * @param wasm of {@code vault.wasm}
 * @param keys null when no other release is believed
 * @param seen from which the log must go on; null when none is known
 */
public record Pins(
    String version,
    Sha384 loader,
    Sha384 style,
    Sha384 wasm,
    @Nullable ReleaseKeys keys,
    @Nullable Checkpoint seen) {
  /** Refuses a checkpoint without keys, and one of another log. */
  public Pins {
    if (seen != null && (keys == null || !seen.origin().equals(keys.log().name()))) {
      throw new IllegalArgumentException("a checkpoint of a log whose key is not pinned");
    }
  }

  /** The text form. */
  public String text() {
    StringBuilder text = new StringBuilder("trefoil-pins 1\nversion ").append(version);
    text.append("\nloader ").append(loader.integrity());
    text.append("\nstyle ").append(style.integrity());
    text.append("\nwasm ").append(wasm.integrity()).append('\n');
    if (seen != null) {
      text.append("seen ").append(seen.size()).append(' ').append(seen.root().base64());
      text.append('\n');
    }
    return keys == null ? text.toString() : text.append(keys.text()).toString();
  }
}
