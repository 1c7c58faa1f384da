package org.trefoil.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;

import org.bitcoinj.base.BitcoinNetwork;
import org.bitcoinj.base.ScriptType;
import org.bitcoinj.crypto.ECKey;
import org.trefoil.e2e.harness.RunningServer;
import org.trefoil.e2e.person.Person;

/** Trefoil as a newcomer starts it: the practice chain inside the server. */
final class PracticeWorld implements World {
  private final RunningServer server;

  PracticeWorld(String... flags) {
    this(RunningServer.start(flags));
  }

  private PracticeWorld(RunningServer server) {
    this.server = server;
  }

  /** The same on a clock that {@link RunningServer#pass} moves. */
  static PracticeWorld steered(String... flags) {
    return new PracticeWorld(RunningServer.startSteered(flags));
  }

  @Override
  public RunningServer server() {
    return server;
  }

  /** The faucet decides the amount; it is a click on the receive page. */
  @Override
  public void pays(Person person, String address, String amountBtc) {
    person.browser().go(server.origin() + person.wallet() + "/receive");
    person.browser().click("practice-coins");
    person
        .browser()
        .until(
            () -> person.browser().see("practice-coins").isEnabled() ? true : null,
            "the faucet has answered");
  }

  @Override
  public void mines(Person person) {
    person.mines();
  }

  @Override
  public String foreignAddress() {
    return new ECKey().toAddress(ScriptType.P2WPKH, BitcoinNetwork.REGTEST).toString();
  }

  /** The practice chain's own contract test shows that it judges as bitcoind does. */
  @Override
  public void judgesWaiting(String txid) {
    assertThat(txid).matches("[0-9a-f]{64}");
  }

  @Override
  public void judgesMined(String txid, String address, String amountBtc) {
    assertThat(txid).matches("[0-9a-f]{64}");
  }

  @Override
  public void close() {
    server.close();
  }
}
