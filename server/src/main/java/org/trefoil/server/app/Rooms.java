package org.trefoil.server.app;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.trefoil.server.account.Accounts;
import org.trefoil.server.account.Devices;
import org.trefoil.server.account.NoticeStore;
import org.trefoil.server.account.Sessions;
import org.trefoil.server.app.HttpServices.AccountsView;
import org.trefoil.server.app.HttpServices.FactorsView;
import org.trefoil.server.app.HttpServices.LiveView;
import org.trefoil.server.app.HttpServices.PracticeView;
import org.trefoil.server.app.HttpServices.PulseView;
import org.trefoil.server.app.HttpServices.SessionsView;
import org.trefoil.server.audit.AuditLog;
import org.trefoil.server.audit.Chronicle;
import org.trefoil.server.audit.Scribe;
import org.trefoil.server.chain.ChainIndex;
import org.trefoil.server.chain.Practice;
import org.trefoil.server.config.Config;
import org.trefoil.server.cosign.CoSigner;
import org.trefoil.server.durable.Milestones;
import org.trefoil.server.duress.Duress;
import org.trefoil.server.fence.Fence;
import org.trefoil.server.http.Services;
import org.trefoil.server.keyfile.KeyFile;
import org.trefoil.server.limits.RateLimitStore;
import org.trefoil.server.members.MemberRoll;
import org.trefoil.server.members.Members;
import org.trefoil.server.meter.Meters;
import org.trefoil.server.notify.LiveUpdates;
import org.trefoil.server.passkey.Passkeys;
import org.trefoil.server.passkey.ProofFile;
import org.trefoil.server.passkey.RelyingParty;
import org.trefoil.server.policy.Approver;
import org.trefoil.server.policy.Seals;
import org.trefoil.server.regain.SiteLinks;
import org.trefoil.server.regain.WaysBack;
import org.trefoil.server.rules.FirstHeads;
import org.trefoil.server.rules.RuleChains;
import org.trefoil.server.rules.Rulebook;
import org.trefoil.server.secondfactor.SecondFactors;
import org.trefoil.server.signup.SignUps;
import org.trefoil.server.spend.Confirming;
import org.trefoil.server.spend.Judging;
import org.trefoil.server.spend.Outbox;
import org.trefoil.server.spend.SendFollower;
import org.trefoil.server.spend.SendTraces;
import org.trefoil.server.spend.Sends;
import org.trefoil.server.spend.Velocity;
import org.trefoil.server.store.Database;
import org.trefoil.server.store.JdbiAccountStore;
import org.trefoil.server.store.JdbiAuditBooks;
import org.trefoil.server.store.JdbiAuditStore;
import org.trefoil.server.store.JdbiDeviceStore;
import org.trefoil.server.store.JdbiDuressStore;
import org.trefoil.server.store.JdbiEmailChangeStore;
import org.trefoil.server.store.JdbiFactorResetStore;
import org.trefoil.server.store.JdbiFenceStore;
import org.trefoil.server.store.JdbiJudgingStore;
import org.trefoil.server.store.JdbiMemberStore;
import org.trefoil.server.store.JdbiNoticeStore;
import org.trefoil.server.store.JdbiOpeningStore;
import org.trefoil.server.store.JdbiPasskeyStore;
import org.trefoil.server.store.JdbiPasswordLinkStore;
import org.trefoil.server.store.JdbiQuestionStore;
import org.trefoil.server.store.JdbiRateLimitStore;
import org.trefoil.server.store.JdbiRuleStore;
import org.trefoil.server.store.JdbiSendStore;
import org.trefoil.server.store.JdbiSessionStore;
import org.trefoil.server.store.JdbiSignUpStore;
import org.trefoil.server.store.JdbiSweepStore;
import org.trefoil.server.store.JdbiWalletStore;
import org.trefoil.server.sweep.Sweeps;
import org.trefoil.server.wallets.Exports;
import org.trefoil.server.wallets.Openings;
import org.trefoil.server.wallets.PaperDrills;
import org.trefoil.server.wallets.Passcodes;
import org.trefoil.server.wallets.Successors;
import org.trefoil.server.wallets.WalletBook;
import org.trefoil.server.wallets.Wallets;

/** All rooms but the door, put together; nothing runs yet. */
record Rooms(
    Holders holders,
    Meters meters,
    ChainHouse chain,
    LiveUpdates live,
    Scribe scribe,
    Chronicle chronicle,
    NoticeStore notices,
    PaymentNotices payments,
    RateLimitStore limits,
    Sessions sessions,
    Devices devices,
    Accounts accounts,
    SecondFactors factors,
    Passkeys passkeys,
    CoSigner coSigner,
    Wallets wallets,
    Members members,
    WalletBook book,
    Openings openings,
    Passcodes passcodes,
    Successors successors,
    PaperDrills drills,
    Exports exports,
    Sends sends,
    SendFollower follower,
    Sweeps sweeps,
    Fence fence,
    Post post,
    OwnAddress address,
    WaysBack waysBack,
    SignUps signUps,
    RuleChains chains,
    FirstHeads heads,
    Rulebook rulebook)
    implements AutoCloseable {

  static Rooms open(Config config, Foundation foundation, InstantSource clock, SecureRandom random)
      throws IOException {
    return open(config, foundation, clock, clock, random);
  }

  static Rooms open(
      Config config,
      Foundation foundation,
      InstantSource clock,
      InstantSource careful,
      SecureRandom random)
      throws IOException {
    JdbiSendStore sends = new JdbiSendStore(foundation.database());
    ChainHouse chain = ChainHouse.open(config, foundation.database(), sends, clock);
    return open(config, foundation, chain, clock, careful, random);
  }

  /**
   * Puts them together.
   *
   * @param careful for the limits: a clock that no jump forward moves
   */
  static Rooms open(
      Config config,
      Foundation foundation,
      ChainHouse chain,
      InstantSource clock,
      InstantSource careful,
      SecureRandom random) {
    Database database = foundation.database();
    KeyFile keyFile = foundation.keyFile();
    Holders holders = Holders.of(config, database, keyFile, clock, random);
    Meters meters = new Meters();
    LiveUpdates live = new LiveUpdates(database.cluster());
    AuditLog audit = new AuditLog(new JdbiAuditStore(database), clock);
    Sessions sessions =
        new Sessions(new JdbiSessionStore(database), database, audit, clock, random);
    Post post = Post.open(config, database, keyFile, clock, random);
    JdbiAccountStore accountStore = new JdbiAccountStore(database);
    Notices news = new Notices(accountStore, post.room());
    Accounts accounts =
        new Accounts(accountStore, sessions, database, audit, clock, random, keyFile, news);
    OwnAddress address = new OwnAddress(config);
    Passkeys passkeys =
        new Passkeys(
            new JdbiPasskeyStore(database),
            keyFile,
            sessions,
            database,
            audit,
            holders.passkeys(news),
            () -> new RelyingParty(address.get()),
            clock,
            random);
    SecondFactors factors =
        new SecondFactors(holders.codes(), database, audit, passkeys, sessions, news);
    JdbiSendStore sendStore = new JdbiSendStore(database);
    ChainIndex index = chain.index();
    Fence fence = new Fence(new JdbiFenceStore(database), database, clock, keyFile);
    CoSigner coSigner = new CoSigner(holders.keys(), meters, fence);
    JdbiWalletStore walletStore = new JdbiWalletStore(database);
    JdbiOpeningStore openingStore = new JdbiOpeningStore(database);
    JdbiMemberStore memberStore = new JdbiMemberStore(database);
    MemberRoll roll = new MemberRoll(memberStore, accountStore, keyFile);
    JdbiRuleStore ruleStore = new JdbiRuleStore(database);
    RuleChains chains = new RuleChains(ruleStore, keyFile, foundation.heads());
    Wallets wallets =
        new Wallets(
            walletStore, roll, coSigner, index, database, audit, clock, random, chains::first);
    Outbox outbox = new Outbox(sendStore, index, database, live, audit, clock, Milestones.UNHEARD);
    RuleLetters letters = new RuleLetters(accountStore, post.room(), address);
    Rulebook rulebook =
        new Rulebook(
            ruleStore,
            chains,
            keyFile,
            wallets,
            holders.gate(factors),
            letters,
            database,
            clock,
            careful);
    JdbiJudgingStore judgingStore = new JdbiJudgingStore(database);
    Velocity velocity = new Velocity(sendStore, judgingStore, index, clock, careful);
    OwnLimits ceiling = new OwnLimits(config);
    Approver approver = new Approver(ceiling.ceilings(), new Seals(keyFile));
    Duress duress =
        new Duress(
            new JdbiDuressStore(database),
            new DuressLetters(accountStore, roll, wallets, post.room(), clock),
            database,
            audit,
            clock);
    Confirming confirming =
        new Confirming(
            sendStore,
            wallets,
            holders.sends(factors, passkeys),
            walletId -> chains.of(wallets.byId(walletId)).chain().version(),
            approver,
            new Judging(chains, judgingStore, velocity, approver, walletStore::replacedAt, wallets),
            coSigner,
            outbox,
            database,
            duress,
            audit,
            letters,
            clock,
            Milestones.UNHEARD);
    Sends sends =
        new Sends(
            sendStore,
            wallets,
            index,
            confirming,
            passkeys.questions(),
            database,
            live,
            clock,
            random);
    Members members =
        new Members(
            memberStore,
            roll,
            wallets,
            factors,
            new MemberLetters(accountStore, post.room(), address),
            sends.approving()::membersChanged,
            database,
            clock,
            random);
    JdbiNoticeStore choices = new JdbiNoticeStore(database);
    PaymentNotices payments =
        new PaymentNotices(choices, news, wallets, index, database, clock, random);
    RateLimitStore limits = new JdbiRateLimitStore(database);
    WaysBack waysBack =
        new WaysBack(
            new WaysBack.Stores(
                new JdbiPasswordLinkStore(database),
                new JdbiQuestionStore(database),
                new JdbiFactorResetStore(database),
                new JdbiEmailChangeStore(database)),
            accounts,
            sessions,
            factors,
            wallets,
            post.room(),
            new SiteLinks(address),
            database,
            audit,
            clock,
            random,
            keyFile,
            config.factorWait());
    return new Rooms(
        holders,
        meters,
        chain,
        live,
        new Scribe(
            new JdbiAuditBooks(database),
            database,
            payments,
            foundation.auditSigner(),
            foundation.chain()),
        foundation.chronicle(clock),
        choices,
        payments,
        limits,
        sessions,
        new Devices(new JdbiDeviceStore(database), sessions, database, audit, clock, random, news),
        accounts,
        factors,
        passkeys,
        coSigner,
        wallets,
        members,
        new WalletBook(wallets, index, sendStore, new SendTraces(sendStore)),
        new Openings(wallets, openingStore, passkeys, factors, database, audit, news, clock),
        new Passcodes(wallets, walletStore, openingStore, factors, duress, database, audit, news),
        new Successors(
            wallets, walletStore, openingStore, factors, duress, database, audit, clock, news),
        new PaperDrills(wallets, walletStore, database, audit, clock),
        new Exports(wallets, limits, database, audit, clock, news),
        sends,
        new SendFollower(sendStore, confirming, outbox, clock),
        new Sweeps(
            new JdbiSweepStore(database),
            wallets,
            index,
            chain.finder(),
            database,
            audit,
            clock,
            random),
        fence,
        post,
        address,
        waysBack,
        new SignUps(
            new JdbiSignUpStore(database),
            accounts,
            post.room(),
            address,
            database,
            clock,
            random,
            keyFile),
        chains,
        new FirstHeads(ruleStore, chains, wallets, audit, database),
        rulebook);
  }

  @Override
  public void close() {
    sweeps.close();
    waysBack.close();
    post.close();
    holders.close();
  }

  /** The rooms as the door sees them. */
  Services services(Config config) {
    ChainIndex index = chain.index();
    Practice practice = chain.practice();
    return new Services(
        new AccountsView(accounts, signUps, factors),
        new SessionsView(sessions, devices),
        new FactorsView(factors, accounts, devices),
        new PasskeysView(
            passkeys, holders.ages(), openings, factors, sends, accounts, devices, address),
        new WalletsView(wallets, successors, book),
        new KeysView(passcodes, successors, drills, exports),
        new PoliciesView(rulebook, sends, devices),
        new MembersView(members),
        new SendsView(sends, wallets, devices),
        (account, wallet, send) ->
            sends.proving().file(account, wallet, send).map(ProofFile::write).orElse(null),
        new SweepsView(sweeps),
        new LiveView(wallets, index, live),
        practice == null ? null : new PracticeView(wallets, index, practice),
        new PulseView(index, config, fence),
        new WaysBackView(waysBack, sessions, sends, post.room()),
        new RecordView(chronicle, wallets, notices, payments),
        limits);
  }
}
