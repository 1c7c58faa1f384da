package org.trefoil.custody.passcode;

import java.util.Arrays;
import org.bouncycastle.crypto.digests.Blake2bDigest;
import org.trefoil.custody.slices.SlicedWork;

/**
 * Argon2id version 1.3 (RFC 9106), one slice at a time.
 *
 * <p>Ours and not Bouncy Castle's for two measured reasons: its generator runs to the end in one
 * call, which freezes a page that may not have workers, and it is slower in WebAssembly. Lanes are
 * filled one after another, which the algorithm allows: inside a slice they do not read each other.
 *
 * <p>Memory is one flat array: block {@code j} of lane {@code i} starts at word {@code (i * q + j)
 * * 128}.
 */
final class Argon2id implements SlicedWork<byte[]> {
  private static final int WORDS = 128;
  private static final int SYNC_POINTS = 4;

  /** Blocks filled in one step: about two milliseconds. */
  private static final int BLOCKS_PER_STEP = 1024;

  private final int lanes;
  private final int passes;
  private final int segment;
  private final int lane;
  private final int tagLength;
  private final long[] memory;
  private final Argon2Compression compression = new Argon2Compression();
  private final long[] zero = new long[WORDS];
  private final long[] input = new long[WORDS];
  private final long[] addresses = new long[WORDS];

  private int pass;
  private int slice;
  private int laneAt;
  private int indexAt;
  private long blocksDone;

  /**
   * Begins a hash.
   *
   * @param secret RFC's K, may be empty
   * @param associated RFC's X, may be empty
   */
  Argon2id(
      byte[] password,
      byte[] salt,
      byte[] secret,
      byte[] associated,
      Stretch.Params params,
      int tagLength) {
    this.lanes = params.parallelism();
    this.passes = params.iterations();
    this.segment = params.memoryKiB() / (SYNC_POINTS * lanes);
    if (lanes < 1 || passes < 1 || segment < 2 || tagLength < 4) {
      throw new IllegalArgumentException("Argon2 parameters");
    }
    this.lane = segment * SYNC_POINTS;
    this.tagLength = tagLength;
    this.memory = new long[lanes * lane * WORDS];
    byte[] h0 = firstHash(password, salt, secret, associated, params);
    for (int i = 0; i < lanes; i++) {
      for (int j = 0; j < 2; j++) {
        byte[] block = Blake2bLong.hash(1024, h0, littleEndian(j), littleEndian(i));
        unpack(block, memory, (i * lane + j) * WORDS);
        Arrays.fill(block, (byte) 0);
      }
    }
    Arrays.fill(h0, (byte) 0);
    indexAt = 2;
    blocksDone = 2L * lanes;
  }

  private byte[] firstHash(
      byte[] password, byte[] salt, byte[] secret, byte[] associated, Stretch.Params params) {
    Blake2bDigest digest = new Blake2bDigest(512);
    int[] numbers = {lanes, tagLength, params.memoryKiB(), passes, 0x13, 2};
    for (int number : numbers) {
      digest.update(littleEndian(number), 0, 4);
    }
    for (byte[] field : new byte[][] {password, salt, secret, associated}) {
      digest.update(littleEndian(field.length), 0, 4);
      digest.update(field, 0, field.length);
    }
    byte[] h0 = new byte[64];
    digest.doFinal(h0, 0);
    return h0;
  }

  @Override
  public boolean step() {
    int left = BLOCKS_PER_STEP;
    while (left > 0 && pass < passes) {
      int end = Math.min(segment, indexAt + left);
      left -= end - indexAt;
      blocksDone += end - indexAt;
      fill(end);
      if (end == segment) {
        nextSegment();
      }
    }
    return pass < passes;
  }

  private void nextSegment() {
    indexAt = 0;
    laneAt++;
    if (laneAt == lanes) {
      laneAt = 0;
      slice++;
      if (slice == SYNC_POINTS) {
        slice = 0;
        pass++;
      }
    }
    if (pass == 0 && slice == 0) {
      indexAt = 2;
    }
  }

  /** Fills the current segment from {@link #indexAt} up to {@code end}. */
  private void fill(int end) {
    boolean independent = pass == 0 && slice < SYNC_POINTS / 2;
    int laneBase = laneAt * lane;
    if (independent && indexAt % WORDS != 0) {
      addresses(indexAt / WORDS + 1);
    }
    for (int i = indexAt; i < end; i++) {
      int at = slice * segment + i;
      int previous = (laneBase + (at == 0 ? lane - 1 : at - 1)) * WORDS;
      long random;
      if (independent) {
        if (i % WORDS == 0) {
          addresses(i / WORDS + 1);
        }
        random = addresses[i % WORDS];
      } else {
        random = memory[previous];
      }
      int reference = reference(random, i) * WORDS;
      compression.fill(
          memory, previous, memory, reference, memory, (laneBase + at) * WORDS, pass > 0);
    }
    indexAt = end;
  }

  /** The 128 pseudo-random words of data-independent addressing (RFC 9106 section 3.4.1.2). */
  private void addresses(int counter) {
    input[0] = pass;
    input[1] = laneAt;
    input[2] = slice;
    input[3] = (long) lanes * lane;
    input[4] = passes;
    input[5] = 2;
    input[6] = counter;
    compression.fill(zero, 0, input, 0, addresses, 0, false);
    compression.fill(zero, 0, addresses, 0, addresses, 0, false);
  }

  /** Block number that {@code random} points at (RFC 9106 section 3.4.2). */
  private int reference(long random, int i) {
    int from = pass == 0 && slice == 0 ? laneAt : (int) ((random >>> 32) % lanes);
    boolean same = from == laneAt;
    int filled = pass == 0 ? slice * segment : lane - segment;
    int area = same ? filled + i - 1 : filled - (i == 0 ? 1 : 0);
    long x = random & 0xffffffffL;
    long y = (x * x) >>> 32;
    int back = (int) ((area * y) >>> 32);
    int start = pass == 0 || slice == SYNC_POINTS - 1 ? 0 : (slice + 1) * segment;
    int at = start + area - 1 - back;
    return from * lane + (at >= lane ? at - lane : at);
  }

  @Override
  public int percent() {
    return (int) (100 * blocksDone / ((long) passes * lanes * lane));
  }

  @Override
  public byte[] finish() {
    if (pass < passes) {
      throw new IllegalStateException("slices left");
    }
    long[] last = new long[WORDS];
    for (int i = 0; i < lanes; i++) {
      int at = (i * lane + lane - 1) * WORDS;
      for (int k = 0; k < WORDS; k++) {
        last[k] ^= memory[at + k];
      }
    }
    byte[] block = new byte[8 * WORDS];
    for (int k = 0; k < block.length; k++) {
      block[k] = (byte) (last[k >> 3] >>> (8 * (k & 7)));
    }
    byte[] tag = Blake2bLong.hash(tagLength, block);
    Arrays.fill(block, (byte) 0);
    Arrays.fill(last, 0);
    return tag;
  }

  @Override
  public void close() {
    Arrays.fill(memory, 0);
    compression.close();
  }

  private static byte[] littleEndian(int n) {
    return new byte[] {(byte) n, (byte) (n >>> 8), (byte) (n >>> 16), (byte) (n >>> 24)};
  }

  private static void unpack(byte[] bytes, long[] words, int at) {
    for (int i = 0; i < WORDS; i++) {
      long word = 0;
      for (int k = 7; k >= 0; k--) {
        word = word << 8 | bytes[8 * i + k] & 0xff;
      }
      words[at + i] = word;
    }
  }
}
