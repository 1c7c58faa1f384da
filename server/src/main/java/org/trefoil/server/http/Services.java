package org.trefoil.server.http;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.wire.ActivateRequest;
import org.trefoil.core.wire.DraftWallet;
import org.trefoil.core.wire.FreshAddress;
import org.trefoil.core.wire.Health;
import org.trefoil.core.wire.Heirs;
import org.trefoil.core.wire.History;
import org.trefoil.core.wire.HistoryItem;
import org.trefoil.core.wire.LiveWallet;
import org.trefoil.core.wire.MemberRole;
import org.trefoil.core.wire.NewKeys;
import org.trefoil.core.wire.PasscodeCheckRequest;
import org.trefoil.core.wire.PasscodeRequest;
import org.trefoil.core.wire.PasswordRequest;
import org.trefoil.core.wire.PracticeBlock;
import org.trefoil.core.wire.PracticeCoins;
import org.trefoil.core.wire.PreloginAnswer;
import org.trefoil.core.wire.RescanView;
import org.trefoil.core.wire.SignupRequest;
import org.trefoil.core.wire.Spendable;
import org.trefoil.core.wire.WalletView;
import org.trefoil.server.limits.RateLimitStore;

/**
 * Everything that the door asks of the rooms behind it.
 *
 * <p>Each method says no by throwing {@code RefusedException}; whatever belongs to somebody else is
 * refused as {@code not-found}, exactly as if it did not exist. Account identifiers are opaque
 * texts.
 *
 * @param practice the practice chain's extras, or null on every other chain
 */
public record Services(
    Accounts accounts,
    Sessions sessions,
    Factors factors,
    Passkeys passkeys,
    Wallets wallets,
    Keys keys,
    Policies policies,
    Members members,
    Sends sends,
    Proofs proofs,
    Sweeping sweeps,
    Live live,
    @Nullable Practice practice,
    Pulse pulse,
    Regain regain,
    Record record,
    RateLimitStore limits) {

  /** Accounts and their passwords, of which only proofs arrive here. */
  public interface Accounts {
    /** Salt and parameters for this e-mail address; a stable invention for a stranger. */
    PreloginAnswer prelogin(String email);

    /** Whether a sign-up begins with a letter to the address. */
    boolean signsUpByLetter();

    /** Writes a letter to the address, whether it has an account or not; they differ. */
    void beginSignUp(String email);

    /** Refuses {@code signup-code-wrong}; one address answers like another. */
    void checkSignUp(String email, String code);

    /** Makes an account and answers its identifier. */
    String signUp(SignupRequest request);

    /** Whether mail to the account's address was shown to reach its owner. */
    boolean emailConfirmed(String accountId);

    /** The account, when the proof is right; takes as long when it is not. */
    Optional<String> signIn(String email, String proof);

    /**
     * Checks old proof and code, then sets the new proof and ends every other session than the one
     * with {@code token}.
     */
    void changePassword(String accountId, String token, PasswordRequest request);

    /** Takes back a sign-up that was not finished; refuses {@code factor-already-enrolled}. */
    void discard(String accountId);

    /** The e-mail address of an account. */
    String email(String accountId);
  }

  /** Sign-ins, found by a token of 256 random bits that only the cookie holds. */
  public interface Sessions {
    /**
     * Opens a half session: the password was right, the second factor is missing. Answers its
     * token.
     *
     * @param device what the browser calls itself
     * @param address where it asks from
     */
    String open(String accountId, String device, String address);

    /** The living session of this token; also counts as a sign of life. */
    Optional<Session> find(String token);

    /**
     * Ends the session of this token and opens a full one, and remembers the browser that it is in.
     *
     * @param browser what {@link Arrived#browser} was the last time, or ""
     * @param first whether that ends a sign-up
     */
    Arrived upgrade(String token, String browser, boolean first);

    /** Remembers the browser of a full session; answers its cookie. */
    String remember(String token, String browser);

    /** Ends the session of this token; unknown ones too. */
    void end(String token);

    /** The living sessions of an account, newest first, a hundred at most. */
    List<Session> list(String accountId);

    /** Whether the session of this public identifier lives. */
    boolean lives(String accountId, String sessionId);

    /** Ends one session of an account by its public identifier. */
    void endOne(String accountId, String sessionId);

    /** Ends all sessions of an account but that of this token. */
    void endOthers(String accountId, String token);
  }

  /** The cookies of somebody who gave both factors: of the session, and of the browser. */
  public record Arrived(String token, String browser) {
    @Override
    public String toString() {
      return "Arrived[redacted]";
    }
  }

  /**
   * A sign-in as its owner may see it.
   *
   * @param id public; not the token, and nothing that leads to it
   * @param full whether the second factor was given
   * @param device what the browser called itself when it signed in, shortened
   * @param address the network address that it signed in from; "" when that was not noted
   * @param createdAt epoch seconds
   * @param seenAt epoch seconds
   */
  public record Session(
      String id,
      String accountId,
      boolean full,
      String device,
      String address,
      long createdAt,
      long seenAt) {}

  /** Authenticator apps and recovery codes. */
  public interface Factors {
    /** Whether the account has a second factor. */
    boolean enrolled(String accountId);

    /** A secret to enrol; the same one until it is confirmed. */
    Enrolment begin(String accountId);

    /** Checks the first code and answers ten recovery codes, which are never shown again. */
    List<String> confirm(String accountId, String code);

    /** When recovery codes confirm sends, epoch seconds; null where they do. */
    @Nullable Long recoveryFrom(String accountId);

    /** Whether a passkey stands in for a code also where new factors or rules are asked for. */
    boolean takesPasskeys();

    /** Recovery codes that were not used yet. */
    int recoveryLeft(String accountId);

    /** Ten new recovery codes in place of the old ones; refuses as {@link #use} does. */
    List<String> renewRecovery(String accountId, String code, String ownToken);

    /**
     * Uses up a code of the app or a recovery code; refuses with {@code code-wrong}, {@code
     * code-used}, {@code too-many-tries}.
     */
    void use(String accountId, String code);

    /**
     * As {@link #use} for a sign-in, in the browser with this cookie, which may be "": one that the
     * account was signed in to before has tries of its own.
     */
    void useToSignIn(String accountId, String code, String browser);
  }

  /**
   * From where something is asked for.
   *
   * @param address the network address
   * @param browser the cookie by which a browser is known, or ""
   */
  public record Whence(String address, String browser) {
    @Override
    public String toString() {
      return "Whence[" + address + "]";
    }
  }

  /**
   * What an authenticator app is told.
   *
   * @param secret base32
   * @param uri {@code otpauth://totp/…}
   */
  public record Enrolment(String secret, String uri) {
    @Override
    public String toString() {
      return "Enrolment[redacted]";
    }
  }

  /** Wallets of an account, and of others as far as it is a member. */
  public interface Wallets {
    DraftWallet draft(String accountId, String name, String requestId);

    /** The draft again, while the wallet has no keys. */
    DraftWallet draftAgain(String accountId, String walletId);

    WalletView storeKeys(String accountId, String walletId, NewKeys keys);

    WalletView activate(String accountId, String walletId, ActivateRequest request);

    /** Takes a wallet off the list that is not active; refuses {@code wallet-already-active}. */
    void discard(String accountId, String walletId);

    /** For its owner. */
    default WalletView view(String accountId, String walletId) {
      return view(accountId, walletId, MemberRole.OWNER);
    }

    /** For somebody who may do so much; refuses {@code role-refused} to other members. */
    WalletView view(String accountId, String walletId, MemberRole need);

    /** Newest first. */
    List<WalletView> list(String accountId);

    /** Wallets of others that the account is a member of. */
    List<WalletView> shared(String accountId);

    FreshAddress address(String accountId, String walletId);

    /** From now on {@link #address} answers one that was never shown. */
    void anotherAddress(String accountId, String walletId);

    Spendable spendable(String accountId, String walletId);

    /** Newest first, from the top or from what a page told as its {@code older}. */
    History history(String accountId, String walletId, @Nullable String before);

    HistoryItem transaction(String accountId, String walletId, String txid);

    /** Reads the chain again for the wallet, from a height or a day on. */
    RescanView rescan(String accountId, String walletId, String from);

    /** How far that is. */
    RescanView rescan(String accountId, String walletId);

    /** Addresses that were handed out or paid, newest first, in the same way. */
    AddressLines addresses(String accountId, String walletId, @Nullable String before);
  }

  /**
   * An address of a wallet and what it received.
   *
   * @param received satoshis ever received
   * @param payments how many outputs paid it
   */
  public record AddressLine(
      int index, String address, boolean change, long received, int payments) {}

  /** Some of them; {@code older} asks for the next ones, null when there are none. */
  public record AddressLines(List<AddressLine> lines, @Nullable String older) {}

  /** What is done when a passcode, a sheet or a key is lost or seen. */
  public interface Keys {
    /** Puts the user key that was sealed anew in the place of the old envelope. */
    WalletView changePasscode(String accountId, String walletId, PasscodeRequest request);

    /** A passcode was tried; how many sends that were held back wait for their owner. */
    int triedPasscode(String accountId, String walletId, PasscodeCheckRequest request);

    /** The time, as a mark on a passcode that is tried covers it. */
    String now();

    /** The draft of the wallet that is to come after this one. */
    DraftWallet successor(String accountId, String walletId);

    /** The wallets that came after a replaced one, and where the last of them is paid. */
    Heirs heirs(String accountId, String walletId);

    Family family(String accountId, String walletId);

    /** All wallets, newest first; replaced ones stand under what came after them. */
    List<Family> families(String accountId);

    Paper paper(String accountId, String walletId);

    /** Notes that the paper was read back. */
    void drilled(String accountId, String walletId, ActivateRequest request);

    /** Puts the reminder of it off for a year. */
    void later(String accountId, String walletId);

    /** Notes that the wallet is shown for other software. */
    void exported(String accountId, String walletId);
  }

  /**
   * A wallet with those whose place it took.
   *
   * @param replaces the wallet that it comes after, or is to come after
   * @param next the wallet that is to come after it once its paper is checked
   * @param heir the wallet in use that came after it; null when it is in use itself
   * @param older those that it came after, the latest first
   */
  public record Family(
      WalletView wallet,
      @Nullable String replaces,
      @Nullable String next,
      @Nullable String heir,
      List<WalletView> older) {
    /** What waits at old addresses, satoshis. */
    public long left() {
      return older.stream().mapToLong(one -> one.balance().confirmed()).sum();
    }
  }

  /**
   * How the paper of a wallet stands.
   *
   * @param checkedAt when it was read back last, epoch seconds
   * @param due whether to remind of it now
   */
  public record Paper(long checkedAt, boolean due) {}

  /** What happened in an account, as it is chained and signed. */
  public interface Record {
    /** From the newest on, or from what a page told as its {@code older}. */
    Happenings happenings(String accountId, @Nullable String before);

    /** All of it, as a file that anybody can check. */
    String file(String accountId);

    /** When the account wants the mail of this name: {@code each}, {@code daily}, {@code never}. */
    String wish(String accountId, String notice);

    /** Sends the mail of this name so from now on. */
    void wish(String accountId, String notice, String wish);
  }

  /**
   * Something that happened.
   *
   * @param kind our name for it
   * @param about the name of the wallet that it was about; null when it was about none that is here
   */
  public record Happening(long at, String kind, @Nullable String about, @Nullable String detail) {}

  /** Some of them; {@code older} asks for the next ones, null when there are none. */
  public record Happenings(List<Happening> lines, @Nullable String older) {
    public Happenings {
      lines = List.copyOf(lines);
    }
  }

  /** Changes of a wallet as they happen. */
  public interface Live {
    /** Calls {@code told} on each change until closed; calls may come from any thread. */
    Subscription subscribe(String accountId, String walletId, Consumer<LiveWallet> told);
  }

  /** A running subscription. */
  public interface Subscription extends AutoCloseable {
    @Override
    void close();
  }

  /** Coins and blocks by a click. */
  public interface Practice {
    PracticeCoins coins(String accountId, String walletId);

    PracticeBlock mine();
  }

  /** How the house is. */
  public interface Pulse {
    /** {@code status} is {@code ok}, or anything else when it cannot serve. */
    Health health();

    /** Why nothing can be sent now that has to do with the chain; asks no node. */
    Optional<Refusal> away();
  }
}
