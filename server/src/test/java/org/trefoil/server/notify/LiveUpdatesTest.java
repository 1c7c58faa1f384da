package org.trefoil.server.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.trefoil.server.cluster.Cluster;

class LiveUpdatesTest {
  private static final String WALLET = "1".repeat(32);

  /** Two processes whose words arrive at once. */
  private static final class Wire implements Cluster {
    private final Map<Topic, List<Consumer<String>>> ears = new EnumMap<>(Topic.class);
    private final List<Runnable> gaps = new ArrayList<>();
    private Wire other = this;

    static Wire[] pair() {
      Wire a = new Wire();
      Wire b = new Wire();
      a.other = b;
      b.other = a;
      return new Wire[] {a, b};
    }

    @Override
    public boolean leads() {
      return true;
    }

    @Override
    public void onTurn(Runnable listener) {}

    @Override
    public void tell(Topic topic, String text) {
      assertThat(text.length()).isLessThanOrEqualTo(Cluster.MOST_CHARS);
      other.ears.getOrDefault(topic, List.of()).forEach(ear -> ear.accept(text));
    }

    @Override
    public void hear(Topic topic, Consumer<String> listener) {
      ears.computeIfAbsent(topic, t -> new ArrayList<>()).add(listener);
    }

    @Override
    public void onGap(Runnable listener) {
      gaps.add(listener);
    }
  }

  @Test
  void aChangeInOneProcessReachesTheListenersOfAll() {
    Wire[] wires = Wire.pair();
    LiveUpdates here = new LiveUpdates(wires[0]);
    LiveUpdates there = new LiveUpdates(wires[1]);
    List<WalletChange> heardHere = new ArrayList<>();
    List<WalletChange> heardThere = new ArrayList<>();
    here.subscribe(WALLET, heardHere::add);
    there.subscribe(WALLET, heardThere::add);
    WalletChange change = new WalletChange(WALLET, List.of("a".repeat(64), "b".repeat(64)));
    here.publish(change);
    assertThat(heardHere).containsExactly(change);
    assertThat(heardThere).containsExactly(change);
    here.publish(new WalletChange("2".repeat(32), List.of()));
    there.publishTip();
    assertThat(heardHere).containsExactly(change, new WalletChange(WALLET, List.of()));
    assertThat(heardThere).containsExactly(change, new WalletChange(WALLET, List.of()));
  }

  @Test
  void manyTransactionsGoInSeveralWords() {
    Wire[] wires = Wire.pair();
    LiveUpdates here = new LiveUpdates(wires[0]);
    LiveUpdates there = new LiveUpdates(wires[1]);
    List<String> heard = new ArrayList<>();
    there.subscribe(WALLET, change -> heard.addAll(change.changed()));
    List<String> many = IntStream.range(0, 250).mapToObj(i -> "%064x".formatted(i)).toList();
    here.publish(new WalletChange(WALLET, many));
    assertThat(heard).isEqualTo(many);
  }

  @Test
  void whereWordsMayBeLostEverybodyLooks() {
    Wire wire = new Wire();
    LiveUpdates live = new LiveUpdates(wire);
    List<WalletChange> heard = new ArrayList<>();
    LiveUpdates.Subscription one = live.subscribe(WALLET, heard::add);
    wire.gaps.forEach(Runnable::run);
    assertThat(heard).containsExactly(new WalletChange(WALLET, List.of()));
    one.close();
    wire.gaps.forEach(Runnable::run);
    assertThat(heard).hasSize(1);
    assertThat(live.watched()).isZero();
  }
}
