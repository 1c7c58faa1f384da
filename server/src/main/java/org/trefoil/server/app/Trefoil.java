package org.trefoil.server.app;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.trefoil.server.account.Accounts;
import org.trefoil.server.account.Sessions;
import org.trefoil.server.app.HttpServices.AccountsView;
import org.trefoil.server.app.HttpServices.FactorsView;
import org.trefoil.server.app.HttpServices.LiveView;
import org.trefoil.server.app.HttpServices.PracticeView;
import org.trefoil.server.app.HttpServices.PulseView;
import org.trefoil.server.app.HttpServices.SendsView;
import org.trefoil.server.app.HttpServices.SessionsView;
import org.trefoil.server.app.HttpServices.WalletsView;
import org.trefoil.server.audit.AuditLog;
import org.trefoil.server.chain.ChainIndex;
import org.trefoil.server.chain.Practice;
import org.trefoil.server.config.Config;
import org.trefoil.server.cosign.CoSigner;
import org.trefoil.server.cosign.SelfTest;
import org.trefoil.server.http.HttpSettings;
import org.trefoil.server.http.Services;
import org.trefoil.server.http.WebServer;
import org.trefoil.server.jobs.Clockwork;
import org.trefoil.server.jobs.Jobs;
import org.trefoil.server.keyfile.KeyFile;
import org.trefoil.server.notify.LiveUpdates;
import org.trefoil.server.policy.Approver;
import org.trefoil.server.policy.Ceilings;
import org.trefoil.server.secondfactor.SecondFactors;
import org.trefoil.server.spend.Confirming;
import org.trefoil.server.spend.Outbox;
import org.trefoil.server.spend.SendFollower;
import org.trefoil.server.spend.Sends;
import org.trefoil.server.store.Database;
import org.trefoil.server.store.JdbiAccountStore;
import org.trefoil.server.store.JdbiAuditStore;
import org.trefoil.server.store.JdbiFactorStore;
import org.trefoil.server.store.JdbiRateLimitStore;
import org.trefoil.server.store.JdbiSeedStore;
import org.trefoil.server.store.JdbiSendStore;
import org.trefoil.server.store.JdbiSessionStore;
import org.trefoil.server.store.JdbiWalletStore;
import org.trefoil.server.wallets.WalletBook;
import org.trefoil.server.wallets.Wallets;

/** A running server: the one place where all rooms meet. */
public final class Trefoil implements AutoCloseable {
  private final Foundation foundation;
  private final ChainHouse chain;
  private final Clockwork clockwork;
  private final WebServer web;

  private Trefoil(Foundation foundation, ChainHouse chain, Clockwork clockwork, WebServer web) {
    this.foundation = foundation;
    this.chain = chain;
    this.clockwork = clockwork;
    this.web = web;
  }

  /** Starts a server; when it returns, pages are served. */
  public static Trefoil start(Config config, InstantSource clock) throws IOException {
    SelfTest.run();
    SecureRandom random = new SecureRandom();
    Foundation foundation = Foundation.open(config, random);
    try {
      return start(config, clock, random, foundation);
    } catch (IOException | RuntimeException e) {
      foundation.close();
      throw e;
    }
  }

  private static Trefoil start(
      Config config, InstantSource clock, SecureRandom random, Foundation foundation)
      throws IOException {
    Database database = foundation.database();
    KeyFile keyFile = foundation.keyFile();
    LiveUpdates live = new LiveUpdates();
    AuditLog audit = new AuditLog(new JdbiAuditStore(database), clock);
    JdbiRateLimitStore limits = new JdbiRateLimitStore(database);

    Sessions sessions =
        new Sessions(new JdbiSessionStore(database), database, audit, clock, random);
    Accounts accounts =
        new Accounts(
            new JdbiAccountStore(database), sessions, database, audit, clock, random, keyFile);
    SecondFactors factors =
        new SecondFactors(new JdbiFactorStore(database), database, audit, clock, random, keyFile);

    JdbiSendStore sendStore = new JdbiSendStore(database);
    ChainHouse house = ChainHouse.open(config, database, sendStore, clock);
    ChainIndex chain = house.index();
    CoSigner coSigner =
        new CoSigner(new JdbiSeedStore(database), keyFile, random, config.network());
    Wallets wallets =
        new Wallets(new JdbiWalletStore(database), coSigner, chain, database, audit, clock, random);
    Outbox outbox = new Outbox(sendStore, chain, database, live, audit, clock);
    Approver approver = new Approver(new Ceilings(config.limitPerDay()));
    Confirming confirming =
        new Confirming(
            sendStore, wallets, factors, approver, coSigner, outbox, database, audit, clock);
    Sends sends =
        new Sends(sendStore, wallets, chain, confirming, database, live, audit, clock, random);
    SendFollower follower = new SendFollower(sendStore, confirming, outbox, clock);
    WalletBook book = new WalletBook(wallets, chain, sendStore, sendStore);

    Practice practice = house.practice();
    Services services =
        new Services(
            new AccountsView(accounts, factors, config.operator()),
            new SessionsView(sessions),
            new FactorsView(factors, accounts),
            new WalletsView(wallets, book),
            new SendsView(sends),
            new LiveView(wallets, chain, live),
            practice == null ? null : new PracticeView(wallets, chain, practice),
            new PulseView(chain, config),
            limits);
    Clockwork clockwork = new Clockwork();
    chain.listen(new ChainNews(clockwork, follower, live));
    wallets.watchAll();
    house.start(config);
    WebServer web = WebServer.start(settings(config), services, clock);
    clockwork.start(Jobs.all(follower, sessions, limits, clock));
    return new Trefoil(foundation, house, clockwork, web);
  }

  private static HttpSettings settings(Config config) {
    return new HttpSettings(
        config.bind(),
        config.port(),
        config.publicUrl(),
        config.network(),
        config.practice(),
        config.trustedProxy());
  }

  /** The port that is served. */
  public int port() {
    return web.port();
  }

  /** Takes no more requests, lets those under way end, and puts everything to disk. */
  @Override
  public void close() {
    web.close();
    clockwork.close();
    chain.close();
    foundation.close();
  }
}
