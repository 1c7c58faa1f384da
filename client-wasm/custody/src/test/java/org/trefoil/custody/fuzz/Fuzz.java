package org.trefoil.custody.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What Jazzer calls: one {@link Parser}, named by the system property {@code parser}. As a program
 * it writes that parser's seeds into a folder.
 */
public final class Fuzz {
  private static final Parser PARSER = Parser.valueOf(System.getProperty("parser", "PSBT"));

  private Fuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    PARSER.accept(input);
  }

  /** Names every parser, or with a folder writes the seeds of one into it. */
  public static void main(String[] args) throws IOException {
    if (args.length == 0) {
      for (Parser parser : Parser.values()) {
        System.out.println(parser);
      }
      return;
    }
    Path folder = Files.createDirectories(Path.of(args[0]));
    List<byte[]> seeds = PARSER.seeds();
    for (int i = 0; i < seeds.size(); i++) {
      Files.write(folder.resolve("seed-" + i), seeds.get(i));
    }
  }
}
