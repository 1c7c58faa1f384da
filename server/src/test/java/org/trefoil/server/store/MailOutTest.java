package org.trefoil.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.trefoil.server.app.TestClock;
import org.trefoil.server.keyfile.KeyFile;
import org.trefoil.server.mail.Carrier;
import org.trefoil.server.mail.MailRound;
import org.trefoil.server.mail.Mailroom;
import org.trefoil.server.mail.SmtpCarrier;
import org.trefoil.server.mail.SmtpSettings;

/** Mail from the transaction that causes it to somebody's mailbox, on every engine. */
@Timeout(60)
class MailOutTest extends StoreContract {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final JdbiMailStore store = new JdbiMailStore(database);
  private final TestClock clock = new TestClock();
  private final KeyFile keyFile = KeyFile.of(bytes(7));
  private final List<SmtpCarrier> carriers = new ArrayList<>();
  private GreenMail mailServer;

  MailOutTest(TestDatabase engine) {
    super(engine);
  }

  @BeforeEach
  void start() {
    mailServer = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    mailServer.start();
  }

  @AfterEach
  void stop() {
    carriers.forEach(SmtpCarrier::close);
    mailServer.stop();
  }

  @Test
  void manyThousandsOfLettersOfOneTransactionAreAllWritten() {
    Mailroom room = room(Mailroom.Way.SENT);
    int many = 12_600;
    database.run(
        () -> {
          for (int i = 0; i < many; i++) {
            room.write(null, "ada@example.org", "Coins came in", "Letter " + i);
          }
        });
    assertThat(store.due(clock.instant(), 2 * many)).hasSize(many).doesNotHaveDuplicates();
  }

  private Mailroom room(Mailroom.Way way) {
    return new Mailroom(store, way, clock, new SecureRandom(), keyFile);
  }

  private MailRound round(int port, boolean plain, @Nullable String user) {
    SmtpCarrier carrier =
        new SmtpCarrier(
            new SmtpSettings(
                "127.0.0.1",
                port,
                false,
                plain,
                user,
                user == null ? null : "its password",
                "wallet@trefoil.example",
                PATIENCE));
    carriers.add(carrier);
    return new MailRound(store, room(Mailroom.Way.SENT), carrier, clock);
  }

  private MailRound round() {
    return round(mailServer.getSmtp().getPort(), true, null);
  }

  private void write(String to, String subject, String text) {
    database.run(() -> room(Mailroom.Way.SENT).write(ADA, to, subject, text));
  }

  @Test
  void aMailIsThereWithItsCauseOrNotAtAll() {
    assertThatThrownBy(
            () ->
                database.run(
                    () -> {
                      room(Mailroom.Way.SENT).write(ADA, "ada@example.org", "s", "t");
                      throw new IllegalStateException("the cause failed");
                    }))
        .hasMessage("the cause failed");
    assertThat(store.waiting()).isZero();
    write("ada@example.org", "s", "t");
    assertThat(store.waiting()).isEqualTo(1);
    database.run(() -> room(Mailroom.Way.NONE).write(ADA, "ada@example.org", "s", "t"));
    assertThat(store.waiting()).isEqualTo(1);
  }

  @Test
  void whatAMailSaysIsNotInTheDatabaseToRead() {
    write("ada@example.org", "s", "secret-link");
    byte[] stored =
        database.with(h -> h.createQuery("SELECT body FROM mail").mapTo(byte[].class).one());
    assertThat(new String(stored, StandardCharsets.ISO_8859_1)).doesNotContain("secret-link");
  }

  @Test
  void arrivesAsPlainTextOfOneSenderToOneRecipient() throws Exception {
    write("ada@example.org", "Grüße\r\nBcc: eve@example.org", "Zeile 1: ö\nhttp://x/y\n.\nend");
    round().run();
    MimeMessage[] arrived = mailServer.getReceivedMessages();
    assertThat(arrived).hasSize(1);
    MimeMessage mail = arrived[0];
    assertThat(mail.getSubject()).isEqualTo("Grüße  Bcc: eve@example.org");
    assertThat(mail.getHeader("Bcc")).isNull();
    assertThat(mail.getAllRecipients()).hasSize(1);
    assertThat(mail.getFrom()[0]).hasToString("wallet@trefoil.example");
    assertThat(mail.getContentType()).startsWith("text/plain").contains("UTF-8");
    assertThat(mail.getContent().toString().replace("\r", ""))
        .contains("Zeile 1: ö\nhttp://x/y\n.\nend");
    assertThat(mail.getMessageID()).matches("<[0-9a-f]{32}@trefoil\\.example>");
    assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
    assertThat(store.waiting()).isZero();
  }

  @Test
  void anAddressThatIsMoreThanOneIsGivenUp() {
    write("ada@example.org,eve@example.org", "s", "t");
    write("Ada <ada@example.org>", "s", "t");
    write("ada@example.org\r\nRCPT TO:<eve@example.org>", "s", "t");
    round().run();
    assertThat(mailServer.getReceivedMessages()).isEmpty();
    assertThat(store.waiting()).isZero();
  }

  @Test
  void twoServersSendEachMailOnce() throws Exception {
    for (int i = 0; i < 30; i++) {
      write("ada@example.org", "mail " + i, "t");
    }
    MailRound[] servers = {round(), round(), round()};
    int[] next = {0};
    for (int turn = 0; turn < 3; turn++) {
      atOnce(
          3,
          () -> {
            MailRound mine;
            synchronized (next) {
              mine = servers[next[0]++ % 3];
            }
            mine.run();
            return true;
          });
    }
    Set<String> subjects = new HashSet<>();
    for (MimeMessage mail : mailServer.getReceivedMessages()) {
      assertThat(subjects.add(mail.getSubject())).as(mail.getSubject()).isTrue();
    }
    assertThat(subjects).hasSize(30);
    assertThat(store.waiting()).isZero();
  }

  @Test
  void waitsLongerEachTimeForAServerThatIsAwayAndThenArrives() {
    int port = mailServer.getSmtp().getPort();
    mailServer.stop();
    write("ada@example.org", "s", "t");
    MailRound round = round(port, true, null);
    round.run();
    assertThat(store.due(clock.instant().plusSeconds(14), 10)).isEmpty();
    clock.forward(Duration.ofSeconds(15));
    round.run();
    assertThat(store.due(clock.instant().plusSeconds(29), 10)).isEmpty();
    mailServer = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    mailServer.start();
    clock.forward(Duration.ofSeconds(30));
    round.run();
    assertThat(mailServer.getReceivedMessages()).hasSize(1);
  }

  @Test
  void whatAServerWasSendingWhenItWasKilledArrivesWithinTheMinute() {
    write("ada@example.org", "s", "t");
    Carrier killed =
        mail -> {
          throw new IllegalStateException("killed");
        };
    MailRound dying = new MailRound(store, room(Mailroom.Way.SENT), killed, clock);
    assertThatThrownBy(dying::run).hasMessage("killed");
    round().run();
    assertThat(mailServer.getReceivedMessages()).isEmpty();
    clock.forward(Duration.ofMinutes(1));
    round().run();
    assertThat(mailServer.getReceivedMessages()).hasSize(1);
  }

  @Test
  void isGivenUpAfterThreeDays() {
    write("ada@example.org", "s", "t");
    Carrier nobody = mail -> Carrier.Outcome.LATER;
    MailRound round = new MailRound(store, room(Mailroom.Way.SENT), nobody, clock);
    round.run();
    clock.forward(Duration.ofHours(71));
    round.run();
    assertThat(store.waiting()).isEqualTo(1);
    clock.forward(Duration.ofHours(2));
    round.run();
    assertThat(store.waiting()).isZero();
  }

  @Test
  void nothingGoesOutWithoutTlsToAServerElsewhere() {
    write("ada@example.org", "s", "t");
    round(mailServer.getSmtp().getPort(), false, null).run();
    assertThat(mailServer.getReceivedMessages()).isEmpty();
    assertThat(store.waiting()).isEqualTo(1);
  }

  @Test
  void givesUserAndPasswordWhereTheyAreAskedFor() {
    mailServer.setUser("wallet@trefoil.example", "wallet", "its password");
    write("ada@example.org", "s", "t");
    round(mailServer.getSmtp().getPort(), true, "wallet").run();
    assertThat(mailServer.getReceivedMessages()).hasSize(1);
  }

  @Test
  void aServerThatHangsOrDripsHoldsNobodyUp() throws Exception {
    for (boolean drips : new boolean[] {false, true}) {
      write("ada@example.org", "s", "t");
      try (ServerSocket hanging = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
        Thread thread = new Thread(() -> answer(hanging, drips), "hanging-mail-server");
        thread.setDaemon(true);
        thread.start();
        long from = System.nanoTime();
        round(hanging.getLocalPort(), true, null).run();
        assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(PATIENCE.multipliedBy(3));
      }
      assertThat(store.waiting()).isEqualTo(1);
      clock.forward(Duration.ofDays(4));
      round().run();
      mailServer.reset();
    }
  }

  private static void answer(ServerSocket hanging, boolean drips) {
    try (Socket socket = hanging.accept()) {
      for (int i = 0; i < 200; i++) {
        if (drips) {
          socket.getOutputStream().write('2');
          socket.getOutputStream().flush();
        }
        Thread.sleep(100);
      }
    } catch (IOException | InterruptedException e) {
      // The other side hung up, as it should.
    }
  }

  @Test
  void whatIsShownInsteadStaysUntilItIsOld() {
    Mailroom shown = room(Mailroom.Way.SHOWN);
    shown.write(ADA, "ada@example.org", "first", "one");
    clock.forward(Duration.ofHours(1));
    shown.write(BOB, "bob@example.org", "second", "two");
    assertThat(store.waiting()).isZero();
    assertThat(shown.shown(ADA))
        .extracting("subject", "text")
        .containsExactly(tuple("first", "one" + Mailroom.FOOT));
    assertThat(shown.shown(null)).extracting("subject").containsExactly("second", "first");
    assertThat(shown.shown(null).toString()).doesNotContain("two");
    clock.forward(Duration.ofDays(14));
    new MailRound(store, shown, mail -> Carrier.Outcome.LATER, clock).sweep();
    assertThat(shown.shown(null)).extracting("subject").containsExactly("second");
  }

  private static org.assertj.core.groups.Tuple tuple(Object... values) {
    return org.assertj.core.groups.Tuple.tuple(values);
  }
}
