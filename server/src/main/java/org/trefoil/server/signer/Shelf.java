package org.trefoil.server.signer;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.wire.Fields;
import org.trefoil.core.wire.Json;

/**
 * One kind of thing in the {@link Books}, each under its key, in the order in which they first came
 * unless {@link #newestLast}; what is put takes the place.
 */
final class Shelf<T> {
  private final String name;
  private final Function<T, Json> write;
  private final Function<Fields, T> read;
  private final Books books;
  private final Map<String, T> things = new LinkedHashMap<>();
  private @Nullable BiConsumer<String, T> heard;
  private boolean newestLast;

  Shelf(String name, Function<T, Json> write, Function<Fields, T> read, Books books) {
    this.name = name;
    this.write = write;
    this.read = read;
    this.books = books;
  }

  /** Has somebody hear of whatever is put, also of what is read at the start. */
  void listen(BiConsumer<String, T> listener) {
    this.heard = listener;
  }

  /** Has what is put again come last. */
  Shelf<T> newestLast() {
    newestLast = true;
    return this;
  }

  Optional<T> find(String key) {
    return Optional.ofNullable(things.get(key));
  }

  Collection<T> all() {
    return things.values();
  }

  Collection<String> keys() {
    return things.keySet();
  }

  void put(String key, T thing) {
    books.note(name, key, write.apply(thing));
    set(key, thing);
  }

  /** All that stands here now, as it is written; made when it is read. */
  Stream<Json> standing() {
    List<String> keys = List.copyOf(things.keySet());
    List<T> all = List.copyOf(things.values());
    return IntStream.range(0, keys.size())
        .mapToObj(i -> Books.entry(name, keys.get(i), write.apply(all.get(i))));
  }

  /** Puts something of which nothing is written: the next snapshot has it. */
  void keep(String key, T thing) {
    set(key, thing);
  }

  /** Takes something away, of which nothing is written: the next snapshot leaves it out. */
  void forget(String key) {
    things.remove(key);
  }

  /** Forgets all such things. */
  void forgetAll(Predicate<T> such) {
    things.values().removeIf(such);
  }

  /** Forgets all of such things but those that came last. */
  void forgetAllBut(int last, BiPredicate<String, T> such) {
    List<String> keys =
        things.entrySet().stream()
            .filter(each -> such.test(each.getKey(), each.getValue()))
            .map(Map.Entry::getKey)
            .toList();
    keys.subList(0, Math.max(0, keys.size() - last)).forEach(things::remove);
  }

  /** Takes what was read from the file. */
  void take(String key, Json value) {
    set(key, value.read(read));
  }

  private void set(String key, T thing) {
    if (newestLast) {
      things.remove(key);
    }
    things.put(key, thing);
    if (heard != null) {
      heard.accept(key, thing);
    }
  }
}
