package org.trefoil.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.custody.recover.PaperWallet;
import org.trefoil.e2e.harness.Bitcoind;
import org.trefoil.e2e.harness.Typist;
import org.trefoil.e2e.recovery.Explorer;

/**
 * The day there is no server: the program in a terminal, the words of two keys, and a Bitcoin node
 * that says where the coins are, takes the transaction and mines it.
 */
final class RecoverWithoutServerIT {
  private static Bitcoind node;

  @BeforeAll
  static void startNode() {
    if (Bitcoind.program().isEmpty()) {
      System.err.println("NOT SHOWN: recovery without the server (no bitcoind; run e2e/verify)");
    }
    Assumptions.assumeFalse(Bitcoind.program().isEmpty(), "no real bitcoind");
    node = Bitcoind.start();
  }

  @AfterAll
  static void stopNode() {
    if (node != null) {
      node.close();
    }
  }

  @ParameterizedTest
  @CsvSource({"P2WSH,USER,BACKUP", "P2SH_P2WSH,BACKUP,SERVER", "P2SH,USER,BACKUP"})
  void c4TwoKeysSweepCoinsBeyondTheGapAndTheNodeMinesIt(ScriptType type, KeyRole one, KeyRole two)
      throws IOException, InterruptedException {
    PaperWallet wallet = new PaperWallet("swept " + type, type);
    Cosigners cosigners = wallet.cosigners();
    List<String> payments = new ArrayList<>();
    payments.add(node.cli("sendtoaddress", cosigners.address(Cosigners.RECEIVE, 0), "0.7"));
    payments.add(node.cli("sendtoaddress", cosigners.address(Cosigners.CHANGE, 25), "0.2"));
    payments.add(node.cli("sendtoaddress", cosigners.address(Cosigners.RECEIVE, 140), "0.1"));
    node.mine(1);
    Path folder = Files.createTempDirectory("trefoil-recovered");
    String to = node.cli("getnewaddress");
    String screen;
    try (Typist typist =
        Typist.at("java -jar " + System.getProperty("trefoil.recover") + " recover")) {
      typist.answers("Descriptor on either sheet", "");
      typist.answers("Descriptor on either sheet", cosigners.descriptor());
      typist.answers("Network on the sheet", "regtest");
      typist.answers("(yes) ", "yes");
      String command = typist.line("scantxoutset start '");
      typist.answers("Path of a file: ", file(folder, "scan.json", scan(command)));
      String transactions = "";
      for (String txid : payments) {
        transactions += node.cli("getrawtransaction", txid) + "\n";
      }
      typist.answers("Path of another file", file(folder, "raw.txt", transactions));
      typist.answers("Path of another file", "");
      typist.answers("Send to (address): ", to);
      typist.answers("Amount in BTC, or all: ", "all");
      typist.answers("Fee rate in sat/vB: ", "3");
      typist.answers("Type yes to sign exactly this: ", "yes");
      for (KeyRole role : List.of(one, two)) {
        typist.answers("or none: ", "words");
        typist.answers("(not shown): ", wallet.words(role));
      }
      typist.answers("or Enter: ", folder.resolve("spend").toString());
      screen = typist.screenAtTheEnd();
    }
    assertThat(screen)
        .contains(cosigners.address(Cosigners.RECEIVE, 0), "3 coins, together 1.00000000 BTC")
        .doesNotContain(wallet.words(one), wallet.words(two));
    String hex = Files.readString(folder.resolve("spend.hex")).strip();
    assertThat(node.cli("testmempoolaccept", "[\"" + hex + "\"]")).contains("\"allowed\": true");
    String txid = node.cli("sendrawtransaction", hex);
    assertThat(screen).contains("Transaction id: " + txid);
    node.mine(1);
    assertThat(node.cli("gettransaction", txid)).contains("\"confirmations\": 1");
    String left = node.cli("getreceivedbyaddress", to);
    assertThat(Double.parseDouble(left)).isBetween(0.9999, 1.0);
    assertThat(node.cli("finalizepsbt", psbt(folder))).contains("\"complete\": true");
  }

  @ParameterizedTest
  @CsvSource({"P2SH,true", "P2WSH,false"})
  void aNodeOrAnEsploraServerThatThePersonNamesIsAskedAndSends(ScriptType type, boolean byNode)
      throws IOException, InterruptedException {
    PaperWallet wallet = new PaperWallet("asked " + type, type);
    Cosigners cosigners = wallet.cosigners();
    node.cli("sendtoaddress", cosigners.address(Cosigners.RECEIVE, 60), "0.5");
    node.cli("sendtoaddress", cosigners.address(Cosigners.CHANGE, 0), "0.25");
    node.mine(1);
    String to = node.cli("getnewaddress");
    String screen;
    try (Explorer explorer = Explorer.of(node, cosigners)) {
      String server =
          byNode
              ? " --node " + node.rpc() + " --cookie " + node.cookie()
              : " --esplora " + explorer.url();
      String program = "java -jar " + System.getProperty("trefoil.recover") + " recover";
      try (Typist typist = Typist.at(program + server)) {
        typist.answers("Descriptor on either sheet", cosigners.descriptor());
        typist.answers("Network on the sheet", "regtest");
        typist.answers("(yes) ", "yes");
        typist.answers("Send to (address): ", to);
        typist.answers("Amount in BTC, or all: ", "all");
        typist.answers("Fee rate in sat/vB: ", "2");
        typist.answers("Type yes to sign exactly this: ", "yes");
        for (KeyRole role : List.of(KeyRole.USER, KeyRole.BACKUP)) {
          typist.answers("or none: ", "words");
          typist.answers("(not shown): ", wallet.words(role));
        }
        typist.answers(" now: ", "yes");
        typist.answers("or Enter: ", "");
        screen = typist.screenAtTheEnd();
      }
      assertThat(explorer.asked().isEmpty()).isEqualTo(byNode);
    }
    assertThat(screen).contains("2 coins, together 0.75000000 BTC", "Sent.");
    String at = "Transaction id: ";
    String txid = screen.substring(screen.indexOf(at) + at.length()).substring(0, 64);
    assertThat(node.cli("getmempoolentry", txid)).contains("vsize");
  }

  /** The node's answer to the command that the program shows, as a shell would read it. */
  private static String scan(String command) {
    int quote = command.indexOf('\'');
    String argument = command.substring(quote + 1, command.lastIndexOf('\''));
    return node.cli("scantxoutset", "start", argument.replace("'\\''", "'"));
  }

  private static String psbt(Path folder) throws IOException {
    return java.util.Base64.getEncoder()
        .encodeToString(Files.readAllBytes(folder.resolve("spend.psbt")));
  }

  private static String file(Path folder, String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }
}
