package org.trefoil.server.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.List;
import org.slf4j.ILoggerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the log looks: one line of {@code key=value}, or of JSON, for each event, on standard error;
 * standard output belongs to the address to open.
 *
 * <p>In code because reading XML takes a quarter of a second of every start. A {@code
 * logback-test.xml} on the class path, or one named by {@code -Dlogback.configurationFile}, wins.
 */
public final class Logging extends ContextAwareBase implements Configurator {
  private static final String LINES = "lines";

  /**
   * Libraries that are quiet below WARN. Jetty and Javalin must be: at DEBUG they print requests
   * with their cookies.
   */
  private static final List<String> QUIET =
      List.of(
          "org.eclipse.jetty",
          "io.javalin",
          "io.pebbletemplates",
          "com.zaxxer.hikari",
          "org.flywaydb",
          "org.jdbi",
          "org.bitcoinj");

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    boolean other =
        System.getProperty("logback.configurationFile") != null
            || Logging.class.getResource("/logback-test.xml") != null;
    if (other) {
      return ExecutionStatus.INVOKE_NEXT_IF_ANY;
    }
    ConsoleAppender<ILoggingEvent> lines = new ConsoleAppender<>();
    lines.setContext(context);
    lines.setName(LINES);
    lines.setTarget("System.err");
    lines.setEncoder(text(context));
    lines.start();
    ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.INFO);
    root.addAppender(lines);
    for (String library : QUIET) {
      context.getLogger(library).setLevel(Level.WARN);
    }
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  /** From now on the lines are JSON, where the log is set up by this class. */
  static void json() {
    ILoggerFactory factory = LoggerFactory.getILoggerFactory();
    if (factory instanceof LoggerContext context
        && context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender(LINES)
            instanceof ConsoleAppender<ILoggingEvent> lines) {
      lines.stop();
      lines.setEncoder(json(context));
      lines.start();
    }
  }

  private static Encoder<ILoggingEvent> text(LoggerContext context) {
    LogLine line = new LogLine(context);
    line.start();
    LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
    encoder.setContext(context);
    encoder.setLayout(line);
    encoder.start();
    return encoder;
  }

  private static Encoder<ILoggingEvent> json(LoggerContext context) {
    JsonEncoder encoder = new JsonEncoder();
    encoder.setContext(context);
    encoder.setWithSequenceNumber(false);
    encoder.setWithNanoseconds(false);
    encoder.setWithContext(false);
    encoder.setWithMarkers(false);
    encoder.setWithKVPList(false);
    encoder.setWithArguments(false);
    encoder.setWithMessage(false);
    encoder.setWithFormattedMessage(true);
    encoder.start();
    return encoder;
  }
}
