package org.trefoil.server.app;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.trefoil.server.account.Account;
import org.trefoil.server.chain.practice.PracticeChain;
import org.trefoil.server.signup.SignUps;
import org.trefoil.server.store.Database;
import org.trefoil.server.store.JdbiPracticeStore;
import org.trefoil.server.store.TestDatabase;

/** A house that sends mail, with an account of Ada's. */
abstract class SignUpHouse {
  static final String ADA = "ada@example.org";
  static final String EVE = "eve@example.org";

  final TestPost post = new TestPost();
  TestHouse house;

  @BeforeEach
  void open() {
    house = mailing(TestDatabase.H2.fresh(), post.port(), new TestClock());
    house.signUp(ADA, 1);
  }

  @AfterEach
  void close() {
    house.close();
    post.close();
  }

  /** A house that sends mail to this port. */
  static TestHouse mailing(Database database, int port, TestClock clock) {
    PracticeChain node = PracticeChain.open(new JdbiPracticeStore(database), clock);
    return new TestHouse(TestHouse.mailing(Path.of("unused"), port), database, node, clock);
  }

  SignUps signUps() {
    return house.rooms.signUps();
  }

  Account finish(TestHouse at, String email, String code) {
    return at.rooms
        .signUps()
        .finish(email, code, TestHouse.salt(), TestHouse.KDF, TestHouse.proof(2));
  }
}
