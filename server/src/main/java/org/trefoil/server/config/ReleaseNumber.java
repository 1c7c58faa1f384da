package org.trefoil.server.config;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The number of a release, {@code 1.4.12}; later ones are greater. */
public record ReleaseNumber(int major, int minor, int patch) implements Comparable<ReleaseNumber> {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,6})\\.([0-9]{1,6})\\.([0-9]{1,6})");
  private static final Comparator<ReleaseNumber> ORDER =
      Comparator.comparingInt(ReleaseNumber::major)
          .thenComparingInt(ReleaseNumber::minor)
          .thenComparingInt(ReleaseNumber::patch);

  /** Empty for what is none. */
  public static Optional<ReleaseNumber> parse(String text) {
    Matcher found = FORM.matcher(text);
    return found.matches()
        ? Optional.of(new ReleaseNumber(part(found, 1), part(found, 2), part(found, 3)))
        : Optional.empty();
  }

  private static int part(Matcher found, int group) {
    return Integer.parseInt(found.group(group));
  }

  @Override
  public int compareTo(ReleaseNumber other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return major + "." + minor + "." + patch;
  }
}
