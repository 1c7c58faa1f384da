package org.trefoil.server.http;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.TestKeys;
import org.trefoil.core.units.Network;
import org.trefoil.core.wire.ActivateRequest;
import org.trefoil.core.wire.Balance;
import org.trefoil.core.wire.DraftWallet;
import org.trefoil.core.wire.Fees;
import org.trefoil.core.wire.ForeignCoins;
import org.trefoil.core.wire.FreshAddress;
import org.trefoil.core.wire.Health;
import org.trefoil.core.wire.Heir;
import org.trefoil.core.wire.Heirs;
import org.trefoil.core.wire.History;
import org.trefoil.core.wire.HistoryItem;
import org.trefoil.core.wire.HistoryOutput;
import org.trefoil.core.wire.Kdf;
import org.trefoil.core.wire.KeySplit;
import org.trefoil.core.wire.LiveWallet;
import org.trefoil.core.wire.MemberRole;
import org.trefoil.core.wire.NewKeys;
import org.trefoil.core.wire.Original;
import org.trefoil.core.wire.PasscodeCheckRequest;
import org.trefoil.core.wire.PasscodeRequest;
import org.trefoil.core.wire.PasswordRequest;
import org.trefoil.core.wire.PracticeBlock;
import org.trefoil.core.wire.PracticeCoins;
import org.trefoil.core.wire.PreloginAnswer;
import org.trefoil.core.wire.RecipientLine;
import org.trefoil.core.wire.RescanView;
import org.trefoil.core.wire.SearchRequest;
import org.trefoil.core.wire.SendKind;
import org.trefoil.core.wire.SendRequest;
import org.trefoil.core.wire.SendState;
import org.trefoil.core.wire.SendView;
import org.trefoil.core.wire.SignupRequest;
import org.trefoil.core.wire.Spendable;
import org.trefoil.core.wire.SuccessionStatement;
import org.trefoil.core.wire.SweepAnswer;
import org.trefoil.core.wire.SweepRequest;
import org.trefoil.core.wire.Waiting;
import org.trefoil.core.wire.WalletState;
import org.trefoil.core.wire.WalletView;
import org.trefoil.server.chain.ChainHealth;
import org.trefoil.server.chain.ChainUnavailable;
import org.trefoil.server.limits.RateLimitStore;
import org.trefoil.server.meter.Reading;

/**
 * The rooms behind the door, small and in memory: two accounts, Ada (who owns everything here) and
 * Bob (who owns nothing), the code 123456, and a count of everything that changed.
 */
final class FakeHouse {
  static final String ADA = "aa";
  static final String BOB = "bb";
  static final String DESCRIPTOR = TestKeys.twoOfThree(Network.REGTEST).descriptor();
  static final String WALLET = "0123456789abcdef0123456789abcdef";
  static final String DRAFT = "1123456789abcdef0123456789abcdef";
  static final String UNCHECKED = "2123456789abcdef0123456789abcdef";
  static final String REPLACED = "3123456789abcdef0123456789abcdef";
  static final String SEND = "00112233445566778899aabbccddeeff";
  static final String OLDER = "4503599627370497-older";
  static final String TXID = "4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b";
  static final String ADDRESS = "bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080";
  static final String CODE = "123456";
  static final String PROOF = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
  static final String SALT = "AAAAAAAAAAAAAAAAAAAAAA==";
  static final long NOW = 1_795_234_000L;

  final Map<String, Services.Session> sessions = new ConcurrentHashMap<>();
  boolean active = true;
  final List<Consumer<LiveWallet>> listeners = new CopyOnWriteArrayList<>();
  final Map<String, Integer> buckets = new HashMap<>();
  final List<String> changes = new CopyOnWriteArrayList<>();
  boolean enrolled = true;

  /** Whether sign-ups begin with a letter. */
  volatile boolean letters;

  /** Whether no wait replaces the second factor. */
  boolean keysAlone;

  boolean paperDue;
  boolean ruled = true;
  boolean stopped;
  @Nullable Long thawAt;
  @Nullable Long passkeyCountsFrom;
  boolean signer;
  @Nullable Integer brokenVersion;
  Sends.@Nullable Poll poll;
  @Nullable Refusal held;
  boolean cold;
  @Nullable String proof;
  Cosigners keys = TestKeys.twoOfThree(Network.REGTEST);
  List<String> owners = List.of();
  boolean healthy = true;
  boolean broken;
  boolean serving = true;
  boolean unlimited;
  boolean mails = true;
  boolean waits;
  boolean sweeps = true;
  @Nullable Long change = 3_998_590L;
  volatile int tip = 107;
  final AtomicInteger signIns = new AtomicInteger();
  ChainHealth chain = ChainHealth.FINE;
  SendState sendState = SendState.NEEDS_FACTOR;
  MemberRole role = MemberRole.OWNER;
  private int tokens;

  Services services() {
    return new Services(
        new Accounts(),
        new Sessions(),
        new Factors(),
        new FakePasskeys(this),
        new Wallets(),
        new Keys(),
        new FakePolicies(this),
        new FakeMembers(this),
        new Sends(),
        this::proof,
        new Sweeps(),
        this::subscribe,
        new Practice(),
        new Pulse(),
        new FakeRegain(this),
        new Record(),
        new Limits());
  }

  /** What the operator is told: all is well unless {@link #healthy} says otherwise. */
  final Operations operations =
      new Operations() {
        @Override
        public Reading now() {
          return new Reading(
              "practice",
              healthy ? chain.state().word() : "unreachable",
              healthy ? chain.detail() : "Nobody answers.",
              107,
              61,
              List.of("127.0.0.1:18444"),
              !broken,
              true,
              Map.of("needs-factor", 2L, "signed", 1L),
              0,
              4,
              3,
              new Reading.Use(1, 48, 0),
              new Reading.Use(2, 8, 0));
        }

        @Override
        public List<Trouble> troubles() {
          return List.of(new Trouble(NOW, "WARN", "Follower", "a node <b>lied</b>"));
        }

        @Override
        public List<Fact> facts() {
          return List.of(new Fact("Trefoil", "0.1.0"));
        }

        @Override
        public boolean unlimited() {
          return unlimited;
        }

        @Override
        public boolean open() {
          return serving;
        }
      };

  /** A token for the cookie of a new session. */
  String signedIn(String account, boolean full) {
    String token = "token" + ++tokens;
    sessions.put(
        token,
        new Services.Session(
            "5e55" + tokens, account, full, "Firefox on Linux", "192.0.2.7", NOW, NOW));
    return token;
  }

  private Services.Subscription subscribe(
      String account, String wallet, Consumer<LiveWallet> told) {
    if (!active) {
      throw Refusal.of(Token.WALLET_NOT_ACTIVE).exception();
    }
    listeners.add(told);
    return () -> listeners.remove(told);
  }

  private final class Pulse implements Services.Pulse {
    @Override
    public Health health() {
      return new Health(healthy ? "ok" : "behind", "practice", 107);
    }

    @Override
    public Optional<Refusal> away() {
      return chain.fine() ? Optional.empty() : Optional.of(chain.refusal());
    }
  }

  void changed(String what) {
    changes.add(what);
  }

  private @Nullable String proof(String account, String wallet, String send) {
    own(account, wallet, WALLET);
    own(account, send, SEND);
    return proof;
  }

  static void own(String account, String id, String... known) {
    if (!account.equals(ADA) || !List.of(known).contains(id)) {
      throw Refusal.of(Token.NOT_FOUND).exception();
    }
  }

  private final class Accounts implements Services.Accounts {
    @Override
    public PreloginAnswer prelogin(String email) {
      if (broken) {
        throw new IllegalStateException("secret detail");
      }
      return new PreloginAnswer(SALT, new Kdf(65536, 3, 1));
    }

    @Override
    public boolean signsUpByLetter() {
      return letters;
    }

    @Override
    public void beginSignUp(String email) {
      if (!letters) {
        throw Refusal.of(Token.MAIL_MISSING).exception();
      }
      changed("letter to " + email);
    }

    @Override
    public void checkSignUp(String email, String code) {
      if (email.startsWith("ada") || !code.equals("1234")) {
        throw Refusal.of(Token.SIGNUP_CODE_WRONG).exception();
      }
    }

    @Override
    public boolean emailConfirmed(String accountId) {
      return letters;
    }

    @Override
    public String signUp(SignupRequest request) {
      if (request.email().startsWith("ada")) {
        throw Refusal.of(Token.EMAIL_TAKEN).exception();
      }
      changed("sign up");
      return BOB;
    }

    @Override
    public Optional<String> signIn(String email, String proof) {
      signIns.incrementAndGet();
      return email.startsWith("ada") && proof.equals(PROOF) ? Optional.of(ADA) : Optional.empty();
    }

    @Override
    public void changePassword(String accountId, String token, PasswordRequest request) {
      changed("password");
    }

    @Override
    public void discard(String accountId) {
      if (enrolled) {
        throw Refusal.of(Token.FACTOR_ALREADY_ENROLLED).exception();
      }
      changed("discard account");
    }

    @Override
    public String email(String accountId) {
      return accountId.equals(ADA) ? "ada@example.org" : "bob@example.org";
    }
  }

  private final class Sessions implements Services.Sessions {
    @Override
    public String open(String accountId, String device, String address) {
      return signedIn(accountId, false);
    }

    @Override
    public Optional<Services.Session> find(String token) {
      return Optional.ofNullable(sessions.get(token));
    }

    @Override
    public Services.Arrived upgrade(String token, String browser, boolean first) {
      return new Services.Arrived(
          signedIn(sessions.remove(token).accountId(), true), remember(token, browser));
    }

    @Override
    public String remember(String token, String browser) {
      return browser.isEmpty() ? "browser1" : browser;
    }

    @Override
    public void end(String token) {
      sessions.remove(token);
      changed("sign out");
    }

    @Override
    public List<Services.Session> list(String accountId) {
      return sessions.values().stream()
          .filter(session -> session.accountId().equals(accountId))
          .toList();
    }

    @Override
    public boolean lives(String accountId, String sessionId) {
      return list(accountId).stream().anyMatch(session -> session.id().equals(sessionId));
    }

    @Override
    public void endOne(String accountId, String sessionId) {
      sessions
          .values()
          .removeIf(
              session -> session.accountId().equals(accountId) && session.id().equals(sessionId));
      changed("end session");
    }

    @Override
    public void endOthers(String accountId, String token) {
      sessions
          .entrySet()
          .removeIf(
              each ->
                  each.getValue().accountId().equals(accountId) && !each.getKey().equals(token));
      changed("end other sessions");
    }
  }

  private final class Factors implements Services.Factors {
    @Override
    public boolean enrolled(String accountId) {
      return enrolled;
    }

    @Override
    public Services.Enrolment begin(String accountId) {
      return new Services.Enrolment(
          "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
          "otpauth://totp/Trefoil:ada%40example.org?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Trefoil");
    }

    @Override
    public List<String> confirm(String accountId, String code) {
      use(accountId, code);
      enrolled = true;
      List<String> codes = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        codes.add("abcd-efgh-2345-67z" + i);
      }
      return codes;
    }

    @Override
    public boolean takesPasskeys() {
      return !signer;
    }

    @Override
    public @Nullable Long recoveryFrom(String accountId) {
      return signer ? (Long) (NOW + 3_600) : null;
    }

    @Override
    public int recoveryLeft(String accountId) {
      return 7;
    }

    @Override
    public List<String> renewRecovery(String accountId, String code, String ownToken) {
      return confirm(accountId, code);
    }

    @Override
    public void use(String accountId, String code) {
      if (!code.equals(CODE)) {
        throw Refusal.of(Token.CODE_WRONG).exception();
      }
      changed("code");
    }

    @Override
    public void useToSignIn(String accountId, String code, String browser) {
      use(accountId, code);
    }
  }

  private final class Record implements Services.Record {
    @Override
    public Services.Happenings happenings(String accountId, @Nullable String before) {
      return new Services.Happenings(
          List.of(
              new Services.Happening(NOW, "wallet-activated", "Sav<b>ings", null),
              new Services.Happening(NOW, "factor-refused", null, "code-wrong"),
              new Services.Happening(NOW, "of-another-release", null, null)),
          before == null ? "7" : null);
    }

    @Override
    public String wish(String accountId, String notice) {
      return notice.equals("sends") ? "each" : "daily";
    }

    @Override
    public void wish(String accountId, String notice, String wish) {
      changed(notice + wish);
    }

    @Override
    public String file(String accountId) {
      return "{}\n";
    }
  }

  private final class Sweeps implements Sweeping {
    @Override
    public boolean possible() {
      return sweeps;
    }

    @Override
    public ForeignCoins search(String accountId, String walletId, SearchRequest request) {
      own(accountId, walletId, WALLET);
      changed("search");
      return new ForeignCoins(true, 7, List.of(), 0, new Fees(1, 2, 3, 1, 9), 0);
    }

    @Override
    public SweepAnswer take(String accountId, String walletId, SweepRequest request) {
      own(accountId, walletId, WALLET);
      changed("sweep");
      return new SweepAnswer(TXID);
    }
  }

  private final class Keys implements Services.Keys {
    private final Wallets wallets = new Wallets();

    @Override
    public void exported(String accountId, String walletId) {
      own(accountId, walletId, WALLET);
    }

    @Override
    public int triedPasscode(String accountId, String walletId, PasscodeCheckRequest request) {
      own(accountId, walletId, WALLET);
      changed("passcode-check");
      return 0;
    }

    @Override
    public String now() {
      return "496000";
    }

    @Override
    public WalletView changePasscode(String accountId, String walletId, PasscodeRequest request) {
      own(accountId, walletId, WALLET);
      changed("passcode");
      return wallets.view(accountId, walletId);
    }

    @Override
    public DraftWallet successor(String accountId, String walletId) {
      own(accountId, walletId, WALLET);
      changed("successor");
      return wallets.draftAgain(accountId, DRAFT);
    }

    @Override
    public Heirs heirs(String accountId, String walletId) {
      own(accountId, walletId, REPLACED);
      changed("heirs");
      SuccessionStatement stated = new SuccessionStatement("user", PROOF);
      return new Heirs(List.of(new Heir(wallets.view(accountId, WALLET), stated)), 3, ADDRESS);
    }

    @Override
    public Services.Family family(String accountId, String walletId) {
      WalletView wallet = wallets.view(accountId, walletId);
      boolean active = wallet.state() == WalletState.ACTIVE;
      return new Services.Family(
          wallet,
          active ? REPLACED : null,
          null,
          wallet.state() == WalletState.REPLACED ? WALLET : null,
          active ? List.of(wallets.view(accountId, REPLACED)) : List.of());
    }

    @Override
    public List<Services.Family> families(String accountId) {
      return wallets.list(accountId).stream()
          .map(wallet -> family(accountId, wallet.walletId()))
          .toList();
    }

    @Override
    public Services.Paper paper(String accountId, String walletId) {
      own(accountId, walletId, WALLET, UNCHECKED, REPLACED);
      return new Services.Paper(NOW, paperDue);
    }

    @Override
    public void drilled(String accountId, String walletId, ActivateRequest request) {
      own(accountId, walletId, WALLET);
      changed("drill");
    }

    @Override
    public void later(String accountId, String walletId) {
      own(accountId, walletId, WALLET);
      changed("later");
    }
  }

  private final class Wallets implements Services.Wallets {
    @Override
    public DraftWallet draft(String accountId, String name, String requestId) {
      changed("draft");
      return draftAgain(accountId, DRAFT);
    }

    @Override
    public DraftWallet draftAgain(String accountId, String walletId) {
      return new DraftWallet(DRAFT, "regtest", "[d34db33f/48'/1'/0'/2']tpubServer", 101, NOW);
    }

    @Override
    public WalletView storeKeys(String accountId, String walletId, NewKeys keys) {
      own(accountId, walletId, DRAFT);
      changed("keys");
      return view(accountId, UNCHECKED);
    }

    @Override
    public WalletView activate(String accountId, String walletId, ActivateRequest request) {
      own(accountId, walletId, UNCHECKED);
      changed("activate");
      return view(accountId, WALLET);
    }

    @Override
    public void discard(String accountId, String walletId) {
      own(accountId, walletId, WALLET, DRAFT, UNCHECKED);
      if (walletId.equals(WALLET)) {
        throw Refusal.of(Token.WALLET_ALREADY_ACTIVE).exception();
      }
      changed("discard " + walletId);
    }

    @Override
    public WalletView view(String accountId, String walletId, MemberRole need) {
      own(accountId, walletId, WALLET, DRAFT, UNCHECKED, REPLACED);
      WalletState state =
          Map.of(
                  WALLET, WalletState.ACTIVE,
                  DRAFT, WalletState.DRAFT,
                  REPLACED, WalletState.REPLACED)
              .getOrDefault(walletId, WalletState.UNCHECKED);
      String name =
          state.live() ? "Savings" : state == WalletState.DRAFT ? "Holidays" : "<b>Household</b>";
      Balance balance =
          state == WalletState.ACTIVE
              ? new Balance(5_000_000, 1_250_000, 0)
              : new Balance(state == WalletState.REPLACED ? 70_000 : 0, 0, 0);
      String descriptor = state == WalletState.DRAFT ? null : keys.descriptor();
      return new WalletView(
          walletId,
          name,
          "regtest",
          state,
          descriptor,
          null,
          null,
          cold,
          101,
          NOW,
          balance,
          3,
          1,
          tip,
          owners,
          walletId.equals(REPLACED) ? new KeySplit(2, 3) : null,
          role,
          null,
          List.of());
    }

    @Override
    public List<WalletView> shared(String accountId) {
      return List.of();
    }

    @Override
    public List<WalletView> list(String accountId) {
      return accountId.equals(ADA)
          ? List.of(view(accountId, WALLET), view(accountId, UNCHECKED), view(accountId, DRAFT))
          : List.of();
    }

    @Override
    public FreshAddress address(String accountId, String walletId) {
      own(accountId, walletId, WALLET);
      changed("address");
      return new FreshAddress(3, ADDRESS);
    }

    @Override
    public RescanView rescan(String accountId, String walletId, String from) {
      own(accountId, walletId, WALLET);
      changed("rescan");
      return new RescanView(true, 1, 1, 107);
    }

    @Override
    public RescanView rescan(String accountId, String walletId) {
      own(accountId, walletId, WALLET);
      return new RescanView(true, 7, 50, 107);
    }

    @Override
    public void anotherAddress(String accountId, String walletId) {
      own(accountId, walletId, WALLET);
      changed("another address");
    }

    @Override
    public Spendable spendable(String accountId, String walletId) {
      own(accountId, walletId, WALLET);
      if (!chain.fine()) {
        throw new ChainUnavailable(chain.state(), chain.detail());
      }
      return new Spendable(List.of(), new Fees(1000, 2000, 5000, 1000, 500_000), 1, 107, 107);
    }

    @Override
    public History history(String accountId, String walletId, @Nullable String before) {
      own(accountId, walletId, WALLET, UNCHECKED, REPLACED);
      List<HistoryOutput> outputs =
          List.of(
              new HistoryOutput(ADDRESS, 1_000_000, false),
              new HistoryOutput(ADDRESS, 3_998_590, true));
      return new History(
          List.of(
              new HistoryItem(
                  TXID.replace('4', '5'), NOW, null, 0, 1_250_000, null, null, "in", outputs, null),
              new HistoryItem(
                  TXID,
                  NOW - 9000,
                  104,
                  3,
                  -1_001_410,
                  1_410L,
                  "Rent <March>",
                  "out",
                  outputs,
                  null),
              new HistoryItem(
                  TXID.replace('4', '6'),
                  NOW - 90000,
                  97,
                  11,
                  5_000_000,
                  null,
                  "",
                  "in",
                  outputs,
                  null),
              new HistoryItem(
                  TXID.replace('4', '7'),
                  NOW - 9100,
                  null,
                  0,
                  -1_000_705,
                  705L,
                  "Rent <March>",
                  "out",
                  outputs,
                  TXID)),
          before == null ? OLDER : null);
    }

    @Override
    public HistoryItem transaction(String accountId, String walletId, String txid) {
      return history(accountId, walletId, null).items().stream()
          .filter(item -> item.txid().equals(txid))
          .findFirst()
          .orElseThrow(() -> Refusal.of(Token.NOT_FOUND).exception());
    }

    @Override
    public Services.AddressLines addresses(
        String accountId, String walletId, @Nullable String before) {
      own(accountId, walletId, WALLET);
      return new Services.AddressLines(
          List.of(
              new Services.AddressLine(2, ADDRESS, false, 0, 0),
              new Services.AddressLine(1, ADDRESS, true, 3_998_590, 1),
              new Services.AddressLine(0, ADDRESS, false, 6_250_000, 2)),
          before == null ? OLDER : null);
    }
  }

  private final class Sends implements org.trefoil.server.http.Sends {
    @Override
    public SendView propose(String accountId, String walletId, SendRequest request) {
      own(accountId, walletId, WALLET);
      changed("send");
      return view(accountId, walletId, SEND);
    }

    @Override
    public SendView view(String accountId, String walletId, String sendId) {
      own(accountId, walletId, WALLET);
      own(accountId, sendId, SEND);
      return new SendView(
          SEND,
          sendState,
          List.of("orbit", "meadow", "quarter", "lemon"),
          List.of(new RecipientLine(ADDRESS, 1_000_000)),
          1_410,
          change,
          sendState.name().startsWith("NEEDS") ? null : TXID,
          sendState == SendState.CONFIRMED ? 1 : 0,
          NOW,
          NOW + 900,
          "Rent",
          null,
          SendKind.PAYMENT,
          null,
          null,
          sendState == SendState.BROADCAST,
          List.of("user"),
          sendState == SendState.NEEDS_SIGNATURES ? 1 : 0);
    }

    @Override
    public Waiting waiting(String accountId, String walletId, String sendId) {
      view(accountId, walletId, sendId);
      String psbt = "cHNidP8=";
      List<RecipientLine> paid = List.of(new RecipientLine(ADDRESS, 1_000_000));
      return new Waiting(spendable(), new Original(psbt, paid, false, 1_000), 1_410, 0);
    }

    @Override
    public Waiting waitingPayment(String accountId, String walletId, String txid) {
      own(accountId, walletId, WALLET);
      own(accountId, txid, TXID);
      return new Waiting(spendable(), null, 1_410, 141);
    }

    @Override
    public void approve(String accountId, String walletId, String sendId, String code) {
      own(accountId, walletId, WALLET);
      changed("yes");
    }

    @Override
    public void decline(String accountId, String walletId, String sendId) {
      own(accountId, walletId, WALLET);
      changed("no");
    }

    @Override
    public Sends.@Nullable Poll poll(String accountId, String walletId, String sendId) {
      own(accountId, walletId, WALLET);
      return poll;
    }

    @Override
    public Sends.Begun begun(String accountId, String walletId, String sendId) {
      own(accountId, walletId, WALLET);
      return new Sends.Begun("bea@b.c", role.owns());
    }

    @Override
    public @Nullable SendView ofTransaction(String accountId, String walletId, String txid) {
      own(accountId, walletId, WALLET);
      return null;
    }

    private Spendable spendable() {
      return new Spendable(List.of(), new Fees(1000, 2000, 5000, 1000, 500_000), 1, 107, 107);
    }

    @Override
    public SendView confirm(
        String accountId, String walletId, String sendId, String code, Services.Whence whence) {
      view(accountId, walletId, sendId);
      new Factors().use(accountId, code);
      sendState = SendState.BROADCAST;
      return view(accountId, walletId, sendId);
    }

    @Override
    public SendView cancel(String accountId, String walletId, String sendId) {
      view(accountId, walletId, sendId);
      changed("cancel");
      sendState = SendState.CANCELLED;
      return view(accountId, walletId, sendId);
    }

    @Override
    public SendView addSignatures(String accountId, String walletId, String sendId, String psbt) {
      view(accountId, walletId, sendId);
      changed("signatures");
      sendState = SendState.NEEDS_FACTOR;
      return view(accountId, walletId, sendId);
    }

    @Override
    public byte[] psbt(String accountId, String walletId, String sendId) {
      view(accountId, walletId, sendId);
      return new byte[400];
    }

    @Override
    public List<SendView> waiting(String accountId, String walletId) {
      own(accountId, walletId, WALLET, REPLACED);
      return walletId.equals(WALLET) ? List.of(view(accountId, walletId, SEND)) : List.of();
    }
  }

  private final class Practice implements Services.Practice {
    @Override
    public PracticeCoins coins(String accountId, String walletId) {
      own(accountId, walletId, WALLET);
      changed("coins");
      return new PracticeCoins(TXID);
    }

    @Override
    public PracticeBlock mine() {
      changed("mine");
      return new PracticeBlock(108);
    }
  }

  private final class Limits implements RateLimitStore {
    @Override
    public synchronized Duration take(String bucket, int capacity, Duration refill, Instant now) {
      int taken = buckets.merge(bucket, 1, Integer::sum);
      return taken > capacity ? refill : Duration.ZERO;
    }

    @Override
    public int sweep(Instant now) {
      return 0;
    }
  }
}
