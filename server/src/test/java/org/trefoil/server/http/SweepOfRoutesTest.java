package org.trefoil.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.trefoil.server.http.OpenDoor.Call;
import org.trefoil.server.http.Route.Kind;

/** Every route, by every method, with each header that our own pages send taken away. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SweepOfRoutesTest {
  private static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE");
  private static final List<String> OF_A_WRITE =
      List.of("Cookie", "Origin", "Content-Type", "X-Trefoil", "Sec-Fetch-Site", "Sec-Fetch-Dest");
  private static final String NONE = "";

  /** Without these a browser of ours still makes the call: it says {@code same-origin}. */
  private static final List<String> OF_A_FORM_UNNEEDED =
      List.of("Origin", "X-Trefoil", "Sec-Fetch-Dest", NONE);

  private static final Pattern LINK =
      Pattern.compile("(?:src|href|action|srcset|poster|data|formaction|content)=\"([^\"]*)\"");

  /** Pages of a stage that nobody and nothing in the house is at: they lead to another one. */
  private static final List<String> LEAD_ON =
      List.of(
          "/signup/code",
          "/signup/factor",
          "/wallets/{wallet}/sends/{send}/speed-up",
          "/wallets/{wallet}/sends/{send}/take-back",
          "/wallets/{wallet}/sends/{send}/proof");

  @AutoClose private OpenDoor door;

  @BeforeAll
  void open(@TempDir Path temp) throws Exception {
    door = new OpenDoor(new SignedRelease(temp).of(SignedRelease.served()));
  }

  private Stream<DynamicTest> each(java.util.function.Consumer<Route> test) {
    return door.server.routes().stream()
        .filter(route -> !route.path().endsWith("/events"))
        .map(
            route ->
                DynamicTest.dynamicTest(
                    route.method() + " " + route.path(),
                    () -> {
                      door.house.changes.clear();
                      door.house.buckets.clear();
                      test.accept(route);
                    }));
  }

  private Call call(Route route, String method, String without) {
    String path = RoutesContractTest.path(route);
    boolean form = route.kind() == Kind.FORM;
    Call call =
        door.call(method, path)
            .with("Origin", door.origin())
            .with("Content-Type", form ? "application/x-www-form-urlencoded" : "application/json")
            .with("X-Trefoil", "1")
            .with("Sec-Fetch-Site", "same-origin")
            .with("Sec-Fetch-Dest", form || route.kind() == Kind.PAGE ? "document" : "empty")
            .ada();
    if (!method.equals("GET") && !method.equals("HEAD") && !method.equals("TRACE")) {
      call.body(
          form
              ? RoutesContractTest.field(route)
              : RoutesContractTest.BODIES.getOrDefault(route.path(), "{}"));
    }
    return without.isEmpty() ? call : call.without(without);
  }

  /** Whether a person's own browser makes this very call. */
  private static boolean ours(Route route, String method, String without) {
    if (!method.equals("POST")) {
      return false;
    }
    return switch (route.kind()) {
      case FORM ->
          OF_A_FORM_UNNEEDED.contains(without)
              || without.equals("Cookie") && route.who() == Route.Who.ANYONE;
      case API_WRITE ->
          List.of("Sec-Fetch-Dest", NONE).contains(without)
              || without.equals("Cookie") && route.who() == Route.Who.ANYONE;
      default -> false;
    };
  }

  /** Whether this method of the same path is a row of its own. */
  private boolean isAnother(Route route, String method) {
    return !method.equals(route.method().name())
        && door.server.routes().stream()
            .anyMatch(row -> row.path().equals(route.path()) && row.method().name().equals(method));
  }

  @TestFactory
  Stream<DynamicTest> nothingChangesUnlessEveryPartOfACallOfOursIsThere() {
    return each(
        route -> {
          for (String method : METHODS) {
            for (String without : Stream.concat(Stream.of(NONE), OF_A_WRITE.stream()).toList()) {
              if (ours(route, method, without) || isAnother(route, method)) {
                continue;
              }
              HttpResponse<String> answer = call(route, method, without).send();
              String what = method + " without " + without;
              assertThat(answer.statusCode()).as(what).isLessThan(500);
              assertThat(door.house.changes).as(what).isEmpty();
              assertThat(answer.headers().allValues("Content-Security-Policy")).as(what).hasSize(1);
              assertThat(answer.headers().firstValue("X-Content-Type-Options"))
                  .as(what)
                  .contains("nosniff");
              assertThat(answer.headers().map()).as(what).doesNotContainKey("server");
            }
          }
        });
  }

  /** Names of other sites in words are no links; nothing is fetched but what is ours. */
  @TestFactory
  Stream<DynamicTest> noPageAsksForAByteOfSomebodyElse() {
    return each(
        route -> {
          if (route.kind() != Kind.PAGE) {
            return;
          }
          List<HttpResponse<String>> answers =
              Stream.of(
                      call(route, "GET", NONE),
                      call(route, "GET", NONE).half(),
                      call(route, "GET", "Cookie"))
                  .map(Call::send)
                  .toList();
          assertThat(answers.stream().anyMatch(each -> each.statusCode() == 200))
              .as("somebody gets it")
              .isNotEqualTo(LEAD_ON.contains(route.path()));
          for (HttpResponse<String> answer : answers) {
            String page = answer.body();
            for (Matcher link = LINK.matcher(page); link.find(); ) {
              assertThat(link.group(1)).doesNotMatch("(?i)\\s*(https?:)?//.*");
            }
            assertThat(page).doesNotContain("<iframe src=\"http", "@import", "url(http");
          }
        });
  }
}
