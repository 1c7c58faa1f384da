package org.trefoil.e2e.journey;

import org.junit.jupiter.api.AfterAll;
import org.trefoil.e2e.harness.SigningProcess;

/** The main job on a server whose keys, second factors and rules are with a signer beside it. */
final class TwoProcessesIT extends MainJobJourney {
  private final SigningProcess signer = SigningProcess.start();

  @Override
  World world() {
    return new PracticeWorld("--signer", signer.socket());
  }

  @AfterAll
  void end() {
    signer.close();
  }
}
