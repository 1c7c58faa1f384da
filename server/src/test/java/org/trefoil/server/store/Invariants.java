package org.trefoil.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bitcoinj.core.Transaction;
import org.bitcoinj.core.TransactionInput;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.core.psbt.Psbt;
import org.trefoil.core.psbt.UnsignedTx;
import org.trefoil.server.spend.SendRecord;
import org.trefoil.server.spend.SendStage;

/** What must be true of every database at every moment, whatever happened to its server. */
public final class Invariants {
  private static final Set<SendStage> OUT =
      Set.of(SendStage.SIGNED, SendStage.BROADCAST, SendStage.CONFIRMED);

  private Invariants() {}

  /** Fails with what is wrong. */
  public static void hold(Database database) {
    List<SendRecord> sends =
        database.with(
            h ->
                h.createQuery("SELECT * FROM send ORDER BY created_at, send_id")
                    .map((rs, context) -> SendRows.read(rs))
                    .list());
    Map<Outpoint, String> reserved = reservations(database);
    signedIsWhatWasProposed(sends);
    noCoinIsSignedAwayTwice(sends);
    reservationsAreOfLiveSends(database, sends, reserved);
    Set<String> quiet = quiet(database);
    liveSendsHoldTheirCoins(sends, reserved, quiet);
    whatTheSecondPasscodeSignedIsSignedByNobody(sends, quiet);
    eachSendIsApprovedAndSignedAtMostOnce(database, sends, quiet);
  }

  private static Map<Outpoint, String> reservations(Database database) {
    Map<Outpoint, String> reserved = new HashMap<>();
    database.use(
        h ->
            h.createQuery("SELECT txid, vout, send_id FROM reservation")
                .map(
                    (rs, context) ->
                        Map.entry(
                            new Outpoint(rs.getString("txid"), rs.getInt("vout")),
                            rs.getString("send_id")))
                .forEach(entry -> reserved.put(entry.getKey(), entry.getValue())));
    return reserved;
  }

  private static void signedIsWhatWasProposed(List<SendRecord> sends) {
    for (SendRecord send : sends) {
      byte[] raw = send.rawTx();
      assertThat(raw != null || !OUT.contains(send.stage())).as("%s without bytes", send).isTrue();
      if (raw != null) {
        Transaction tx = Transaction.read(ByteBuffer.wrap(raw));
        assertThat(tx.getTxId().toString()).as("%s", send).isEqualTo(send.txid());
        assertThat(inputs(tx)).as("%s", send).isEqualTo(inputs(send));
        long paid = tx.getOutputSum().value;
        long change = send.change() == null ? 0 : send.change();
        assertThat(paid).as("%s", send).isEqualTo(send.amount() + change);
      }
    }
  }

  private static void noCoinIsSignedAwayTwice(List<SendRecord> sends) {
    Map<Outpoint, SendRecord> spent = new HashMap<>();
    for (SendRecord send : sends) {
      if (send.stage() == SendStage.APPROVED || OUT.contains(send.stage())) {
        for (Outpoint coin : inputs(send)) {
          assertThat(spent.put(coin, send)).as("%s and %s", coin, send).isNull();
        }
      }
    }
  }

  private static void reservationsAreOfLiveSends(
      Database database, List<SendRecord> sends, Map<Outpoint, String> reserved) {
    Map<String, SendRecord> byId = new HashMap<>();
    sends.forEach(send -> byId.put(send.sendId(), send));
    reserved.forEach(
        (coin, sendId) -> {
          SendRecord send = byId.get(sendId);
          assertThat(send).as("%s", coin).isNotNull();
          boolean gathers =
              send.stage() == SendStage.NEEDS_FACTOR
                  && (send.missing() > 0
                      || send.signers().size() > 1
                      || askedAgain(database, send) > 0);
          assertThat(gathers || holds(send)).as("%s of %s", coin, send).isTrue();
          assertThat(inputs(send)).as("%s", send).contains(coin);
        });
  }

  private static boolean holds(SendRecord send) {
    return send.stage().approved()
        || send.stage() == SendStage.HELD
        || send.stage() == SendStage.QUIET;
  }

  private static void liveSendsHoldTheirCoins(
      List<SendRecord> sends, Map<Outpoint, String> reserved, Set<String> quiet) {
    for (SendRecord send : sends) {
      boolean kept = quiet.contains(send.sendId());
      if (kept && send.replaces() != null) {
        assertThat(reserved.values()).as("%s", send).doesNotContain(send.sendId());
      } else if (holds(send) && (send.nextTryAt() != null || kept)) {
        for (Outpoint coin : inputs(send)) {
          assertThat(reserved.get(coin)).as("%s of %s", coin, send).isEqualTo(send.sendId());
        }
      }
    }
  }

  private static void whatTheSecondPasscodeSignedIsSignedByNobody(
      List<SendRecord> sends, Set<String> quiet) {
    for (SendRecord send : sends) {
      boolean kept = quiet.contains(send.sendId());
      assertThat(kept && (send.stage().approved() || send.rawTx() != null))
          .as("%s", send)
          .isFalse();
      assertThat(kept || send.stage() != SendStage.QUIET).as("%s", send).isTrue();
    }
  }

  private static Set<String> quiet(Database database) {
    return Set.copyOf(
        database.with(
            h ->
                h.createQuery("SELECT send_id FROM send_mark WHERE quiet")
                    .mapTo(String.class)
                    .list()));
  }

  private static void eachSendIsApprovedAndSignedAtMostOnce(
      Database database, List<SendRecord> sends, Set<String> quiet) {
    for (SendRecord send : sends) {
      boolean approved = send.stage().approved();
      int again = askedAgain(database, send);
      assertThat(noted(database, send, "send-approved"))
          .as("%s", send)
          .isBetween(approved && again == 0 ? 1 : 0, 1 + again);
      int signed = noted(database, send, "send-signed");
      if (quiet.contains(send.sendId())) {
        // The record says it of what was kept, too.
        assertThat(signed).as("%s", send).isBetween(0, 1 + again);
      } else {
        assertThat(signed).as("%s", send).isEqualTo(send.rawTx() == null ? 0 : 1);
      }
    }
  }

  /** How often a send that was called confirmed had to be confirmed again for want of a seal. */
  private static int askedAgain(Database database, SendRecord send) {
    return database.with(
        h ->
            h.createQuery(
                    "SELECT COUNT(*) FROM audit_event WHERE subject = :send AND detail = 'unproved'")
                .bind("send", send.sendId())
                .mapTo(Integer.class)
                .one());
  }

  private static int noted(Database database, SendRecord send, String kind) {
    return database.with(
        h ->
            h.createQuery("SELECT COUNT(*) FROM audit_event WHERE subject = :send AND kind = :kind")
                .bind("send", send.sendId())
                .bind("kind", kind)
                .mapTo(Integer.class)
                .one());
  }

  private static List<Outpoint> inputs(Transaction tx) {
    List<Outpoint> inputs = new ArrayList<>();
    for (TransactionInput input : tx.getInputs()) {
      inputs.add(
          new Outpoint(input.getOutpoint().hash().toString(), (int) input.getOutpoint().index()));
    }
    return inputs;
  }

  private static List<Outpoint> inputs(SendRecord send) {
    UnsignedTx tx = Psbt.parse(send.psbt()).unsignedTx();
    List<Outpoint> inputs = new ArrayList<>();
    for (int i = 0; i < tx.inputCount(); i++) {
      inputs.add(tx.outpoint(i));
    }
    return inputs;
  }
}
