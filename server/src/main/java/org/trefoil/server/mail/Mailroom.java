package org.trefoil.server.mail;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.server.durable.Ids;
import org.trefoil.server.keyfile.KeyFile;
import org.trefoil.server.keyfile.Sealer;

/**
 * Writes mail down, in the transaction of what causes it: either both are there afterwards or
 * neither is. The text is sealed under the key file, so that a copy of the database opens no link.
 */
public final class Mailroom {
  /** What becomes of a mail. */
  public enum Way {
    SENT,
    /** Shown on a page, on networks whose coins have no value. */
    SHOWN,
    /** This server sends no mail. */
    NONE
  }

  /** What each mail ends with. */
  public static final String FOOT =
      "\n\nTrefoil never asks by mail for a password, a passcode or the words of a sheet.\n";

  private static final int SHOWN = 50;
  private static final int MOST_SUBJECT = 200;

  private final MailStore store;
  private final Way way;
  private final InstantSource clock;
  private final SecureRandom random;
  private final Sealer sealer;

  public Mailroom(
      MailStore store, Way way, InstantSource clock, SecureRandom random, KeyFile keyFile) {
    this.store = store;
    this.way = way;
    this.clock = clock;
    this.random = random;
    this.sealer = new Sealer(keyFile, "mail-body", random);
  }

  public Way way() {
    return way;
  }

  /** Whether what is written here is read by anybody. */
  public boolean reachesPeople() {
    return way != Way.NONE;
  }

  /** Writes a mail down, inside the caller's transaction; does nothing where none is sent. */
  public void write(@Nullable String accountId, String recipient, String subject, String text) {
    if (way == Way.NONE) {
      return;
    }
    String mailId = Ids.random(random);
    byte[] plain = (text + FOOT).getBytes(StandardCharsets.UTF_8);
    Instant now = clock.instant();
    store.add(
        new MailStore.Entry(
            mailId,
            accountId,
            recipient,
            oneLine(subject),
            sealer.seal(plain, mailId),
            now,
            0,
            way == Way.SENT ? now : null));
    Arrays.fill(plain, (byte) 0);
  }

  /** The newest mail that is shown in place of being sent; of all accounts for null. */
  public List<Mail> shown(@Nullable String accountId) {
    return store.shown(accountId, SHOWN).stream().map(this::open).toList();
  }

  Mail open(MailStore.Entry entry) {
    byte[] plain = sealer.open(entry.body(), entry.mailId());
    try {
      return new Mail(
          entry.mailId(),
          entry.accountId(),
          entry.recipient(),
          entry.subject(),
          new String(plain, StandardCharsets.UTF_8),
          entry.createdAt());
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  /** What a person named may stand in a subject, which is a line of the mail's head. */
  private static String oneLine(String subject) {
    StringBuilder line = new StringBuilder();
    subject
        .codePoints()
        .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? ' ' : c)
        .limit(MOST_SUBJECT / 2)
        .forEach(line::appendCodePoint);
    return line.toString();
  }
}
