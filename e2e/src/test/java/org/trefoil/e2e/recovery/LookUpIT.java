package org.trefoil.e2e.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.e2e.audit.Looks;
import org.trefoil.e2e.harness.Bitcoind;
import org.trefoil.e2e.harness.Browser;

/**
 * A server that the person named is asked for coins and gets the signed transaction, by a page that
 * takes no keys while it has that network, and reaches nobody before and after.
 */
@EnabledIfSystemProperty(
    named = "trefoil.bitcoind",
    matches = ".+",
    disabledReason = "NO BITCOIND: run e2e/verify, which installs one and runs this journey")
final class LookUpIT {
  /** An address that the server knows nothing of. */
  private static final String UNUSED = "bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080";

  private final Sheets sheets = Sheets.of("look up");
  private final Cosigners cosigners = sheets.cosigners();
  private final List<String> faults = new ArrayList<>();

  @Test
  void c12AServerIsAskedOnlyOnceAPersonSaysSoAndNeverBesideAKey() {
    try (Bitcoind node = Bitcoind.start();
        Browser browser = Browser.open()) {
      pay(node, cosigners.address(Cosigners.RECEIVE, 0), "0.3");
      pay(node, cosigners.address(Cosigners.RECEIVE, 25), "0.2");
      pay(node, cosigners.address(Cosigners.CHANGE, 3), "0.1");
      node.mine(1);
      try (Explorer explorer = Explorer.of(node, cosigners);
          Explorer other = Explorer.of(node, cosigners)) {
        RecoveryPage page = RecoveryPage.opened(browser).names(cosigners);
        assertThat(reaches(browser, explorer)).isFalse();
        assertThat(browser.console()).contains("connect-src 'none'");
        asks(browser, explorer);
        assertThat(browser.read("coins-total")).isEqualTo("0.60000000 BTC");
        assertThat(browser.read("network-state")).contains("127.0.0.1", "no keys");
        assertThat(fields(browser)).as("fields while it has a network").isEmpty();
        assertThat(reaches(browser, explorer)).isTrue();
        assertThat(reaches(browser, other)).isFalse();
        faults.addAll(Looks.at(browser, "recovery-look-up"));

        browser.click("look-up-take");
        assertThat(browser.read("first-addresses"))
            .contains(cosigners.address(Cosigners.RECEIVE, 0));
        int before = explorer.asked().size();
        assertThat(reaches(browser, explorer)).isFalse();
        browser.click("recover-spend");
        assertThat(browser.read("coins-total")).isEqualTo("0.60000000 BTC");
        String to = node.cli("-rpcwallet=miner", "getnewaddress");
        page.sweeps(to, "4").opensWords(sheets.words()).has("backup");
        page.opensSealed(sheets.sealed(), Sheets.PASSCODE).has("user");
        browser.click("sign");
        String txid = browser.read("txid");
        assertThat(reaches(browser, explorer)).isFalse();
        assertThat(explorer.asked()).hasSize(before);

        explorer.isBusy(true);
        begins(browser, explorer);
        browser.click("send-now");
        assertThat(browser.refusal("explorer-refused")).contains("400", "too many requests");
        explorer.isBusy(false);
        browser.click("send-now");
        assertThat(browser.read("sent")).contains("Sent");
        assertThat(browser.read("txid")).isEqualTo(txid);
        assertThat(node.cli("getmempoolentry", txid)).contains("vsize");
        assertThat(explorer.asked()).hasSize(before + 2).endsWith("POST /api/tx", "POST /api/tx");
        browser.click("look-up-back");
        browser.see("first-addresses");
        assertThat(other.asked()).isEmpty();
        other.isBusy(true);
        looks(browser, other);
        assertThat(browser.refusal("explorer-refused")).contains("400", "too many requests");
        other.isBusy(false);
        browser.click("look-up-again");
        browser.see("look-up-take");
        browser.click("look-up-take");
        other.close();
        looks(browser, other);
        assertThat(browser.refusal("explorer-unreachable")).contains("127.0.0.1", "the command");
        assertThat(browser.sees("look-up-stop")).isFalse();
        browser.click("look-up-back");
        assertThat(browser.read("first-addresses"))
            .contains(cosigners.address(Cosigners.RECEIVE, 0));
        assertThat(faults).isEmpty();
      }
    }
  }

  /** A node alone lets no page read its answers; behind a proxy that does, it is asked. */
  @Test
  void aNodeIsAskedThroughAProxyThatLetsPagesAndElseItsCommandIsShown() throws IOException {
    try (Bitcoind node = Bitcoind.start();
        Browser browser = Browser.open();
        PageProxy proxy = PageProxy.before(node)) {
      pay(node, cosigners.address(Cosigners.RECEIVE, 4_711), "0.25");
      node.mine(1);
      RecoveryPage.opened(browser).names(cosigners);
      asksNode(browser, "http://user:word@127.0.0.1");
      assertThat(browser.refusal("node-address")).contains("http://127.0.0.1:8332");
      asksNode(browser, node.rpc());
      faults.addAll(Looks.at(browser, "recovery-node"));
      String cookie = Files.readString(node.cookie()).strip();
      scans(browser, "", cookie);
      assertThat(browser.refusal("node-unreachable")).contains("never does", "Run the command");
      String command = browser.see("scan-command").getDomProperty("value");
      assertThat(command).startsWith("bitcoin-cli -regtest").contains("scantxoutset start");
      faults.addAll(Looks.at(browser, "recovery-node-unreachable"));
      browser.click("look-up-back");
      assertThat(browser.read("first-addresses")).contains(cosigners.address(Cosigners.RECEIVE, 0));

      asksNode(browser, proxy.url());
      browser.see("node-password");
      assertThat(fields(browser)).as("fields while it has a network").hasSize(2);
      scans(browser, "me", "wrong");
      assertThat(browser.refusal("node-denied")).contains("401");
      String[] way = cookie.split(":");
      slowScansAreFollowedAndEnded(browser, proxy, way);
      scans(browser, way[0], way[1]);
      assertThat(browser.read("coins-total")).isEqualTo("0.25000000 BTC");
      assertThat(browser.driver().getPageSource()).doesNotContain(way[1]);
      assertThat(browser.driver().getCurrentUrl()).doesNotContain(way[1]);
      browser.click("look-up-take");
      browser.click("recover-spend");
      assertThat(browser.read("coins-total")).isEqualTo("0.25000000 BTC");
      assertThat(proxy.asked())
          .hasSizeGreaterThanOrEqualTo(2)
          .allMatch(each -> each.startsWith("/ {") && each.contains("\"scantxoutset\""));
      assertThat(
              browser
                  .driver()
                  .executeScript(
                      "return JSON.stringify([{...localStorage}, {...sessionStorage},"
                          + " history.state])"))
          .asString()
          .doesNotContain(way[1]);
      assertThat(faults).isEmpty();
    }
  }

  /** How far the node is, is shown; a scan that nobody waits for any more does not go on. */
  private void slowScansAreFollowedAndEnded(Browser browser, PageProxy proxy, String[] way) {
    proxy.scansSlowly(42);
    scans(browser, way[0], way[1]);
    isAt(browser, "42 %");
    assertThat(fields(browser)).noneMatch(field -> ((WebElement) field).isDisplayed());
    assertThat(browser.sees("node-scan")).isFalse();
    faults.addAll(Looks.at(browser, "recovery-node-scans"));
    browser.click("node-stop");
    browser.until(() -> proxy.times("abort") == 1 ? true : null, "the node is told to stop");
    browser.see("node-scan");
    assertThat(browser.sees("node-progress")).isFalse();
    assertThat(browser.sees("node-stop")).isFalse();

    proxy.scansSlowly(73);
    scans(browser, way[0], way[1]);
    isAt(browser, "73 %");
    browser.click("look-up-back");
    assertThat(browser.read("first-addresses")).contains(cosigners.address(Cosigners.RECEIVE, 0));
    assertThat(proxy.times("abort")).isEqualTo(2);
    asksNode(browser, proxy.url());
  }

  private static void isAt(Browser browser, String percent) {
    browser.until(
        () -> browser.read("node-progress").contains(percent) ? true : null,
        "the scan is at " + percent);
  }

  private static void asksNode(Browser browser, String url) {
    if (browser.driver().findElements(By.cssSelector("[data-testid=recover-spend]")).size() == 1) {
      browser.click("recover-spend");
    }
    if (browser.see("node-details").getAttribute("open") == null) {
      browser.see("node-details").findElement(By.tagName("summary")).click();
    }
    browser.type("node", url);
    browser.click("node-ask");
  }

  private static void scans(Browser browser, String user, String password) {
    browser.type("node-user", user);
    browser.type("node-password", password);
    browser.click("node-scan");
  }

  private static void asks(Browser browser, Explorer explorer) {
    browser.click("recover-spend");
    browser.driver().findElement(By.xpath("//summary[contains(., 'explorer')]")).click();
    browser.type("explorer", "ftp://127.0.0.1");
    browser.click("explorer-ask");
    assertThat(browser.refusal("explorer-address")).contains("https://");
    browser.type("explorer", explorer.url());
    browser.click("explorer-ask");
    browser.see("look-up-take");
  }

  private static void looks(Browser browser, Explorer explorer) {
    browser.click("recover-spend");
    browser.driver().findElement(By.xpath("//summary[contains(., 'explorer')]")).click();
    browser.type("explorer", explorer.url());
    browser.click("explorer-ask");
  }

  private static void begins(Browser browser, Explorer explorer) {
    browser.see("send-door").findElement(By.tagName("summary")).click();
    browser.type("explorer", explorer.url() + "/");
    browser.click("explorer-send");
  }

  /** Whether whatever runs in this page gets an answer of this server. */
  private static boolean reaches(Browser browser, Explorer explorer) {
    return (boolean)
        browser
            .driver()
            .executeAsyncScript(
                "const done = arguments[1];"
                    + "fetch(arguments[0]).then(() => done(true), () => done(false))",
                explorer.url() + "/address/" + UNUSED);
  }

  private static List<?> fields(Browser browser) {
    return browser.driver().findElements(By.cssSelector("input, textarea, video, select"));
  }

  private static void pay(Bitcoind node, String address, String amount) {
    node.cli("-rpcwallet=miner", "sendtoaddress", address, amount);
  }
}
