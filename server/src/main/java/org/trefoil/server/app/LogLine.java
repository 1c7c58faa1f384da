package org.trefoil.server.app;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.LayoutBase;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/**
 * One event as one line of {@code key=value}: whatever a message holds, it neither ends its line
 * nor its quotes. By hand, since a send logs half a dozen events and a pattern would run a regular
 * expression over each several times.
 */
final class LogLine extends LayoutBase<ILoggingEvent> {
  private static final int USUAL = 200;
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  /** What is thrown stays readable: only its frames have lines of their own. */
  private static final String THROWN =
      "%replace(%ex{12}){'[\\r" + "\\n" + "]+(?!\\tat )', ' '}%nopex";

  private final PatternLayout thrown = new PatternLayout();

  LogLine(LoggerContext context) {
    setContext(context);
    thrown.setContext(context);
    thrown.setPattern(THROWN);
  }

  @Override
  public void start() {
    thrown.start();
    super.start();
  }

  @Override
  public String doLayout(ILoggingEvent event) {
    StringBuilder line = new StringBuilder(USUAL).append("time=");
    TIME.formatTo(Instant.ofEpochMilli(event.getTimeStamp()), line);
    String logger = event.getLoggerName();
    line.append(" level=").append(event.getLevel());
    line.append(" room=").append(logger, logger.lastIndexOf('.') + 1, logger.length());
    line.append(" thread=").append(event.getThreadName());
    String request = event.getMDCPropertyMap().get("request");
    if (request != null) {
      line.append(" request=").append(request);
    }
    line.append(" msg=\"");
    quote(event.getFormattedMessage(), line);
    line.append('"').append(System.lineSeparator());
    if (event.getThrowableProxy() != null) {
      line.append(thrown.doLayout(event));
    }
    return line.toString();
  }

  /** Any number of line ends and tabs together become a blank, quotes single ones. */
  private static void quote(String message, StringBuilder line) {
    boolean blank = false;
    for (int i = 0; i < message.length(); i++) {
      char c = message.charAt(i);
      boolean ends = c == '\r' || c == '\n' || c == '\t';
      if (!ends) {
        line.append(c == '"' ? '\'' : c);
      } else if (!blank) {
        line.append(' ');
      }
      blank = ends;
    }
  }
}
