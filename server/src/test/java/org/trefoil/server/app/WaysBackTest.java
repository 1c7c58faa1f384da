package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.wire.ActivateRequest;
import org.trefoil.core.wire.DraftWallet;
import org.trefoil.server.account.Session;
import org.trefoil.server.app.TestHouse.Person;
import org.trefoil.server.mail.Mail;
import org.trefoil.server.regain.WaysBack;
import org.trefoil.server.secondfactor.Totp;

/** A house with Ada, who has a wallet, and her mail. */
abstract class WaysBackTest {
  static final String ADA = "p1@example.org";

  private static final Pattern LINK =
      Pattern.compile("http://localhost:\\d+/([a-z-]+)/([0-9a-f]{64})");

  TestHouse house;
  Person ada;

  @BeforeEach
  void open() throws IOException {
    house = new TestHouse();
    ada = house.new Person(1);
  }

  @AfterEach
  void close() {
    house.close();
  }

  WaysBack ways() {
    return house.rooms.waysBack();
  }

  /** What was mailed to an address, the newest first. */
  List<Mail> mail(String address) {
    return house.rooms.post().room().shown(null).stream()
        .filter(mail -> mail.recipient().equals(address))
        .toList();
  }

  /** The tokens of all links to a page in a mail; at most one. */
  static List<String> tokens(Mail mail, String page) {
    List<String> tokens = new ArrayList<>();
    Matcher link = LINK.matcher(mail.text());
    while (link.find()) {
      if (link.group(1).equals(page)) {
        tokens.add(link.group(2));
      }
    }
    return tokens;
  }

  /** The only link to a page in all mail to an address. */
  String token(String address, String page) {
    List<String> all =
        mail(address).stream().flatMap(mail -> tokens(mail, page).stream()).distinct().toList();
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  List<String> subjects(String address) {
    return mail(address).stream().map(Mail::subject).toList();
  }

  Session signedIn(boolean full) {
    return house.rooms.sessions().open(ada.accountId, full, "Firefox", "");
  }

  boolean lives(Session session) {
    return house.rooms.sessions().find(session.token()).isPresent();
  }

  String code(byte[] totp) {
    return Totp.code(totp, Totp.step(house.clock.instant()), Totp.DIGITS);
  }

  /** Lets time pass in steps in which the server looks after what waits. */
  void pass(Duration time) {
    Instant end = house.clock.instant().plus(time);
    while (house.clock.instant().isBefore(end)) {
      Duration left = Duration.between(house.clock.instant(), end);
      Duration hour = Duration.ofHours(1);
      house.clock.forward(left.compareTo(hour) < 0 ? left : hour);
      ways().factors().lookAfter();
    }
  }

  /** Another active wallet of Ada's, with keys of somebody else. */
  String plantedWallet(TestVault keys) {
    house.clock.forward(Duration.ofMinutes(1));
    DraftWallet draft = draft();
    finish(draft, keys);
    return draft.walletId();
  }

  /** A wallet of Ada's whose birth was broken off. */
  DraftWallet draft() {
    return house.rooms.wallets().draft(ada.accountId, "Planted", "planted-wallet-request");
  }

  /** Goes on with it, with keys of somebody else. */
  void finish(DraftWallet draft, TestVault keys) {
    house.rooms.wallets().storeKeys(ada.accountId, draft.walletId(), keys.keys(draft));
    String statement = keys.statement(keys.cosigners(draft), draft.walletId(), KeyRole.BACKUP);
    house
        .rooms
        .wallets()
        .activate(
            ada.accountId, draft.walletId(), new ActivateRequest("backup", statement, List.of()));
  }
}
