package org.trefoil.vault.recovery;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.units.Network;
import org.trefoil.vault.view.Piece;

/** One of the networks, by the name that the sheets print and what it is. */
final class NetworkChoice {
  private final Radios radios;
  private List<Network> offered = List.of();

  /** Offers nothing yet. */
  NetworkChoice(String legend, Runnable changed) {
    radios = new Radios("network", legend, changed);
  }

  /** Every network, and mainnet chosen. */
  static NetworkChoice ofAll() {
    NetworkChoice choice = new NetworkChoice("Network of the wallet", () -> {});
    choice.offer(List.of(Network.values()), Network.MAINNET);
    return choice;
  }

  Piece box() {
    return radios.box();
  }

  /** Offers these; {@code chosen} is chosen if it is one of them. */
  void offer(List<Network> networks, @Nullable Network chosen) {
    offered = List.copyOf(networks);
    List<String> names = new ArrayList<>();
    for (Network network : networks) {
      names.add(network.id());
    }
    radios.offer(names, id -> remark(Network.of(id)));
    if (chosen != null && networks.contains(chosen)) {
      radios.choose(networks.indexOf(chosen));
    }
  }

  List<Network> offered() {
    return offered;
  }

  /** The one chosen; null while there is none. */
  @Nullable Network chosen() {
    int chosen = radios.chosen();
    return chosen < 0 ? null : offered.get(chosen);
  }

  private static String remark(Network network) {
    return switch (network) {
      case MAINNET -> "real bitcoin";
      case TESTNET, SIGNET -> "test coins";
      case REGTEST -> "practice";
    };
  }
}
