package org.trefoil.server.meter;

import java.util.List;
import java.util.Map;

/**
 * How the house is at one moment.
 *
 * @param chain the network's name
 * @param chainState one word, {@code fine} when the chain can be relied on
 * @param chainDetail a sentence, empty when all is well
 * @param tipHeight of the last block followed; −1 before the first
 * @param tipAge seconds since that block's time; −1 before the first
 * @param peers the nodes that answer
 * @param databaseAnswers whether the database did just now
 * @param keysAnswer whether whoever holds the server's keys did
 * @param sends how many sends are in each stage that is not an end, by its name in small letters
 * @param overdue sends that should have been looked after a minute ago and were not
 * @param mail how many mails wait to be taken
 * @param liveConnections browsers that listen for changes
 * @param web threads of the web server
 * @param pool connections to the database
 */
public record Reading(
    String chain,
    String chainState,
    String chainDetail,
    int tipHeight,
    long tipAge,
    List<String> peers,
    boolean databaseAnswers,
    boolean keysAnswer,
    Map<String, Long> sends,
    long overdue,
    long mail,
    int liveConnections,
    Use web,
    Use pool) {

  /**
   * How much of something there is, and how much is in use.
   *
   * @param waiting how many wait for one
   */
  public record Use(int busy, int most, int waiting) {}

  /** Whether people can be served: what is looked up is there, and what is signed is right. */
  public boolean ready() {
    return databaseAnswers && keysAnswer && chainState.equals("fine");
  }
}
