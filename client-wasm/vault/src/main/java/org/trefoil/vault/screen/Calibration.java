package org.trefoil.vault.screen;

import org.trefoil.custody.passcode.Passcode;
import org.trefoil.custody.passcode.Stretch;
import org.trefoil.vault.browser.Globals;

/**
 * Measures how long a stretch takes on this device, while the person reads, so that sealing costs
 * about a second here. Until it is done the floor holds.
 */
final class Calibration {
  private static final int SLICE = 20;

  private final Desk desk;
  private double spent;
  private Stretch.Params params = Stretch.Params.FLOOR;

  Calibration(Desk desk) {
    this.desk = desk;
  }

  void begin() {
    try (Passcode sample = Passcode.typed("how long does it take".toCharArray())) {
      Stretch stretch = Stretch.begin(sample, new byte[Stretch.SALT_LENGTH], params);
      Globals.setTimeout(desk.safely(() -> turn(stretch))::run, 0);
    }
  }

  private void turn(Stretch stretch) {
    double start = Globals.performance().now();
    double now = start;
    boolean more = true;
    while (more && now < start + SLICE) {
      more = stretch.step();
      now = Globals.performance().now();
    }
    spent += now - start;
    if (more) {
      Globals.setTimeout(desk.safely(() -> turn(stretch))::run, 0);
    } else {
      stretch.close();
      params = Stretch.Params.calibrated((long) spent);
    }
  }

  Stretch.Params params() {
    return params;
  }
}
