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
      door.house.letters = true;
      String kdf = "{\"memoryKiB\":65536,\"iterations\":3,\"parallelism\":1}";
      String code = "\"email\":\"a@b.c\",\"code\":\"1234\"";
      String whole =
          code
              + ",\"salt\":\""
              + FakeHouse.SALT
              + "\",\"kdf\":"
              + kdf
              + ",\"proof\":\""
              + FakeHouse.PROOF
              + "\"";
      String named = "{\"email\":\"a@b.c\",\"proof\":\"" + FakeHouse.PROOF + "\"}";
      Map<String, Supplier<OpenDoor.Call>> doors =
          Map.of(
              "prelogin",
              () -> door.write("/api/account/prelogin", "{\"email\":\"a@b.c\"}"),
              "signin",
              () -> door.write("/api/account/signin", named),
              "forgot",
              () -> door.form("/forgot", "email=a%40b.c"),
              "sign-up",
              () -> door.form("/signup", "email=a%40b.c"),
              "sign-up's code",
              () -> door.write("/api/account/signup/code", "{" + code + "}"),
              "sign-up's end",
              () -> door.write("/api/account/signup", "{" + whole + "}"),
              "another address",
              () -> door.write("/api/account/email", "{" + code + "}").ada());
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
