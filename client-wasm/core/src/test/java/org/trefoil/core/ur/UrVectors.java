package org.trefoil.core.ur;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.trefoil.core.units.Hex;
import org.trefoil.core.units.Splitter;
import org.trefoil.core.vectors.Outcome;

/** The vectors of BCR-2020-005's reference implementation. */
public final class UrVectors {
  private UrVectors() {}

  public static Outcome run(Function<String, String> files) {
    Outcome outcome = new Outcome("BCR-2020-005/012");
    for (String line : lines(files.apply("bc-ur/bytewords.txt"))) {
      List<String> parts = Splitter.split(line, " ");
      byte[] bytes = Hex.parse(parts.get(0));
      outcome.same(parts.get(0), parts.get(1), Bytewords.encode(bytes));
      outcome.same(parts.get(1), parts.get(0), Hex.of(Bytewords.decode(parts.get(1), 0)));
    }
    for (String line : lines(files.apply("bc-ur/numbers.txt"))) {
      int space = line.indexOf(' ');
      String name = line.substring(0, space);
      outcome.same(name, line.substring(space + 1), numbers(name));
    }
    UrEncoder single = new UrEncoder("bytes", Ur.wrapped(message(50)), 1000);
    outcome.same("single", lines(files.apply("bc-ur/single.txt")).get(0), single.text(1));
    UrEncoder many = new UrEncoder("bytes", Ur.wrapped(message(256)), 30);
    int number = 0;
    for (String part : lines(files.apply("bc-ur/parts.txt"))) {
      number++;
      outcome.same("part " + number, part, many.text(number));
    }
    outcome.same("parts", 20, number);
    return outcome;
  }

  /** The reference's message: bytes of the generator seeded with {@code Wolf}. */
  static byte[] message(int length) {
    Xoshiro random = seeded("Wolf");
    byte[] message = new byte[length];
    for (int i = 0; i < length; i++) {
      message[i] = (byte) random.below(256);
    }
    return message;
  }

  private static Xoshiro seeded(String seed) {
    return new Xoshiro(seed.getBytes(StandardCharsets.UTF_8));
  }

  private static String numbers(String name) {
    Xoshiro random = seeded("Wolf");
    Mixture eleven = new Mixture(11);
    byte[] message = message(1024);
    int checksum = Crc32.of(message, message.length);
    List<String> numbers = new ArrayList<>();
    switch (name) {
      case "next-mod-100":
        for (int i = 0; i < 100; i++) {
          numbers.add(Long.toString(Long.remainderUnsigned(random.next(), 100)));
        }
        break;
      case "below-10":
        for (int i = 0; i < 100; i++) {
          numbers.add(Integer.toString(1 + random.below(10)));
        }
        break;
      case "degrees":
        for (int i = 1; i <= 200; i++) {
          numbers.add(Integer.toString(eleven.degree(seeded("Wolf-" + i))));
        }
        break;
      default:
        for (int i = 1; i <= 30; i++) {
          List<Integer> indexes = new ArrayList<>(eleven.of(i, checksum));
          Collections.sort(indexes);
          List<String> texts = new ArrayList<>();
          for (int index : indexes) {
            texts.add(Integer.toString(index));
          }
          numbers.add(String.join(",", texts));
        }
        return String.join("/", numbers);
    }
    return String.join(" ", numbers);
  }

  private static List<String> lines(String text) {
    List<String> lines = new ArrayList<>();
    for (String line : Splitter.split(text, "\n")) {
      if (!line.isEmpty()) {
        lines.add(line);
      }
    }
    return lines;
  }
}
