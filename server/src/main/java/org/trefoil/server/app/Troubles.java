package org.trefoil.server.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.slf4j.ILoggerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trefoil.server.http.Operations.Trouble;
import org.trefoil.server.meter.Meters;

/** Keeps the log's newest warnings and errors for the operator, and counts all of them. */
final class Troubles extends AppenderBase<ILoggingEvent> implements AutoCloseable {
  private static final int KEPT = 50;
  private static final int MESSAGE = 300;

  private final Meters meters;
  private final Deque<Trouble> newest = new ArrayDeque<>();

  private Troubles(Meters meters) {
    this.meters = meters;
  }

  /** Listens to the log from now on, until closed. */
  static Troubles listen(Meters meters) {
    Troubles troubles = new Troubles(meters);
    troubles.setName("troubles");
    ILoggerFactory factory = LoggerFactory.getILoggerFactory();
    if (factory instanceof LoggerContext context) {
      troubles.setContext(context);
      troubles.start();
      context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(troubles);
    }
    return troubles;
  }

  @Override
  protected void append(ILoggingEvent event) {
    if (!event.getLevel().isGreaterOrEqual(Level.WARN)) {
      return;
    }
    meters.logged(event.getLevel().levelStr.toLowerCase(java.util.Locale.ROOT));
    String logger = event.getLoggerName();
    String room = logger.substring(logger.lastIndexOf('.') + 1);
    String message = String.valueOf(event.getFormattedMessage());
    String cause =
        event.getThrowableProxy() == null ? "" : ": " + event.getThrowableProxy().getClassName();
    String whole = message.substring(0, Math.min(message.length(), MESSAGE)) + cause;
    synchronized (newest) {
      newest.addFirst(
          new Trouble(event.getTimeStamp() / 1000, event.getLevel().levelStr, room, whole));
      while (newest.size() > KEPT) {
        newest.removeLast();
      }
    }
  }

  /** Newest first. */
  List<Trouble> newest() {
    synchronized (newest) {
      return new ArrayList<>(newest);
    }
  }

  @Override
  public void close() {
    if (getContext() instanceof LoggerContext context) {
      context.getLogger(Logger.ROOT_LOGGER_NAME).detachAppender(this);
    }
    stop();
  }
}
