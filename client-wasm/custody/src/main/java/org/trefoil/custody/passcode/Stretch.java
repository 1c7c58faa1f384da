package org.trefoil.custody.passcode;

import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.custody.slices.SlicedWork;

/**
 * Argon2id over a passcode, in slices: what makes each guess cost an attacker memory and time.
 *
 * <p>Guarantee: parameters outside {@link Params#FLOOR} … {@link Params#CEILING} are refused before
 * any work, so a server can neither weaken the stretch nor have a browser run out of memory.
 */
public final class Stretch implements SlicedWork<StretchedKey> {
  /** Bytes of salt. */
  public static final int SALT_LENGTH = 16;

  /**
   * Costs of Argon2id.
   *
   * @param memoryKiB memory in units of 1,024 bytes
   * @param iterations passes over it
   * @param parallelism lanes; here they run one after another
   */
  public record Params(int memoryKiB, int iterations, int parallelism) {
    /** 64 MiB, three passes: the second choice of RFC 9106, with one lane for lack of threads. */
    public static final Params FLOOR = new Params(65536, 3, 1);

    /** 256 MiB and 32 passes: about ten seconds on a slow phone. */
    public static final Params CEILING = new Params(262144, 32, 4);

    private static final int TARGET_MILLIS = 1000;
    private static final int MOST_CALIBRATED = 16;

    /**
     * Parameters that take about a second on the device at hand. Passes are raised, memory is not:
     * the wallet must open on the smallest phone of its owner as well.
     *
     * @param millisForFloor time that {@link #FLOOR} was measured to take here
     */
    public static Params calibrated(long millisForFloor) {
      long perPass = Math.max(1, millisForFloor / FLOOR.iterations);
      long passes = Math.max(FLOOR.iterations, Math.min(MOST_CALIBRATED, TARGET_MILLIS / perPass));
      return new Params(FLOOR.memoryKiB, (int) passes, 1);
    }

    /**
     * Refuses {@code kdf-too-weak} below the floor and {@code kdf-too-costly} above the ceiling.
     */
    public Params refuseOutOfRange() {
      if (memoryKiB < FLOOR.memoryKiB || iterations < FLOOR.iterations || parallelism < 1) {
        throw Refusal.of(Token.KDF_TOO_WEAK).exception();
      }
      if (memoryKiB > CEILING.memoryKiB
          || iterations > CEILING.iterations
          || parallelism > CEILING.parallelism) {
        throw Refusal.of(Token.KDF_TOO_COSTLY).exception();
      }
      return this;
    }
  }

  private final Argon2id argon2;

  private Stretch(Argon2id argon2) {
    this.argon2 = argon2;
  }

  /** Begins to stretch; {@code passcode} is read now and may be closed at once. */
  public static Stretch begin(Passcode passcode, byte[] salt, Params params) {
    params.refuseOutOfRange();
    if (salt.length != SALT_LENGTH) {
      throw new IllegalArgumentException("salt must be 16 bytes");
    }
    byte[] none = new byte[0];
    return new Stretch(
        new Argon2id(passcode.exposedUtf8(), salt, none, none, params, StretchedKey.LENGTH));
  }

  @Override
  public boolean step() {
    return argon2.step();
  }

  @Override
  public int percent() {
    return argon2.percent();
  }

  @Override
  public StretchedKey finish() {
    return new StretchedKey(argon2.finish());
  }

  @Override
  public void close() {
    argon2.close();
  }
}
