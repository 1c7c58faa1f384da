package org.trefoil.server.cosign;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import org.trefoil.server.Figures;

/**
 * libsecp256k1 beside bitcoinj, in turns in one run: {@code e2e/bench/sign}. Argument: seconds for
 * each of the two and each task.
 */
final class CurveBenchmark {
  private static final int ROUNDS = 9;
  private static final int KEYS = 64;

  private final Random random = new Random(20261121);
  private final byte[][] secrets = new byte[KEYS][];
  private final byte[][] hashes = new byte[KEYS][];
  private final byte[][] publicKeys = new byte[KEYS][];
  private final BigInteger[] r = new BigInteger[KEYS];
  private final BigInteger[] s = new BigInteger[KEYS];

  private CurveBenchmark() {
    Curve oracle = new BitcoinjCurve();
    for (int i = 0; i < KEYS; i++) {
      secrets[i] = bytes();
      hashes[i] = bytes();
      publicKeys[i] = oracle.publicKey(secrets[i]);
      byte[] signature = oracle.sign(secrets[i], hashes[i]);
      r[i] = new BigInteger(1, Arrays.copyOf(signature, 32));
      s[i] = new BigInteger(1, Arrays.copyOfRange(signature, 32, 64));
    }
  }

  private byte[] bytes() {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    bytes[0] &= 0x7f;
    return bytes;
  }

  /** Something a curve does with the key of a number; answers a number that depends on it. */
  private interface Task {
    int run(Curve curve, int key);
  }

  public static void main(String[] args) {
    double seconds = args.length == 0 ? 6 : Double.parseDouble(args[0]);
    CurveBenchmark benchmark = new CurveBenchmark();
    say("%-24s %15s %15s %8s", "microseconds a call", "libsecp256k1", "bitcoinj", "ratio");
    benchmark.measure(
        "sign", seconds, (curve, i) -> curve.sign(benchmark.secrets[i], benchmark.hashes[i])[5]);
    benchmark.measure(
        "verify",
        seconds,
        (curve, i) ->
            curve.verify(
                    benchmark.hashes[i], benchmark.r[i], benchmark.s[i], benchmark.publicKeys[i])
                ? 1
                : 2);
    benchmark.measure(
        "public key", seconds, (curve, i) -> curve.publicKey(benchmark.secrets[i])[5]);
  }

  private void measure(String name, double seconds, Task task) {
    Curve[] curves = {new NativeCurve(), new BitcoinjCurve()};
    double[][] times = new double[2][ROUNDS];
    for (int round = -1; round < ROUNDS; round++) { // the first one warms up
      for (int which = 0; which < 2; which++) {
        double time = microseconds(curves[which], task, seconds / (ROUNDS + 1));
        if (round >= 0) {
          times[which][round] = time;
        }
      }
    }
    Arrays.stream(times).forEach(Arrays::sort);
    double library = times[0][ROUNDS / 2];
    double bitcoinj = times[1][ROUNDS / 2];
    Figures.note("sign, microseconds", name, "libsecp256k1", library);
    Figures.note("sign, microseconds", name, "bitcoinj", bitcoinj);
    say("%-24s %15s %15s %8.1f", name, spread(times[0]), spread(times[1]), bitcoinj / library);
  }

  private static String spread(double[] sorted) {
    return String.format(
        Locale.ROOT, "%.0f (%.0f–%.0f)", sorted[ROUNDS / 2], sorted[0], sorted[ROUNDS - 1]);
  }

  private static double microseconds(Curve curve, Task task, double seconds) {
    long until = System.nanoTime() + (long) (seconds * 1e9);
    long from = System.nanoTime();
    int calls = 0;
    int sum = 0;
    while (System.nanoTime() < until) {
      for (int i = 0; i < KEYS; i++) {
        sum += task.run(curve, i);
      }
      calls += KEYS;
    }
    if (sum == 42) {
      say("forty-two"); // so that no compiler leaves the work out
    }
    return (System.nanoTime() - from) / 1e3 / calls;
  }

  private static void say(String form, Object... values) {
    System.out.println(String.format(Locale.ROOT, form, values));
  }
}
