package org.trefoil.e2e.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.e2e.audit.Looks;
import org.trefoil.e2e.harness.Bitcoind;
import org.trefoil.e2e.harness.Browser;
import org.trefoil.e2e.harness.Tool;

/** The sheets, a node's answer and no network at all: everything is swept and mined. */
@EnabledIfSystemProperty(
    named = "trefoil.bitcoind",
    matches = ".+",
    disabledReason = "NO BITCOIND: run e2e/verify, which installs one and runs this journey")
final class WithoutNetworkIT {
  private static final String WITHOUT =
      "NO NETWORK APART CAN BE MADE HERE: the sheets were not swept in a browser without one";

  @Test
  void theSheetsAndTheAnswerOfANodeAreSweptInABrowserWithoutANetwork() {
    if (!canUnshare()) {
      System.err.println(WITHOUT);
      Assumptions.abort(WITHOUT);
    }
    Sheets sheets = Sheets.of("without network");
    Cosigners cosigners = sheets.cosigners();
    try (Bitcoind node = Bitcoind.start();
        Browser browser = Browser.openWithoutNetwork()) {
      pay(node, cosigners.address(Cosigners.RECEIVE, 0), "0.3");
      pay(node, cosigners.address(Cosigners.RECEIVE, 61), "0.2");
      pay(node, cosigners.address(Cosigners.CHANGE, 4_999), "0.1");
      node.mine(1);

      RecoveryPage page = RecoveryPage.opened(browser);
      browser.drop("paper-file-drop", sheets.pdf());
      assertThat(browser.read("paper-read"))
          .contains("the descriptor", "the sealed user key", "the backup key's words")
          .contains(String.join(" ", cosigners.words()), "on regtest");
      Sheets other = Sheets.of("another without network");
      browser.choose("paper-file", other.pdf());
      assertThat(browser.refusal("sheets-of-two-wallets"))
          .contains(String.join(" ", cosigners.words()))
          .contains(String.join(" ", other.cosigners().words()));
      List<String> faults = Looks.at(browser, "recovery-two-wallets");
      browser.click("sheets-now");
      assertThat(browser.read("paper-read"))
          .contains(String.join(" ", other.cosigners().words()))
          .doesNotContain(String.join(" ", cosigners.words()));
      browser.choose("paper-file", sheets.pdf());
      browser.refusal("sheets-of-two-wallets");
      browser.click("sheets-now");
      browser.choose("paper-file", other.pdf());
      browser.refusal("sheets-of-two-wallets");
      browser.click("sheets-before");
      browser.click("wallet-continue");
      assertThat(browser.read("first-addresses")).contains(cosigners.address(Cosigners.RECEIVE, 0));
      assertThat(browser.read("key-words")).isEqualTo(String.join(" ", cosigners.words()));

      browser.click("recover-spend");
      String command = page.text("scan-command");
      String asked =
          command
              .substring(command.indexOf("'[") + 1, command.lastIndexOf('\''))
              .replace("'\\''", "'");
      browser.type("coins", node.cli("scantxoutset", "start", asked));
      browser.click("coins-look");
      assertThat(browser.read("coins-total")).isEqualTo("0.60000000 BTC");
      assertThat(browser.read("coins-count")).contains("3 coins");

      String to = node.cli("-rpcwallet=miner", "getnewaddress");
      page.sweeps(to, "5");
      assertThat(browser.read("review-recipient").replace(" ", "")).isEqualTo(to);
      page.has("backup").opensSealed("", Sheets.PASSCODE).has("user");
      browser.click("sign");
      String raw = page.text("raw-transaction");
      assertThat(browser.driver().getPageSource())
          .doesNotContain(Sheets.PASSCODE, String.join(" ", sheets.words()));
      assertThat(asked(browser)).as("what the page asked for").isEmpty();
      assertThat(browser.console()).doesNotContain("SEVERE");
      assertThat(faults).isEmpty();

      assertThat(node.cli("testmempoolaccept", "[\"" + raw + "\"]")).contains("\"allowed\": true");
      String txid = node.cli("sendrawtransaction", raw);
      assertThat(browser.read("txid")).isEqualTo(txid);
      node.mine(1);
      assertThat(node.cli("-rpcwallet=miner", "getreceivedbyaddress", to, "1")).startsWith("0.599");
    }
  }

  /** Whether a process can be run where there is no network; says it loudly when not. */
  static boolean canUnshare() {
    boolean can = Tool.run(List.of("unshare", "-n", "true")).exit() == 0;
    if (!can) {
      System.err.println(
          "NOT SHOWN: recovery.html without a network (this user may not make a network namespace;"
              + " run as root)");
    }
    return can;
  }

  private static void pay(Bitcoind node, String address, String amount) {
    node.cli("-rpcwallet=miner", "sendtoaddress", address, amount);
  }

  /** Every request that the browser counts, whatever became of it. */
  private static List<?> asked(Browser browser) {
    return (List<?>)
        browser
            .driver()
            .executeScript(
                "return performance.getEntriesByType('resource').map(entry => entry.name)");
  }
}
