package org.trefoil.server.spend;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.proposal.Change;
import org.trefoil.core.proposal.CheckedSpend;
import org.trefoil.core.proposal.HalfSigned;
import org.trefoil.core.proposal.Intent;
import org.trefoil.core.psbt.UnsignedTx;
import org.trefoil.core.units.Sats;
import org.trefoil.core.wire.MemberRole;
import org.trefoil.core.wire.RecipientLine;
import org.trefoil.core.wire.SendRequest;
import org.trefoil.core.wire.SendState;
import org.trefoil.core.wire.SendView;
import org.trefoil.core.wire.WalletState;
import org.trefoil.server.audit.AuditKind;
import org.trefoil.server.chain.ChainIndex;
import org.trefoil.server.durable.Ids;
import org.trefoil.server.durable.Transactions;
import org.trefoil.server.duress.Hand;
import org.trefoil.server.notify.LiveUpdates;
import org.trefoil.server.notify.WalletChange;
import org.trefoil.server.passkey.PasskeyQuestions;
import org.trefoil.server.policy.Spending;
import org.trefoil.server.policy.Verdict;
import org.trefoil.server.secondfactor.GivenFactor;
import org.trefoil.server.wallets.RequestId;
import org.trefoil.server.wallets.WalletRecord;
import org.trefoil.server.wallets.Wallets;

/** Takes proposals, shows, confirms and cancels sends. */
public final class Sends {
  /** How long a proposal waits for the second factor. */
  public static final Duration PATIENCE = Duration.ofMinutes(15);

  /** How long one waits of which other owners have to sign first, from its proposal. */
  public static final Duration PATIENCE_WITH_OWNERS = Duration.ofDays(7);

  private static final int MAX_NOTE = 200;
  private static final int MOST_LISTED = 200;

  private final SendStore store;
  private final Wallets wallets;
  private final ChainIndex chain;
  private final SendCheck check;
  private final Replacing replacing;
  private final Bumping bumping;
  private final Confirming confirming;
  private final Asking asking;
  private final Proving proving;
  private final Transactions transactions;
  private final LiveUpdates live;
  private final InstantSource clock;
  private final SecureRandom random;

  public Sends(
      SendStore store,
      Wallets wallets,
      ChainIndex chain,
      Confirming confirming,
      PasskeyQuestions passkeys,
      Transactions transactions,
      LiveUpdates live,
      InstantSource clock,
      SecureRandom random) {
    this.store = store;
    this.wallets = wallets;
    this.chain = chain;
    this.check = confirming.check();
    this.replacing = confirming.replacing();
    this.bumping = new Bumping(this, store, wallets, chain, confirming);
    this.confirming = confirming;
    this.asking = new Asking(this, wallets, passkeys, confirming.policies(), clock);
    this.proving = new Proving(this, wallets, passkeys, confirming.judging());
    this.transactions = transactions;
    this.live = live;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Takes a half-signed proposal after checking everything; the same request again answers the same
   * send, another one under its id is {@code request-reused}.
   */
  public SendView propose(String accountId, String walletId, SendRequest request) {
    WalletRecord wallet = wallets.live(accountId, walletId, MemberRole.SPENDER);
    RequestId.check(request.requestId());
    byte[] hash = hash(request);
    Optional<SendRecord> added;
    try {
      added = add(accountId, wallet, request, hash);
    } catch (RefusedException e) {
      // the same request may have been here before, and its own send have taken its coins
      return replay(store.byRequest(walletId, request.requestId()).orElseThrow(() -> e), hash);
    }
    return added.isPresent()
        ? view(added.get())
        : replay(store.byRequest(walletId, request.requestId()).orElseThrow(), hash);
  }

  /** The send as it was added; nothing when the request was here before. */
  private Optional<SendRecord> add(
      String accountId, WalletRecord wallet, SendRequest request, byte[] hash) {
    confirming.refuseWhenClosed();
    checkNote(request.note());
    Intent intent =
        SendCheck.intent(
            wallet.network(), request.recipients(), request.everything(), request.feeRate());
    byte[] psbt = Base64.getDecoder().decode(request.psbt());
    String walletId = wallet.walletId();
    Purpose purpose = bumping.purpose(walletId, request);
    Verified verified = check.check(wallet, psbt, intent, purpose);
    confirming.onward().refuseElsewhere(wallet, verified.half().spend(), purpose);
    HalfSigned half = verified.half();
    String note = Bumping.note(request.note(), verified.kind(), purpose);
    boolean byUser = SendCheck.byUser(half);
    Hand hand = Hand.of(wallet.marks(), byUser, half.spend().digest(), request.mark());
    SendRecord send = record(accountId, walletId, request, hash, psbt, verified, note);
    if (!(purpose instanceof Purpose.Instead)) {
      confirming.refuseTaken(walletId, verified);
    }
    boolean added =
        transactions.run(
            () -> {
              wallets.lock(walletId);
              if (!store.add(send)) {
                return false;
              }
              if (half.missing() > 0 && !(purpose instanceof Purpose.Instead)) {
                confirming.reserve(send, half.spend());
              }
              Nonces.refuseRepeated(half, store);
              wallets.note(AuditKind.SEND_PROPOSED, wallet, accountId, send.sendId(), null);
              confirming.duress().proposed(wallet.whose(accountId), send.sendId(), hand);
              return true;
            });
    return added ? Optional.of(send) : Optional.empty();
  }

  /** As {@link #confirm(String, String, String, GivenFactor)}, by a code as it was typed. */
  public SendView confirm(String accountId, String walletId, String sendId, String code) {
    return confirm(accountId, walletId, sendId, new GivenFactor.Code(code));
  }

  /** Co-signs and broadcasts on the second factor; again changes nothing and answers the same. */
  public SendView confirm(String accountId, String walletId, String sendId, GivenFactor given) {
    return confirm(accountId, walletId, sendId, given, Whence.UNKNOWN);
  }

  /** The same, from where rules may ask for. */
  public SendView confirm(
      String accountId, String walletId, String sendId, GivenFactor given, Whence whence) {
    SendRecord out = confirming.confirm(accountId, walletId, sendId, given, whence);
    return out == null ? view(owned(walletId, sendId)) : view(out, 0);
  }

  /** What the wallet's rules say of a send that is not proposed yet. */
  public Verdict preview(
      String accountId, String walletId, List<RecipientLine> lines, long fee, Whence whence) {
    WalletRecord wallet = wallets.live(accountId, walletId, MemberRole.SPENDER);
    Intent intent = SendCheck.intent(wallet.network(), lines, false, 0);
    Sats cost = intent.total().plus(new Sats(Math.max(0, fee)));
    List<String> outward =
        intent.recipients().stream().map(recipient -> recipient.address().text()).toList();
    boolean ours = wallet.state() == WalletState.REPLACED;
    return confirming
        .holding()
        .preview(
            wallet,
            new Spending(
                ours ? List.of() : outward,
                intent.total(),
                new Sats(Math.max(0, fee)),
                cost,
                cost,
                false,
                false),
            accountId,
            whence);
  }

  /** What they say of one that waits for its code, or by them. */
  public Verdict preview(String accountId, String walletId, String sendId, Whence whence) {
    WalletRecord wallet = wallets.live(accountId, walletId, MemberRole.VIEWER);
    return confirming.holding().preview(wallet, owned(walletId, sendId), whence);
  }

  /** Until when a send waits by a rule; empty when it does not. */
  public Optional<Instant> heldUntil(String accountId, String walletId, String sendId) {
    wallets.live(accountId, walletId, MemberRole.VIEWER);
    return confirming.holding().until(owned(walletId, sendId));
  }

  /** Puts the signatures of further owners on a send that waits for them. */
  public SendView addSignatures(String accountId, String walletId, String sendId, String psbt) {
    wallets.live(accountId, walletId, MemberRole.SPENDER);
    owned(walletId, sendId);
    SendRecord more = confirming.gathering().add(accountId, walletId, sendId, psbt);
    live.publish(new WalletChange(walletId, List.of()));
    return view(more);
  }

  /** The transaction as it is signed so far, to be signed by others. Refuses when none waits. */
  public byte[] psbt(String accountId, String walletId, String sendId) {
    wallets.live(accountId, walletId, MemberRole.SPENDER);
    SendRecord send = owned(walletId, sendId);
    Gathering.refuseUnlessWaiting(send, clock.instant());
    return send.psbt();
  }

  /** Drops a proposal that was not confirmed yet; dropping it again changes nothing. */
  public SendView cancel(String accountId, String walletId, String sendId) {
    WalletRecord wallet = wallets.live(accountId, walletId, MemberRole.SPENDER);
    owned(walletId, sendId);
    transactions.run(
        () -> {
          wallets.lock(walletId);
          SendRecord send = owned(walletId, sendId);
          boolean cancelled =
              store.move(
                  sendId,
                  EnumSet.of(SendStage.NEEDS_FACTOR, SendStage.HELD),
                  SendStage.CANCELLED,
                  null,
                  null);
          if (cancelled) {
            store.release(sendId);
            // Also one that waits for its factor: a signer may have taken that already.
            confirming.drop(send);
            wallets.note(AuditKind.SEND_CANCELLED, wallet, accountId, sendId, null);
          } else if (owned(walletId, sendId).stage() != SendStage.CANCELLED) {
            throw Refusal.of(Token.SEND_NOT_PENDING).exception();
          }
        });
    live.publish(new WalletChange(walletId, List.of()));
    return view(owned(walletId, sendId));
  }

  public SendView view(String accountId, String walletId, String sendId) {
    wallets.live(accountId, walletId, MemberRole.VIEWER);
    return view(owned(walletId, sendId));
  }

  /** The wallet's sends, newest first. */
  public List<SendView> list(String accountId, String walletId) {
    wallets.live(accountId, walletId, MemberRole.VIEWER);
    return store.list(walletId, MOST_LISTED).stream().map(this::view).toList();
  }

  /** Those of them that wait for their code. */
  public List<SendView> waiting(String accountId, String walletId) {
    wallets.live(accountId, walletId, MemberRole.VIEWER);
    Instant now = clock.instant();
    return store.waiting(walletId, now.minus(PATIENCE_WITH_OWNERS), now).stream()
        .map(this::view)
        .toList();
  }

  /** What has members say yes or no. */
  public Approving approving() {
    return confirming.approving();
  }

  /** What asks passkeys to confirm a send. */
  public Asking asking() {
    return asking;
  }

  /** What hands out on what a send was confirmed. */
  public Proving proving() {
    return proving;
  }

  /** What concerns transactions that wait. */
  public Bumping bumping() {
    return bumping;
  }

  /** The account that began a send. */
  public String begunBy(String accountId, String walletId, String sendId) {
    wallets.live(accountId, walletId, MemberRole.VIEWER);
    return owned(walletId, sendId).begunBy();
  }

  SendRecord owned(String walletId, String sendId) {
    Optional<SendRecord> found = Ids.isId(sendId) ? store.find(sendId) : Optional.empty();
    return found
        .filter(send -> send.walletId().equals(walletId))
        .orElseThrow(() -> Refusal.of(Token.NOT_FOUND).exception());
  }

  private SendView replay(SendRecord known, byte[] hash) {
    if (!MessageDigest.isEqual(known.requestHash(), hash)) {
      throw Refusal.of(Token.REQUEST_REUSED).exception();
    }
    return view(known);
  }

  private SendRecord record(
      String accountId,
      String walletId,
      SendRequest request,
      byte[] hash,
      byte[] psbt,
      Verified verified,
      String note) {
    HalfSigned half = verified.half();
    CheckedSpend spend = half.spend();
    Instant now = Instant.ofEpochSecond(clock.instant().getEpochSecond());
    Change change = spend.change();
    UnsignedTx tx = spend.psbt().unsignedTx();
    return new SendRecord(
        Ids.random(random),
        walletId,
        request.requestId(),
        hash,
        SendStage.NEEDS_FACTOR,
        psbt,
        spend.digest(),
        spend.digestWords(),
        tx.txid(),
        Math.toIntExact(tx.lockTime()),
        request.recipients(),
        request.everything(),
        request.feeRate(),
        spend.intent().total().value(),
        spend.fee().value(),
        change == null ? null : change.amount().value(),
        note,
        now,
        now.plus(half.missing() > 0 ? PATIENCE_WITH_OWNERS : PATIENCE),
        null,
        0,
        null,
        null,
        verified.kind(),
        request.replaces(),
        null,
        SendCheck.signers(half),
        half.missing(),
        accountId);
  }

  SendView view(SendRecord send) {
    boolean out = send.stage().looksApproved();
    return view(send, out ? chain.confirmations(send.walletId(), send.txid()) : -1);
  }

  private SendView view(SendRecord send, int confirmations) {
    boolean overdue =
        send.stage() == SendStage.NEEDS_FACTOR && !send.expiresAt().isAfter(clock.instant());
    boolean out = send.stage().looksApproved();
    Version current = Versions.of(send, store).current();
    boolean counts = current != null && current.sendId().equals(send.sendId());
    return new SendView(
        send.sendId(),
        shown(overdue ? SendStage.EXPIRED : send.stage(), send.missing()),
        send.digestWords(),
        send.recipients(),
        send.fee(),
        send.change(),
        out ? send.txid() : null,
        Math.max(0, confirmations),
        send.createdAt().getEpochSecond(),
        send.expiresAt().getEpochSecond(),
        send.note(),
        send.reason(),
        send.kind(),
        send.replaces(),
        current == null || counts ? null : current.sendId(),
        replacing.open(send, confirmations),
        send.signers(),
        send.missing());
  }

  private static SendState shown(SendStage stage, int missing) {
    return stage == SendStage.NEEDS_FACTOR && missing > 0
        ? SendState.NEEDS_SIGNATURES
        : stage.shown();
  }

  private static void checkNote(String note) {
    boolean plain =
        note.codePoints().noneMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t');
    if (note.codePointCount(0, note.length()) > MAX_NOTE || !plain) {
      throw Refusal.of(Token.NOTE_TOO_LONG, "most", Integer.toString(MAX_NOTE)).exception();
    }
  }

  private static byte[] hash(SendRequest request) {
    byte[] canonical = request.toJson().write().getBytes(StandardCharsets.UTF_8);
    SHA256Digest digest = new SHA256Digest();
    digest.update(canonical, 0, canonical.length);
    byte[] out = new byte[32];
    digest.doFinal(out, 0);
    return out;
  }
}
