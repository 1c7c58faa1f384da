package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import org.trefoil.core.Token;
import org.trefoil.core.coins.Coin;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.core.units.Sats;
import org.trefoil.core.wire.SendRequest;
import org.trefoil.core.wire.SendView;
import org.trefoil.server.app.TestHouse.Person;
import org.trefoil.server.audit.AuditLog;
import org.trefoil.server.chain.ChainIndex;
import org.trefoil.server.durable.Milestones;
import org.trefoil.server.durable.Milestones.Step;
import org.trefoil.server.duress.Duress;
import org.trefoil.server.policy.Approver;
import org.trefoil.server.policy.Ceilings;
import org.trefoil.server.policy.RulesAt;
import org.trefoil.server.policy.Seals;
import org.trefoil.server.policy.TestCeilings;
import org.trefoil.server.spend.Confirming;
import org.trefoil.server.spend.HoldNews;
import org.trefoil.server.spend.Judging;
import org.trefoil.server.spend.Outbox;
import org.trefoil.server.spend.SendFollower;
import org.trefoil.server.spend.SendRecord;
import org.trefoil.server.spend.Sends;
import org.trefoil.server.spend.Velocity;
import org.trefoil.server.store.Database;
import org.trefoil.server.store.JdbiAuditStore;
import org.trefoil.server.store.JdbiDuressStore;
import org.trefoil.server.store.JdbiJudgingStore;
import org.trefoil.server.store.JdbiSendStore;
import org.trefoil.server.store.JdbiWalletStore;
import org.trefoil.server.wallets.WalletRecord;

/** The room of sends in a house, put together anew so that a test can stand between its parts. */
record TestSends(Sends sends, SendFollower follower) {

  /** Leaves a send as a crash right after the intent was written would. */
  static SendView approvedOnly(TestHouse house, Person by, String requestId, long sats) {
    JdbiSendStore store = new JdbiSendStore(house.foundation.database());
    SendRequest request = by.request(requestId, sats);
    List<Outpoint> coins =
        TestVault.coins(house.rooms.book().spendable(by.accountId, by.walletId)).stream()
            .map(Coin::outpoint)
            .toList();
    SendView send = house.rooms.sends().propose(by.accountId, by.walletId, request);
    assertThat(store.reserve(by.walletId, send.sendId(), coins)).isTrue();
    RulesAt rules = new RulesAt(0, 1);
    byte[] digest = store.find(send.sendId()).orElseThrow().digest();
    byte[] seal = seals(house).approved(by.walletId, send.sendId(), digest, rules);
    Instant now = house.clock.instant();
    assertThat(store.approve(send.sendId(), now, now, rules, seal)).isTrue();
    return send;
  }

  /** As in the house, but somebody hears how far each send is. */
  static TestSends heard(TestHouse house, Milestones milestones) {
    return heard(house, house.rooms.chain().index(), milestones);
  }

  /** The same on this chain. */
  static TestSends heard(TestHouse house, ChainIndex chain, Milestones milestones) {
    return of(house, chain, TestCeilings.NONE, house.clock, milestones);
  }

  /** As in the house, but the power goes once a send's intent is on disk. */
  static TestSends interrupted(TestHouse house) {
    return heard(
        house,
        step -> {
          if (step == Step.INTENDED) {
            throw new IllegalStateException("the power went");
          }
        });
  }

  /** As in the house, but on this chain. */
  static TestSends on(TestHouse house, ChainIndex chain) {
    return of(house, chain, TestCeilings.NONE, house.clock, Milestones.UNHEARD);
  }

  /** As in the house, but with this limit, whose days this clock measures. */
  static TestSends limited(TestHouse house, Sats limitPerDay, InstantSource careful) {
    return limited(house, new Ceilings(limitPerDay, null), careful);
  }

  /** As in the house, but with this limit for all its wallets together. */
  static TestSends limitedTogether(TestHouse house, Sats limitPerDay) {
    return limited(house, new Ceilings(null, limitPerDay), house.clock);
  }

  /** As in the house, but with these limits, whose days this clock measures. */
  static TestSends limited(TestHouse house, Ceilings limits, InstantSource careful) {
    return of(house, house.rooms.chain().index(), limits, careful, Milestones.UNHEARD);
  }

  /** The seals that the house's own rooms make. */
  static Seals seals(TestHouse house) {
    return new Seals(house.foundation.keyFile());
  }

  private static TestSends of(
      TestHouse house,
      ChainIndex chain,
      Ceilings ceilings,
      InstantSource careful,
      Milestones milestones) {
    Database database = house.foundation.database();
    Rooms rooms = house.rooms;
    JdbiSendStore store = new JdbiSendStore(database);
    AuditLog audit = new AuditLog(new JdbiAuditStore(database), house.clock);
    Outbox outbox =
        new Outbox(store, chain, database, rooms.live(), audit, house.clock, milestones);
    JdbiJudgingStore judging = new JdbiJudgingStore(database);
    Approver approver = new Approver(ceilings, seals(house));
    Confirming confirming =
        new Confirming(
            store,
            rooms.wallets(),
            rooms.holders().sends(rooms.factors(), rooms.passkeys()),
            walletId -> rooms.chains().of(rooms.wallets().byId(walletId)).chain().version(),
            approver,
            new Judging(
                rooms.chains(),
                judging,
                new Velocity(store, judging, chain, house.clock, careful),
                approver,
                new JdbiWalletStore(database)::replacedAt,
                rooms.wallets()),
            rooms.coSigner(),
            outbox,
            database,
            new Duress(new JdbiDuressStore(database), whose -> {}, database, audit, house.clock),
            audit,
            new Unheard(),
            house.clock,
            milestones);
    Sends sends =
        new Sends(
            store,
            rooms.wallets(),
            chain,
            confirming,
            rooms.passkeys().questions(),
            database,
            rooms.live(),
            house.clock,
            new SecureRandom());
    return new TestSends(sends, new SendFollower(store, confirming, outbox, house.clock));
  }

  /** Tells nobody. */
  private static final class Unheard implements HoldNews {
    @Override
    public void held(WalletRecord wallet, SendRecord send, Instant until) {}

    @Override
    public void asked(
        WalletRecord wallet, SendRecord send, Instant until, Collection<String> accounts) {}

    @Override
    public void said(WalletRecord wallet, SendRecord send, String accountId, boolean yes) {}

    @Override
    public void unheard(WalletRecord wallet, SendRecord send, Token why) {}
  }
}
