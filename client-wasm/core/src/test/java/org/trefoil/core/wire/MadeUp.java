package org.trefoil.core.wire;

import static java.util.stream.Collectors.toMap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Every record of this room that is written as JSON, and made-up ones of it. */
final class MadeUp {
  /** Rules that were signed before there was this one have no such field; 0 leaves it out. */
  private static final String LATER = "newDeviceHours";

  private final Random random;
  private final BooleanSupplier there;

  private MadeUp(Random random, BooleanSupplier there) {
    this.random = random;
    this.there = there;
  }

  /** With all that is optional, and something in every list. */
  static Record full(Class<?> type) {
    return (Record) new MadeUp(new Random(1), () -> true).value(type);
  }

  /** Without anything that is optional, and nothing in any list. */
  static Record bare(Class<?> type) {
    return (Record) new MadeUp(new Random(2), () -> false).value(type);
  }

  static Record any(Class<?> type, Random random) {
    return (Record) new MadeUp(random, random::nextBoolean).value(type);
  }

  /** Found by looking, so that none is forgotten. */
  static List<Class<?>> types() {
    try (Stream<Path> files =
        Files.list(
            Path.of(Json.class.getProtectionDomain().getCodeSource().getLocation().toURI())
                .resolve(Json.class.getPackageName().replace('.', '/')))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".class") && !name.startsWith("package-info"))
          .sorted()
          .<Class<?>>map(name -> named(name.substring(0, name.length() - ".class".length())))
          .filter(type -> type.isRecord() && type != Json.Decimal.class)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private static Class<?> named(String name) {
    try {
      return Class.forName(Json.class.getPackageName() + "." + name);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  /** Whether a field may be left out. */
  static boolean optional(RecordComponent part) {
    return part.getAnnotatedType().isAnnotationPresent(Nullable.class)
        || part.getName().equals(LATER);
  }

  /** The one of its type that {@code parts} make. */
  static Record of(Class<?> type, Object... parts) {
    try {
      Class<?>[] types =
          Arrays.stream(type.getRecordComponents())
              .map(RecordComponent::getType)
              .toArray(Class<?>[]::new);
      return (Record) type.getDeclaredConstructor(types).newInstance(parts);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  private @Nullable Object part(RecordComponent part) {
    if (optional(part) && !there.getAsBoolean()) {
      return part.getType() == int.class ? 0 : null;
    }
    if (part.getName().equals(LATER)) {
      return 1 + random.nextInt(720);
    }
    return value(part.getGenericType());
  }

  private Object value(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type of = generic.getActualTypeArguments()[0];
      List<Object> items =
          IntStream.range(0, there.getAsBoolean() ? 1 + random.nextInt(3) : 0)
              .mapToObj(i -> value(of))
              .toList();
      return generic.getRawType() == Map.class
          ? items.stream().collect(toMap(key -> key, key -> text(), (one, other) -> one))
          : new ArrayList<>(items);
    }
    Class<?> one = (Class<?>) type;
    if (one == KeySplit.class) {
      int needed = 2 + random.nextInt(KeySplit.MOST - 1);
      return new KeySplit(needed, needed + random.nextInt(KeySplit.MOST + 1 - needed));
    }
    if (one.isRecord()) {
      return of(
          one, Arrays.stream(one.getRecordComponents()).map(this::part).toArray(Object[]::new));
    }
    if (one.isEnum()) {
      return one.getEnumConstants()[random.nextInt(one.getEnumConstants().length)];
    }
    if (one == String.class) {
      return text();
    }
    if (one == boolean.class) {
      return random.nextBoolean();
    }
    if (one == int.class || one == Integer.class) {
      return random.nextInt(8) == 0 ? Integer.MAX_VALUE : random.nextInt(8);
    }
    if (one == long.class || one == Long.class) {
      return random.nextLong() % 1_000_000_000_000_000_000L;
    }
    throw new AssertionError("no such type was ever sent: " + one);
  }

  /** Base64, so that it serves as text and as bytes. */
  private String text() {
    byte[] bytes = new byte[8 + random.nextInt(40)];
    random.nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }
}
