package org.trefoil.server.signer;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.trefoil.server.keyfile.Sealed;
import org.trefoil.server.secondfactor.FactorStore;
import org.trefoil.server.secondfactor.Tries;

/** Second factors in the signer's books, inside the work of its callers. */
final class BookFactors implements FactorStore {
  /** Apps that were offered and never confirmed; they are offered again to whoever asks. */
  static final int MOST_OFFERED = 10_000;

  private final Shelf<Factor> shelf;

  BookFactors(Books books) {
    this.shelf = books.shelf("factor", Factor::json, Factor::read).newestLast();
    books
        .tidying()
        .atOnce(() -> shelf.forgetAllBut(MOST_OFFERED, (accountId, factor) -> !factor.confirmed()));
  }

  @Override
  public Optional<Entry> find(String accountId) {
    return shelf.find(accountId).map(factor -> entry(accountId, factor));
  }

  private static Entry entry(String accountId, Factor factor) {
    return new Entry(accountId, factor.secret(), factor.confirmed(), factor.lastStep());
  }

  @Override
  public Optional<Held> lock(String accountId, Tries kind) {
    return shelf
        .find(accountId)
        .map(
            factor ->
                new Held(
                    entry(accountId, factor),
                    factor.vain(kind).many(),
                    Instant.ofEpochSecond(factor.vain(kind).since())));
  }

  @Override
  public boolean begin(String accountId, Sealed secret) {
    if (shelf.find(accountId).filter(Factor::confirmed).isPresent()) {
      return false;
    }
    shelf.put(accountId, new Factor(secret, false, 0, Map.of(), List.of()));
    return true;
  }

  @Override
  public boolean confirm(String accountId, long step, List<byte[]> recoveryHashes, Instant at) {
    Factor factor = known(accountId);
    if (factor.confirmed()) {
      return false;
    }
    shelf.put(accountId, factor.at(step).with(fresh(recoveryHashes)));
    return true;
  }

  private static List<Factor.Recovery> fresh(List<byte[]> hashes) {
    return hashes.stream().map(hash -> new Factor.Recovery(text(hash), false)).toList();
  }

  private static String text(byte[] hash) {
    return Base64.getEncoder().encodeToString(hash);
  }

  @Override
  public void replaceSecret(String accountId, Sealed secret, long step) {
    shelf.put(accountId, known(accountId).with(secret, step));
  }

  @Override
  public void replaceRecovery(String accountId, List<byte[]> recoveryHashes) {
    shelf.put(accountId, known(accountId).with(fresh(recoveryHashes)));
  }

  @Override
  public boolean takeTry(String accountId, Tries kind, int most, Instant windowStart, Instant now) {
    Factor factor = known(accountId);
    Factor.Vain vain = factor.vain(kind);
    boolean over = vain.since() < windowStart.getEpochSecond();
    if (!over && vain.many() >= most) {
      return false;
    }
    Factor.Vain more =
        over
            ? new Factor.Vain(1, now.getEpochSecond())
            : new Factor.Vain(vain.many() + 1, vain.since());
    shelf.put(accountId, factor.with(kind, more));
    return true;
  }

  @Override
  public void clearTries(String accountId, Tries kind) {
    shelf.put(accountId, known(accountId).with(kind, Factor.Vain.NONE));
  }

  @Override
  public boolean useStep(String accountId, long step, byte @Nullable [] digest) {
    Factor factor = known(accountId);
    if (!factor.confirmed() || step <= factor.lastStep()) {
      return false;
    }
    shelf.put(accountId, factor.at(step));
    return true;
  }

  @Override
  public void useUpSteps(long step) {
    for (String accountId : List.copyOf(shelf.keys())) {
      Factor factor = known(accountId);
      if (factor.confirmed() && factor.lastStep() < step) {
        shelf.put(accountId, factor.at(step));
      }
    }
  }

  @Override
  public boolean useRecovery(String accountId, byte[] hash, Instant at, byte @Nullable [] digest) {
    Factor factor = known(accountId);
    Factor.Recovery unused = new Factor.Recovery(text(hash), false);
    if (!factor.recovery().contains(unused)) {
      return false;
    }
    List<Factor.Recovery> left = new ArrayList<>(factor.recovery());
    left.set(left.indexOf(unused), new Factor.Recovery(unused.hash(), true));
    shelf.put(accountId, factor.with(left));
    return true;
  }

  @Override
  public void useUpRecovery(Instant at) {
    for (String accountId : List.copyOf(shelf.keys())) {
      Factor factor = known(accountId);
      shelf.put(
          accountId,
          factor.with(
              factor.recovery().stream()
                  .map(code -> new Factor.Recovery(code.hash(), true))
                  .toList()));
    }
  }

  @Override
  public boolean knowsRecovery(String accountId, byte[] hash) {
    String text = text(hash);
    return known(accountId).recovery().stream().anyMatch(code -> code.hash().equals(text));
  }

  @Override
  public int recoveryLeft(String accountId) {
    return shelf
        .find(accountId)
        .map(factor -> (int) factor.recovery().stream().filter(code -> !code.used()).count())
        .orElse(0);
  }

  private Factor known(String accountId) {
    return shelf.find(accountId).orElseThrow();
  }
}
