package org.trefoil.e2e.journey;

import java.net.URI;
import org.trefoil.e2e.harness.RunningServer;
import org.trefoil.e2e.person.Person;

/** A chain with a server on it: what a journey needs of the world outside the browser. */
interface World extends AutoCloseable {
  RunningServer server();

  /** Where people open it. */
  default URI origin() {
    return server().origin();
  }

  /** Somebody pays {@code person} at {@code address}; the payment waits in the mempool. */
  void pays(Person person, String address, String amountBtc);

  /** Mines one block with all that waits. */
  void mines(Person person);

  /** An address that is nobody's in Trefoil. */
  String foreignAddress();

  /** The world's own judgement of a transaction that Trefoil sent and that waits to be mined. */
  void judgesWaiting(String txid);

  /** The world's own judgement once it is mined: {@code address} has {@code amountBtc}. */
  void judgesMined(String txid, String address, String amountBtc);

  @Override
  void close();
}
