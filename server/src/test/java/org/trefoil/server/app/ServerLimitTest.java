package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.units.Sats;
import org.trefoil.core.wire.SendState;
import org.trefoil.core.wire.SendView;
import org.trefoil.server.app.TestHouse.Person;
import org.trefoil.server.spend.Sends;
import org.trefoil.server.store.Invariants;
import org.trefoil.server.store.TestDatabase;

/** What the operator lets all wallets of a server send together, whoever owns them. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class ServerLimitTest {
  @Parameter TestDatabase engine;
  private TestHouse house;
  private Sends sends;
  private final List<Person> people = new ArrayList<>();

  @BeforeEach
  void open() throws IOException {
    house = new TestHouse(engine.fresh(), null);
    sends = TestSends.limitedTogether(house, new Sats(500_000)).sends();
    for (int seed = 1; seed <= 4; seed++) {
      Person person = house.new Person(seed);
      person.receive(1_000_000);
      people.add(person);
    }
  }

  @AfterEach
  void close() {
    Invariants.hold(house.foundation.database());
    house.close();
  }

  private SendView propose(Person person, String request, long sats) {
    return sends.propose(person.accountId, person.walletId, person.request(request, sats));
  }

  private SendView confirm(Person person, SendView send) {
    return sends.confirm(person.accountId, person.walletId, send.sendId(), person.code());
  }

  private SendState send(Person person, String request, long sats) {
    return confirm(person, propose(person, request, sats)).state();
  }

  @Test
  void whatOneWalletSentIsLeftToNoOtherUntilADayIsOver() {
    assertThat(send(people.get(0), "request-a", 300_000)).isEqualTo(SendState.BROADCAST);
    Refused.with(Token.LIMIT_SERVER, () -> send(people.get(1), "request-b", 300_000));
    assertThat(send(people.get(1), "request-c", 150_000)).isEqualTo(SendState.BROADCAST);
    Refused.with(Token.LIMIT_SERVER, () -> send(people.get(2), "request-d", 100_000));
    house.pass(Duration.ofHours(25));
    assertThat(send(people.get(2), "request-e", 400_000)).isEqualTo(SendState.BROADCAST);
  }

  @Test
  void itHoldsForSendsOfManyWalletsAtOnce() throws Exception {
    List<Callable<Boolean>> all = new ArrayList<>();
    for (Person person : people) {
      SendView send = propose(person, "request-a", 200_000);
      all.add(
          () -> {
            try {
              String code = person.recovery.get(0);
              return sends.confirm(person.accountId, person.walletId, send.sendId(), code).state()
                  == SendState.BROADCAST;
            } catch (RefusedException e) {
              assertThat(e.refusal().token()).isIn("limit-server", "store-busy");
              return false;
            }
          });
    }
    ExecutorService pool = Executors.newFixedThreadPool(all.size());
    int out = 0;
    try {
      for (Future<Boolean> one : pool.invokeAll(all)) {
        out += one.get() ? 1 : 0;
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(out).isBetween(1, 2);
  }
}
