package org.trefoil.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.trefoil.server.chain.ChainHealth;
import org.trefoil.server.chain.Tip;
import org.trefoil.server.chain.follow.FollowedBlock;
import org.trefoil.server.cluster.Cluster.Topic;
import org.trefoil.server.cluster.NotLeading;

/** Two processes on one PostgreSQL: who leads, who may write, and what they tell each other. */
@OnPostgres
class ClusterTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Tip TIP = new Tip(7, "7".repeat(64), 1_795_000_000);

  private final ThrowawayPostgres postgres = ThrowawayPostgres.shared();
  private final String url = postgres.freshSchema();
  private final Database first = postgres.open(way(url));
  private final Database second = postgres.open(way(url));

  /** How the processes reach the schema at that address. */
  String way(String there) {
    return there;
  }

  @BeforeEach
  void join() {
    assertThat(first.cluster().leads()).isTrue();
    assertThat(second.cluster().leads()).isFalse();
  }

  @AfterEach
  void close() {
    first.close();
    second.close();
  }

  @Test
  void oneLeadsAndWhenItEndsTheOtherDoes() throws Exception {
    assertThat(first.cluster().leads()).isTrue();
    assertThat(second.cluster().leads()).isFalse();
    List<Boolean> turns = new CopyOnWriteArrayList<>();
    second.cluster().onTurn(() -> turns.add(second.cluster().leads()));
    first.close();
    Waiting.until(PATIENCE, () -> second.cluster().leads());
    assertThat(turns).containsExactly(true);
  }

  @Test
  void whoDoesNotLeadWritesNothingOfTheLeaders() {
    JdbiChainStore chain = new JdbiChainStore(second);
    assertThatThrownBy(() -> chain.anchor(List.of(TIP))).isInstanceOf(NotLeading.class);
    assertThatThrownBy(() -> chain.apply(List.of(new FollowedBlock(TIP, List.of(), List.of())), 0))
        .isInstanceOf(NotLeading.class);
    assertThatThrownBy(() -> chain.undo(TIP)).isInstanceOf(NotLeading.class);
    assertThatThrownBy(() -> chain.mempool(List.of(), List.of(), List.of(), 0))
        .isInstanceOf(NotLeading.class);
    assertThatThrownBy(() -> chain.note(ChainHealth.FINE, 0)).isInstanceOf(NotLeading.class);
    assertThatThrownBy(() -> new JdbiWatchStore(second).live(List.of("w")))
        .isInstanceOf(NotLeading.class);
    new JdbiChainStore(first).anchor(List.of(TIP));
    assertThat(chain.tip()).isEqualTo(TIP);
  }

  @Test
  void aLeaderOfAnOlderTermWritesNothingThoughItBelievesToLead() {
    postgres.execute("UPDATE " + schema() + ".chain_follower SET term = term + 1");
    assertThat(first.cluster().leads()).isTrue();
    JdbiChainStore chain = new JdbiChainStore(first);
    assertThatThrownBy(() -> chain.anchor(List.of(TIP))).isInstanceOf(NotLeading.class);
    assertThat(chain.tip()).isNull();
  }

  @Test
  void aNewLeaderWaitsForWhatTheOldOneIsWriting() throws Exception {
    first.leading(
        h -> {
          endConnectionOfTheLeader();
          sleep();
          assertThat(second.cluster().leads()).isFalse();
          return h.execute(
              "INSERT INTO chain_block (height, hash, block_time) VALUES (?, ?, ?)",
              TIP.height(),
              TIP.hash(),
              TIP.time());
        });
    Waiting.until(PATIENCE, () -> first.cluster().leads() || second.cluster().leads());
    assertThat(new JdbiChainStore(second).tip()).isEqualTo(TIP);
  }

  @Test
  void ofTwoThatStayOneLeadsAgainAfterTheConnectionBroke() throws Exception {
    endConnectionOfTheLeader();
    Waiting.until(PATIENCE, () -> term() == 2);
    JdbiChainStore one = new JdbiChainStore(first);
    JdbiChainStore other = new JdbiChainStore(second);
    Waiting.until(PATIENCE, () -> wrote(one) || wrote(other));
    assertThat(first.cluster().leads()).isNotEqualTo(second.cluster().leads());
    assertThat(one.tip()).isEqualTo(TIP);
  }

  @Test
  void thePracticeChainIsOfOneProcessForItsLife() throws Exception {
    JdbiPracticeStore practice = new JdbiPracticeStore(first);
    practice.accepted("t1", new byte[] {1}, List.of());
    postgres.execute("UPDATE " + schema() + ".chain_follower SET term = term + 1");
    endConnectionOfTheLeader();
    second.close();
    JdbiChainStore chain = new JdbiChainStore(first);
    Waiting.until(PATIENCE, () -> wrote(chain));
    assertThatThrownBy(() -> practice.accepted("t2", new byte[] {2}, List.of()))
        .isInstanceOf(NotLeading.class);
  }

  @Test
  void wordsReachTheOthersOnceWhatTheyTellIsThere() throws Exception {
    List<String> heard = new CopyOnWriteArrayList<>();
    List<String> own = new CopyOnWriteArrayList<>();
    JdbiFactStore facts = new JdbiFactStore(second);
    second
        .cluster()
        .hear(Topic.WALLET, text -> heard.add(text + " " + facts.find("f").orElse("-")));
    first.cluster().hear(Topic.WALLET, own::add);
    first.run(
        () -> {
          first.cluster().tell(Topic.WALLET, "w1 t1");
          new JdbiFactStore(first).keep("f", "there");
          sleep();
        });
    first.cluster().tell(Topic.TIP, "");
    Waiting.until(PATIENCE, () -> !heard.isEmpty());
    assertThat(heard).containsExactly("w1 t1 there");
    assertThat(own).isEmpty();
    assertThatThrownBy(
            () ->
                first.run(
                    () -> {
                      first.cluster().tell(Topic.WALLET, "never");
                      throw new IllegalStateException("a bug");
                    }))
        .hasMessage("a bug");
    first.cluster().tell(Topic.WALLET, "w2");
    Waiting.until(PATIENCE, () -> heard.size() == 2);
    assertThat(heard.get(1)).isEqualTo("w2 there");
  }

  private static boolean wrote(JdbiChainStore chain) {
    try {
      chain.anchor(List.of(TIP));
      return true;
    } catch (NotLeading e) {
      return false;
    }
  }

  private String schema() {
    return url.substring(url.indexOf("currentSchema=") + "currentSchema=".length());
  }

  private long term() {
    return Long.parseLong(postgres.ask("SELECT term FROM " + schema() + ".chain_follower"));
  }

  /** As when its machine vanishes: the server ends the connection that holds the lock. */
  private void endConnectionOfTheLeader() {
    postgres.execute(
        "SELECT pg_terminate_backend(l.pid) FROM pg_locks l JOIN pg_database d ON d.oid ="
            + " l.database WHERE l.locktype = 'advisory' AND d.datname = current_database() AND"
            + " l.granted AND l.classid::int = hashtext('"
            + schema()
            + "')");
  }

  private static void sleep() {
    try {
      Thread.sleep(1_500);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
