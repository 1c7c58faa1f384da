package org.trefoil.e2e.harness;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** A program in a terminal of its own (which {@code script} makes), and who types into it. */
public final class Typist implements AutoCloseable {
  private final Process process;
  private final StringBuilder screen = new StringBuilder();
  private int read;

  private Typist(Process process) {
    this.process = process;
  }

  /** Starts {@code command}, as one would type it into a shell. */
  public static Typist at(String command) {
    try {
      return new Typist(
          new ProcessBuilder("script", "-qec", command, "/dev/null")
              .redirectErrorStream(true)
              .start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until {@code question} is shown and types {@code answer} and Enter. */
  public void answers(String question, String answer) throws IOException {
    while (screen.indexOf(question, read) < 0) {
      if (!readsMore()) {
        throw new AssertionError("«" + question + "» was never asked:\n" + screen);
      }
    }
    read = screen.indexOf(question, read) + question.length();
    process.getOutputStream().write((answer + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  /** The line that contains {@code text}, once all of it is shown. */
  public String line(String text) throws IOException {
    while (screen.indexOf(text, read) < 0 || screen.indexOf("\n", screen.indexOf(text, read)) < 0) {
      if (!readsMore()) {
        throw new AssertionError("«" + text + "» was never shown:\n" + screen);
      }
    }
    int at = screen.indexOf(text, read);
    return screen.substring(screen.lastIndexOf("\n", at) + 1, screen.indexOf("\n", at)).strip();
  }

  /** Everything shown until the program ended with exit code 0. */
  public String screenAtTheEnd() throws IOException, InterruptedException {
    while (readsMore()) {
      // until it ends
    }
    if (!process.waitFor(20, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new AssertionError("It did not end well:\n" + screen);
    }
    return screen.toString().replace("\r", "");
  }

  private boolean readsMore() throws IOException {
    InputStream out = process.getInputStream();
    byte[] buffer = new byte[4096];
    int n = out.read(buffer);
    if (n > 0) {
      screen.append(new String(buffer, 0, n, StandardCharsets.UTF_8));
    }
    return n > 0;
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
