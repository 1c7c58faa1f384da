package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.trefoil.core.RefusedException;
import org.trefoil.core.wire.SendRequest;
import org.trefoil.core.wire.SendView;
import org.trefoil.server.app.TestHouse.Person;

/**
 * 500 bent PSBTs, from a seed: bits flipped, pieces cut, doubled, swapped and made up.
 *
 * <p>Each is refused before the server key is touched. One whose bent byte carried no meaning may
 * be taken, but only as exactly the transaction that was honestly proposed.
 */
class HostilePsbtTest {
  private static final int CASES = 500;

  @Test
  void everyHostilePsbtIsRefusedBeforeAKeyIsTouched() throws Exception {
    try (TestHouse house = new TestHouse()) {
      Person ada = house.new Person(1);
      ada.receive(400_000);
      ada.receive(300_000);
      SendRequest honest = ada.request("request-honest", 600_000);
      byte[] psbt = Base64.getDecoder().decode(honest.psbt());
      Random random = new Random(20261121);
      Map<String, Integer> tokens = new TreeMap<>();
      for (int i = 0; i < CASES; i++) {
        SendRequest bent =
            new SendRequest(
                "request-" + i + "-hostile",
                Base64.getEncoder().encodeToString(bend(psbt, random)),
                honest.recipients(),
                honest.everything(),
                honest.feeRate(),
                "");
        String answer;
        try {
          SendView taken = house.rooms.sends().propose(ada.accountId, ada.walletId, bent);
          assertThat(taken.digestWords())
              .as("case %d was taken as another transaction", i)
              .isEqualTo(words(house, ada, honest));
          answer = "same transaction";
        } catch (RefusedException e) {
          answer = e.refusal().token();
        }
        tokens.merge(answer, 1, Integer::sum);
      }
      assertThat(house.rooms.coSigner().keyUses()).isZero();
      assertThat(tokens).doesNotContainKey("internal-error").hasSizeGreaterThan(3);
      assertThat(tokens.getOrDefault("same transaction", 0)).as("%s", tokens).isLessThan(50);
    }
  }

  private static java.util.List<String> words(TestHouse house, Person ada, SendRequest honest) {
    return house.rooms.sends().propose(ada.accountId, ada.walletId, honest).digestWords();
  }

  private static byte[] bend(byte[] psbt, Random random) {
    byte[] bent = psbt.clone();
    int at = random.nextInt(psbt.length);
    switch (random.nextInt(6)) {
      case 0 -> bent[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bent = Arrays.copyOf(bent, at);
      case 2 -> {
        bent = Arrays.copyOf(bent, psbt.length + 1 + random.nextInt(64));
        Arrays.fill(bent, psbt.length, bent.length, (byte) random.nextInt(256));
      }
      case 3 -> {
        int length = Math.min(1 + random.nextInt(40), psbt.length - at);
        byte[] noise = new byte[length];
        random.nextBytes(noise);
        System.arraycopy(noise, 0, bent, at, length);
      }
      case 4 -> {
        int from = random.nextInt(psbt.length);
        int length = Math.min(random.nextInt(80) + 1, psbt.length - Math.max(at, from));
        System.arraycopy(psbt, from, bent, at, length);
        bent[at] ^= 1;
      }
      default -> {
        random.nextBytes(bent);
        System.arraycopy(psbt, 0, bent, 0, Math.min(at, 64));
      }
    }
    return bent;
  }
}
