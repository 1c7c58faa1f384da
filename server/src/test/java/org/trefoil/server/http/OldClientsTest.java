package org.trefoil.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.trefoil.server.config.ReleaseNumber;

/** Pages that were loaded from an older release and are open still. */
class OldClientsTest {
  private static final ReleaseNumber LEAST = new ReleaseNumber(0, 2, 0);

  @Test
  void fault30EveryCallOfAnOlderPageIsRefusedAndSaysWhatToDo() {
    try (OpenDoor door = new OpenDoor(LEAST)) {
      for (Route route : door.server.routes()) {
        if (!route.kind().api() || route.path().endsWith("/events")) {
          continue;
        }
        String path = route.path().replaceAll("\\{[a-z]+}", FakeHouse.WALLET);
        for (String old : List.of("", "0.1.99", "1", "x.y.z", "99999999.0.0")) {
          boolean write = route.kind() == Route.Kind.API_WRITE;
          OpenDoor.Call call = write ? door.write(path, "{}") : door.read(path);
          HttpResponse<String> answer =
              (old.isEmpty() ? call : call.with("X-Trefoil-Client", old)).ada().send();
          assertThat(answer.statusCode()).as("%s from %s", path, old).isEqualTo(409);
          assertThat(answer.body())
              .contains("\"code\":\"client-too-old\"", "open Trefoil anew", "0.2.0");
        }
      }
      assertThat(door.meters.refusals()).containsOnlyKeys("client-too-old");
    }
  }

  @Test
  void laterPagesAndPagesThemselvesAreAnswered() {
    try (OpenDoor door = new OpenDoor(LEAST)) {
      for (String release : List.of("0.2.0", "0.10.0", "1.0.0")) {
        assertThat(
                door.read("/api/account/passkeys").with("X-Trefoil-Client", release).ada().send())
            .extracting(HttpResponse::statusCode)
            .isEqualTo(200);
      }
      assertThat(door.page("/").send().statusCode()).isEqualTo(200);
      assertThat(door.page("/vault").send().statusCode()).isNotEqualTo(409);
    }
  }

  @Test
  void withoutALeastReleaseEveryPageIsAnswered() {
    try (OpenDoor door = new OpenDoor()) {
      assertThat(door.read("/api/account/passkeys").ada().send().statusCode()).isEqualTo(200);
    }
  }

  @Test
  void releasesAreOrderedByTheirNumbers() {
    assertThat(ReleaseNumber.parse("1.2.30")).contains(new ReleaseNumber(1, 2, 30));
    for (String none :
        List.of("", "1", "1.2", "1.2.3.4", "v1.2.3", "1.2.3-beta", "1.2.-3", "１.2.3")) {
      assertThat(ReleaseNumber.parse(none)).as(none).isEqualTo(Optional.empty());
    }
    assertThat(
            List.of("0.9.10", "0.10.0", "1.0.0", "1.0.1").stream()
                .map(text -> ReleaseNumber.parse(text).orElseThrow()))
        .isSorted();
  }
}
