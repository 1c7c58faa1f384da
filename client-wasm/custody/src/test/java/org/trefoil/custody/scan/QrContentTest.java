package org.trefoil.custody.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trefoil.core.units.Hex;

/** The text in a code's data, bit by bit as ISO 18004 writes it. */
class QrContentTest {
  /** Bits as they are written, blanks apart, filled up to a byte with zeros. */
  private static byte[] data(String... parts) {
    String bits = String.join("", parts).replace(" ", "");
    byte[] data = new byte[(bits.length() + 7) / 8];
    for (int i = 0; i < bits.length(); i++) {
      data[i / 8] |= (byte) ((bits.charAt(i) - '0') << (7 - i % 8));
    }
    return data;
  }

  private static String bits(int value, int count) {
    StringBuilder bits = new StringBuilder();
    for (int i = count - 1; i >= 0; i--) {
      bits.append(value >> i & 1);
    }
    return bits.toString();
  }

  private static String bytes(String text, Charset charset) {
    byte[] bytes = text.getBytes(charset);
    StringBuilder bits = new StringBuilder("0100" + bits(bytes.length, 8));
    for (byte b : bytes) {
      bits.append(bits(b & 255, 8));
    }
    return bits.toString();
  }

  @Test
  void theStandardsOwnExamplesAreRead() {
    // Annex I, with its padding; the examples of digits and of capitals in clause 7.4.
    byte[] annex = Hex.parse("10200c566180ec11ec11ec11ec11ec11");
    assertThat(QrContent.text(annex, 1)).isEqualTo("01234567");
    assertThat(
            QrContent.text(
                data("0001 0000010000 0000001100 0101011001 1010100110 1110000101 0011101010 0101"),
                1))
        .isEqualTo("0123456789012345");
    assertThat(QrContent.text(data("0010 000000101 00111001110 11100111001 000010 0000"), 1))
        .isEqualTo("AC-42");
  }

  @ParameterizedTest
  @CsvSource({"1,10,9,8", "9,10,9,8", "10,12,11,16", "26,12,11,16", "27,14,13,16", "40,14,13,16"})
  void theCountIsAsLongAsTheVersionSays(int version, int digits, int letters, int bytes) {
    byte[] data =
        data(
            "0001" + bits(5, digits) + bits(70, 10) + bits(9, 7),
            "0010" + bits(3, letters) + bits(44 * 45 + 36, 11) + bits(10, 6),
            "0100" + bits(2, bytes) + bits('x', 8) + bits('~', 8),
            "0001" + bits(1, digits) + bits(0, 4),
            "0000");
    assertThat(QrContent.text(data, version)).isEqualTo("07009: Ax~0");
  }

  @Test
  void capitalsAreThoseOfTheStandardsTable() {
    String all = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
    StringBuilder bits = new StringBuilder("0010" + bits(45, 9));
    for (int i = 0; i < 44; i += 2) {
      bits.append(bits(45 * i + i + 1, 11));
    }
    assertThat(QrContent.text(data(bits + bits(44, 6)), 1)).isEqualTo(all);
  }

  @Test
  void bytesAreUtf8OrElseLatin1() {
    String text = "gr\u00fc\u00df \u20bf \ud83c\udf40";
    assertThat(QrContent.text(data(bytes(text, StandardCharsets.UTF_8), "0000"), 5))
        .isEqualTo(text);
    String latin = "gr\u00fc\u00df";
    assertThat(QrContent.text(data(bytes(latin, StandardCharsets.ISO_8859_1), "0000"), 5))
        .isEqualTo(latin);
  }

  @Test
  void moreTextThanAFewHundredBytesIsReadWhole() {
    String text = "0123456789abcdef".repeat(60);
    StringBuilder bits = new StringBuilder("0100" + bits(text.length(), 16));
    text.chars().forEach(c -> bits.append(bits(c, 8)));
    assertThat(QrContent.text(data(bits.toString()), 40)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"00011010", "10000000 00011010", "11000000 00000000 00011010"})
  void theNameOfACharsetIsPassedOver(String designator) {
    String after = bytes("\u00e9t\u00e9", StandardCharsets.UTF_8);
    assertThat(QrContent.text(data("0111", designator, after, "0000"), 1))
        .isEqualTo("\u00e9t\u00e9");
    String cut = ("0111" + designator.replace(" ", "")).substring(0, 8);
    assertThat(QrContent.text(data(cut), 1)).isNull();
    if (designator.length() > 8) {
      assertThat(QrContent.text(data("0111", designator.substring(0, 8)), 1)).isNull();
    }
  }

  @Test
  void theDataMayEndInPlaceOfAnEndMark() {
    assertThat(QrContent.text(new byte[0], 1)).isEmpty();
    // 4 + 10 + 10 bits end with a byte; 4 + 8 + 8 leave four, which are an end mark.
    assertThat(QrContent.text(data("0001 0000000011 0001111011"), 1)).isEqualTo("123");
    assertThat(QrContent.text(data("0100 00000001 01000001"), 1)).isEqualTo("A");
    // 4 + 9 + 6 bits leave five: four that are an end mark, and one.
    assertThat(QrContent.text(data("0010 000000001 001010 0000 1"), 1)).isEqualTo("A");
    // 4 + 10 + 7 bits leave three, whatever they are.
    assertThat(QrContent.text(data("0001 0000000010 0001100 111"), 1)).isEqualTo("12");
  }

  @ParameterizedTest
  @CsvSource({
    "0010 000000010 11111101000, ::",
    "0001 0000000001 0111 0001 0000000000, 7",
    "0010 000000001 001010 0010 000000000, A",
    "0001 0000000001 0111 0001 0000000001 1001 0100 00000000, 79",
    "0001 0000000001 0111 0001 0000000001 1001 0100 00000001 01000001, 79A",
    "0001 0000000001 0111 0001 0000000001 1001 0111 00011010, 79"
  })
  void segmentsMayFillTheDataToItsLastBit(String bits, String text) {
    assertThat(QrContent.text(data(bits), 1)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0011 00000001 00000000", // structured append: one of several codes
        "0101 00000000", // FNC1
        "1001 00000000 00000000",
        "1000 00000001 0000000000000", // kanji
        "1111 0000",
        "0001 000000", // a count that is cut off
        "0010 0000",
        "0100 0000",
        "0001 0000000011 00", // characters for which there is no room
        "0001 0000000110 0000000000 00000000",
        "0001 0000000010 00",
        "0001 0000000001 00",
        "0010 000000010 000",
        "0010 000000001 000",
        "0010 000000011 00000000000",
        "0100 00000010 01000001 0000",
        "0100 00000001 01000001 1000", // text, and then kanji
        "0010 000000010 11111101001 00000000", // 2,025 is no pair, 45 no capital
        "0010 000000001 101101 00000",
        "0001 0000000011 1111101000 00000000", // 1,000 is no three digits, 100 no two, 10 not one
        "0001 0000000010 1100100 00000000000",
        "0001 0000000001 1010 00000000000000"
      })
  void whatIsOfAnotherKindOrDoesNotEndIsNoText(String bits) {
    String whole = bits.replace(" ", "");
    byte[] data = Arrays.copyOf(data(whole), whole.length() / 8);
    assertThat(QrContent.text(data, 1)).isNull();
  }
}
