package org.trefoil.server.chain.bitcoind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.core.units.Network;
import org.trefoil.server.chain.BadLine;
import org.trefoil.server.chain.BadLine.Way;
import org.trefoil.server.chain.BroadcastOutcome;
import org.trefoil.server.chain.ChainHealth;
import org.trefoil.server.chain.ChainHealth.State;
import org.trefoil.server.chain.ChainUnavailable;
import org.trefoil.server.chain.RegtestNode;
import org.trefoil.server.chain.Spending;
import org.trefoil.server.chain.Spending.From;
import org.trefoil.server.chain.Spending.Kind;

/** Fault 14: a real node behind a line that is silent, slow, cut or without an end. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadLineTest {
  private static final NodeLogin LOGIN = NodeLogin.password("rt", "rt");
  private static final Duration PATIENCE = Duration.ofMillis(300);
  private static final byte[] RAW =
      Spending.of(new From(new Outpoint("ab".repeat(32), 0), 100_000, Kind.P2WSH))
          .to(Kind.P2WSH, 90_000)
          .raw();

  private RegtestNode node;
  private BadLine line;

  @BeforeAll
  void open() throws Exception {
    node = RegtestNode.start();
    line = new BadLine(node.rpc());
  }

  @AfterAll
  void close() throws Exception {
    if (line != null) {
      line.close();
      node.close();
    }
  }

  private BitcoindChain chain(Duration patience) {
    return new BitcoindChain(
        Network.REGTEST, line.address(), LOGIN, null, InstantSource.system(), patience);
  }

  @ParameterizedTest
  @EnumSource(names = {"SILENT", "LATE", "DRIPS", "DRIPS_BELOW_ITS_HEAD", "STOPS", "CUT"})
  @DisplayName("Fault 14: a line that goes bad is told in time, and whole again it is used again")
  void fault14ABadLineIsToldInTimeAndOverWhenItIsWhole(Way way) {
    line.be(Way.WHOLE);
    BitcoindChain chain = chain(PATIENCE);
    assertThat(chain(Duration.ofSeconds(20)).health()).isEqualTo(ChainHealth.FINE);
    line.be(way);
    long from = System.nanoTime();
    ChainHealth health = chain.health();
    assertThat(health.state()).isEqualTo(State.UNREACHABLE);
    assertThat(health.detail()).contains("does not answer");
    assertThatThrownBy(chain::tip).isInstanceOf(ChainUnavailable.class);
    assertThatThrownBy(chain::mempool).isInstanceOf(ChainUnavailable.class);
    assertThatThrownBy(() -> chain.at(0)).isInstanceOf(ChainUnavailable.class);
    assertThat(chain.broadcast(RAW)).isInstanceOf(BroadcastOutcome.Unreachable.class);
    assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(5));
    line.be(Way.WHOLE);
    BitcoindChain patient = chain(Duration.ofSeconds(20));
    assertThat(patient.health()).isEqualTo(ChainHealth.FINE);
    assertThat(patient.tip().height()).isZero();
    chain.close();
  }

  @Test
  @DisplayName("Fault 14: an answer without an end is not kept, and makes no sense")
  void fault14AnAnswerWithoutAnEndIsNotKept() {
    line.be(Way.ENDLESS);
    ChainHealth health = chain(Duration.ofSeconds(30)).health();
    assertThat(health.state()).isEqualTo(State.GARBLED);
    assertThat(health.detail()).contains("does not end");
    line.be(Way.WHOLE);
    assertThat(chain(Duration.ofSeconds(20)).health()).isEqualTo(ChainHealth.FINE);
  }
}
