package org.trefoil.server.app;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A mail server, and what arrived there. */
final class TestPost implements AutoCloseable {
  private static final Pattern CODE = Pattern.compile("\\d{4} \\d{4} \\d{4}");

  private final GreenMail server =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

  TestPost() {
    server.start();
  }

  int port() {
    return server.getSmtp().getPort();
  }

  /** A letter as it arrived. */
  record Letter(String to, String subject, String text) {}

  /** Has a house send what waits; what has arrived for an address since the beginning. */
  List<Letter> letters(TestHouse house, String to) {
    house.rooms.post().round().run();
    try {
      List<Letter> letters = new ArrayList<>();
      for (MimeMessage message : server.getReceivedMessages()) {
        for (Address address : message.getAllRecipients()) {
          if (address.toString().equals(to)) {
            letters.add(new Letter(to, message.getSubject(), (String) message.getContent()));
          }
        }
      }
      return letters;
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The code of the newest letter to an address. */
  String code(TestHouse house, String to) {
    List<Letter> letters = letters(house, to);
    Matcher code = CODE.matcher(letters.get(letters.size() - 1).text());
    if (!code.find()) {
      throw new AssertionError("no code in " + letters);
    }
    return code.group();
  }

  @Override
  public void close() {
    server.stop();
  }
}
