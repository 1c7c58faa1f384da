package org.trefoil.e2e.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openqa.selenium.json.Json;

/**
 * A headless Firefox, driven over WebDriver BiDi without a driver in between (Debian has no
 * geckodriver). Elements are found by their {@code data-testid}, on the page or in the vault.
 */
public final class Firefox implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Pattern LISTENING = Pattern.compile("BiDi listening on (ws://[0-9.:]+)");

  private final Process process;
  private final Path folder;
  private final Map<Long, CompletableFuture<Map<String, Object>>> waiting =
      new ConcurrentHashMap<>();
  private final WebSocket socket;
  private String tab;
  private boolean everywhere;
  private long commands;

  private Firefox(Process process, Path folder) throws IOException {
    this.process = process;
    this.folder = folder;
    Path log = folder.resolve("log");
    String address =
        until(
            () -> {
              Matcher line = LISTENING.matcher(text(log));
              return line.find() ? line.group(1) : null;
            },
            "Firefox listens");
    socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(URI.create(address + "/session"), new Answers())
            .join();
    send("session.new", Map.of("capabilities", Map.of()));
    tab = (String) contexts(Map.of("maxDepth", 0)).get(0).get("context");
  }

  public static Firefox open() {
    try {
      Path folder = Files.createTempDirectory("trefoil-firefox");
      Path profile = Files.createDirectory(folder.resolve("profile"));
      Files.writeString(
          profile.resolve("user.js"),
          "user_pref('browser.shell.checkDefaultBrowser', false);\n"
              + "user_pref('datareporting.policy.dataSubmissionEnabled', false);\n");
      Process process =
          new ProcessBuilder(
                  "firefox-esr",
                  "--headless",
                  "--no-remote",
                  "--width=1280",
                  "--height=900",
                  "--profile",
                  profile.toString(),
                  "--remote-debugging-port=0",
                  "about:blank")
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("log").toFile())
              .start();
      return new Firefox(process, folder);
    } catch (IOException e) {
      throw new UncheckedIOException("e2e/verify installs what the tests need", e);
    }
  }

  public void go(String url) {
    send("browsingContext.navigate", Map.of("context", tab, "url", url, "wait", "complete"));
  }

  /** Goes on in a new window; elements are found in every window from now on. */
  public void openWindow() {
    tab = (String) send("browsingContext.create", Map.of("type", "window")).get("context");
    everywhere = true;
  }

  /** Elements are found in every window from now on, as in one that a page opened. */
  public void lookEverywhere() {
    everywhere = true;
  }

  private String url() {
    return evaluate(tab, "location.href");
  }

  /** Waits until {@code testId} shows some text, and returns it. */
  public String read(String testId) {
    return until(
        () -> {
          String text = find(testId, "el.textContent.trim()");
          return text == null || text.isEmpty() ? null : text;
        },
        testId + " shows text");
  }

  /** Waits until {@code testId} shows this among its text. */
  public void reads(String testId, String wanted) {
    until(
        () -> {
          String text = find(testId, "el.textContent");
          return text != null && text.contains(wanted) ? true : null;
        },
        testId + " shows " + wanted);
  }

  /** What stands in the field {@code testId}, once it is there. */
  public String value(String testId) {
    return until(() -> find(testId, "el.value || null"), testId + " holds text");
  }

  public void click(String testId) {
    until(
        () -> find(testId, "el.disabled ? null : (el.scrollIntoView(), el.click(), 'clicked')"),
        testId + " can be clicked");
  }

  /** Fills in by script: keys do not arrive in a frame of an opaque origin. */
  public void type(String testId, String text) {
    until(
        () ->
            find(
                testId,
                "(el.scrollIntoView(), el.value = "
                    + new Json().toJson(text)
                    + ", el.dispatchEvent(new Event('input', {bubbles: true})), 'typed')"),
        testId + " can be filled in");
  }

  private <T> T until(Supplier<T> question, String what) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      T answer = question.get();
      if (answer != null) {
        return answer;
      }
      try {
        Thread.sleep(100);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    throw new AssertionError("Waited in vain until " + what + seen());
  }

  private String seen() {
    return socket == null ? ":\n" + text(folder.resolve("log")) : " at " + url() + ":\n" + body();
  }

  private String body() {
    StringBuilder text = new StringBuilder();
    for (String frame : frames()) {
      text.append(evaluate(frame, "document.body.innerText")).append('\n');
    }
    return text.toString();
  }

  /** What {@code script} says of the element {@code el} where it is displayed; null elsewhere. */
  private String find(String testId, String script) {
    for (String frame : frames()) {
      String found = evaluate(frame, lookup(testId, script));
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static String lookup(String testId, String script) {
    return "(() => { const el = [...document.querySelectorAll(\"[data-testid='"
        + testId
        + "']\")].find(e => e.checkVisibility()); return el ? "
        + script
        + " : null; })()";
  }

  /** The page, or every page, and the frames in them. */
  private List<String> frames() {
    List<String> ids = new ArrayList<>();
    for (Map<String, Object> page : contexts(everywhere ? Map.of() : Map.of("root", tab))) {
      ids.add((String) page.get("context"));
      for (Object frame : (List<?>) page.get("children")) {
        ids.add((String) ((Map<?, ?>) frame).get("context"));
      }
    }
    return ids;
  }

  @SuppressWarnings("unchecked")
  private List<Map<String, Object>> contexts(Map<String, Object> which) {
    return (List<Map<String, Object>>) send("browsingContext.getTree", which).get("contexts");
  }

  /** The text that {@code script} comes to; null as well while a page is being exchanged. */
  private String evaluate(String frame, String script) {
    try {
      Map<String, Object> answer =
          send(
              "script.evaluate",
              Map.of(
                  "expression",
                  script,
                  "target",
                  Map.of("context", frame),
                  "awaitPromise",
                  false,
                  "userActivation",
                  true));
      Map<?, ?> result = (Map<?, ?>) answer.get("result");
      return result == null ? null : (String) result.get("value");
    } catch (FrameGone e) {
      return null;
    }
  }

  private static final class FrameGone extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FrameGone(String message) {
      super(message);
    }
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> send(String method, Map<String, Object> params) {
    long id = ++commands;
    CompletableFuture<Map<String, Object>> answer = new CompletableFuture<>();
    waiting.put(id, answer);
    String command = new Json().toJson(Map.of("id", id, "method", method, "params", params));
    socket.sendText(command, true).join();
    Map<String, Object> message = answer.orTimeout(60, TimeUnit.SECONDS).join();
    String error = (String) message.get("error");
    if (error == null) {
      return (Map<String, Object>) message.get("result");
    }
    if (error.equals("no such frame")) {
      throw new FrameGone(error);
    }
    throw new IllegalStateException(method + ": " + error + ": " + message.get("message"));
  }

  private final class Answers implements WebSocket.Listener {
    private final StringBuilder partial = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      partial.append(data);
      if (last) {
        Map<String, Object> message = new Json().toType(partial.toString(), Json.MAP_TYPE);
        partial.setLength(0);
        if (message.get("id") instanceof Number id) {
          waiting.remove(id.longValue()).complete(message);
        }
      }
      from.request(1);
      return null;
    }
  }

  private static String text(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
