package org.trefoil.core.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What Jazzer calls: one {@link Fuzzed} parser, named by the system properties {@code parsers}, an
 * enum, and {@code parser}, one of it. As a program it writes that parser's seeds into a folder.
 */
public final class Fuzz {
  private static final Fuzzed PARSER = parser();

  private Fuzz() {}

  private static Fuzzed[] all() {
    try {
      Class<?> parsers = Class.forName(System.getProperty("parsers"));
      return (Fuzzed[]) parsers.getEnumConstants();
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("no such enum of parsers", e);
    }
  }

  private static Fuzzed parser() {
    String name = System.getProperty("parser", all()[0].name());
    for (Fuzzed each : all()) {
      if (each.name().equals(name)) {
        return each;
      }
    }
    throw new IllegalStateException("no such parser: " + name);
  }

  public static void fuzzerTestOneInput(byte[] input) {
    PARSER.accept(input);
  }

  /** Names every parser, or with a folder writes the seeds of one into it. */
  public static void main(String[] args) throws IOException {
    if (args.length == 0) {
      for (Fuzzed parser : all()) {
        System.out.println(parser.name());
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
