package org.trefoil.vault.browser;

/**
 * Knows whether a person can see an element: on the screen, and where the browser tells it
 * (Chromium's {@code trackVisibility}), not covered, not transparent, not distorted by the page
 * around the frame. Elsewhere only position and size count. What was uncovered only just now counts
 * as covered still: else a page would take its cover away in the moment in which a person goes on.
 */
public final class SeenWatch {
  /** Less is a slit, through which one sees a field and not what it is for. In CSS pixels. */
  private static final int LEAST = 240;

  private static final double LEAST_RATIO = 0.45;

  /** A frame that is new says for some moments that it is covered. */
  private static final int NEW = 3_000;

  private static final int LATELY = 1_000;

  private final IntersectionObserver observer;
  private final double born = now();
  private double uncovered = born - LATELY;
  private boolean covered;
  private boolean seen;
  private boolean slit;

  /** Begins to watch {@code element}, which must be in the document or get there. */
  public SeenWatch(Element element) {
    Options options = new Options();
    options.put("trackVisibility", true);
    options.put("delay", 100);
    observer = new IntersectionObserver(this::look, options);
    observer.observe(element);
    watchHeight();
  }

  private void watchHeight() {
    IntersectionObserver.Thresholds everyHundredth = new IntersectionObserver.Thresholds();
    for (int i = 0; i <= 100; i++) {
      everyHundredth.push(i / 100.0);
    }
    Options options = new Options();
    options.put("threshold", everyHundredth);
    new IntersectionObserver(this::measure, options).observe(Globals.document().getBody());
  }

  private static IntersectionObserver.Entry last(Items<IntersectionObserver.Entry> entries) {
    return entries.get(entries.getLength() - 1);
  }

  private void look(Items<IntersectionObserver.Entry> entries) {
    IntersectionObserver.Entry last = last(entries);
    boolean told = observer.isTrackVisibility();
    seen = told ? last.isVisible() : last.isIntersecting();
    boolean coveredNow = told && last.isIntersecting() && !last.isVisible();
    if (covered && !coveredNow && now() - born > NEW) {
      uncovered = now();
    }
    covered = coveredNow;
  }

  private void measure(Items<IntersectionObserver.Entry> entries) {
    IntersectionObserver.Entry last = last(entries);
    double whole = last.getBoundingClientRect().getHeight();
    slit = last.getIntersectionRect().getHeight() < Math.min(LEAST, 0.9 * whole);
  }

  private static double now() {
    return Globals.performance().now();
  }

  /** Whether the element was seen when the browser last looked. */
  public boolean seen() {
    return seen
        && !slit
        && now() - uncovered >= LATELY
        && Globals.vaultWidth() >= LEAST
        && Globals.pixelRatio() >= LEAST_RATIO;
  }
}
