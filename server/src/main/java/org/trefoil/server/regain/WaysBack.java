package org.trefoil.server.regain;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.trefoil.server.account.Accounts;
import org.trefoil.server.account.Email;
import org.trefoil.server.account.Sessions;
import org.trefoil.server.audit.AuditLog;
import org.trefoil.server.durable.Transactions;
import org.trefoil.server.keyfile.KeyFile;
import org.trefoil.server.mail.Mailroom;
import org.trefoil.server.secondfactor.SecondFactors;
import org.trefoil.server.wallets.Wallets;

/** All ways back, and what cancels them. */
public final class WaysBack implements AutoCloseable {
  private static final int MOST_WAITING = 200;

  private final PasswordLinks passwords;
  private final FactorResets factors;
  private final EmailChanges emails;
  private final KeyQuestions questions;
  private final CancelLinks cancels;
  private final Means means;
  private final ThreadPoolExecutor later =
      new ThreadPoolExecutor(
          0,
          1,
          1,
          TimeUnit.MINUTES,
          new ArrayBlockingQueue<>(MOST_WAITING),
          work -> {
            Thread thread = new Thread(work, "password-links");
            thread.setDaemon(true);
            return thread;
          },
          new ThreadPoolExecutor.DiscardPolicy());

  /** Where they keep what is under way. */
  public record Stores(
      PasswordLinkStore passwordLinks,
      QuestionStore questions,
      FactorResetStore factorResets,
      EmailChangeStore emailChanges) {}

  /** Puts them together; {@code factorWait} is how long the user key alone waits. */
  public WaysBack(
      Stores stores,
      Accounts accounts,
      Sessions sessions,
      SecondFactors secondFactors,
      Wallets wallets,
      Mailroom mail,
      SiteLinks site,
      Transactions transactions,
      AuditLog audit,
      InstantSource clock,
      SecureRandom random,
      KeyFile keyFile,
      Duration factorWait) {
    cancels = new CancelLinks(keyFile);
    questions = new KeyQuestions(stores.questions(), wallets, clock, random);
    means =
        new Means(
            accounts,
            secondFactors,
            new Letters(mail, site),
            cancels,
            mail,
            transactions,
            audit,
            clock,
            random);
    passwords = new PasswordLinks(stores.passwordLinks(), means);
    factors = new FactorResets(stores.factorResets(), questions, sessions, means, factorWait);
    emails = new EmailChanges(stores.emailChanges(), stores.passwordLinks(), questions, means);
  }

  public PasswordLinks passwords() {
    return passwords;
  }

  public FactorResets factors() {
    return factors;
  }

  public EmailChanges emails() {
    return emails;
  }

  /**
   * Mails a link for a new password if there is such an account. What is done before the answer is
   * the same for every address; whether there is one is looked up afterwards, elsewhere.
   */
  public void forgot(String typed) {
    Email email = Email.parse(typed);
    means.refuseWithoutMail();
    later.execute(() -> passwords.send(email));
  }

  /** Whether something is under way that the link cancels; refuses {@code link-dead}. */
  public void lookAtCancel(String link) {
    boolean runs = cancels.idOf(link).filter(id -> factors.runs(id) || emails.runs(id)).isPresent();
    if (!runs) {
      throw PasswordLinks.dead();
    }
  }

  /** Cancels it; refuses {@code link-dead} when it is over. */
  public void cancel(String link) {
    boolean cancelled =
        cancels
            .idOf(link)
            .filter(id -> factors.cancelById(id) || emails.cancelById(id))
            .isPresent();
    if (!cancelled) {
      throw PasswordLinks.dead();
    }
  }

  /** Clears out what can no longer be used. */
  public void sweep() {
    passwords.sweep();
    questions.sweep();
    emails.sweep();
  }

  @Override
  public void close() {
    later.shutdown();
  }
}
