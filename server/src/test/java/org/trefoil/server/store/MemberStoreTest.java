package org.trefoil.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.trefoil.core.wire.MemberRole;
import org.trefoil.server.members.MemberStore.Invitation;
import org.trefoil.server.members.MemberStore.Row;

/** Members, and those who were asked. */
class MemberStoreTest extends StoreContract {
  private static final String OTHER = "2".repeat(32);

  private JdbiMemberStore store;

  MemberStoreTest(TestDatabase engine) {
    super(engine);
  }

  private void fill() {
    accounts();
    new JdbiWalletStore(database).add(draft(WALLET, "request-1"));
    new JdbiWalletStore(database).add(draft(OTHER, "request-2"));
    store = new JdbiMemberStore(database);
  }

  private static Row row(MemberRole role) {
    return new Row(WALLET, BOB, role, NOW, bytes(role.ordinal()));
  }

  private static Invitation invitation(int seed, String walletId) {
    return new Invitation(
        Integer.toString(seed).repeat(32),
        walletId,
        "cleo@b.c",
        MemberRole.APPROVER,
        bytes(seed),
        ADA,
        NOW.plusSeconds(60),
        bytes(seed));
  }

  @Test
  void aMemberIsAddedOnceChangedAndRemovedOnce() throws Exception {
    fill();
    assertThat(store.find(WALLET, BOB)).isEmpty();
    assertThat(atOnce(10, () -> store.add(row(MemberRole.VIEWER)))).isEqualTo(1);
    store.change(row(MemberRole.SPENDER));
    assertThat(store.find(WALLET, BOB).orElseThrow())
        .usingRecursiveComparison()
        .isEqualTo(row(MemberRole.SPENDER));
    assertThat(store.members(WALLET)).hasSize(1);
    assertThat(store.members(OTHER)).isEmpty();
    assertThat(store.memberships(BOB)).extracting(Row::walletId).containsExactly(WALLET);
    assertThat(store.memberships(ADA)).isEmpty();
    assertThat(atOnce(10, () -> store.remove(WALLET, BOB))).isEqualTo(1);
    assertThat(store.find(WALLET, BOB)).isEmpty();
  }

  @Test
  void anInvitationIsTakenOnceAndEndsByItself() throws Exception {
    fill();
    store.invite(invitation(1, WALLET));
    store.invite(invitation(2, WALLET));
    store.invite(invitation(3, OTHER));
    assertThat(store.invitation(bytes(1), NOW)).isEmpty();
    assertThat(store.invitation(bytes(2), NOW).orElseThrow())
        .usingRecursiveComparison()
        .isEqualTo(invitation(2, WALLET));
    assertThat(store.invitations(WALLET, NOW)).hasSize(1);
    assertThat(store.invitation(bytes(2), NOW.plusSeconds(60))).isEmpty();
    assertThat(store.invitations(WALLET, NOW.plusSeconds(60))).isEmpty();
    String id = invitation(2, WALLET).invitationId();
    assertThat(store.take(OTHER, id)).isFalse();
    assertThat(atOnce(10, () -> store.take(WALLET, id))).isEqualTo(1);
    assertThat(store.invitation(bytes(3), NOW)).isPresent();
    store.takeAllOf(WALLET, ADA);
    store.takeAllOf(OTHER, BOB);
    assertThat(store.invitation(bytes(3), NOW)).isPresent();
    store.takeAllOf(OTHER, ADA);
    assertThat(store.invitation(bytes(3), NOW)).isEmpty();
  }
}
