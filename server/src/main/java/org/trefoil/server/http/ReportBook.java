package org.trefoil.server.http;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What browsers report of violated policies: counted by kind, the newest kinds kept, nothing else.
 *
 * <p>Anybody may write here, so an entry is a few short printable words without query or fragment,
 * and there are at most {@value #KINDS} of them.
 */
final class ReportBook {
  private static final Logger LOG = LoggerFactory.getLogger(ReportBook.class);
  private static final int KINDS = 100;
  private static final int WORDS = 160;
  private static final Pattern FIELD =
      Pattern.compile("\"([A-Za-z-]{1,40})\"\\s{0,8}:\\s{0,8}\"([^\"\\\\]{0,2000})\"");

  private final InstantSource clock;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private long total;

  ReportBook(InstantSource clock) {
    this.clock = clock;
  }

  /** One kind of report: how often, and when last (epoch seconds). */
  public record Entry(String kind, String what, long count, long lastSeen) {}

  /** Takes one body as a browser sent it, whichever of the two forms it has. */
  synchronized void take(String body) {
    total++;
    String kind = "unreadable";
    StringBuilder what = new StringBuilder();
    Matcher field = FIELD.matcher(body);
    while (field.find() && what.length() < WORDS) {
      switch (field.group(1)) {
        case "type" -> kind = printable(field.group(2));
        case "effectiveDirective", "effective-directive", "violated-directive", "destination" ->
            what.append(printable(field.group(2))).append(' ');
        case "blockedURL", "blocked-uri" ->
            what.append("blocked ").append(place(field.group(2))).append(' ');
        case "documentURL", "document-uri" ->
            what.append("on ").append(place(field.group(2))).append(' ');
        default -> {}
      }
    }
    note(
        kind.equals("unreadable") && what.length() > 0 ? "csp-violation" : kind,
        what.toString().strip());
  }

  private void note(String kind, String what) {
    String key = kind + " " + what;
    Entry before = entries.remove(key);
    entries.put(
        key,
        new Entry(
            kind, what, before == null ? 1 : before.count() + 1, clock.instant().getEpochSecond()));
    if (before == null) {
      LOG.warn("A browser reported: {} {}", kind, what);
    }
    Iterator<String> oldest = entries.keySet().iterator();
    while (entries.size() > KINDS) {
      oldest.next();
      oldest.remove();
    }
  }

  /** What is kept, newest first. */
  synchronized List<Entry> newest() {
    List<Entry> list = new ArrayList<>(entries.values());
    Collections.reverse(list);
    return list;
  }

  /** How many reports came since the start. */
  synchronized long total() {
    return total;
  }

  private static String place(String url) {
    return printable(url.replaceFirst("[?#].*", ""));
  }

  private static String printable(String text) {
    String clean = text.replaceAll("[^\\x20-\\x7e]", "?");
    return clean.length() <= WORDS ? clean : clean.substring(0, WORDS);
  }
}
