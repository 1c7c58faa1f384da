package org.trefoil.server.signup;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where sign-ups wait for the code of their letter, one an address. */
public interface SignUpStore {
  /**
   * A sign-up.
   *
   * @param mailbox which address it is, 32 bytes: a keyed digest
   * @param nonce what the code is made of, 16 bytes
   * @param since when the day began in which letters are counted
   * @param letters how many were written since
   * @param lastAt when the last one was
   * @param expiresAt when its code is void
   */
  record Entry(
      byte[] mailbox, byte[] nonce, Instant since, int letters, Instant lastAt, Instant expiresAt) {
    public Entry {
      mailbox = mailbox.clone();
      nonce = nonce.clone();
    }

    @Override
    public byte[] mailbox() {
      return mailbox.clone();
    }

    @Override
    public byte[] nonce() {
      return nonce.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Entry o
          && Arrays.equals(mailbox, o.mailbox)
          && Arrays.equals(nonce, o.nonce)
          && since.equals(o.since)
          && letters == o.letters
          && lastAt.equals(o.lastAt)
          && expiresAt.equals(o.expiresAt);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(mailbox);
    }

    @Override
    public String toString() {
      return "SignUpStore.Entry[redacted]";
    }
  }

  Optional<Entry> find(byte[] mailbox);

  /**
   * Puts {@code next} in the place of {@code old}, or of none; of all that try with the same {@code
   * old}, one does.
   */
  boolean replace(@Nullable Entry old, Entry next);

  /** Ends it; of all that try, one does. */
  boolean remove(byte[] mailbox, byte[] nonce);

  /** Forgets those whose day began before, unless their code still holds. */
  int sweep(Instant begunBefore, Instant now);
}
