package org.trefoil.e2e.journey;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.trefoil.e2e.harness.Bitcoind;
import org.trefoil.e2e.harness.ManInTheMiddle;
import org.trefoil.e2e.harness.Postgres;
import org.trefoil.e2e.harness.RunningServer;
import org.trefoil.e2e.person.Person;

/** Two servers with one key file on one PostgreSQL and one bitcoind, behind one address. */
final class TwoServersWorld implements World {
  private final Postgres postgres = Postgres.start();
  private final BitcoindWorld node;
  private final RunningServer second;
  private final ManInTheMiddle balancer;

  TwoServersWorld() {
    node = new BitcoindWorld(postgres.flags());
    second = startAnother();
    balancer = ManInTheMiddle.inFrontOf(List.of(node.server().origin(), second.origin()));
  }

  private RunningServer startAnother() {
    try {
      Path data = Files.createTempDirectory("trefoil-data");
      Files.copy(
          node.server().data().resolve("server.key"),
          data.resolve("server.key"),
          StandardCopyOption.COPY_ATTRIBUTES);
      List<String> flags = new ArrayList<>(BitcoindWorld.flags(node.node()));
      flags.addAll(postgres.flags());
      return RunningServer.startOn(data, flags.toArray(String[]::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Bitcoind bitcoind() {
    return node.node();
  }

  /** The one that started first, and leads. */
  @Override
  public RunningServer server() {
    return node.server();
  }

  RunningServer second() {
    return second;
  }

  @Override
  public URI origin() {
    return balancer.origin();
  }

  @Override
  public void pays(Person person, String address, String amountBtc) {
    node.pays(person, address, amountBtc);
  }

  @Override
  public void mines(Person person) {
    node.mines(person);
  }

  @Override
  public String foreignAddress() {
    return node.foreignAddress();
  }

  @Override
  public void judgesWaiting(String txid) {
    node.judgesWaiting(txid);
  }

  @Override
  public void judgesMined(String txid, String address, String amountBtc) {
    node.judgesMined(txid, address, amountBtc);
  }

  @Override
  public void close() {
    balancer.close();
    second.close();
    node.close();
    postgres.close();
  }
}
