package org.trefoil.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.trefoil.server.account.EvenPace;

/**
 * Every door at which a stranger names an address keeps the even pace that {@code EnumerationTest}
 * measures: none of its answers is faster than a step, as the first page is.
 */
class EvenDoorsTest {
  private static final int ASKED = 8;

  @Test
  void everyDoorAtWhichAnAddressIsNamedKeepsTheEvenPace() {
    try (OpenDoor door = new OpenDoor()) {
      String named = "{\"email\":\"a@b.c\",\"proof\":\"" + FakeHouse.PROOF + "\"}";
      Map<String, Supplier<OpenDoor.Call>> doors =
          Map.of(
              "prelogin",
              () -> door.write("/api/account/prelogin", "{\"email\":\"a@b.c\"}"),
              "signin",
              () -> door.write("/api/account/signin", named),
              "forgot",
              () -> door.form("/forgot", "email=a%40b.c"));
      Duration step = Duration.ofNanos(EvenPace.STEP);
      fastest(() -> door.page("/"));
      assertThat(fastest(() -> door.page("/"))).as("the first page").isLessThan(step);
      doors.forEach(
          (name, call) -> assertThat(fastest(call)).as(name).isGreaterThanOrEqualTo(step));
    }
  }

  private static Duration fastest(Supplier<OpenDoor.Call> call) {
    long fastest = Long.MAX_VALUE;
    for (int i = 0; i < ASKED; i++) {
      long from = System.nanoTime();
      call.get().send();
      fastest = Math.min(fastest, System.nanoTime() - from);
    }
    return Duration.ofNanos(fastest);
  }
}
