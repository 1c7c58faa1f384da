package org.trefoil.server.http;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.wire.ChangeEmailRequest;
import org.trefoil.core.wire.KeyQuestion;
import org.trefoil.core.wire.LostFactorRequest;
import org.trefoil.core.wire.NewEmailRequest;
import org.trefoil.core.wire.NewPasswordRequest;
import org.trefoil.core.wire.ProvedKeysRequest;

/**
 * What the door asks about ways back into an account. Links are refused as {@code link-dead} when
 * they are used up, expired or made up.
 */
public interface Regain {
  /** Whether mail reaches people; nothing that needs it works otherwise. */
  boolean mails();

  /** Mails a link for a new password if there is such an account; answers alike if not. */
  void forgot(String email);

  /** Whether the link for a new password asks for a code first. */
  boolean asksCode(String token);

  /** The address of the account that the link sets a password for. */
  String email(String token);

  /** Takes the code; answers the token to go on with. */
  String giveCode(String token, String code);

  void newPassword(NewPasswordRequest request);

  /** A replacement of the second factor that is under way; null when there is none. */
  @Nullable Pending pending(String accountId);

  /** Times in epoch seconds; {@code ready} once the wait is over. */
  record Pending(long startedAt, long readyAt, boolean ready) {}

  /** The wallets whose keys may speak for the account, the one that may at once first. */
  List<Speaker> speakers(String accountId);

  /**
   * A wallet; {@code atOnce} if it may not only begin what waits, {@code paper} if its backup key
   * can be typed from sheet A.
   */
  record Speaker(String walletId, String name, boolean atOnce, boolean paper) {}

  /** Whether no wait replaces the second factor of an account: both keys do, or nothing. */
  boolean keysAlone(String accountId);

  long waitHours();

  KeyQuestion factorLost(String accountId, LostFactorRequest request);

  /** Takes the keys' answer; the token to enrol with at once, or null when the wait begins. */
  @Nullable String keys(String accountId, ProvedKeysRequest request);

  /** Begins the wait for an account without a wallet. */
  void factorLostWithoutKeys(String accountId);

  void cancelFactor(String accountId);

  /** What the new authenticator app is told. */
  Services.Enrolment newFactor(String accountId, String token);

  /** Takes the new app's first code, and ends every session. */
  Regained newFactor(String accountId, String token, String code, String sessionToken);

  /** New recovery codes, and the token of the session that goes on. */
  record Regained(List<String> codes, String sessionToken) {
    public Regained {
      codes = List.copyOf(codes);
    }

    @Override
    public String toString() {
      return "Regained[redacted]";
    }
  }

  /** The address that waits for its confirmation; null when none does. */
  @Nullable String pendingEmail(String accountId);

  KeyQuestion newEmail(String accountId, NewEmailRequest request);

  void changeEmail(String accountId, ChangeEmailRequest request);

  /** The address that the link confirms. */
  String newEmail(String token);

  /** Confirms it; every session ends but that of {@code sessionToken}, which may be "". */
  void confirmEmail(String token, String sessionToken);

  void cancelEmail(String accountId);

  /** Refuses unless the link cancels something that is under way. */
  void lookAtCancel(String link);

  void cancel(String link);

  /** Whether mail is shown here in place of being sent. */
  boolean showsMail();

  /** The newest mail that is shown; of one account, or of all for null. */
  List<Letter> mail(@Nullable String accountId);

  /** A mail, line by line. */
  record Letter(String recipient, String subject, List<Line> lines, long at) {
    public Letter {
      lines = List.copyOf(lines);
    }

    @Override
    public String toString() {
      return "Letter[redacted]";
    }
  }

  /** A line; {@code path} is where it leads on this site, null when it is no link. */
  record Line(String text, @Nullable String path) {
    @Override
    public String toString() {
      return "Line[redacted]";
    }
  }
}
