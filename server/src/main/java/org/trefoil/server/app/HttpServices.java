package org.trefoil.server.app;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.address.Address;
import org.trefoil.core.wire.FreshAddress;
import org.trefoil.core.wire.Health;
import org.trefoil.core.wire.LiveWallet;
import org.trefoil.core.wire.MemberRole;
import org.trefoil.core.wire.PasswordRequest;
import org.trefoil.core.wire.PracticeBlock;
import org.trefoil.core.wire.PracticeCoins;
import org.trefoil.core.wire.PreloginAnswer;
import org.trefoil.core.wire.SignupRequest;
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
import org.trefoil.server.secondfactor.SecondFactors;
import org.trefoil.server.signup.SignUps;
import org.trefoil.server.spend.Whence;
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
      factors.use(accountId, r.code()).orRefuse();
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
    public boolean takesPasskeys() {
      return factors.takesTickets();
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
      factors.use(accountId, code).orRefuse();
    }

    @Override
    public void useToSignIn(String accountId, String code, String browser) {
      factors.useToSignIn(accountId, code, devices.knows(accountId, browser)).orRefuse();
    }
  }

  /** From where something is asked for, as rules look at it. */
  static Whence whence(Devices devices, String accountId, Services.Whence whence) {
    return new Whence(whence.address(), devices.since(accountId, whence.browser()).orElse(null));
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
}
