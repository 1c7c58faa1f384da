package org.trefoil.server.http;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.wire.FactorCode;
import org.trefoil.core.wire.KnownPasskeys;
import org.trefoil.core.wire.NewPasskeyQuestion;
import org.trefoil.core.wire.NewPasskeyRequest;
import org.trefoil.core.wire.OpeningRequest;
import org.trefoil.core.wire.PasskeyAnswer;
import org.trefoil.core.wire.PasskeyChange;
import org.trefoil.core.wire.PasskeyQuestion;
import org.trefoil.core.wire.SendView;
import org.trefoil.core.wire.WalletView;

/**
 * What the door asks about passkeys. Each question is answered once and within two minutes, else
 * {@code passkey-late}; what does not fit it is {@code passkey-refused}.
 */
public interface Passkeys {
  /** The account's passkeys, the first one first. */
  List<Line> list(String accountId);

  /**
   * A passkey as its owner sees it; times in epoch seconds.
   *
   * @param shared whether it may be copied between devices
   * @param signsIn whether it signs in without the password
   * @param countsFrom when it confirms sends; null where it does
   */
  record Line(
      String id,
      String name,
      boolean shared,
      boolean signsIn,
      long createdAt,
      @Nullable Long usedAt,
      @Nullable Long countsFrom) {}

  /**
   * Whether one that confirms sends does so, for who has taken this server over, for a while after
   * it was removed on another one's word: a signer removes it at once on a code alone.
   */
  boolean leavesLate();

  /** Where passkeys of this site work. */
  String origin();

  /** Asks for what a code would do. */
  PasskeyQuestion askStepUp(String accountId);

  /** Answers a code that is good once. */
  FactorCode answerStepUp(String accountId, PasskeyAnswer answer);

  PasskeyQuestion askSignIn();

  /** Whose passkey answered, with all that a password and a code would prove. */
  String signIn(PasskeyAnswer answer);

  /** Asks for exactly one send. */
  PasskeyQuestion askSend(String accountId, String walletId, String sendId);

  /** Co-signs it. */
  SendView confirm(
      String accountId,
      String walletId,
      String sendId,
      PasskeyAnswer answer,
      Services.Whence whence);

  /** Asks a member who says yes to exactly one send. */
  PasskeyQuestion askVote(String accountId, String walletId, String sendId);

  /** Says yes to it. */
  void approve(String accountId, String walletId, String sendId, PasskeyAnswer answer);

  /** Uses the code up and begins a registration. */
  NewPasskeyQuestion begin(String accountId, String code);

  /** Ends it; every session ends but that of {@code token}. */
  void add(String accountId, String token, NewPasskeyRequest made);

  /** Every session ends but that of {@code token} when the passkey is to sign in from now on. */
  void change(String accountId, String passkeyId, PasskeyChange change, String token);

  /** Asks the account's other passkeys to have this one confirm sends at once. */
  PasskeyQuestion askVouch(String accountId, String passkeyId);

  /** Has it do so. */
  void vouch(String accountId, String passkeyId, PasskeyAnswer answer);

  void remove(String accountId, String passkeyId, String code, String token);

  /** The account's passkeys, for what the vault has asked of them; nothing of it comes here. */
  KnownPasskeys known(String accountId);

  /**
   * A way into a wallet's envelope, by a passkey and a PIN.
   *
   * @param id the passkey's
   * @param name the passkey's
   * @param createdAt epoch seconds
   */
  record Opening(String id, String name, long createdAt) {}

  /** Those of the owner's wallet, the first one first. */
  List<Opening> openings(String accountId, String walletId);

  /** The wallet with what its owner's passkeys open it by; of anybody else's as it is. */
  WalletView opened(String accountId, WalletView wallet);

  void addOpening(String accountId, String walletId, OpeningRequest request);

  void removeOpening(String accountId, String walletId, String passkeyId, String code);
}
