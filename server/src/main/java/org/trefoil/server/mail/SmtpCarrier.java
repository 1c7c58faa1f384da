package org.trefoil.server.mail;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands mail to one SMTP server, over TLS unless that server is on this machine. Each mail has a
 * deadline after which its connection is cut, so a server that hangs, or answers byte by byte,
 * holds nobody up for longer.
 */
public final class SmtpCarrier implements Carrier, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SmtpCarrier.class);
  private static final int PERMANENT = 500;

  private final SmtpSettings settings;
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "mail-deadline");
            thread.setDaemon(true);
            return thread;
          });

  public SmtpCarrier(SmtpSettings settings) {
    this.settings = settings;
  }

  @Override
  public Outcome carry(Mail mail) {
    CutSockets sockets = new CutSockets();
    ScheduledFuture<?> cut =
        watch.schedule(sockets::cut, settings.patience().toMillis(), TimeUnit.MILLISECONDS);
    Session session = Session.getInstance(properties(sockets));
    try (Transport transport = session.getTransport(protocol())) {
      MimeMessage message = message(session, mail);
      transport.connect(settings.host(), settings.port(), settings.user(), settings.password());
      transport.sendMessage(message, message.getAllRecipients());
      return Outcome.TAKEN;
    } catch (AddressException e) {
      return Outcome.REFUSED;
    } catch (SendFailedException e) {
      return refused(e);
    } catch (AuthenticationFailedException e) {
      LOG.warn("The mail server does not let us in");
      return Outcome.LATER;
    } catch (MessagingException e) {
      LOG.warn("The mail server does not take mail: {}", e.getClass().getSimpleName());
      return Outcome.LATER;
    } finally {
      cut.cancel(false);
    }
  }

  private String protocol() {
    return settings.wrapped() ? "smtps" : "smtp";
  }

  private Properties properties(CutSockets sockets) {
    String mail = "mail." + protocol() + ".";
    String patience = Long.toString(settings.patience().toMillis());
    Properties properties = new Properties();
    properties.setProperty(mail + "connectiontimeout", patience);
    properties.setProperty(mail + "timeout", patience);
    properties.setProperty(mail + "writetimeout", patience);
    properties.setProperty(mail + "auth", Boolean.toString(settings.user() != null));
    properties.setProperty(mail + "starttls.enable", "true");
    properties.setProperty(mail + "starttls.required", Boolean.toString(!settings.plain()));
    properties.setProperty(mail + "ssl.checkserveridentity", "true");
    properties.setProperty(mail + "ssl.protocols", "TLSv1.2 TLSv1.3");
    properties.setProperty(mail + "quitwait", "false");
    properties.setProperty("mail.mime.allowutf8", "true");
    properties.put(mail + "socketFactory", sockets);
    return properties;
  }

  private MimeMessage message(Session session, Mail mail) throws MessagingException {
    String domain = settings.from().substring(settings.from().indexOf('@') + 1);
    String id = "<" + mail.mailId() + "@" + domain + ">";
    MimeMessage message =
        new MimeMessage(session) {
          @Override
          protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
          }
        };
    message.setFrom(address(settings.from()));
    message.setRecipient(Message.RecipientType.TO, address(mail.recipient()));
    message.setSubject(mail.subject(), StandardCharsets.UTF_8.name());
    message.setText(mail.text(), StandardCharsets.UTF_8.name());
    message.setHeader("Auto-Submitted", "auto-generated");
    message.setSentDate(Date.from(mail.createdAt()));
    message.saveChanges();
    return message;
  }

  /** One address and nothing more: no name, no second recipient. */
  private static InternetAddress address(String text) throws AddressException {
    InternetAddress[] read = InternetAddress.parse(text, true);
    if (read.length != 1 || !text.equals(read[0].getAddress()) || read[0].getPersonal() != null) {
      throw new AddressException("not one address");
    }
    return read[0];
  }

  private static Outcome refused(SendFailedException e) {
    for (Exception cause = e; cause instanceof MessagingException m; cause = m.getNextException()) {
      int code =
          m instanceof org.eclipse.angus.mail.smtp.SMTPAddressFailedException refused
              ? refused.getReturnCode()
              : m instanceof org.eclipse.angus.mail.smtp.SMTPSendFailedException failed
                  ? failed.getReturnCode()
                  : 0;
      if (code >= PERMANENT) {
        return Outcome.REFUSED;
      }
    }
    return Outcome.LATER;
  }

  @Override
  public void close() {
    watch.shutdownNow();
  }
}
