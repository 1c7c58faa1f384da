package org.trefoil.server.signer;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.trefoil.core.units.Sats;
import org.trefoil.server.policy.Snapshot;

/** What this signer was asked to sign with a second factor, and what of it it approved. */
final class Ledger {
  static final Duration DAY = Duration.ofDays(1);

  private final Shelf<Sent> shelf;
  private final Map<String, Set<String>> ofWallet = new HashMap<>();
  private final Map<String, Set<String>> ofOutpoint = new HashMap<>();
  private final Map<String, Integer> tops = new HashMap<>();

  Ledger(Books books) {
    this.shelf = books.shelf("sent", Sent::json, Sent::read);
    shelf.listen(this::index);
  }

  private void index(String key, Sent sent) {
    ofWallet.computeIfAbsent(sent.walletId(), id -> new LinkedHashSet<>()).add(key);
    if (sent.state() == Sent.State.APPROVED) {
      for (String outpoint : sent.outpoints()) {
        ofOutpoint.computeIfAbsent(outpoint, id -> new LinkedHashSet<>()).add(key);
      }
      tops.merge(sent.walletId(), sent.top(), Math::max);
    }
  }

  Optional<Sent> find(String walletId, String digest) {
    return shelf.find(Sent.key(walletId, digest));
  }

  void put(Sent sent) {
    shelf.put(Sent.key(sent.walletId(), sent.digest()), sent);
  }

  /** All that waits by a rule. */
  List<Sent> held() {
    return shelf.all().stream().filter(sent -> sent.state() == Sent.State.HELD).toList();
  }

  /** The highest number of an address of ours in anything approved; −1 for none. */
  int top(String walletId) {
    return tops.getOrDefault(walletId, -1);
  }

  /** What was approved that spends one of these coins; of whichever wallet. */
  List<Sent> sharing(List<String> outpoints) {
    Set<String> keys = new LinkedHashSet<>();
    outpoints.forEach(outpoint -> keys.addAll(ofOutpoint.getOrDefault(outpoint, Set.of())));
    return keys.stream().map(key -> shelf.find(key).orElseThrow()).toList();
  }

  private List<Sent> approved(String walletId) {
    List<Sent> all = new ArrayList<>();
    for (String key : ofWallet.getOrDefault(walletId, Set.of())) {
      shelf.find(key).filter(sent -> sent.state() == Sent.State.APPROVED).ifPresent(all::add);
    }
    return all;
  }

  List<Snapshot.Past> past(String walletId) {
    return approved(walletId).stream()
        .map(sent -> new Snapshot.Past(sent.at(), sent.adds(), sent.first(), sent.by()))
        .toList();
  }

  /** What a wallet sent in the 24 hours before, fees included. */
  Sats lastDay(String walletId, Instant now) {
    return new Sats(
        approved(walletId).stream()
            .filter(sent -> sent.at().isAfter(now.minus(DAY)))
            .mapToLong(Sent::adds)
            .sum());
  }

  /** What all wallets sent in the 24 hours before. */
  long together(Instant now) {
    return shelf.all().stream()
        .filter(sent -> sent.state() == Sent.State.APPROVED)
        .filter(sent -> sent.at().isAfter(now.minus(DAY)))
        .mapToLong(Sent::adds)
        .sum();
  }

  /** Addresses that a wallet paid before. */
  Set<String> paid(String walletId) {
    return approved(walletId).stream()
        .flatMap(sent -> sent.pays().stream())
        .map(line -> line.substring(0, line.indexOf(' ')))
        .collect(Collectors.toCollection(HashSet::new));
  }
}
