package org.trefoil.server.app;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.address.Address;
import org.trefoil.core.wire.ActivateRequest;
import org.trefoil.core.wire.DraftWallet;
import org.trefoil.core.wire.FreshAddress;
import org.trefoil.core.wire.Health;
import org.trefoil.core.wire.History;
import org.trefoil.core.wire.HistoryItem;
import org.trefoil.core.wire.LiveWallet;
import org.trefoil.core.wire.MemberRole;
import org.trefoil.core.wire.NewKeys;
import org.trefoil.core.wire.PasswordRequest;
import org.trefoil.core.wire.PracticeBlock;
import org.trefoil.core.wire.PracticeCoins;
import org.trefoil.core.wire.PreloginAnswer;
import org.trefoil.core.wire.RescanView;
import org.trefoil.core.wire.SendRequest;
import org.trefoil.core.wire.SendView;
import org.trefoil.core.wire.SignupRequest;
import org.trefoil.core.wire.Spendable;
import org.trefoil.core.wire.Waiting;
import org.trefoil.core.wire.WalletView;
import org.trefoil.server.account.Account;
import org.trefoil.server.account.Accounts;
import org.trefoil.server.account.Devices;
import org.trefoil.server.account.Session;
import org.trefoil.server.account.Sessions;
import org.trefoil.server.chain.ChainHealth;
import org.trefoil.server.chain.ChainIndex;
import org.trefoil.server.chain.ChainUnavailable;
import org.trefoil.server.chain.Practice;
import org.trefoil.server.config.Config;
import org.trefoil.server.fence.Fence;
import org.trefoil.server.http.Services;
import org.trefoil.server.notify.LiveUpdates;
import org.trefoil.server.notify.WalletChange;
import org.trefoil.server.secondfactor.Enrolment;
import org.trefoil.server.secondfactor.GivenFactor;
import org.trefoil.server.secondfactor.SecondFactors;
import org.trefoil.server.secondfactor.Verdict;
import org.trefoil.server.signup.SignUps;
import org.trefoil.server.spend.Sends;
import org.trefoil.server.spend.Whence;
import org.trefoil.server.wallets.AddressPage;
import org.trefoil.server.wallets.Successors;
import org.trefoil.server.wallets.WalletBook;
import org.trefoil.server.wallets.Wallets;

/** The rooms as the door sees them: only translation happens here. */
final class HttpServices {
  private HttpServices() {}

  record AccountsView(Accounts accounts, SignUps signUps, SecondFactors factors)
      implements Services.Accounts {
    @Override
    public PreloginAnswer prelogin(String email) {
      return accounts.prelogin(email);
    }

    @Override
    public boolean signsUpByLetter() {
      return signUps.byLetter();
    }

    @Override
    public void beginSignUp(String email) {
      signUps.begin(email);
    }

    @Override
    public void checkSignUp(String email, String code) {
      signUps.check(email, code);
    }

    @Override
    public String signUp(SignupRequest r) {
      Account account =
          signUps.byLetter()
              ? signUps.finish(r.email(), r.code(), r.salt(), r.kdf(), r.proof())
              : accounts.signUp(r.email(), r.salt(), r.kdf(), r.proof());
      return account.accountId();
    }

    @Override
    public boolean emailConfirmed(String accountId) {
      return accounts.find(accountId).map(Account::confirmedAt).isPresent();
    }

    @Override
    public Optional<String> signIn(String email, String proof) {
      return accounts.signIn(email, proof).map(Account::accountId);
    }

    @Override
    public void changePassword(String accountId, String token, PasswordRequest r) {
      accounts.refuseChange(accountId, r.oldProof(), r.salt(), r.kdf(), r.proof());
      refuse(factors.use(accountId, r.code()));
      accounts.changePassword(accountId, r.oldProof(), r.salt(), r.kdf(), r.proof(), token);
    }

    @Override
    public void discard(String accountId) {
      accounts.discard(accountId);
    }

    @Override
    public String email(String accountId) {
      return accounts.find(accountId).map(Account::email).orElse("");
    }
  }

  record SessionsView(Sessions sessions, Devices devices) implements Services.Sessions {
    @Override
    public String open(String accountId, String device, String address) {
      return sessions.open(accountId, false, device, address).token();
    }

    @Override
    public Optional<Services.Session> find(String token) {
      return sessions.find(token).map(session -> seen(session.entry()));
    }

    @Override
    public Services.Arrived upgrade(String token, String browser, boolean first) {
      Devices.Arrival arrival = devices.arrive(known(token), browser, first);
      return new Services.Arrived(arrival.session().token(), arrival.cookie());
    }

    @Override
    public String remember(String token, String browser) {
      return devices.remember(known(token), browser, false);
    }

    private Session known(String token) {
      return sessions.find(token).orElseThrow(() -> Refusal.of(Token.NOT_SIGNED_IN).exception());
    }

    @Override
    public void end(String token) {
      sessions.end(token);
    }

    @Override
    public List<Services.Session> list(String accountId) {
      return sessions.list(accountId).stream().map(SessionsView::seen).toList();
    }

    @Override
    public boolean lives(String accountId, String sessionId) {
      return sessions.lives(accountId, sessionId);
    }

    @Override
    public void endOne(String accountId, String sessionId) {
      sessions.end(accountId, sessionId);
    }

    @Override
    public void endOthers(String accountId, String token) {
      sessions.endOthers(accountId, token);
    }

    private static Services.Session seen(Session.Entry entry) {
      return new Services.Session(
          entry.sessionId(),
          entry.accountId(),
          entry.full(),
          entry.device(),
          entry.address(),
          entry.createdAt().getEpochSecond(),
          entry.lastSeenAt().getEpochSecond());
    }
  }

  record FactorsView(SecondFactors factors, Accounts accounts, Devices devices)
      implements Services.Factors {
    @Override
    public boolean enrolled(String accountId) {
      return factors.enrolled(accountId);
    }

    @Override
    public Services.Enrolment begin(String accountId) {
      String email = accounts.find(accountId).map(Account::email).orElse("");
      Enrolment enrolment = factors.begin(accountId, email);
      return new Services.Enrolment(enrolment.secret(), enrolment.uri());
    }

    @Override
    public List<String> confirm(String accountId, String code) {
      return factors.confirm(accountId, code);
    }

    @Override
    public @Nullable Long recoveryFrom(String accountId) {
      Instant from = factors.recoveryFrom(accountId);
      return from == null ? null : (Long) from.getEpochSecond();
    }

    @Override
    public int recoveryLeft(String accountId) {
      return factors.recoveryLeft(accountId);
    }

    @Override
    public List<String> renewRecovery(String accountId, String code, String ownToken) {
      return factors.renewRecovery(accountId, code, ownToken);
    }

    @Override
    public void use(String accountId, String code) {
      refuse(factors.use(accountId, code));
    }

    @Override
    public void useToSignIn(String accountId, String code, String browser) {
      refuse(factors.useToSignIn(accountId, code, devices.knows(accountId, browser)));
    }
  }

  record WalletsView(Wallets wallets, Successors successors, WalletBook book)
      implements Services.Wallets {
    @Override
    public DraftWallet draft(String accountId, String name, String requestId) {
      return wallets.draft(accountId, name, requestId);
    }

    @Override
    public DraftWallet draftAgain(String accountId, String walletId) {
      return wallets.draftAgain(accountId, walletId);
    }

    @Override
    public WalletView storeKeys(String accountId, String walletId, NewKeys keys) {
      return successors.storeKeys(accountId, walletId, keys);
    }

    @Override
    public WalletView activate(String accountId, String walletId, ActivateRequest request) {
      return successors.activate(accountId, walletId, request);
    }

    @Override
    public void discard(String accountId, String walletId) {
      wallets.discard(accountId, walletId);
    }

    @Override
    public WalletView view(String accountId, String walletId, MemberRole need) {
      return wallets.view(accountId, walletId, need);
    }

    @Override
    public List<WalletView> list(String accountId) {
      return wallets.list(accountId);
    }

    @Override
    public List<WalletView> shared(String accountId) {
      return wallets.shared(accountId);
    }

    @Override
    public FreshAddress address(String accountId, String walletId) {
      return wallets.address(accountId, walletId);
    }

    @Override
    public void anotherAddress(String accountId, String walletId) {
      wallets.anotherAddress(accountId, walletId);
    }

    @Override
    public Spendable spendable(String accountId, String walletId) {
      return book.spendable(accountId, walletId);
    }

    @Override
    public History history(String accountId, String walletId, @Nullable String before) {
      return book.history(accountId, walletId, before);
    }

    @Override
    public HistoryItem transaction(String accountId, String walletId, String txid) {
      return book.transaction(accountId, walletId, txid);
    }

    @Override
    public RescanView rescan(String accountId, String walletId, String from) {
      return book.rescan(accountId, walletId, from);
    }

    @Override
    public RescanView rescan(String accountId, String walletId) {
      return book.rescan(accountId, walletId);
    }

    @Override
    public Services.AddressLines addresses(
        String accountId, String walletId, @Nullable String before) {
      AddressPage page = book.addresses(accountId, walletId, before);
      return new Services.AddressLines(
          page.addresses().stream()
              .map(
                  used ->
                      new Services.AddressLine(
                          used.index(),
                          used.address(),
                          used.change(),
                          used.received(),
                          used.payments()))
              .toList(),
          page.older());
    }
  }

  /** From where something is asked for, as rules look at it. */
  static Whence whence(Devices devices, String accountId, Services.Whence whence) {
    return new Whence(whence.address(), devices.since(accountId, whence.browser()).orElse(null));
  }

  record SendsView(Sends sends, Wallets wallets, Devices devices) implements Services.Sends {
    @Override
    public void approve(String accountId, String walletId, String sendId, String code) {
      sends.approving().approve(accountId, walletId, sendId, new GivenFactor.Code(code));
    }

    @Override
    public void decline(String accountId, String walletId, String sendId) {
      sends.approving().refuse(accountId, walletId, sendId);
    }

    @Override
    public Services.@Nullable Poll poll(String accountId, String walletId, String sendId) {
      return sends
          .approving()
          .poll(accountId, walletId, sendId)
          .map(
              poll ->
                  new Services.Poll(
                      poll.needed(),
                      poll.voices().stream()
                          .map(voice -> new Services.Voice(voice.name(), voice.yes()))
                          .toList(),
                      poll.until().getEpochSecond(),
                      poll.asks(accountId)))
          .orElse(null);
    }

    @Override
    public Services.Begun begun(String accountId, String walletId, String sendId) {
      String by = sends.begunBy(accountId, walletId, sendId);
      return new Services.Begun(wallets.email(by), by.equals(accountId));
    }

    @Override
    public SendView propose(String accountId, String walletId, SendRequest request) {
      return sends.propose(accountId, walletId, request);
    }

    @Override
    public SendView view(String accountId, String walletId, String sendId) {
      return sends.view(accountId, walletId, sendId);
    }

    @Override
    public SendView confirm(
        String accountId, String walletId, String sendId, String code, Services.Whence whence) {
      return sends.confirm(
          accountId,
          walletId,
          sendId,
          new GivenFactor.Code(code),
          whence(devices, accountId, whence));
    }

    @Override
    public SendView cancel(String accountId, String walletId, String sendId) {
      return sends.cancel(accountId, walletId, sendId);
    }

    @Override
    public SendView addSignatures(String accountId, String walletId, String sendId, String psbt) {
      return sends.addSignatures(accountId, walletId, sendId, psbt);
    }

    @Override
    public byte[] psbt(String accountId, String walletId, String sendId) {
      return sends.psbt(accountId, walletId, sendId);
    }

    @Override
    public List<SendView> waiting(String accountId, String walletId) {
      return sends.waiting(accountId, walletId);
    }

    @Override
    public Waiting waiting(String accountId, String walletId, String sendId) {
      return sends.bumping().waiting(accountId, walletId, sendId);
    }

    @Override
    public Waiting waitingPayment(String accountId, String walletId, String txid) {
      return sends.bumping().waitingPayment(accountId, walletId, txid);
    }

    @Override
    public @Nullable SendView ofTransaction(String accountId, String walletId, String txid) {
      return sends.bumping().ofTransaction(accountId, walletId, txid);
    }
  }

  record LiveView(Wallets wallets, ChainIndex chain, LiveUpdates live) implements Services.Live {
    @Override
    public Services.Subscription subscribe(
        String accountId, String walletId, Consumer<LiveWallet> told) {
      wallets.live(accountId, walletId, MemberRole.VIEWER);
      LiveUpdates.Subscription running =
          live.subscribe(walletId, change -> told.accept(now(change)));
      return running::close;
    }

    private LiveWallet now(WalletChange change) {
      return new LiveWallet(
          chain.balance(change.walletId()), chain.tip().height(), change.changed());
    }
  }

  record PracticeView(Wallets wallets, ChainIndex chain, Practice practice)
      implements Services.Practice {
    @Override
    public PracticeCoins coins(String accountId, String walletId) {
      FreshAddress fresh = wallets.address(accountId, walletId);
      Address address = Address.parse(fresh.address(), chain.network());
      return new PracticeCoins(practice.faucet(address));
    }

    @Override
    public PracticeBlock mine() {
      return new PracticeBlock(practice.mine());
    }
  }

  record PulseView(ChainIndex chain, Config config, Fence fence) implements Services.Pulse {
    @Override
    public Health health() {
      ChainHealth health = chain.health();
      String status = health.fine() ? signing() : health.state().word();
      return new Health(status, config.chainName(), height());
    }

    @Override
    public Optional<Refusal> away() {
      ChainHealth health = chain.health();
      return health.fine() ? Optional.empty() : Optional.of(health.refusal());
    }

    /** A copy that may not sign is not {@code ok}: it must not stand in for one that may. */
    private String signing() {
      return switch (fence.state()) {
        case OPEN -> "ok";
        case RESTORED -> "fenced";
        case RETIRED -> "retired";
      };
    }

    private int height() {
      try {
        return chain.tip().height();
      } catch (ChainUnavailable e) {
        return 0;
      }
    }
  }

  private static void refuse(Verdict verdict) {
    if (verdict != Verdict.OK) {
      throw SecondFactors.refusal(verdict).exception();
    }
  }
}
