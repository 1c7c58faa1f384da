package org.trefoil.e2e.journey;

/** The main job as a newcomer meets it: nothing installed, the practice chain inside the server. */
final class PracticeJourneyIT extends MainJobJourney {
  @Override
  World world() {
    return new PracticeWorld();
  }
}
