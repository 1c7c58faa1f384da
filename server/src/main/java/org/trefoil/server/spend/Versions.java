package org.trefoil.server.spend;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.trefoil.server.policy.Snapshot;

/**
 * All approved versions of one send, the original first, each further one in the place of the one
 * before it. At most one of them ever confirms, and it need not be the last.
 */
final class Versions {
  /** The network has it or will get it from us. */
  private static final Set<SendStage> LIVE =
      EnumSet.of(SendStage.APPROVED, SendStage.SIGNED, SendStage.BROADCAST);

  private final List<Version> all;

  Versions(List<Version> versions) {
    all = new ArrayList<>(versions);
    all.sort(Comparator.comparingInt(this::depth));
  }

  static Versions of(SendRecord send, SendStore store) {
    String family = send.family();
    return new Versions(family == null ? List.of() : store.versions(family));
  }

  private int depth(Version version) {
    int depth = 0;
    for (Version at = before(version); at != null; at = before(at)) {
      depth++;
    }
    return depth;
  }

  private @Nullable Version before(Version version) {
    for (Version other : all) {
      if (other.sendId().equals(version.replaces())) {
        return other;
      }
    }
    return null;
  }

  List<Version> all() {
    return all;
  }

  /** Those that a send took the place of, the latest first. */
  List<Version> before(String sendId) {
    List<Version> found = new ArrayList<>();
    for (Version version : all) {
      if (version.sendId().equals(sendId)) {
        for (Version at = before(version); at != null; at = before(at)) {
          found.add(at);
        }
      }
    }
    return found;
  }

  /** Whether another version was approved to take a send's place, and was not refused. */
  boolean outrun(String sendId) {
    return all.stream()
        .filter(version -> LIVE.contains(version.stage()))
        .anyMatch(version -> before(version.sendId()).stream().anyMatch(is(sendId)));
  }

  /** The version that counts: the confirmed one, or else the last that is alive; null for none. */
  @Nullable Version current() {
    Version last = null;
    for (Version version : all) {
      if (version.stage() == SendStage.CONFIRMED) {
        return version;
      }
      if (LIVE.contains(version.stage())) {
        last = version;
      }
    }
    return last;
  }

  /**
   * What the versions count against limits together: what the confirmed one costs; while none is
   * confirmed, the dearest that still may be; nothing once none can.
   */
  long counted() {
    Version current = current();
    if (current == null) {
      return 0;
    }
    return current.stage() == SendStage.CONFIRMED ? current.cost() : dearest(all.size());
  }

  /**
   * How much of {@link #counted} was approved after a time: each version adds at its own approval
   * what it costs beyond those before it.
   */
  long countedSince(Instant since) {
    return pastSince(since).stream().mapToLong(Snapshot.Past::cost).sum();
  }

  /** The same, each version with what it adds at its own approval; one of them is the send. */
  List<Snapshot.Past> pastSince(Instant since) {
    long counted = counted();
    long before = 0;
    List<Snapshot.Past> past = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      long now = Math.min(counted, dearest(i + 1));
      if (all.get(i).approvedAt().isAfter(since)) {
        past.add(
            new Snapshot.Past(all.get(i).approvedAt(), now - before, i == 0, all.get(i).begunBy()));
      }
      before = now;
    }
    return past;
  }

  private long dearest(int first) {
    return all.stream()
        .limit(first)
        .filter(version -> version.stage() != SendStage.REJECTED)
        .mapToLong(Version::cost)
        .max()
        .orElse(0);
  }

  private static Predicate<Version> is(String sendId) {
    return version -> version.sendId().equals(sendId);
  }
}
