package org.trefoil.server.store;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.function.Predicate;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

/** What a failed statement means, by SQLSTATE; H2 and PostgreSQL use the same. */
final class SqlFailures {
  private static final String UNIQUE_VIOLATION = "23505";
  private static final String SERIALIZATION_FAILURE = "40001";
  private static final String DEADLOCK = "40P01";
  private static final String LOCK_TIMEOUT = "55P03";
  private static final String LOCK_TIMEOUT_H2 = "HYT00";
  private static final String CONNECTION = "08";
  private static final String OPERATOR_INTERVENTION = "57P";
  private static final String TOO_MANY_CONNECTIONS = "53300";
  private static final String IDLE_IN_TRANSACTION = "25P03";

  private static final String FILE_CORRUPTED = "90030";

  private SqlFailures() {}

  /** A row with that key is there already. */
  static boolean isDuplicate(Throwable e) {
    return any(e, state -> state.equals(UNIQUE_VIOLATION));
  }

  /** Two transactions got into each other's way and this one gave in; all of it may run again. */
  static boolean isConflict(Throwable e) {
    return any(e, state -> state.equals(SERIALIZATION_FAILURE) || state.equals(DEADLOCK));
  }

  /** Somebody else held a row for too long. */
  static boolean isLockTimeout(Throwable e) {
    return any(e, state -> state.equals(LOCK_TIMEOUT) || state.equals(LOCK_TIMEOUT_H2));
  }

  /** The database is away, ended the connection, or gives no other. */
  static boolean isLost(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLTransientConnectionException) {
        return true;
      }
    }
    return any(
        e,
        state ->
            state.startsWith(CONNECTION)
                || state.startsWith(OPERATOR_INTERVENTION)
                || state.equals(TOO_MANY_CONNECTIONS)
                || state.equals(IDLE_IN_TRANSACTION));
  }

  /** The file of the database is not what the database wrote. */
  static boolean isDamage(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof MVStoreException failure) {
        int code = failure.getErrorCode();
        return code != DataUtils.ERROR_FILE_LOCKED && code != DataUtils.ERROR_WRITING_FAILED;
      }
      // Of pages that cannot be right, H2 says some so, where assertions are on.
      if (cause instanceof AssertionError) {
        return true;
      }
    }
    return any(e, state -> state.equals(FILE_CORRUPTED));
  }

  /** What the driver said, without the statement and its values. */
  static Throwable root(Throwable e) {
    Throwable root = e;
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      root = cause;
    }
    return root;
  }

  private static boolean any(Throwable e, Predicate<String> wanted) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException failure && anyState(failure, wanted)) {
        return true;
      }
    }
    return false;
  }

  /** A batch keeps what went wrong in its next exceptions. */
  private static boolean anyState(SQLException failure, Predicate<String> wanted) {
    for (@Nullable SQLException next = failure; next != null; next = next.getNextException()) {
      String state = next.getSQLState();
      if (state != null && wanted.test(state)) {
        return true;
      }
    }
    return false;
  }
}
