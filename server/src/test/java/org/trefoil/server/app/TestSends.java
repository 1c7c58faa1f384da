package org.trefoil.server.app;

import java.security.SecureRandom;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.units.Sats;
import org.trefoil.server.audit.AuditLog;
import org.trefoil.server.chain.ChainIndex;
import org.trefoil.server.durable.Milestones;
import org.trefoil.server.policy.Approver;
import org.trefoil.server.policy.Ceilings;
import org.trefoil.server.secondfactor.SendFactors;
import org.trefoil.server.spend.Confirming;
import org.trefoil.server.spend.Judging;
import org.trefoil.server.spend.Outbox;
import org.trefoil.server.spend.SendFollower;
import org.trefoil.server.spend.Sends;
import org.trefoil.server.spend.Velocity;
import org.trefoil.server.store.Database;
import org.trefoil.server.store.JdbiAuditStore;
import org.trefoil.server.store.JdbiJudgingStore;
import org.trefoil.server.store.JdbiSendStore;

/** The room of sends in a house, put together anew so that a test can stand between its parts. */
record TestSends(Sends sends, SendFollower follower) {

  /** As in the house, but somebody hears how far each send is. */
  static TestSends heard(TestHouse house, Milestones milestones) {
    return of(house, house.rooms.chain().index(), null, house.clock, milestones);
  }

  /** As in the house, but on this chain. */
  static TestSends on(TestHouse house, ChainIndex chain) {
    return of(house, chain, null, house.clock, Milestones.UNHEARD);
  }

  /** As in the house, but with this limit, whose days this clock measures. */
  static TestSends limited(TestHouse house, Sats limitPerDay, InstantSource careful) {
    return of(house, house.rooms.chain().index(), limitPerDay, careful, Milestones.UNHEARD);
  }

  private static TestSends of(
      TestHouse house,
      ChainIndex chain,
      @Nullable Sats limitPerDay,
      InstantSource careful,
      Milestones milestones) {
    Database database = house.foundation.database();
    Rooms rooms = house.rooms;
    JdbiSendStore store = new JdbiSendStore(database);
    AuditLog audit = new AuditLog(new JdbiAuditStore(database), house.clock);
    Outbox outbox =
        new Outbox(store, chain, database, rooms.live(), audit, house.clock, milestones);
    JdbiJudgingStore judging = new JdbiJudgingStore(database);
    Ceilings ceilings = new Ceilings(limitPerDay);
    Confirming confirming =
        new Confirming(
            store,
            rooms.wallets(),
            new SendFactors(rooms.factors(), rooms.passkeys()),
            walletId -> rooms.chains().of(rooms.wallets().byId(walletId)).chain().version(),
            new Approver(ceilings),
            new Judging(
                rooms.chains(),
                judging,
                new Velocity(store, judging, chain, house.clock, careful),
                ceilings),
            rooms.coSigner(),
            outbox,
            database,
            audit,
            (wallet, send, until) -> {},
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
            audit,
            house.clock,
            new SecureRandom());
    return new TestSends(sends, new SendFollower(store, confirming, outbox, house.clock));
  }
}
