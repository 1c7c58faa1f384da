package org.trefoil.custody.slices;

/**
 * Work cut into slices of a few milliseconds: call {@link #step} until it says {@code false}, then
 * {@link #finish} once. The vault lets the browser paint between slices; everybody else calls
 * {@link #run}. Closing wipes what the work holds, finished or not.
 */
public interface SlicedWork<T> extends AutoCloseable {
  /** Does one slice; {@code false} when nothing is left. */
  boolean step();

  /** Share done so far, 0 to 100. */
  int percent();

  /** The result. Throws {@link IllegalStateException} before all slices are done. */
  T finish();

  @Override
  void close();

  /** Does all slices at once. */
  default T run() {
    while (step()) {
      // each call advances the work
    }
    return finish();
  }
}
