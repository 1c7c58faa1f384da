package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.bitcoinj.core.Transaction;
import org.bitcoinj.core.TransactionInput;
import org.bitcoinj.core.TransactionWitness;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.trefoil.core.RefusedException;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.psbt.Finalizer;
import org.trefoil.core.psbt.Psbt;
import org.trefoil.core.psbt.PsbtInput;
import org.trefoil.core.wire.ActivateRequest;
import org.trefoil.core.wire.ChangeEmailRequest;
import org.trefoil.core.wire.KeyQuestion;
import org.trefoil.core.wire.ProvedKeysRequest;
import org.trefoil.core.wire.SendRequest;
import org.trefoil.core.wire.WalletState;
import org.trefoil.server.account.Session;
import org.trefoil.server.chain.BroadcastOutcome;
import org.trefoil.server.keyfile.KeyFile;
import org.trefoil.server.mail.Mail;
import org.trefoil.server.secondfactor.Verdict;
import org.trefoil.server.store.Database;
import org.trefoil.server.store.EveryCell;

/**
 * Whoever has one thing of Ada's and nothing else has nothing: he tries whatever it could be used
 * for, and an open session besides where that helps him.
 */
@Timeout(120)
class OneThingIsNotEnoughTest extends LosingKeys {
  private static final String ADA = "p1@example.org";
  private static final String THIEFS = "thief@example.org";
  private static final String NO_CODE = "000000";

  /** Between these lengths lies whatever somebody could type or a link could hold. */
  private static final int LEAST = 10;

  private static final int MOST = 100;
  private static final int LONGEST_CODE = 24;
  private static final Pattern LINK = Pattern.compile("/[a-z-]+/([0-9a-f]{64})");

  private final TestVault strangers = new TestVault(66);
  private String sealed = "";

  @BeforeEach
  void remember() {
    sealed = Objects.requireNonNull(view(ada.walletId).sealed());
  }

  /** One key that somebody has, and the codes that he can give. */
  private final class Thief {
    final TestVault vault;
    final KeyRole key;
    final Supplier<String> codes;

    Thief(TestVault vault, KeyRole key, Supplier<String> codes) {
      this.vault = vault;
      this.key = key;
      this.codes = codes;
    }

    private SendRequest request() {
      return vault.move(
          ada.cosigners,
          house.rooms.book().spendable(ada.accountId, ada.walletId),
          "request-of-a-thief",
          TestHouse.ELSEWHERE,
          key);
    }

    String spends() {
      return refusal(() -> confirm(propose(request()), codes.get()));
    }

    /** Without a server: what it would have to sign he signs twice himself. */
    String spendsAlone() {
      Psbt half = Psbt.parseBase64(request().psbt());
      assertThatThrownBy(() -> Finalizer.finish(half)).isInstanceOf(RuntimeException.class);
      Transaction tx = Transaction.read(ByteBuffer.wrap(half.unsignedTx().bytes()));
      for (int i = 0; i < half.inputs().size(); i++) {
        PsbtInput input = half.inputs().get(i);
        byte[] signature = input.partialSignatures().get(0).signature();
        TransactionInput bare = tx.getInput(i);
        tx.replaceInput(
            i,
            bare.withWitness(
                TransactionWitness.of(
                    new byte[0],
                    signature,
                    signature,
                    Objects.requireNonNull(input.witnessScript()))));
      }
      BroadcastOutcome outcome = house.practice.broadcast(tx.serialize());
      assertThat(outcome).isInstanceOf(BroadcastOutcome.Rejected.class);
      return ((BroadcastOutcome.Rejected) outcome).reason();
    }

    String replacesKeys() {
      Heir heir = new Heir(67, vault, ada.walletId);
      return refusal(() -> heir.stored(key).activate(codes.get()));
    }

    String changesPasscode() {
      return refusal(
          () ->
              house
                  .rooms
                  .passcodes()
                  .change(
                      ada.accountId,
                      ada.walletId,
                      vault.reseal(view(ada.walletId), 9, key, codes.get())));
    }

    String changesEmail() {
      var changes = house.rooms.waysBack().emails();
      KeyQuestion asked = changes.ask(ada.accountId, THIEFS, ada.walletId);
      String signed = vault.answer(ada.cosigners, asked, key);
      return refusal(
          () ->
              changes.begin(
                  ada.accountId,
                  new ChangeEmailRequest(THIEFS, codes.get(), asked.challenge(), signed, null)));
    }

    /** He says of his one key that it is both, or that it is the user key. */
    String resetsFactor(boolean atOnce) {
      var resets = house.rooms.waysBack().factors();
      KeyQuestion asked = resets.ask(ada.accountId, ada.walletId, atOnce);
      String signed = vault.answer(ada.cosigners, asked, key);
      return refusal(
          () ->
              resets.begin(
                  ada.accountId, new ProvedKeysRequest(asked.challenge(), signed, signed)));
    }

    String readsPaperBack() {
      String statement = vault.statement(ada.cosigners, ada.walletId, key);
      return refusal(
          () ->
              house
                  .rooms
                  .drills()
                  .drilled(
                      ada.accountId,
                      ada.walletId,
                      new ActivateRequest(KeyRole.BACKUP.id(), statement, List.of())));
    }
  }

  private static String refusal(Supplier<Object> tried) {
    try {
      return "it worked: " + tried.get();
    } catch (RefusedException e) {
      return e.refusal().token();
    }
  }

  private static String refusal(Runnable tried) {
    return refusal(
        () -> {
          tried.run();
          return "";
        });
  }

  /** Everything is Ada's, and as it was. */
  private void nothingHappened() {
    assertThat(house.rooms.coSigner().keyUses()).isZero();
    assertThat(house.practice.mempool()).isEmpty();
    assertThat(view(ada.walletId).state()).isEqualTo(WalletState.ACTIVE);
    assertThat(view(ada.walletId).balance().confirmed()).isEqualTo(1_000_000);
    assertThat(view(ada.walletId).sealed()).isEqualTo(sealed);
    assertThat(house.rooms.accounts().find(ada.accountId).orElseThrow().email()).isEqualTo(ADA);
    assertThat(house.rooms.accounts().signIn(ADA, TestHouse.proof(1))).isPresent();
    assertThat(house.rooms.factors().use(ada.accountId, ada.recovery.get(9))).isEqualTo(Verdict.OK);
  }

  @Test
  void passwordAndSecondFactorMoveNothingAndTakeNothingOver() {
    Thief thief = new Thief(strangers, KeyRole.USER, ada::code);
    assertThat(thief.spends()).isEqualTo("signature-wrong");
    assertThat(thief.replacesKeys()).isEqualTo("succession-wrong");
    assertThat(thief.changesPasscode()).isEqualTo("resealing-wrong");
    assertThat(thief.changesEmail()).isEqualTo("statement-wrong");
    ChangeEmailRequest byPassword =
        new ChangeEmailRequest(THIEFS, ada.code(), null, null, TestHouse.proof(1));
    assertThat(refusal(() -> house.rooms.waysBack().emails().begin(ada.accountId, byPassword)))
        .isEqualTo("keys-needed");
    assertThat(thief.resetsFactor(true)).isEqualTo("statement-wrong");
    assertThat(thief.resetsFactor(false)).isEqualTo("statement-wrong");
    assertThat(thief.readsPaperBack()).isEqualTo("statement-wrong");
    nothingHappened();
  }

  @Test
  void sealedKeyAndPasscodeMoveNothingWithoutTheSecondFactorAndTakeNothingOver() {
    Thief thief = new Thief(ada.vault, KeyRole.USER, () -> NO_CODE);
    assertThat(thief.spendsAlone()).contains("script");
    assertThat(thief.spends()).isEqualTo("code-wrong");
    assertThat(thief.replacesKeys()).isEqualTo("code-wrong");
    assertThat(thief.changesPasscode()).isEqualTo("code-wrong");
    assertThat(thief.changesEmail()).isEqualTo("code-wrong");
    assertThat(thief.resetsFactor(true)).isEqualTo("statement-wrong");
    assertThat(thief.readsPaperBack()).isEqualTo("statement-wrong");
    assertThat(thief.resetsFactor(false)).startsWith("it worked"); // it waits, and Ada is told
    house.rooms.waysBack().factors().cancel(ada.accountId);
    house.clock.forward(Duration.ofHours(73));
    house.rooms.waysBack().factors().lookAfter();
    assertThat(mailed()).doesNotContain("Your second factor can be replaced now");
    house.rooms.chain().follower().catchUp();
    nothingHappened();
  }

  @Test
  void sheetAMovesNothingWithoutTheSecondFactorAndTakesNothingOver() {
    Thief thief = new Thief(ada.vault, KeyRole.BACKUP, () -> NO_CODE);
    assertThat(thief.spendsAlone()).contains("script");
    assertThat(thief.spends()).isEqualTo("code-wrong");
    assertThat(thief.replacesKeys()).isEqualTo("code-wrong");
    assertThat(thief.changesPasscode()).isEqualTo("resealing-wrong");
    assertThat(thief.changesEmail()).isEqualTo("statement-wrong");
    assertThat(thief.resetsFactor(true)).isEqualTo("statement-wrong");
    assertThat(thief.resetsFactor(false)).isEqualTo("statement-wrong");
    nothingHappened();
  }

  /** That the envelope does not open without the passcode is the vault's to show. */
  @Test
  void sheetBShowsTheWalletAndMovesNothing() {
    Thief thief = new Thief(strangers, KeyRole.USER, () -> NO_CODE);
    assertThat(thief.spendsAlone()).contains("script");
    assertThat(thief.spends()).isEqualTo("signature-wrong");
    assertThat(thief.replacesKeys()).isEqualTo("succession-wrong");
    assertThat(thief.changesPasscode()).isEqualTo("resealing-wrong");
    assertThat(thief.changesEmail()).isEqualTo("statement-wrong");
    assertThat(thief.resetsFactor(true)).isEqualTo("statement-wrong");
    assertThat(thief.resetsFactor(false)).isEqualTo("statement-wrong");
    assertThat(thief.readsPaperBack()).isEqualTo("statement-wrong");
    nothingHappened();
  }

  @Test
  void theDatabaseHoldsNothingThatOpensAnything() {
    Thief ada = new Thief(this.ada.vault, KeyRole.USER, this.ada::code);
    assertThat(ada.changesEmail()).startsWith("it worked");
    assertThat(ada.resetsFactor(false)).startsWith("it worked");
    house.clock.forward(Duration.ofHours(72));
    house.rooms.waysBack().factors().lookAfter();
    Session session = house.rooms.sessions().open(this.ada.accountId, true, "Firefox", "");
    List<Object> cells = new EveryCell(house.foundation.database()).all();
    List<String> read = cells.stream().map(cell -> hex(bytes(cell))).toList();
    for (byte[] secret : secrets(session)) {
      assertThat(read).noneMatch(cell -> cell.contains(hex(secret)));
    }
    cells.stream()
        .filter(cell -> bytes(cell).length >= LEAST && bytes(cell).length <= MOST)
        .flatMap(cell -> spellings(cell).stream())
        .distinct()
        .forEach(this::isOfNoUse);
    KeyFile own = KeyFile.of(new byte[32]);
    assertThatThrownBy(
            () ->
                new Foundation(house.foundation.database(), own)
                    .refuseOtherKeyFile(Path.of("elsewhere")))
        .isInstanceOf(StartRefused.class);
    house.rooms.chain().follower().catchUp();
    nothingHappened();
  }

  private static byte[] bytes(Object cell) {
    return cell instanceof byte[] bytes ? bytes : ascii((String) cell);
  }

  /** How a value of the database could be typed in. */
  private static List<String> spellings(Object cell) {
    return cell instanceof byte[] bytes
        ? List.of(
            hex(bytes),
            Base64.getEncoder().encodeToString(bytes),
            Base64.getUrlEncoder().withoutPadding().encodeToString(bytes))
        : List.of((String) cell);
  }

  /** What opens something, in each spelling: raw, as digits, as base64. */
  private List<byte[]> secrets(Session session) {
    List<byte[]> secrets = new ArrayList<>();
    secrets.add(ada.totp);
    secrets.add(Base64.getUrlDecoder().decode(session.token()));
    ada.recovery.forEach(code -> secrets.add(ascii(code.replace("-", ""))));
    for (Mail mail : house.rooms.post().room().shown(null)) {
      LINK.matcher(mail.text())
          .results()
          .forEach(link -> secrets.add(HexFormat.of().parseHex(link.group(1))));
    }
    assertThat(secrets).hasSizeGreaterThan(14);
    List<byte[]> spelled = new ArrayList<>(secrets);
    for (byte[] secret : secrets) {
      spelled.add(ascii(hex(secret)));
      spelled.add(ascii(Base64.getEncoder().encodeToString(secret)));
      spelled.add(ascii(Base64.getUrlEncoder().withoutPadding().encodeToString(secret)));
    }
    return spelled;
  }

  /** Tries a value of the database in place of each secret that the server takes. */
  private void isOfNoUse(String text) {
    assertThat(house.rooms.sessions().find(text)).isEmpty();
    var ways = house.rooms.waysBack();
    assertThat(refusal(() -> ways.passwords().asksCode(text))).isEqualTo("link-dead");
    assertThat(refusal(() -> ways.emails().email(text))).isEqualTo("link-dead");
    assertThat(refusal(() -> ways.lookAtCancel(text))).isEqualTo("link-dead");
    assertThat(refusal(() -> ways.factors().enrolment(ada.accountId, text))).isEqualTo("link-dead");
    assertThat(refusal(() -> house.rooms.accounts().signIn(ADA, text).isPresent()))
        .isNotEqualTo("it worked: true");
    if (text.length() <= LONGEST_CODE) {
      Database database = house.foundation.database();
      Verdict code =
          database.run(() -> house.rooms.factors().useCountedElsewhere(ada.accountId, text));
      assertThat(code).isEqualTo(Verdict.WRONG);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
