package org.trefoil.server.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.csp.Sha384;
import org.trefoil.server.limits.RateLimitStore;

/** Every rate limit, in one table, and the check against it. */
final class RateLimits {
  /** Whom a bucket counts. */
  enum Per {
    /** A network address: IPv4 whole, IPv6 by its /64. */
    ADDRESS,
    /**
     * An account; where its password alone was given, that account from one network address, so
     * that whoever knows the password uses up nobody's tries but his own. Codes are guessed no
     * faster by it: the second factor counts its tries itself.
     */
    ACCOUNT,
    /**
     * An account from one network address, however it is signed in, so that somebody else at an
     * open session cannot keep its owner from stopping things.
     */
    ACCOUNT_AND_ADDRESS,
    /**
     * An e-mail address from one network address, so that a stranger elsewhere cannot lock its
     * owner out.
     */
    EMAIL_AND_ADDRESS,
    /** A mailbox as far as its address tells: what stands after a plus does not count. */
    MAILBOX,
    /** All together. */
    EVERYBODY
  }

  /** One row: so many at once, and one more each {@code refillSeconds}. */
  enum For {
    PRELOGIN(Per.ADDRESS, 60, 2),
    SIGNUP(Per.ADDRESS, 30, 30),
    /** Writes mail to whatever address. */
    SIGNUP_LETTER(Per.ADDRESS, 20, 60),
    SIGNUP_LETTER_EMAIL(Per.EMAIL_AND_ADDRESS, 5, 300),
    /** As many as an address without a plus gets a day; that one is never held up by it. */
    SIGNUP_LETTER_TAGGED(Per.MAILBOX, 6, 14_400),
    SIGNUP_LETTER_ALL(Per.EVERYBODY, 600, 2),
    SIGNUP_CODE(Per.ADDRESS, 60, 10),
    SIGNUP_CODE_EMAIL(Per.EMAIL_AND_ADDRESS, 10, 120),
    SIGNIN(Per.ADDRESS, 60, 5),
    SIGNIN_EMAIL(Per.EMAIL_AND_ADDRESS, 10, 60),
    FACTOR(Per.ACCOUNT, 20, 15),
    FORGOT(Per.ADDRESS, 20, 60),
    FORGOT_EMAIL(Per.EMAIL_AND_ADDRESS, 5, 300),
    LINK(Per.ADDRESS, 30, 10),
    KEYS(Per.ACCOUNT, 20, 15),
    PASSWORD(Per.ACCOUNT, 10, 60),
    NEW_WALLET(Per.ACCOUNT, 20, 60),
    CEREMONY(Per.ACCOUNT, 60, 10),
    ADDRESS(Per.ACCOUNT, 60, 5),
    RESCAN(Per.ACCOUNT, 10, 60),
    /** Asked again every two seconds while a search goes on; one is made at a time. */
    SEARCH(Per.ACCOUNT, 120, 2),
    SEND(Per.ACCOUNT, 60, 5),
    /** Before each send is signed in the vault, and when somebody looks. */
    RECEIPT(Per.ACCOUNT, 120, 2),
    CONFIRM(Per.ACCOUNT, 20, 15),
    /** Writes mail to whatever address. */
    INVITE(Per.ACCOUNT, 10, 300),
    /** What only stops or cancels. */
    STOP(Per.ACCOUNT_AND_ADDRESS, 20, 15),
    RECORD(Per.ACCOUNT, 10, 60),
    PRACTICE(Per.ACCOUNT, 60, 2),
    REPORT(Per.ADDRESS, 60, 5);

    private final Per per;
    private final int capacity;
    private final int refillSeconds;

    For(Per per, int capacity, int refillSeconds) {
      this.per = per;
      this.capacity = capacity;
      this.refillSeconds = refillSeconds;
    }

    Per per() {
      return per;
    }

    int capacity() {
      return capacity;
    }
  }

  private static final Pattern ADDRESS =
      Pattern.compile("[0-9]+(\\.[0-9]+){3}|[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*");

  private final RateLimitStore store;
  private final InstantSource clock;

  RateLimits(RateLimitStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * Takes one from the bucket of {@code whom}, or refuses {@code too-many-tries} with the seconds
   * to wait.
   */
  void take(For limit, String whom) {
    Duration wait =
        store.take(
            limit.name() + ":" + whom,
            limit.capacity,
            Duration.ofSeconds(limit.refillSeconds),
            clock.instant());
    if (!wait.isZero()) {
      throw Refusal.of(
              Token.TOO_MANY_TRIES, "seconds", Long.toString(Math.max(1, wait.toSeconds())))
          .exception();
    }
  }

  /**
   * The name of a bucket for an e-mail address: a digest, so that the table of buckets is no list
   * of addresses.
   */
  static String email(String email, String address) {
    return digest(email) + "@" + address;
  }

  /**
   * The name of a bucket for the mailbox behind an address with a plus before its @, which delivers
   * what is sent to every such address; null for an address without one.
   */
  static @Nullable String tagged(String email) {
    int plus = email.indexOf('+');
    int at = email.lastIndexOf('@');
    return plus < 0 || plus > at ? null : digest(email.substring(0, plus) + email.substring(at));
  }

  private static String digest(String email) {
    return Sha384.of(email.strip().toLowerCase(Locale.ROOT)).shortHex();
  }

  /**
   * The name of a bucket for a network address; one for everything that is none, so that no name of
   * a stranger's choice is looked up.
   */
  static String address(String ip) {
    if (!ADDRESS.matcher(ip).matches()) {
      return "unknown";
    }
    try {
      byte[] bytes = InetAddress.getByName(ip).getAddress();
      byte[] network = bytes.length == 4 ? bytes : Arrays.copyOf(bytes, 8);
      return new String(
          Base64.getUrlEncoder().withoutPadding().encode(network), StandardCharsets.US_ASCII);
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }
}
