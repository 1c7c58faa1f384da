package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.trefoil.core.wire.MemberRole;
import org.trefoil.core.wire.SendState;
import org.trefoil.core.wire.SendView;
import org.trefoil.server.app.TestHouse.Person;

/** Ada's wallet, whose sends Bob and Cleo may be asked about. */
abstract class TwoApprovers extends LosingKeysOnBoth {
  Person bob;
  Person cleo;

  @BeforeEach
  void meet() {
    house.rooms.address().servedOn(8080);
    bob = house.new Person(2);
    cleo = house.new Person(3);
    join(bob, MemberRole.APPROVER);
    join(cleo, MemberRole.APPROVER);
  }

  /** A send of Ada's that waits. */
  SendView waits(String request) {
    SendView send = confirm(propose(ada.request(request, 200_000)), ada.code());
    assertThat(send.state()).isEqualTo(SendState.HELD);
    return send;
  }
}
