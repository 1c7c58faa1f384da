package org.trefoil.csp;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A Content-Security-Policy that begins at "nothing" and is opened by name.
 *
 * <p>Immutable; {@link #with} answers a new policy. Every policy closes what does not fall back to
 * {@code default-src} ({@code base-uri}, {@code form-action}, {@code frame-ancestors}) and demands
 * Trusted Types with no policy allowed.
 */
public final class Policy {
  private final Map<String, List<String>> directives;

  private Policy(Map<String, List<String>> directives) {
    this.directives = Collections.unmodifiableMap(directives);
  }

  /** The policy of an answer that is not a page: it may do nothing and be framed by nobody. */
  public static Policy nothing() {
    return new Policy(new LinkedHashMap<>())
        .with("default-src", Source.NONE)
        .with("base-uri", Source.NONE)
        .with("form-action", Source.NONE)
        .with("frame-ancestors", Source.NONE);
  }

  /** The closed policy that pages start from. */
  public static Policy page() {
    return nothing()
        .with("script-src", Source.NONE)
        .with("style-src", Source.NONE)
        .with("img-src", Source.NONE)
        .with("font-src", Source.NONE)
        .with("connect-src", Source.NONE)
        .with("worker-src", Source.NONE)
        .with("frame-src", Source.NONE)
        .with("object-src", Source.NONE)
        .with("require-trusted-types-for", Source.SCRIPT)
        .with("trusted-types", Source.NONE);
  }

  /** This policy with one directive set to exactly these sources. */
  public Policy with(String directive, Source... sources) {
    if (sources.length == 0) {
      throw new IllegalArgumentException("say 'none' for none: " + directive);
    }
    List<String> values = new ArrayList<>();
    for (Source source : sources) {
      values.add(source.text());
    }
    if (values.size() > 1 && values.contains(Source.NONE.text())) {
      throw new IllegalArgumentException("'none' stands alone: " + directive);
    }
    return set(directive, values);
  }

  /**
   * This policy, with any server to be asked: for a page whose first script narrows it again, since
   * a second policy can only take away.
   */
  Policy askingAnybody() {
    return set("connect-src", List.of("https:", "http:"));
  }

  /**
   * This policy, for a page that brings in scripts which it has checked itself: by its own scripts
   * alone, never by markup, and through the one Trusted Types policy of this name.
   */
  Policy bringing(String trustedTypes) {
    List<String> scripts = new ArrayList<>(directives.getOrDefault("script-src", List.of()));
    scripts.add("'strict-dynamic'");
    return set("script-src", scripts).set("trusted-types", List.of(trustedTypes));
  }

  /** This policy, in a sandbox with only these rights ({@code allow-scripts}, …). */
  public Policy sandbox(String... rights) {
    for (String right : rights) {
      if (!right.matches("allow-[a-z-]+")) {
        throw new IllegalArgumentException("not a sandbox right: " + right);
      }
    }
    return set("sandbox", List.of(rights));
  }

  /** This policy, with violations told to the named reporting endpoint. */
  public Policy reportTo(String endpoint) {
    if (!endpoint.matches("[a-z]+")) {
      throw new IllegalArgumentException("not an endpoint name: " + endpoint);
    }
    return set("report-to", List.of(endpoint));
  }

  private Policy set(String directive, List<String> values) {
    if (!directive.matches("[a-z-]+")) {
      throw new IllegalArgumentException("not a directive: " + directive);
    }
    Map<String, List<String>> next = new LinkedHashMap<>(directives);
    next.put(directive, List.copyOf(values));
    return new Policy(next);
  }

  /** The value of the header. */
  public String header() {
    return text(Set.of());
  }

  /**
   * The content of a {@code <meta>} element, for a page that comes without headers: the same
   * without the directives that count in a header only.
   */
  public String meta() {
    return text(Set.of("frame-ancestors", "sandbox", "report-to"));
  }

  private String text(Set<String> without) {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, List<String>> directive : directives.entrySet()) {
      if (without.contains(directive.getKey())) {
        continue;
      }
      if (text.length() > 0) {
        text.append("; ");
      }
      text.append(directive.getKey());
      for (String value : directive.getValue()) {
        text.append(' ').append(value);
      }
    }
    return text.toString();
  }

  @Override
  public String toString() {
    return header();
  }
}
