package org.trefoil.server.spend;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What several versions of one send count against a limit. */
class VersionsTest {
  private static final Instant START = Instant.ofEpochSecond(1_000_000);

  /** Each in the place of the one before it, an hour after it, in an order of chance. */
  private static Versions versions(Object... stagesAndCosts) {
    List<Version> all = new ArrayList<>();
    for (int i = 0; i < stagesAndCosts.length; i += 2) {
      int number = i / 2;
      all.add(
          new Version(
              "send" + number,
              "tx" + number,
              number == 0 ? null : "send" + (number - 1),
              (SendStage) stagesAndCosts[i],
              (Integer) stagesAndCosts[i + 1],
              START.plusSeconds(3_600L * number),
              "ada"));
    }
    Collections.shuffle(all, new Random(7));
    return new Versions(all);
  }

  private static @Nullable String current(Versions versions) {
    Version current = versions.current();
    return current == null ? null : current.sendId();
  }

  @Test
  void theConfirmedOneCountsAndNoOther() {
    Versions first = versions(SendStage.CONFIRMED, 101, SendStage.REPLACED, 103);
    assertThat(first.counted()).isEqualTo(101);
    assertThat(current(first)).isEqualTo("send0");
    Versions cancelled = versions(SendStage.REPLACED, 101, SendStage.CONFIRMED, 3);
    assertThat(cancelled.counted()).isEqualTo(3);
    assertThat(current(cancelled)).isEqualTo("send1");
  }

  @Test
  void whileNoneIsConfirmedTheDearestCounts() {
    assertThat(versions(SendStage.REPLACED, 101, SendStage.BROADCAST, 3).counted()).isEqualTo(101);
    assertThat(versions(SendStage.BROADCAST, 101, SendStage.APPROVED, 103).counted())
        .isEqualTo(103);
    assertThat(versions(SendStage.BROADCAST, 101, SendStage.REJECTED, 900).counted())
        .isEqualTo(101);
  }

  @Test
  void whatNoVersionCanDoAnyMoreDoesNotCount() {
    assertThat(versions(SendStage.REPLACED, 101, SendStage.REPLACED, 103).counted()).isZero();
    assertThat(versions(SendStage.REJECTED, 101, SendStage.REJECTED, 103).counted()).isZero();
  }

  @Test
  void eachVersionAddsAtItsOwnTimeWhatItCostsMore() {
    Versions three =
        versions(SendStage.REPLACED, 100, SendStage.REPLACED, 107, SendStage.BROADCAST, 120);
    assertThat(three.countedSince(START.minusSeconds(1))).isEqualTo(120);
    assertThat(three.countedSince(START)).isEqualTo(20);
    assertThat(three.countedSince(START.plusSeconds(3_600))).isEqualTo(13);
    assertThat(three.countedSince(START.plusSeconds(7_200))).isZero();
  }

  @Test
  void theSumOverAllTimesIsWhatCounts() {
    Random random = new Random(20261121);
    SendStage[] stages = {
      SendStage.APPROVED,
      SendStage.SIGNED,
      SendStage.BROADCAST,
      SendStage.CONFIRMED,
      SendStage.REPLACED,
      SendStage.REJECTED,
      SendStage.CANCELLED
    };
    for (int i = 0; i < 2_000; i++) {
      Object[] some = new Object[2 * (1 + random.nextInt(5))];
      for (int v = 0; v < some.length; v += 2) {
        some[v] = stages[random.nextInt(stages.length)];
        some[v + 1] = 1 + random.nextInt(500);
      }
      Versions versions = versions(some);
      String what = Arrays.toString(some);
      long counted = versions.counted();
      assertThat(versions.countedSince(Instant.EPOCH)).as(what).isEqualTo(counted);
      long last = counted;
      for (int hour = 0; hour < 6; hour++) {
        long now = versions.countedSince(START.plusSeconds(3_600L * hour - 1));
        assertThat(now).as(what).isBetween(0L, last);
        last = now;
      }
    }
  }

  @Test
  void aVersionIsOutrunByALivingLaterOneOnly() {
    assertThat(versions(SendStage.BROADCAST, 1, SendStage.SIGNED, 2).outrun("send0")).isTrue();
    assertThat(versions(SendStage.BROADCAST, 1, SendStage.SIGNED, 2).outrun("send1")).isFalse();
    assertThat(versions(SendStage.BROADCAST, 1, SendStage.REJECTED, 2).outrun("send0")).isFalse();
    assertThat(
            versions(SendStage.SIGNED, 1, SendStage.REPLACED, 2, SendStage.SIGNED, 3)
                .outrun("send0"))
        .isTrue();
  }
}
