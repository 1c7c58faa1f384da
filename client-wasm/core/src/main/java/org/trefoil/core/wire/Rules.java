package org.trefoil.core.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a wallet's owner lets the server sign, in all; amounts in satoshis.
 *
 * @param perSend the most that one send may take out of the wallet, fee included; null for no limit
 * @param amounts the most that sends may take out together within a time, fees included
 * @param counts how many sends there may be within a time
 * @param bookOnly whether only addresses of the book may be paid
 * @param book names for addresses
 * @param blocked addresses that may never be paid
 * @param hold from which amount on a send waits; null for never
 * @param firstTimeHours how long a send waits that pays an address for the first time; 0 for none
 * @param hours when sends may be signed; null for always
 * @param feePercent the most that the fee may be of what is paid; 0 for what every fee is held to
 * @param networks from which network addresses a send may be confirmed, as {@code 192.0.2.0/24};
 *     empty for all
 * @param delayHours how long a loosening of these rules, and a thaw, waits
 * @param approvals from which amount on a send takes the yes of members; null for never
 * @param newDeviceHours how long a browser has to be known before a send that is confirmed in it
 *     goes out; 0 for not at all
 */
public record Rules(
    @Nullable Long perSend,
    List<Window> amounts,
    List<Window> counts,
    boolean bookOnly,
    List<BookEntry> book,
    List<String> blocked,
    @Nullable Hold hold,
    int firstTimeHours,
    @Nullable Hours hours,
    int feePercent,
    List<String> networks,
    int delayHours,
    @Nullable Approvals approvals,
    int newDeviceHours) {
  /** What holds before anything was signed: no rule, and two days for every loosening. */
  public static final Rules NONE =
      new Rules(
          null, List.of(), List.of(), false, List.of(), List.of(), null, 0, null, 0, List.of(), 48,
          null, 0);

  public Rules {
    amounts = List.copyOf(amounts);
    counts = List.copyOf(counts);
    book = List.copyOf(book);
    blocked = List.copyOf(blocked);
    networks = List.copyOf(networks);
  }

  /**
   * At most this much, or this many, within any such time.
   *
   * @param by of sends that this member begins; null for those of all together
   */
  public record Window(long seconds, long most, @Nullable Person by) {
    /** Of all together. */
    public Window(long seconds, long most) {
      this(seconds, most, null);
    }

    static Window fromJson(Json json) {
      return json.read(
          f ->
              new Window(
                  f.number("seconds"), f.number("most"), f.optionalValue("by", Person::fromJson)));
    }

    Json toJson() {
      return Json.object()
          .put("seconds", seconds)
          .put("most", most)
          .putOptional("by", by == null ? null : by.toJson())
          .json();
    }
  }

  /** A name for an address. */
  public record BookEntry(String name, String address) {
    static BookEntry fromJson(Json json) {
      return json.read(f -> new BookEntry(f.text("name"), f.text("address")));
    }

    Json toJson() {
      return Json.object().put("name", name).put("address", address).json();
    }
  }

  /** A send that takes out more than {@code above}, fee included, waits for so many hours. */
  public record Hold(long above, int hours) {
    static Hold fromJson(Json json) {
      return json.read(f -> new Hold(f.number("above"), f.count("hours")));
    }

    Json toJson() {
      return Json.object().put("above", above).put("hours", hours).json();
    }
  }

  /**
   * From this minute of the day up to that one, in a time zone such as {@code Europe/Vienna}; over
   * midnight when {@code from} is the later one.
   */
  public record Hours(int from, int to, String zone) {
    static Hours fromJson(Json json) {
      return json.read(f -> new Hours(f.count("from"), f.count("to"), f.text("zone")));
    }

    Json toJson() {
      return Json.object().put("from", from).put("to", to).put("zone", zone).json();
    }
  }

  /** A member: an account and the address that it had when this was signed. */
  public record Person(String id, String name) {
    static Person fromJson(Json json) {
      return json.read(f -> new Person(f.text("id"), f.text("name")));
    }

    Json toJson() {
      return Json.object().put("id", id).put("name", name).json();
    }
  }

  /**
   * A send that takes out more than {@code above}, fee included, takes the yes of so many of these,
   * within so many hours. Whoever began it is none of them.
   */
  public record Approvals(long above, int needed, int hours, List<Person> by) {
    public Approvals {
      by = List.copyOf(by);
    }

    static Approvals fromJson(Json json) {
      return json.read(
          f ->
              new Approvals(
                  f.number("above"),
                  f.count("needed"),
                  f.count("hours"),
                  f.list("by", Person::fromJson)));
    }

    Json toJson() {
      return Json.object()
          .put("above", above)
          .put("needed", needed)
          .put("hours", hours)
          .put("by", Json.array(by, Person::toJson))
          .json();
    }
  }

  public static Rules fromJson(Json json) {
    return json.read(
        f ->
            new Rules(
                f.optionalNumber("perSend"),
                f.list("amounts", Window::fromJson),
                f.list("counts", Window::fromJson),
                f.bool("bookOnly"),
                f.list("book", BookEntry::fromJson),
                f.texts("blocked"),
                f.optionalValue("hold", Hold::fromJson),
                f.count("firstTimeHours"),
                f.optionalValue("hours", Hours::fromJson),
                f.count("feePercent"),
                f.texts("networks"),
                f.count("delayHours"),
                f.optionalValue("approvals", Approvals::fromJson),
                hours(f.optionalCount("newDeviceHours"))));
  }

  /** Rules that were signed before there was this one say nothing of it. */
  private static int hours(@Nullable Integer count) {
    return count == null ? 0 : count;
  }

  public Json toJson() {
    return Json.object()
        .put("perSend", perSend)
        .put("amounts", Json.array(amounts, Window::toJson))
        .put("counts", Json.array(counts, Window::toJson))
        .put("bookOnly", bookOnly)
        .put("book", Json.array(book, BookEntry::toJson))
        .putTexts("blocked", blocked)
        .putOptional("hold", hold == null ? null : hold.toJson())
        .put("firstTimeHours", firstTimeHours)
        .putOptional("hours", hours == null ? null : hours.toJson())
        .put("feePercent", feePercent)
        .putTexts("networks", networks)
        .put("delayHours", delayHours)
        .putOptional("approvals", approvals == null ? null : approvals.toJson())
        .put("newDeviceHours", newDeviceHours == 0 ? null : Integer.valueOf(newDeviceHours))
        .json();
  }
}
