package org.trefoil.custody.paper;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.units.Network;

/**
 * Reads the PDF files that this room writes, and no other: the objects in their table, the streams
 * as they are or encrypted as a whole, and of the pages what is marked to be copied in one piece.
 */
public final class PrintedSheets {
  private static final int LARGEST = 4_000_000;
  private static final int MOST_OBJECTS = 1_000;
  private static final String WHOLE = "/Span << /ActualText (";

  /** The label of a fact, whose value is the text behind it. */
  private static final String NETWORK = "(Network) Tj ET\n";

  private final byte[] pdf;
  private final PrintedTexts texts = new PrintedTexts();

  private PrintedSheets(byte[] pdf) {
    this.pdf = pdf;
  }

  /**
   * What the pages say in one piece, in their order. Refuses {@code pdf-not-ours}, {@code
   * pdf-password-needed} for an encrypted file without a password, {@code pdf-password-wrong}.
   *
   * @param password not wiped here; null for a file that opens without
   */
  public static PrintedTexts read(byte[] pdf, char @Nullable [] password) {
    PrintedSheets sheets = new PrintedSheets(pdf);
    try {
      sheets.read(password);
    } catch (IndexOutOfBoundsException | NumberFormatException e) {
      sheets.texts.close();
      throw notOurs();
    } catch (RefusedException e) {
      sheets.texts.close();
      throw e;
    }
    return sheets.texts;
  }

  private void read(char @Nullable [] password) {
    after("%PDF-1.7\n", 0);
    if (pdf.length > LARGEST) {
      throw notOurs();
    }
    int table = number(after("startxref\n", lastIndex("startxref\n")));
    int at = after("xref\n0 ", table);
    int count = number(at);
    int trailer = find("trailer\n<< /Size " + count + " /Root 1 0 R /Info 4 0 R", table);
    if (count < 1 || count > MOST_OBJECTS || trailer < 0) {
      throw notOurs();
    }
    byte[] fileKey = null;
    if (find(" /Encrypt 5 0 R", trailer) >= 0) {
      if (password == null) {
        throw Refusal.of(Token.PDF_PASSWORD_NEEDED).exception();
      }
      int encrypt = object(table, count, 5);
      fileKey =
          PdfEncryption.fileKey(password, hex("\n/U <", encrypt, 48), hex("\n/UE <", encrypt, 32));
    }
    try {
      for (int number = 1; number < count; number++) {
        stream(object(table, count, number), number, fileKey);
      }
    } finally {
      if (fileKey != null) {
        Arrays.fill(fileKey, (byte) 0);
      }
    }
    if (texts.texts().isEmpty()) {
      throw notOurs();
    }
  }

  /** Where an object begins, by the table; 0 for one that was never written. */
  private int object(int table, int count, int number) {
    int entries = after("xref\n0 " + count + "\n", table);
    int offset = number(entries + 20 * number);
    if (offset != 0) {
      after(number + " 0 obj\n", offset);
    }
    return offset;
  }

  /** Reads the object's stream when it is a page's content: that has a length and says no more. */
  private void stream(int object, int number, byte @Nullable [] fileKey) {
    String head = number + " 0 obj\n<<  /Length ";
    if (object == 0 || !startsWith(pdf, head, object)) {
      return;
    }
    int length = number(object + head.length());
    int digits = Integer.toString(length).length();
    int from = after(" >>\nstream\n", object + head.length() + digits);
    if (length > pdf.length - from) {
      throw notOurs();
    }
    byte[] stored = Arrays.copyOfRange(pdf, from, from + length);
    byte[] content = fileKey == null ? stored : PdfEncryption.decrypt(fileKey, stored);
    if (content == null) {
      throw notOurs();
    }
    wholes(content);
    network(content);
    Arrays.fill(content, (byte) 0);
  }

  /** Every literal string that a page marks as the text of what it sets. */
  private void wholes(byte[] content) {
    int at = find(content, WHOLE, 0);
    while (at >= 0) {
      texts.add(literal(content, at + WHOLE.length()));
      at = find(content, WHOLE, at + 1);
    }
  }

  /** The network that a page names among the wallet's facts. */
  private void network(byte[] content) {
    int at = find(content, NETWORK, 0);
    while (at >= 0) {
      int value = find(content, "(", at + NETWORK.length());
      String said = value < 0 ? "" : new String(literal(content, value + 1));
      for (Network network : Network.values()) {
        if (said.equals(SheetText.network(network))) {
          texts.setNetwork(network);
        }
      }
      at = find(content, NETWORK, at + 1);
    }
  }

  /** The literal string whose text begins here. */
  private static char[] literal(byte[] content, int from) {
    int end = from;
    int length = 0;
    while (content[end] != ')') {
      end += content[end] == '\\' ? 2 : 1;
      length++;
    }
    char[] text = new char[length];
    int k = from;
    for (int i = 0; i < length; i++) {
      if (content[k] == '\\') {
        k++;
      }
      text[i] = (char) (content[k++] & 255);
    }
    return text;
  }

  private byte[] hex(String name, int from, int length) {
    int at = after(name, find(name, from));
    byte[] out = new byte[length];
    for (int i = 0; i < length; i++) {
      int high = Character.digit(pdf[at + 2 * i], 16);
      int low = Character.digit(pdf[at + 2 * i + 1], 16);
      if (high < 0 || low < 0) {
        throw notOurs();
      }
      out[i] = (byte) (high << 4 | low);
    }
    return out;
  }

  /** The number of up to ten digits that begins here. */
  private int number(int at) {
    long value = 0;
    int end = at;
    while (end < at + 10 && pdf[end] >= '0' && pdf[end] <= '9') {
      value = value * 10 + pdf[end++] - '0';
    }
    if (end == at || value > pdf.length) {
      throw notOurs();
    }
    return (int) value;
  }

  /** The place behind {@code text}, which must stand at {@code at}. */
  private int after(String text, int at) {
    if (at < 0 || at + text.length() > pdf.length || !startsWith(pdf, text, at)) {
      throw notOurs();
    }
    return at + text.length();
  }

  private int lastIndex(String text) {
    for (int at = pdf.length - text.length(); at >= 0; at--) {
      if (startsWith(pdf, text, at)) {
        return at;
      }
    }
    return -1;
  }

  private int find(String text, int from) {
    return find(pdf, text, from);
  }

  private static int find(byte[] bytes, String text, int from) {
    for (int at = from; at <= bytes.length - text.length(); at++) {
      if (startsWith(bytes, text, at)) {
        return at;
      }
    }
    return -1;
  }

  private static boolean startsWith(byte[] bytes, String text, int at) {
    for (int i = 0; i < text.length(); i++) {
      if (bytes[at + i] != (byte) text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static RefusedException notOurs() {
    return Refusal.of(Token.PDF_NOT_OURS).exception();
  }
}
