package org.trefoil.vault.standin.org.slf4j;

import org.slf4j.Logger;
import org.slf4j.helpers.NOPLogger;

/** {@code org.slf4j.LoggerFactory} that logs nothing: the vault has no log. */
public final class LoggerFactory {
  private LoggerFactory() {}

  public static Logger getLogger(Class<?> type) {
    return NOPLogger.NOP_LOGGER;
  }

  public static Logger getLogger(String name) {
    return NOPLogger.NOP_LOGGER;
  }
}
