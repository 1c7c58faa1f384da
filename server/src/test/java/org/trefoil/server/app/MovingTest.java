package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.trefoil.core.Token;
import org.trefoil.core.coins.Coin;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.units.Sats;
import org.trefoil.core.wire.SendState;
import org.trefoil.core.wire.SendView;
import org.trefoil.core.wire.Waiting;
import org.trefoil.server.durable.Milestones.Step;
import org.trefoil.server.policy.RulesAt;
import org.trefoil.server.spend.Sends;
import org.trefoil.server.store.Invariants;
import org.trefoil.server.store.JdbiSendStore;
import org.trefoil.server.store.JdbiWalletStore;

/** What moves from older keys to newer ones moves as every send does. */
class MovingTest extends LosingKeysOnBoth {
  private static final RulesAt RULES = new RulesAt(0, 1);

  @Override
  TestHouse house() throws IOException {
    return new TestHouse(engine.fresh(), new Sats(1_500_000));
  }

  @Test
  void aMoveCountsToTheLimitOfTheDayForWhoHasPasscodeAndCodeCouldNameAnHeirOfHisOwn() {
    ada.receive(1_000_000);
    Heir heir = new Heir(2).inUse(KeyRole.USER);
    SendView all = propose(move("request-m", heir.address(), KeyRole.USER));
    Refused.with(Token.LIMIT_DAILY, () -> confirm(all, ada.code()));
    house.rooms.sends().cancel(ada.accountId, ada.walletId, all.sendId());
    var part =
        ada.vault.send(
            ada.cosigners,
            house.rooms.book().spendable(ada.accountId, ada.walletId),
            "request-p",
            heir.address(),
            1_200_000);
    assertThat(confirm(propose(part), ada.code()).state()).isEqualTo(SendState.BROADCAST);
    house.mine(1);
    house.pass(Duration.ofHours(25));
    SendView rest = propose(move("request-r", heir.address(), KeyRole.USER));
    assertThat(confirm(rest, ada.code()).state()).isEqualTo(SendState.BROADCAST);
  }

  @Test
  void fiftyConfirmationsOfAMoveByTheBackupKeyMakeOneTransaction() {
    Heir heir = new Heir(2).inUse(KeyRole.BACKUP);
    SendView send = propose(move("request-m", heir.address(), KeyRole.BACKUP));
    String code = ada.code();
    IntStream.range(0, 50)
        .parallel()
        .forEach(i -> assertThat(confirm(send, code).state()).isEqualTo(SendState.BROADCAST));
    assertThat(house.rooms.coSigner().keyUses()).isEqualTo(1);
    assertThat(house.practice.mempool()).hasSize(1);
    Invariants.hold(house.foundation.database());
  }

  private static void dieAfterTheIntent(Step step) {
    if (step == Step.INTENDED) {
      throw new IllegalStateException("crash");
    }
  }

  @Test
  void aMoveByTheBackupKeyThatACrashInterruptedIsSignedWhenTheServerIsBack() {
    Heir heir = new Heir(2).inUse(KeyRole.BACKUP);
    SendView send = propose(move("request-m", heir.address(), KeyRole.BACKUP));
    Sends dying = TestSends.heard(house, MovingTest::dieAfterTheIntent).sends();
    String code = ada.code();
    assertThatThrownBy(() -> dying.confirm(ada.accountId, ada.walletId, send.sendId(), code))
        .hasMessage("crash");
    assertThat(house.practice.mempool()).isEmpty();
    house.pass(Duration.ofSeconds(11));
    house.rooms.follower().lookAfterDue();
    SendView out = house.rooms.sends().view(ada.accountId, ada.walletId, send.sendId());
    assertThat(out.state()).isEqualTo(SendState.BROADCAST);
    assertThat(house.practice.mempool()).containsExactly(out.txid());
    Invariants.hold(house.foundation.database());
  }

  @Test
  void aSendThatWasApprovedBeforeTheReplacementIsStillSignedAfterIt() {
    List<Coin> coins = TestVault.coins(house.rooms.book().spendable(ada.accountId, ada.walletId));
    SendView send = propose(ada.request("request-a", 200_000));
    JdbiSendStore store = new JdbiSendStore(house.foundation.database());
    Instant now = house.clock.instant();
    assertThat(
            store.reserve(ada.walletId, send.sendId(), coins.stream().map(Coin::outpoint).toList()))
        .isTrue();
    byte[] digest = store.find(send.sendId()).orElseThrow().digest();
    byte[] seal = TestSends.seals(house).approved(ada.walletId, send.sendId(), digest, RULES);
    assertThat(store.approve(send.sendId(), now, now, RULES, seal)).isTrue();
    new Heir(2).inUse(KeyRole.USER);
    house.rooms.follower().lookAfterDue();
    assertThat(house.rooms.sends().view(ada.accountId, ada.walletId, send.sendId()).state())
        .isEqualTo(SendState.BROADCAST);
  }

  @Test
  void aMoveByTheBackupKeyIsTakenBackByTheBackupKey() {
    Heir heir = new Heir(2).inUse(KeyRole.BACKUP);
    SendView moved = propose(move("request-m", heir.address(), KeyRole.BACKUP));
    confirm(moved, ada.code());
    house.rooms.follower().walletsChanged(Set.of(ada.walletId));
    Waiting waiting =
        house.rooms.sends().bumping().waiting(ada.accountId, ada.walletId, moved.sendId());
    SendView back =
        propose(
            ada.vault.takeBack(
                ada.cosigners, waiting, "request-b", moved.sendId(), 9_000, KeyRole.BACKUP));
    assertThat(confirm(back, ada.code()).state()).isEqualTo(SendState.BROADCAST);
    assertThat(house.practice.mempool()).hasSize(1);
    house.mine(1);
    assertThat(wallets().view(ada.accountId, ada.walletId).balance().confirmed()).isPositive();
  }

  @Test
  void noAddressIsHandedOutByAWalletThatIsReplacedMeanwhile() throws Exception {
    JdbiWalletStore store = new JdbiWalletStore(house.foundation.database());
    CompletableFuture<Throwable> refused = new CompletableFuture<>();
    Thread asks =
        new Thread(
            () -> {
              try {
                wallets().anotherAddress(ada.accountId, ada.walletId);
                refused.complete(new AssertionError("an address of the old keys"));
              } catch (RuntimeException e) {
                refused.complete(e);
              }
            });
    house
        .foundation
        .database()
        .run(
            () -> {
              wallets().lock(ada.walletId);
              asks.start(); // it is in use still as far as it sees, and waits for the lock
              pause();
              assertThat(store.replace(ada.walletId, house.clock.instant())).isTrue();
            });
    assertThat(refused.get(20, TimeUnit.SECONDS)).hasMessage(Token.WALLET_REPLACED.token());
    asks.join();
  }

  private static void pause() {
    try {
      Thread.sleep(300);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
