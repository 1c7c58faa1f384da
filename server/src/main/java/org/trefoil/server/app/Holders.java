package org.trefoil.server.app;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trefoil.core.RefusedException;
import org.trefoil.server.config.Config;
import org.trefoil.server.cosign.OwnKeys;
import org.trefoil.server.cosign.ServerKeys;
import org.trefoil.server.keyfile.KeyFile;
import org.trefoil.server.passkey.PasskeyAges;
import org.trefoil.server.passkey.PasskeyNews;
import org.trefoil.server.passkey.Passkeys;
import org.trefoil.server.rules.FactorGate;
import org.trefoil.server.rules.RuleGate;
import org.trefoil.server.secondfactor.Codes;
import org.trefoil.server.secondfactor.OwnCodes;
import org.trefoil.server.secondfactor.OwnSendFactors;
import org.trefoil.server.secondfactor.SecondFactors;
import org.trefoil.server.secondfactor.SendFactors;
import org.trefoil.server.signer.SignerAges;
import org.trefoil.server.signer.SignerCodes;
import org.trefoil.server.signer.SignerGate;
import org.trefoil.server.signer.SignerKeys;
import org.trefoil.server.signer.SignerLine;
import org.trefoil.server.signer.SignerPasskeys;
import org.trefoil.server.signer.SignerSendFactors;
import org.trefoil.server.store.Database;
import org.trefoil.server.store.JdbiFactStore;
import org.trefoil.server.store.JdbiFactorStore;
import org.trefoil.server.store.JdbiSeedStore;

/**
 * Who holds the server's keys and what guards them: this process, or a signer beside it. A database
 * is of the one or of the other from its first start on.
 */
final class Holders implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Holders.class);
  private static final String FACT = "keys";
  private static final String SIGNER = "with a signer";

  private final Config config;
  private final Database database;
  private final KeyFile keyFile;
  private final InstantSource clock;
  private final SecureRandom random;
  private final @Nullable SignerLine line;

  private Holders(
      Config config,
      Database database,
      KeyFile keyFile,
      InstantSource clock,
      SecureRandom random,
      @Nullable SignerLine line) {
    this.config = config;
    this.database = database;
    this.keyFile = keyFile;
    this.clock = clock;
    this.random = random;
    this.line = line;
  }

  /**
   * As it is configured.
   *
   * @throws StartRefused when the database is of the other kind, or the signer of another chain
   */
  static Holders of(
      Config config, Database database, KeyFile keyFile, InstantSource clock, SecureRandom random) {
    Path socket = config.signer();
    JdbiFactStore facts = new JdbiFactStore(database);
    boolean elsewhere = facts.find(FACT).isPresent();
    if (socket == null) {
      if (elsewhere) {
        throw new StartRefused(
            "The keys of this database are with a signer: start the server with --signer SOCKET.");
      }
      return new Holders(config, database, keyFile, clock, random, null);
    }
    boolean here =
        new JdbiSeedStore(database).count() > 0 || new JdbiFactorStore(database).count() > 0;
    if (!elsewhere && here) {
      throw new StartRefused(
          "This database holds keys and second factors of its own, and a signer takes over none of"
              + " them: start without --signer, or with another --data.");
    }
    SignerLine line = new SignerLine(socket, config.data());
    refuseOther(line, config);
    facts.keep(FACT, SIGNER);
    return new Holders(config, database, keyFile, clock, random, line);
  }

  private static void refuseOther(SignerLine line, Config config) {
    try {
      String chain = line.chain();
      if (!chain.equals(config.chainName())) {
        throw new StartRefused(
            "The signer is for the network " + chain + ", not for " + config.chainName() + ".");
      }
    } catch (RefusedException e) {
      LOG.warn("The signer does not answer as it must ({}); nothing is signed", e.getMessage());
    }
  }

  /** Where the signer listens; null where there is none. */
  @Nullable Path socket() {
    return config.signer();
  }

  ServerKeys keys() {
    return line == null ? own() : new SignerKeys(line, config.network());
  }

  private OwnKeys own() {
    return new OwnKeys(new JdbiSeedStore(database), keyFile, random, config.network());
  }

  Codes codes() {
    return line == null
        ? new OwnCodes(new JdbiFactorStore(database), clock, random, keyFile)
        : new SignerCodes(line);
  }

  /** Who hears of passkeys, beside whoever does anyway. */
  PasskeyNews passkeys(PasskeyNews news) {
    return line == null ? news : new SignerPasskeys(line, news);
  }

  PasskeyAges ages() {
    return line == null ? PasskeyAges.AT_ONCE : new SignerAges(line);
  }

  SendFactors sends(SecondFactors factors, Passkeys passkeys) {
    SendFactors own = new OwnSendFactors(factors, passkeys);
    return line == null ? own : new SignerSendFactors(line, factors, passkeys.questions(), own);
  }

  RuleGate gate(SecondFactors factors) {
    return line == null ? new FactorGate(factors, own()) : new SignerGate(line, factors);
  }

  /** Whether a signature can be had, as far as anybody can tell without asking for one. */
  boolean answers() {
    try {
      return line == null || line.chain().equals(config.chainName());
    } catch (RefusedException e) {
      return false;
    }
  }

  @Override
  public void close() {
    if (line != null) {
      line.close();
    }
  }
}
