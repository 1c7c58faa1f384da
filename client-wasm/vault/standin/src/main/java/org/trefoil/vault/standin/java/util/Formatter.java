package org.trefoil.vault.standin.java.util;

/**
 * What {@code String.format} works with, without the formats of numbers and the habits of countries
 * (20 KB compressed). Libraries ask for it in the text of exceptions, with {@code %d}, {@code %s}
 * and {@code %n}; our own code never does.
 */
public final class Formatter {
  private final StringBuilder out = new StringBuilder();

  public Formatter format(String format, Object... args) {
    int next = 0;
    int from = 0;
    for (int at = format.indexOf('%'); at >= 0; at = format.indexOf('%', from)) {
      out.append(format, from, at);
      switch (format.charAt(at + 1)) {
        case 'd', 's' -> out.append(args[next++]);
        case 'n' -> out.append('\n');
        default -> throw new IllegalArgumentException("no formats here but %d, %s and %n");
      }
      from = at + 2;
    }
    out.append(format, from, format.length());
    return this;
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
