package org.trefoil.server.signer;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.trefoil.core.units.Sats;
import org.trefoil.server.policy.Snapshot;

/** What this signer was asked to sign with a second factor, and what of it it approved. */
final class Ledger {
  static final Duration DAY = Duration.ofDays(1);

  /**
   * How long a send is known with all that it was; longer than any window of rules, and as long as
   * one that no block took is still made dearer.
   */
  static final Duration KEPT = Duration.ofDays(90);

  /** How many sends are tidied away while everybody waits for that. */
  private static final int SOME = 1_000;

  private final Shelf<Sent> shelf;
  private final Map<String, Set<String>> ofWallet = new HashMap<>();
  private final Map<String, Set<String>> ofOutpoint = new HashMap<>();
  private final Map<String, Integer> tops = new HashMap<>();
  private final Shelf<OldSends> old;
  private final Books books;

  Ledger(Books books) {
    this.books = books;
    this.shelf = books.shelf("sent", Sent::json, Sent::read);
    this.old = books.shelf("old", OldSends::json, OldSends::read);
    shelf.listen(this::index);
    books.tidying().bySteps(this::tidy);
  }

  /** Keeps of what was approved or dropped long ago what must never be forgotten. */
  private BooleanSupplier tidy() {
    Instant since = books.now().minus(KEPT);
    Iterator<String> keys = List.copyOf(shelf.keys()).iterator();
    return () -> {
      for (int i = 0; i < SOME && keys.hasNext(); i++) {
        String key = keys.next();
        Sent sent = shelf.find(key).orElseThrow();
        if (sent.state() != Sent.State.HELD && sent.at().isBefore(since)) {
          tidy(key, sent);
        }
      }
      return keys.hasNext();
    };
  }

  private void tidy(String key, Sent sent) {
    if (sent.granted()) {
      OldSends sends = old.find(sent.walletId()).orElseGet(OldSends::none);
      spent(sent).forEach(each -> sends.spends(books.fingerprint(each)));
      sent.pays().forEach(line -> sends.pays(books.fingerprint(address(line))));
      sends.reaches(sent.top());
      old.keep(sent.walletId(), sends);
      sent.outpoints().forEach(each -> remove(ofOutpoint, coin(sent.walletId(), each), key));
    }
    remove(ofWallet, sent.walletId(), key);
    shelf.forget(key);
  }

  private static void remove(Map<String, Set<String>> index, String name, String key) {
    Set<String> keys = index.get(name);
    if (keys != null && keys.remove(key) && keys.isEmpty()) {
      index.remove(name);
    }
  }

  private static String address(String line) {
    return line.substring(0, line.indexOf(' '));
  }

  private void index(String key, Sent sent) {
    ofWallet.computeIfAbsent(sent.walletId(), id -> new LinkedHashSet<>()).add(key);
    if (sent.granted()) {
      for (String outpoint : sent.outpoints()) {
        ofOutpoint
            .computeIfAbsent(coin(sent.walletId(), outpoint), id -> new LinkedHashSet<>())
            .add(key);
      }
      tops.merge(sent.walletId(), sent.top(), Math::max);
    } else if (sent.state() == Sent.State.FORGOTTEN) {
      sent.outpoints().forEach(each -> remove(ofOutpoint, coin(sent.walletId(), each), key));
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
    int before = old.find(walletId).map(OldSends::top).orElse(-1);
    return Math.max(before, tops.getOrDefault(walletId, -1));
  }

  /**
   * What was approved that spends coins of this one, and can be on the chain in its place. Of the
   * same wallet: a server key serves one, so what another one's says of these coins is worth
   * nothing.
   */
  List<Sent> sharing(Sent sent) {
    Set<String> keys = new LinkedHashSet<>();
    for (String outpoint : sent.outpoints()) {
      keys.addAll(ofOutpoint.getOrDefault(coin(sent.walletId(), outpoint), Set.of()));
    }
    return keys.stream()
        .map(key -> shelf.find(key).orElseThrow())
        .filter(other -> !other.digest().equals(sent.digest()) && other.concurs(sent))
        .toList();
  }

  private static String coin(String walletId, String outpoint) {
    return walletId + " " + outpoint;
  }

  /** Whether a send of its wallet that is known no more may be on the chain in its place. */
  boolean spentLongAgo(Sent sent) {
    OldSends sends = old.find(sent.walletId()).orElse(null);
    return sends != null
        && spent(sent).stream().anyMatch(each -> sends.spent(books.fingerprint(each)));
  }

  /** What two sends have in common when one may be on the chain in the other's place. */
  private static List<String> spent(Sent sent) {
    List<String> spent = new ArrayList<>();
    sent.coins().forEach((outpoint, amount) -> spent.add(outpoint + " " + amount));
    if (!sent.txid().isEmpty()) {
      spent.add(sent.txid());
    }
    return spent;
  }

  private List<Sent> approved(String walletId) {
    List<Sent> all = new ArrayList<>();
    for (String key : ofWallet.getOrDefault(walletId, Set.of())) {
      shelf.find(key).filter(Sent::granted).ifPresent(all::add);
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
        .filter(Sent::granted)
        .filter(sent -> sent.at().isAfter(now.minus(DAY)))
        .mapToLong(Sent::adds)
        .sum();
  }

  /** Of these addresses, those that a wallet paid before. */
  Set<String> paid(String walletId, List<String> addresses) {
    Set<String> lately = new HashSet<>();
    for (Sent sent : approved(walletId)) {
      sent.pays().forEach(line -> lately.add(address(line)));
    }
    OldSends before = old.find(walletId).orElseGet(OldSends::none);
    return addresses.stream()
        .filter(each -> lately.contains(each) || before.paid(books.fingerprint(each)))
        .collect(Collectors.toSet());
  }
}
