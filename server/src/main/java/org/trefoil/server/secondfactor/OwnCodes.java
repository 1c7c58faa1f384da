package org.trefoil.server.secondfactor;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.server.keyfile.KeyFile;
import org.trefoil.server.keyfile.Sealed;
import org.trefoil.server.keyfile.Sealer;

/**
 * Codes in this process. A code is used up by one conditional update, so that of any number of
 * parallel requests with it exactly one passes; what is used up together with something else is so
 * in the caller's transaction, which must commit whatever the verdict: the try counts.
 */
public final class OwnCodes implements Codes {
  private static final int SECRET_BYTES = 20;

  private final FactorStore store;
  private final InstantSource clock;
  private final SecureRandom random;
  private final Sealer sealer;
  private final RecoveryCodes recovery;

  public OwnCodes(FactorStore store, InstantSource clock, SecureRandom random, KeyFile keyFile) {
    this.store = store;
    this.clock = clock;
    this.random = random;
    this.sealer = new Sealer(keyFile, "totp-secret", random);
    this.recovery = new RecoveryCodes(store, clock, random, keyFile);
  }

  @Override
  public boolean enrolled(String accountId) {
    return store.find(accountId).map(FactorStore.Entry::confirmed).orElse(false);
  }

  /** No: whoever asks waits long enough, and tells the owner. */
  @Override
  public boolean keysAlone(String accountId) {
    return false;
  }

  /** At once: whoever has taken this process over has the keys as well. */
  @Override
  public @Nullable Instant recoveryFrom(String accountId) {
    return null;
  }

  @Override
  public int recoveryLeft(String accountId) {
    return store.recoveryLeft(accountId);
  }

  @Override
  public String begin(String accountId) {
    Optional<FactorStore.Entry> known = store.find(accountId);
    if (known.isPresent() && !known.get().confirmed()) {
      return base32(known.get());
    }
    return beginAnew(accountId);
  }

  /** As {@link #begin}, on a store that puts it in the place of the one under way. */
  public String beginAnew(String accountId) {
    if (!store.begin(accountId, secret(accountId))) {
      throw Refusal.of(Token.FACTOR_ALREADY_ENROLLED).exception();
    }
    return base32(store.find(accountId).orElseThrow());
  }

  @Override
  public Verdict confirm(String accountId, String typed, List<String> codes) {
    Optional<FactorStore.Entry> entry = store.find(accountId).filter(e -> !e.confirmed());
    if (entry.isEmpty()) {
      throw Refusal.of(Token.FACTOR_ALREADY_ENROLLED).exception();
    }
    if (!takeTry(accountId, Tries.STRANGE)) {
      return Verdict.TOO_MANY;
    }
    OptionalLong step = match(entry.get(), digits(typed));
    if (step.isEmpty()) {
      return Verdict.WRONG;
    }
    List<byte[]> hashes = recovery.make(accountId, codes);
    if (!store.confirm(accountId, step.getAsLong(), hashes, clock.instant())) {
      throw Refusal.of(Token.FACTOR_ALREADY_ENROLLED).exception();
    }
    store.clearTries(accountId, Tries.STRANGE);
    return Verdict.OK;
  }

  @Override
  public Verdict use(String accountId, String typed, byte @Nullable [] digest, Tries kind) {
    FactorStore.Held held = held(accountId, kind);
    Verdict verdict = usedUp(held) ? Verdict.TOO_MANY : decide(held.entry(), typed, digest);
    if (verdict != Verdict.OK) {
      takeTry(accountId, kind);
    } else if (held.tries() > 0) {
      store.clearTries(accountId, kind);
    }
    return verdict;
  }

  @Override
  public boolean takesTickets() {
    return true;
  }

  @Override
  public Verdict useToAddPasskey(String accountId, String typed) {
    return use(accountId, typed, null, Tries.OWN);
  }

  @Override
  public Verdict useToRemovePasskey(String accountId, String typed) {
    return use(accountId, typed, null, Tries.OWN);
  }

  @Override
  public Verdict useCountedElsewhere(String accountId, String typed) {
    return decide(held(accountId, Tries.OWN).entry(), typed, null);
  }

  @Override
  public void renew(String accountId, List<String> codes) {
    store.replaceRecovery(accountId, recovery.make(accountId, codes));
  }

  @Override
  public Verdict renew(String accountId, String typed, List<String> codes) {
    Verdict verdict = use(accountId, typed, null, Tries.OWN);
    if (verdict == Verdict.OK) {
      renew(accountId, codes);
    }
    return verdict;
  }

  @Override
  public Sealed fresh(String accountId, boolean byKeys) {
    return secret(accountId);
  }

  /** A secret, sealed for the account. */
  public Sealed secret(String accountId) {
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    try {
      return sealer.seal(secret, accountId);
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  /** Nothing: whoever asks for a secret here knows what it waits for. */
  @Override
  public @Nullable Instant hasten(String accountId, KeyProof proof) {
    return null;
  }

  @Override
  public String show(String accountId, Sealed fresh) {
    return base32(new FactorStore.Entry(accountId, fresh, false, 0));
  }

  @Override
  public boolean replace(String accountId, Sealed fresh, String typed, List<String> codes) {
    OptionalLong step = match(new FactorStore.Entry(accountId, fresh, false, 0), digits(typed));
    if (step.isEmpty()) {
      return false;
    }
    store.replaceSecret(accountId, fresh, step.getAsLong());
    renew(accountId, codes);
    return true;
  }

  private FactorStore.Held held(String accountId, Tries kind) {
    return store
        .lock(accountId, kind)
        .filter(found -> found.entry().confirmed())
        .orElseThrow(() -> Refusal.of(Token.FACTOR_MISSING).exception());
  }

  private boolean usedUp(FactorStore.Held held) {
    long windowStart = clock.instant().minus(SecondFactors.TRIES_WINDOW).getEpochSecond();
    return held.tries() >= SecondFactors.MOST_TRIES && held.since().getEpochSecond() >= windowStart;
  }

  private Verdict decide(FactorStore.Entry entry, String typed, byte @Nullable [] digest) {
    String accountId = entry.accountId();
    if (RecoveryCodes.isOne(typed)) {
      return recovery.use(accountId, typed, digest);
    }
    OptionalLong step = match(entry, digits(typed));
    if (step.isEmpty()) {
      return Verdict.WRONG;
    }
    return store.useStep(accountId, step.getAsLong(), digest) ? Verdict.OK : Verdict.USED;
  }

  private boolean takeTry(String accountId, Tries kind) {
    Instant now = clock.instant();
    Instant windowStart = now.minus(SecondFactors.TRIES_WINDOW);
    return store.takeTry(accountId, kind, SecondFactors.MOST_TRIES, windowStart, now);
  }

  private OptionalLong match(FactorStore.Entry entry, String code) {
    byte[] secret = sealer.open(entry.secret(), entry.accountId());
    try {
      return Totp.match(secret, code, clock.instant());
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  private String base32(FactorStore.Entry entry) {
    byte[] secret = sealer.open(entry.secret(), entry.accountId());
    try {
      return Base32.encode(secret);
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  private static String digits(String typed) {
    StringBuilder out = new StringBuilder();
    String text = RecoveryCodes.limited(typed);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != ' ' && c != '-') {
        out.append(c);
      }
    }
    return out.toString();
  }
}
