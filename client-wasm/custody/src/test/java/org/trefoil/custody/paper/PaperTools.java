package org.trefoil.custody.paper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Software of others that opens, renders and scans the sheets as a person would. */
final class PaperTools {

  /** What a run of a tool gave. */
  record Run(int status, String out) {}

  private final Path folder;

  PaperTools(Path folder) {
    this.folder = folder;
  }

  Path file(String name, byte[] content) {
    try {
      return Files.write(folder.resolve(name), content);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** Runs a tool; its error output is kept apart, in the file {@code errors}. */
  Run run(String... command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectError(folder.resolve("errors").toFile())
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .start();
      byte[] out = process.getInputStream().readAllBytes();
      return new Run(process.waitFor(), new String(out, StandardCharsets.UTF_8));
    } catch (IOException missing) {
      throw new AssertionError(
          command[0]
              + " is missing. The sheets are judged by software of others; install it with"
              + " apt-get install poppler-utils zbar-tools qpdf",
          missing);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new AssertionError(stopped);
    }
  }

  /** The text of one page as a reader copies it, in poppler's reading order. */
  String text(Path pdf, int page) {
    String number = Integer.toString(page);
    Run run = run("pdftotext", "-f", number, "-l", number, pdf.toString(), "-");
    if (run.status() != 0) {
      throw new AssertionError("pdftotext: " + run.status());
    }
    return run.out();
  }

  int pages(Path pdf) {
    return Integer.parseInt(info(pdf, "Pages"));
  }

  /** One line of {@code pdfinfo}. */
  String info(Path pdf, String key) {
    for (String line : run("pdfinfo", pdf.toString()).out().split("\n")) {
      if (line.startsWith(key + ":")) {
        return line.substring(key.length() + 1).strip();
      }
    }
    throw new AssertionError("pdfinfo says no " + key);
  }

  /** The page as pixels, a binary PPM. */
  Path image(Path pdf, int page, int dpi) {
    String number = Integer.toString(page);
    Path image = folder.resolve("page-" + number + "-" + dpi);
    Run run =
        run(
            "pdftoppm",
            "-r",
            Integer.toString(dpi),
            "-f",
            number,
            "-l",
            number,
            "-singlefile",
            pdf.toString(),
            image.toString());
    if (run.status() != 0) {
      throw new AssertionError("pdftoppm: " + run.status());
    }
    return folder.resolve("page-" + number + "-" + dpi + ".ppm");
  }

  /** What the QR codes of a page say, sorted. */
  TreeSet<String> scan(Path pdf, int page, int dpi) {
    Path image = image(pdf, page, dpi);
    Run run =
        run(
            "zbarimg",
            "--nodbus",
            "--quiet",
            "--raw",
            "-Sdisable",
            "-Sqrcode.enable",
            image.toString());
    List<String> lines = new ArrayList<>(List.of(run.out().split("\n")));
    lines.remove("");
    return new TreeSet<>(lines);
  }
}
