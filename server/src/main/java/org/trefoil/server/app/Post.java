package org.trefoil.server.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trefoil.core.units.Network;
import org.trefoil.server.config.Config;
import org.trefoil.server.keyfile.KeyFile;
import org.trefoil.server.mail.Carrier;
import org.trefoil.server.mail.MailRound;
import org.trefoil.server.mail.Mailroom;
import org.trefoil.server.mail.SmtpCarrier;
import org.trefoil.server.mail.SmtpSettings;
import org.trefoil.server.store.Database;
import org.trefoil.server.store.JdbiMailStore;

/** The mail room and who empties it, as configured. */
record Post(Mailroom room, MailRound round, @Nullable SmtpCarrier carrier)
    implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Post.class);

  static Post open(
      Config config, Database database, KeyFile keyFile, InstantSource clock, SecureRandom random) {
    JdbiMailStore store = new JdbiMailStore(database);
    Config.Smtp smtp = config.smtp();
    Mailroom.Way way =
        smtp != null
            ? Mailroom.Way.SENT
            : config.network() == Network.REGTEST ? Mailroom.Way.SHOWN : Mailroom.Way.NONE;
    if (way == Mailroom.Way.NONE) {
      LOG.warn(
          "This server sends no mail, so nobody can be helped who lost a password, or a second"
              + " factor and its sheet A. --smtp URL and --mail-from ADDRESS change that.");
    }
    Mailroom room = new Mailroom(store, way, clock, random, keyFile);
    SmtpCarrier carrier = smtp == null ? null : new SmtpCarrier(settings(smtp));
    Carrier hands = carrier == null ? mail -> Carrier.Outcome.LATER : carrier;
    return new Post(room, new MailRound(store, room, hands, clock), carrier);
  }

  private static SmtpSettings settings(Config.Smtp smtp) {
    Path file = smtp.passwordFile();
    String password = null;
    if (file != null) {
      try {
        password = Files.readString(file, StandardCharsets.UTF_8).strip();
      } catch (IOException e) {
        throw new StartRefused("The file with the mail server's password cannot be read: " + file);
      }
    }
    return new SmtpSettings(
        smtp.host(),
        smtp.port(),
        smtp.wrapped(),
        smtp.here(),
        smtp.user(),
        password,
        smtp.from(),
        Carrier.LONGEST);
  }

  @Override
  public void close() {
    if (carrier != null) {
      carrier.close();
    }
  }
}
