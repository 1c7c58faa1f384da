package org.trefoil.e2e.audit;

import com.deque.html.axecore.providers.EmbeddedResourceAxeProvider;
import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.naming.OperationNotSupportedException;
import org.trefoil.e2e.harness.Browser;

/** What is shown now, looked at in light and dark, on a desktop and on a phone, as it stands. */
public final class Looks {
  private static final String RUN =
      ";const done = arguments[arguments.length - 1];"
          + "window.axe.run(document).then(({violations, passes}) => done(passes.length === 0"
          + " ? ['nothing was looked at']"
          + " : violations.map(({id, nodes}) => id + nodes.map(({html}) => ' ' + html))),"
          + " (e) => done([String(e)]));";

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

  /**
   * What axe finds to fault in the frame that is looked at now. From a page it never comes into the
   * vault's, which has an origin of its own; so whoever entered the vault asks here.
   */
  public static List<String> inside(Browser browser, String name) {
    List<String> found = new ArrayList<>();
    try {
      String axe = new EmbeddedResourceAxeProvider().getScript();
      for (boolean dark : new boolean[] {false, true}) {
        browser.look(false, dark);
        Object faults = browser.driver().executeAsyncScript(axe + RUN);
        for (Object fault : (List<?>) faults) {
          found.add(name + ": " + fault);
        }
      }
    } catch (IOException | OperationNotSupportedException e) {
      throw new IllegalStateException(e);
    }
    browser.look(false, false);
    return found;
  }
}
