package org.trefoil.server.fence;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.server.durable.Transactions;
import org.trefoil.server.fence.FenceStore.Entry;
import org.trefoil.server.fence.FenceStore.State;
import org.trefoil.server.keyfile.KeyFile;
import org.trefoil.server.keyfile.Pepper;

/**
 * Keeps two live copies of one server from both signing.
 *
 * <p>A restored copy is closed. It opens with the code that the old machine gives when it retires,
 * for exactly this copy and for no second one; or when the operator says that the old machine can
 * never start again, which nobody can check. A retired machine stays closed whatever happens.
 */
public final class Fence {
  private static final String LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";
  private static final int ID_CHARS = 8;
  private static final int CODE_CHARS = 16;
  private static final int GROUP = 4;

  private final FenceStore store;
  private final Transactions transactions;
  private final InstantSource clock;
  private final Pepper pepper;

  public Fence(FenceStore store, Transactions transactions, InstantSource clock, KeyFile keyFile) {
    this.store = store;
    this.transactions = transactions;
    this.clock = clock;
    this.pepper = new Pepper(keyFile, "release");
  }

  public State state() {
    return store.find().state();
  }

  /**
   * Refuses with {@code server-fenced} or {@code server-retired} unless this copy may sign.
   *
   * @return since when everything that was signed is in this database: what another copy signed
   *     before is known from the chain alone
   */
  public Instant refuseWhenClosed() {
    Entry entry = store.find();
    return switch (entry.state()) {
      case OPEN -> entry.copyId().isEmpty() ? Instant.EPOCH : entry.since();
      case RESTORED -> throw Refusal.of(Token.SERVER_FENCED).exception();
      case RETIRED -> throw Refusal.of(Token.SERVER_RETIRED).exception();
    };
  }

  /** Closes the fence of a database that was just restored, and gives the copy's number. */
  public String restored(SecureRandom random) {
    StringBuilder id = new StringBuilder();
    for (int i = 0; i < ID_CHARS; i++) {
      id.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    store.put(new Entry(id.toString(), State.RESTORED, clock.instant(), ""));
    return id.toString();
  }

  /** Gives the right to sign away, for good; on disk when it returns. */
  public void retire() {
    transactions.run(
        () -> {
          Entry entry = store.lock();
          if (entry.state() != State.RETIRED) {
            store.put(new Entry(entry.copyId(), State.RETIRED, clock.instant(), ""));
          }
        });
    transactions.force();
  }

  /**
   * The code that opens this copy and no other; asked again for the same copy it is the same.
   *
   * @throws FenceRefused when this machine has not retired, or for another copy
   */
  public String codeFor(String copy) {
    String id = plain(copy);
    if (id.length() != ID_CHARS) {
      throw new FenceRefused(
          "A copy's number has " + ID_CHARS + " letters and digits; restore prints it.");
    }
    transactions.run(
        () -> {
          Entry entry = store.lock();
          boolean free = entry.retiredFor().isEmpty() || entry.retiredFor().equals(id);
          if (entry.state() != State.RETIRED || !free) {
            throw new FenceRefused(
                "This machine retired for the copy " + entry.retiredFor() + " and for no other.");
          }
          store.put(new Entry(entry.copyId(), State.RETIRED, entry.since(), id));
        });
    transactions.force();
    return code(id);
  }

  /**
   * Opens a restored copy.
   *
   * @throws FenceRefused when the code is not for it, or there is nothing to open
   */
  public void release(String typed) {
    open(true, typed);
  }

  /** Opens a restored copy on the operator's word that the old machine is gone. */
  public void releaseOldMachineIsDestroyed() {
    open(false, "");
  }

  private void open(boolean byCode, String typed) {
    transactions.run(
        () -> {
          Entry entry = store.lock();
          if (entry.state() == State.RETIRED) {
            throw new FenceRefused("This machine has retired and never signs again.");
          }
          if (entry.state() == State.OPEN) {
            throw new FenceRefused("This machine signs already; there is nothing to release.");
          }
          if (byCode && !sameCode(typed, code(entry.copyId()))) {
            throw new FenceRefused(
                "This is not the release code of copy "
                    + entry.copyId()
                    + ". On the old machine: retire --for "
                    + entry.copyId()
                    + ".");
          }
          store.put(new Entry(entry.copyId(), State.OPEN, clock.instant(), ""));
        });
    transactions.force();
  }

  private String code(String copyId) {
    byte[] mac = pepper.of(copyId.getBytes(StandardCharsets.US_ASCII));
    StringBuilder code = new StringBuilder();
    for (int i = 0; i < CODE_CHARS; i++) {
      if (i > 0 && i % GROUP == 0) {
        code.append('-');
      }
      code.append(LETTERS.charAt(mac[i] & 31));
    }
    return code.toString();
  }

  private static boolean sameCode(String typed, String code) {
    return MessageDigest.isEqual(
        plain(typed).getBytes(StandardCharsets.UTF_8),
        plain(code).getBytes(StandardCharsets.UTF_8));
  }

  private static String plain(String typed) {
    return typed.replaceAll("[\\s-]", "").toLowerCase(Locale.ROOT);
  }
}
