package org.trefoil.server.members;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.keys.Hashes;
import org.trefoil.core.units.Utf8;
import org.trefoil.core.wire.MemberRole;
import org.trefoil.core.wire.WalletState;
import org.trefoil.server.account.Email;
import org.trefoil.server.audit.AuditKind;
import org.trefoil.server.durable.Ids;
import org.trefoil.server.durable.Transactions;
import org.trefoil.server.members.MemberStore.Invitation;
import org.trefoil.server.members.MemberStore.Row;
import org.trefoil.server.secondfactor.SecondFactors;
import org.trefoil.server.secondfactor.Verdict;
import org.trefoil.server.wallets.WalletRecord;
import org.trefoil.server.wallets.Wallets;

/**
 * Asks people to become members of a wallet, changes what they may, and removes them. Each of it
 * takes a second factor, is noted, and mailed to the owner and to whom it is about. Nobody gives or
 * takes a role that is not below his own.
 */
public final class Members {
  /** How long an invitation stands. */
  public static final Duration PATIENCE = Duration.ofDays(7);

  /** Members of one wallet at most, those included who were asked. */
  public static final int MOST = 20;

  private static final int TOKEN = 32;

  private final MemberStore store;
  private final MemberRoll roll;
  private final Wallets wallets;
  private final SecondFactors factors;
  private final MemberNews news;
  private final Pending pending;
  private final Transactions transactions;
  private final InstantSource clock;
  private final SecureRandom random;

  public Members(
      MemberStore store,
      MemberRoll roll,
      Wallets wallets,
      SecondFactors factors,
      MemberNews news,
      Pending pending,
      Transactions transactions,
      InstantSource clock,
      SecureRandom random) {
    this.store = store;
    this.roll = roll;
    this.wallets = wallets;
    this.factors = factors;
    this.news = news;
    this.pending = pending;
    this.transactions = transactions;
    this.clock = clock;
    this.random = random;
  }

  /** What waits for members of a wallet, or was begun by them. */
  public interface Pending {
    /** Some are gone, or may do less; inside the transaction that did it. */
    void membersChanged(WalletRecord wallet);
  }

  /** A member as others see it; {@code joinedAt} is null for the owner. */
  public record Member(
      String accountId, String email, MemberRole role, @Nullable Instant joinedAt) {}

  /** Who reaches a wallet, its owner first, and who was asked to. */
  public record Circle(List<Member> members, List<Invitation> invitations) {
    public Circle {
      members = List.copyOf(members);
      invitations = List.copyOf(invitations);
    }
  }

  public Circle circle(String accountId, String walletId) {
    WalletRecord wallet = wallets.live(accountId, walletId, MemberRole.VIEWER);
    MemberRole role = wallets.role(wallet, accountId).orElseThrow();
    boolean asks = role.may(MemberRole.ADMINISTRATOR);
    return new Circle(
        members(wallet), asks ? store.invitations(walletId, clock.instant()) : List.of());
  }

  /** All who reach a wallet, its owner first. */
  public List<Member> members(WalletRecord wallet) {
    String owner = wallet.accountId();
    List<Member> all = new ArrayList<>();
    all.add(new Member(owner, roll.email(owner), MemberRole.OWNER, null));
    for (Row row : roll.of(wallet.walletId())) {
      all.add(new Member(row.accountId(), roll.email(row.accountId()), row.role(), row.joinedAt()));
    }
    return all;
  }

  /**
   * Asks somebody by mail. Refuses {@code already-a-member}, {@code too-many-members}, {@code
   * role-refused} for a role that is not below one's own, and what a second factor is refused for.
   */
  public void invite(
      String accountId, String walletId, String typedEmail, MemberRole role, String code) {
    Email email = Email.parse(typedEmail);
    decided(
        () -> {
          WalletRecord wallet = administered(accountId, walletId);
          refuseNotBelow(wallet, accountId, role);
          List<Member> members = members(wallet);
          if (members.stream().anyMatch(member -> member.email().equals(email.text()))) {
            throw Refusal.of(Token.ALREADY_A_MEMBER).exception();
          }
          Instant now = clock.instant();
          refuseFull(members.size() - 1 + store.invitations(walletId, now).size());
          Verdict used = factors.use(accountId, code);
          if (used == Verdict.OK) {
            String token = freshToken();
            store.invite(
                roll.sealed(
                    new Invitation(
                        Ids.random(random),
                        walletId,
                        email.text(),
                        role,
                        hash(token),
                        accountId,
                        now.plus(PATIENCE),
                        null)));
            note(AuditKind.MEMBER_INVITED, wallet, accountId, email.text(), role);
            news.invited(wallet, email.text(), role, roll.email(accountId), token);
          }
          return used;
        });
  }

  /** Takes an invitation back; one that is gone already changes nothing. */
  public void cancel(String accountId, String walletId, String invitationId) {
    transactions.run(
        () -> {
          WalletRecord wallet = administered(accountId, walletId);
          if (store.take(walletId, invitationId)) {
            wallets.note(AuditKind.INVITATION_CANCELLED, wallet, accountId, walletId, null);
          }
        });
  }

  /**
   * What a link asks for.
   *
   * @param wallet its name
   * @param by the e-mail address of who asks
   */
  public record Asked(String wallet, String email, MemberRole role, String by) {}

  /** Refuses {@code link-dead}. */
  public Asked look(String token) {
    Invitation invitation = open(token);
    WalletRecord wallet = wallets.byId(invitation.walletId());
    refuseUnlessItStands(wallet, invitation);
    return new Asked(
        wallet.name(), invitation.email(), invitation.role(), roll.email(invitation.invitedBy()));
  }

  /**
   * Makes the account a member, once. Refuses {@code link-dead}, also when whoever asked may not
   * ask for that any more, {@code invitation-for-another} unless it has the address that was asked,
   * {@code already-a-member}.
   *
   * @return the wallet
   */
  public String accept(String accountId, String token) {
    return transactions.run(
        () -> {
          Invitation invitation = open(token);
          String walletId = invitation.walletId();
          if (!roll.email(accountId).equals(invitation.email())) {
            throw Refusal.of(Token.INVITATION_FOR_ANOTHER, "email", invitation.email()).exception();
          }
          WalletRecord wallet = wallets.lock(walletId);
          refuseUnlessItStands(wallet, invitation);
          Instant now = Instant.ofEpochSecond(clock.instant().getEpochSecond());
          boolean here = wallet.state() == WalletState.ACTIVE;
          if (!here || !store.take(walletId, invitation.invitationId())) {
            throw dead();
          }
          if (wallet.accountId().equals(accountId)
              || !store.add(roll.row(walletId, accountId, invitation.role(), now))) {
            throw Refusal.of(Token.ALREADY_A_MEMBER).exception();
          }
          note(AuditKind.MEMBER_JOINED, wallet, accountId, invitation.email(), invitation.role());
          news.joined(wallet, accountId, invitation.role());
          return walletId;
        });
  }

  /**
   * Gives a member another role, or none: then it reaches the wallet no more. Whom it asked is
   * asked no more. Everybody may leave; everything else takes an administrator, and another role a
   * wallet whose keys were not replaced. Refuses {@code not-found} for no member.
   */
  public void change(
      String accountId, String walletId, String member, @Nullable MemberRole role, String code) {
    decided(
        () -> {
          boolean leaves = member.equals(accountId) && role == null;
          WalletRecord wallet =
              role == null
                  ? wallets.lockLive(
                      accountId, walletId, leaves ? MemberRole.VIEWER : MemberRole.ADMINISTRATOR)
                  : administered(accountId, walletId);
          Row row =
              roll.of(walletId).stream()
                  .filter(one -> one.accountId().equals(member))
                  .findFirst()
                  .orElseThrow(() -> Refusal.of(Token.NOT_FOUND).exception());
          if (!leaves) {
            refuseNotBelow(wallet, accountId, row.role());
            refuseNotBelow(wallet, accountId, role == null ? MemberRole.VIEWER : role);
          }
          Verdict used = factors.use(accountId, code);
          if (used != Verdict.OK) {
            return used;
          }
          store.takeAllOf(walletId, member);
          String email = roll.email(member);
          if (role == null) {
            store.remove(walletId, member);
            note(AuditKind.MEMBER_REMOVED, wallet, accountId, email, row.role());
            news.removed(wallet, member);
          } else {
            store.change(roll.row(walletId, member, role, row.joinedAt()));
            note(AuditKind.MEMBER_CHANGED, wallet, accountId, email, role);
            news.changed(wallet, member, role);
          }
          pending.membersChanged(wallet);
          return used;
        });
  }

  private WalletRecord administered(String accountId, String walletId) {
    return wallets.lockActive(accountId, walletId, MemberRole.ADMINISTRATOR);
  }

  private void refuseNotBelow(WalletRecord wallet, String accountId, MemberRole role) {
    if (role.may(wallets.role(wallet, accountId).orElseThrow())) {
      throw Refusal.of(Token.ROLE_REFUSED).exception();
    }
  }

  private void refuseUnlessItStands(WalletRecord wallet, Invitation invitation) {
    MemberRole by = wallets.role(wallet, invitation.invitedBy()).orElse(MemberRole.VIEWER);
    if (!by.may(MemberRole.ADMINISTRATOR) || invitation.role().may(by)) {
      throw dead();
    }
  }

  private static void refuseFull(int many) {
    if (many >= MOST) {
      throw Refusal.of(Token.TOO_MANY_MEMBERS, "most", Integer.toString(MOST)).exception();
    }
  }

  private void note(
      AuditKind kind, WalletRecord wallet, String accountId, String email, MemberRole role) {
    wallets.note(kind, wallet, accountId, wallet.walletId(), email + ", " + role.word());
  }

  private Invitation open(String token) {
    return store
        .invitation(hash(token), clock.instant())
        .filter(roll::proved)
        .orElseThrow(Members::dead);
  }

  private static RuntimeException dead() {
    return Refusal.of(Token.LINK_DEAD).exception();
  }

  private String freshToken() {
    byte[] bytes = new byte[TOKEN];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static byte[] hash(String token) {
    return Hashes.sha256(Utf8.of(token));
  }

  /** Runs a decision whose tries of a second factor stay counted when it refuses. */
  private void decided(Supplier<Verdict> decision) {
    Verdict verdict = transactions.run(decision::get);
    verdict.orRefuse();
  }
}
