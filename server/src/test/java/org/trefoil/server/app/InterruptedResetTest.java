package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trefoil.core.Token;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.wire.Json;
import org.trefoil.core.wire.JsonObject;
import org.trefoil.core.wire.KeyQuestion;
import org.trefoil.core.wire.ProvedKeysRequest;
import org.trefoil.server.account.Session;
import org.trefoil.server.regain.FactorResets;
import org.trefoil.server.secondfactor.SecondFactors;
import org.trefoil.server.secondfactor.Verdict;
import org.trefoil.server.signer.RunningSigner;
import org.trefoil.server.store.TestDatabase;

/**
 * A front that was killed after the signer began, showed or carried out the replacement of an app,
 * and before that was committed here.
 */
class InterruptedResetTest extends WaysBackTest {
  @TempDir Path folder;

  private final TestClock clock = new TestClock();
  private RunningSigner signer;
  private HostileFront killed;

  @Override
  @BeforeEach
  void open() throws IOException {
    signer = TestHouse.signer(folder, null, clock);
    killed = new HostileFront(folder.resolve("s"));
    house = new TestHouse(TestDatabase.H2.fresh(), clock, folder.resolve("s"));
    ada = house.new Person(1);
  }

  @AfterEach
  void endSigner() {
    signer.close();
  }

  private FactorResets resets() {
    return ways().factors();
  }

  private JsonObject ofAda(String op) {
    return Json.object().put("op", op).put("account", ada.accountId);
  }

  private String waited() {
    KeyQuestion asked = resets().ask(ada.accountId, ada.walletId, false);
    String user = ada.vault.answer(ada.cosigners, asked, KeyRole.USER);
    resets().begin(ada.accountId, new ProvedKeysRequest(asked.challenge(), user, null));
    pass(Duration.ofHours(73));
    return token(ADA, "new-factor");
  }

  @Test
  void anAppThatTheSignerAloneReplacedIsReplacedAgainWithCodesThatCountLater() {
    String token = waited();
    Session there = signedIn(true);
    Session half = signedIn(false);
    byte[] app = TestHouse.unbase32(resets().enrolment(ada.accountId, token).secret());
    List<String> unseen =
        killed
            .ask(ofAda("reset-end").put("code", code(app)))
            .read(f -> f.text("verdict").equals("OK") ? f.texts("recovery") : List.of());
    assertThat(unseen).hasSize(10);
    Refused.with(Token.CODE_USED, () -> resets().complete(ada.accountId, token, code(app), half));
    Refused.with(Token.CODE_WRONG, () -> resets().complete(ada.accountId, token, "000000", half));
    clock.forward(Duration.ofSeconds(30));
    FactorResets.Done done = resets().complete(ada.accountId, token, code(app), half);
    assertThat(done.session().full()).isTrue();
    assertThat(lives(there)).isFalse();
    assertThat(subjects(ADA)).contains("Your second factor is replaced");
    assertThat(resets().pending(ada.accountId)).isEmpty();
    SecondFactors factors = house.rooms.factors();
    assertThat(factors.recoveryFrom(ada.accountId))
        .isEqualTo(clock.instant().plus(Duration.ofHours(72)));
    assertThat(factors.use(ada.accountId, unseen.get(0))).isEqualTo(Verdict.WRONG);
    assertThat(factors.use(ada.accountId, done.recovery().get(0))).isEqualTo(Verdict.OK);
    Refused.with(Token.LINK_DEAD, () -> resets().complete(ada.accountId, token, code(app), half));
  }

  @Test
  void oneThatTheSignerAloneBeganOrShowedBeginsAndIsShownAgain() {
    assertThat(killed.says(ofAda("reset").put("byKeys", false))).isEqualTo("done");
    clock.forward(Duration.ofHours(10));
    String token = waited();
    assertThat(killed.says(ofAda("reset-show"))).isEqualTo("done");
    byte[] app = TestHouse.unbase32(resets().enrolment(ada.accountId, token).secret());
    Session half = signedIn(false);
    assertThat(resets().complete(ada.accountId, token, code(app), half).recovery()).hasSize(10);
    assertThat(house.rooms.factors().recoveryFrom(ada.accountId)).isNull();
  }

  @Test
  void bothKeysWhoseWordTheSignerAloneTookAreAskedAnew() {
    for (int times = 0; times < 2; times++) {
      KeyQuestion asked = resets().ask(ada.accountId, ada.walletId, true);
      ProvedKeysRequest both =
          new ProvedKeysRequest(
              asked.challenge(),
              ada.vault.answer(ada.cosigners, asked, KeyRole.USER),
              ada.vault.answer(ada.cosigners, asked, KeyRole.BACKUP));
      if (times == 0) {
        assertThat(killed.says(ofAda("reset").put("byKeys", true))).isEqualTo("done");
        assertThat(
                killed.says(
                    ofAda("reset-keys")
                        .put("wallet", ada.walletId)
                        .put("challenge", asked.challenge())
                        .put("expires", asked.expires())
                        .put("user", both.user())
                        .put("backup", both.backup())))
            .isEqualTo("done");
        Refused.with(Token.QUESTION_DEAD, () -> resets().begin(ada.accountId, both));
      } else {
        resets().begin(ada.accountId, both);
        assertThat(resets().pending(ada.accountId)).isPresent();
      }
    }
  }
}
