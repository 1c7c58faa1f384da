package org.trefoil.e2e.audit;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import java.util.ArrayList;
import java.util.List;
import org.trefoil.e2e.harness.Browser;

/** What is shown now, looked at in light and dark, on a desktop and on a phone, as it stands. */
public final class Looks {
  private Looks() {}

  /**
   * Leaves four pictures and returns what axe finds to fault, and the Nu Html Checker in what the
   * server sent for it.
   */
  public static List<String> at(Browser browser, String name) {
    List<String> found = new ArrayList<>();
    for (boolean phone : new boolean[] {false, true}) {
      for (boolean dark : new boolean[] {false, true}) {
        browser.look(phone, dark);
        if (!phone) {
          for (Rule rule :
              new AxeBuilder().setLegacyMode(true).analyze(browser.driver()).getViolations()) {
            found.add(name + ": " + rule.getId() + " " + rule.getNodes());
          }
        }
        browser.shot(name + (phone ? "-phone" : "-desktop") + (dark ? "-dark" : "-light"));
      }
    }
    browser.look(false, false);
    if (browser.url().startsWith("http:")) {
      found.addAll(Sent.faults(browser, name));
    }
    return found;
  }
}
