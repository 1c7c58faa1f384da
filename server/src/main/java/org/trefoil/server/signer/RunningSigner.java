package org.trefoil.server.signer;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.units.Network;
import org.trefoil.core.wire.Json;
import org.trefoil.server.cosign.OwnKeys;
import org.trefoil.server.keyfile.KeyFile;
import org.trefoil.server.policy.Approver;
import org.trefoil.server.policy.Ceilings;
import org.trefoil.server.policy.Seals;
import org.trefoil.server.secondfactor.OwnCodes;
import org.trefoil.server.secondfactor.Totp;

/** A signer on a data folder and a key file of its own, listening on a socket. */
public final class RunningSigner implements AutoCloseable {
  private final KeyFile keyFile;
  private final Books books;
  private final OwnKeys keys;
  private final SignerSocket socket;

  /**
   * What its operator chose.
   *
   * @param chain what the folder belongs to: {@code practice}, or the network
   * @param group who may open the socket beside its owner; null for nobody
   * @param factorWait how long a lost second factor waits for another one, and a new one until it
   *     counts
   * @param site origin whose passkeys are taken; null for that of the first one
   * @param restored whether the operator says that the journal was put back from a backup
   */
  public record Settings(
      Path data,
      Path socket,
      @Nullable String group,
      Network network,
      String chain,
      Ceilings ceilings,
      Duration factorWait,
      @Nullable String site,
      boolean restored) {}

  /** From how many bytes on the journal may begin anew. */
  private static final long ROOMY = 64L << 20;

  private RunningSigner(KeyFile keyFile, Books books, OwnKeys keys, SignerSocket socket) {
    this.keyFile = keyFile;
    this.books = books;
    this.keys = keys;
    this.socket = socket;
  }

  /**
   * Starts one; when it returns, it answers.
   *
   * @param careful a clock that no jump forward moves, for all that waits and every window
   * @throws SignerRefused with the sentence for the operator
   */
  public static RunningSigner start(
      Settings settings, InstantSource clock, InstantSource careful, SecureRandom random)
      throws IOException {
    Path folder = settings.data().toAbsolutePath();
    KeyFile.prepareFolder(folder);
    KeyFile keyFile = KeyFile.open(folder, Books.exist(folder), random);
    Books books = null;
    try {
      Books open =
          Books.open(folder, keyFile, careful, ROOMY, new Threads("signer-journal"), step -> {});
      books = open;
      InstantSource steady = open::now;
      Shelf<String> facts =
          books.shelf("fact", text -> Json.object().put("text", text).json(), f -> f.text("text"));
      PinnedWallets wallets = new PinnedWallets(books, settings.network());
      Ledger ledger = new Ledger(books);
      BookFactors kept = new BookFactors(books);
      OwnCodes codes = new OwnCodes(kept, clock, random, keyFile);
      Duration wait = settings.factorWait();
      Allowance allowance = new Allowance(books, steady);
      PinnedPasskeys passkeys =
          new PinnedPasskeys(books, facts, settings.site(), allowance, clock, steady, wait);
      Approvers approvers = new Approvers(settings.network());
      Factors factors =
          new Factors(books, codes, passkeys, allowance, approvers::named, clock, steady, wait);
      Speakers speakers = new Speakers(books, wallets, steady, wait);
      Ruling ruling = new Ruling(books, wallets, speakers, factors::use, approvers::heard, steady);
      OwnKeys keys = new OwnKeys(wallets, keyFile, random, settings.network());
      Approver approver = new Approver(settings.ceilings(), new Seals(keyFile));
      Signing signing =
          new Signing(
              wallets,
              speakers,
              ledger,
              ruling,
              factors,
              allowance,
              keys,
              approver,
              clock,
              steady,
              open::restoredAt);
      books.read(settings.restored());
      if (settings.restored()) {
        books.run(() -> useUpCodes(kept, clock));
      }
      books.run(() -> refuseOtherChain(facts, settings));
      SignerDesk desk =
          new SignerDesk(
              books,
              wallets,
              allowance,
              speakers,
              keys,
              factors,
              ruling,
              signing,
              settings.chain());
      SignerSocket socket =
          SignerSocket.open(
              settings.socket(), settings.group(), desk::answer, new Threads("signer-request"));
      return new RunningSigner(keyFile, books, keys, socket);
    } catch (IOException | RuntimeException e) {
      keyFile.close();
      if (books != null) {
        books.close();
      }
      throw e;
    }
  }

  /** What was given since the backup is not known to be used. */
  private static boolean useUpCodes(BookFactors kept, InstantSource clock) {
    Instant now = clock.instant();
    kept.useUpSteps(Totp.step(now) + Totp.DRIFT);
    kept.useUpRecovery(now);
    return true;
  }

  private static void refuseOtherChain(Shelf<String> facts, Settings settings) {
    Optional<String> chain = facts.find("chain");
    if (chain.isEmpty()) {
      facts.put("chain", settings.chain());
    } else if (!chain.get().equals(settings.chain())) {
      throw new SignerRefused(
          "The folder "
              + settings.data()
              + " belongs to the network "
              + chain.get()
              + ", not to "
              + settings.chain()
              + "; use another --data for it.");
    }
  }

  /** How often a private key was opened to sign. */
  public long keyUses() {
    return keys.uses();
  }

  @Override
  public void close() {
    socket.close();
    books.close();
    keyFile.close();
  }
}
