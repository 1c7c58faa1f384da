package org.trefoil.server.http;

import io.pebbletemplates.pebble.extension.AbstractExtension;
import io.pebbletemplates.pebble.extension.Filter;
import io.pebbletemplates.pebble.extension.Function;
import io.pebbletemplates.pebble.template.EvaluationContext;
import io.pebbletemplates.pebble.template.PebbleTemplate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.wire.HistoryItem;
import org.trefoil.core.wire.SendState;
import org.trefoil.core.wire.SendView;

/** What templates can say: amounts, times, states, and the addresses and digests of assets. */
final class Words extends AbstractExtension {
  private static final long SATS = 100_000_000L;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Shelf shelf;
  private final Sentences sentences;

  Words(Shelf shelf, Sentences sentences) {
    this.shelf = shelf;
    this.sentences = sentences;
  }

  @Override
  public Map<String, Filter> getFilters() {
    return Map.ofEntries(
        Map.entry("btc", filter(value -> btc((Long) value))),
        Map.entry("signed", filter(value -> signed((Long) value))),
        Map.entry("instant", filter(value -> Instant.ofEpochSecond((Long) value).toString())),
        Map.entry("time", filter(value -> TIME.format(Instant.ofEpochSecond((Long) value)))),
        Map.entry("day", filter(value -> DAY.format(Instant.ofEpochSecond((Long) value)))),
        Map.entry("age", filter(value -> age((Long) value))),
        Map.entry("depth", filter(value -> depth((Integer) value))),
        Map.entry("standing", filter(value -> standing((HistoryItem) value))),
        Map.entry("grouped", filter(value -> grouped((String) value))),
        Map.entry("happening", filter(value -> happening((HistoryItem) value))),
        Map.entry("title", filter(value -> title((SendView) value))),
        Map.entry("go", filter(value -> go((SendView) value))),
        Map.entry("leave", filter(value -> leave((SendView) value))),
        Map.entry("mending", filter(value -> mending((String) value))),
        Map.entry("progress", filter(value -> progress((SendView) value))));
  }

  @Override
  public Map<String, Function> getFunctions() {
    return Map.of(
        "asset", function("path", shelf::address),
        "integrity", function("path", shelf::integrity),
        "sentence", function("token", sentences::of));
  }

  /** Satoshis as bitcoin with eight decimals. */
  static String btc(long sats) {
    long size = Math.abs(sats);
    String whole = Long.toString(size / SATS);
    String part = Long.toString(size % SATS);
    return (sats < 0 ? "−" : "") + whole + "." + "0".repeat(8 - part.length()) + part;
  }

  static String signed(long sats) {
    return sats > 0 ? "+" + btc(sats) : btc(sats);
  }

  static String depth(int confirmations) {
    if (confirmations == 0) {
      return "pending";
    }
    return confirmations >= 6 ? "confirmed" : "confirmed " + confirmations + "×";
  }

  /** Seconds as the largest unit that leaves a number to read. */
  static String age(long seconds) {
    if (seconds < 120) {
      return seconds + " s";
    }
    return seconds < 7_200 ? seconds / 60 + " min" : seconds / 3_600 + " h";
  }

  static String standing(HistoryItem item) {
    return item.replacedBy() == null ? depth(item.confirmations()) : "replaced";
  }

  /** An address in groups of four, for eyes. */
  static String grouped(String address) {
    return address.replaceAll("(.{4})(?=.)", "$1 ");
  }

  static String happening(HistoryItem item) {
    String what =
        switch (item.kind()) {
          case "in" -> "Received";
          case "self" -> "To yourself";
          default -> "Sent";
        };
    String note = item.note();
    return note == null || note.isEmpty() ? what : what + " · " + note;
  }

  static String title(SendView send) {
    boolean asks = send.state() == SendState.NEEDS_FACTOR;
    return switch (send.kind()) {
      case PAYMENT -> asks ? "Confirm your send" : "Your send";
      case BUMP -> asks ? "Confirm the higher fee" : "Your send, at a higher fee";
      case CANCEL -> asks ? "Confirm the cancellation" : "Your cancellation";
      case CHILD -> asks ? "Confirm the speed-up" : "Your speed-up";
    };
  }

  /** What the button says that takes the code. */
  static String go(SendView send) {
    return switch (send.kind()) {
      case PAYMENT -> "Send now";
      case BUMP -> "Pay the higher fee";
      case CANCEL -> "Cancel the first send";
      case CHILD -> "Speed it up";
    };
  }

  /** What the button says that gives up what waits for a code. */
  static String leave(SendView send) {
    return switch (send.kind()) {
      case PAYMENT -> "Cancel this send";
      case BUMP -> "Keep the old fee";
      case CANCEL -> "Let the first send go on";
      case CHILD -> "Leave it as it is";
    };
  }

  /** What the operator does about the state that the chain is in; empty when it is well. */
  static String mending(String chainState) {
    return switch (chainState) {
      case "fine" -> "";
      case "syncing" ->
          "Wait: nothing is signed until all blocks are followed. If the height stands still, look"
              + " at the node, or at the peers.";
      case "stale" ->
          "Compare the height with somebody else's. If the network has a newer block, we are cut"
              + " off from it.";
      case "unreachable" ->
          "See that the node runs, is not overloaded, and is reached under --rpc from here; over"
              + " peer-to-peer, that the network lets us out.";
      case "denied" ->
          "Compare --rpc-cookie, or --rpc-user and its password file, with the node's; the cookie"
              + " is written anew at each start of the node and must be readable for us.";
      case "wrong_network" -> "Give the --rpc of a node of this network, or another --network.";
      case "pruned" ->
          "Use a node that keeps all blocks (prune=0), or one pruned less; what is missing is then"
              + " read by itself.";
      default ->
          "See what answers under --rpc: a proxy, another program, or a node that is damaged. The"
              + " log has its words.";
    };
  }

  static String progress(SendView send) {
    return switch (send.state()) {
      case NEEDS_SIGNATURES ->
          send.missing() == 1
              ? "Waiting for one more owner's signature"
              : "Waiting for " + send.missing() + " more owners' signatures";
      case NEEDS_FACTOR -> "Waiting for your code";
      case SIGNED -> "Signed, on its way to the network";
      case BROADCAST -> "Sent, waiting for a block";
      case CONFIRMED ->
          send.confirmations() > 1 ? "Confirmed " + send.confirmations() + "×" : "Confirmed";
      case CANCELLED -> "Cancelled";
      case EXPIRED -> "Expired";
      case REPLACED ->
          send.replacedBy() == null
              ? "Replaced by another transaction"
              : "Replaced by a newer version of it";
      case HELD -> WalletRoutes.heldBack(send) ? "Held back" : "Waiting, as your rules say";
      case REJECTED -> "Refused by the network";
    };
  }

  private static Filter filter(java.util.function.Function<Object, String> words) {
    return new Filter() {
      @Override
      public Object apply(
          @Nullable Object input,
          Map<String, Object> args,
          PebbleTemplate self,
          EvaluationContext context,
          int line) {
        if (input == null) {
          throw new IllegalArgumentException("nothing to put into words, line " + line);
        }
        return words.apply(
            input instanceof Number n && !(input instanceof Integer)
                ? (Long) n.longValue()
                : input);
      }

      @Override
      public @Nullable List<String> getArgumentNames() {
        return null;
      }
    };
  }

  private static Function function(
      String argument, java.util.function.Function<String, String> words) {
    return new Function() {
      @Override
      public Object execute(
          Map<String, Object> args, PebbleTemplate self, EvaluationContext context, int line) {
        return words.apply((String) args.get(argument));
      }

      @Override
      public List<String> getArgumentNames() {
        return List.of(argument);
      }
    };
  }
}
