package org.trefoil.custody.paper;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.keys.Hashes;

/**
 * A PDF file being written: objects in order, then the cross-reference table (ISO 32000-2, 7.5).
 *
 * <p>Streams are not compressed. Nothing of the machine goes in: no clock, host, user or viewer.
 */
final class PdfDocument implements AutoCloseable {
  private static final int CATALOG = 1;
  private static final int PAGES = 2;
  private static final int RESOURCES = 3;
  private static final int INFO = 4;
  private static final int ENCRYPT = 5;
  private static final int FIRST_FREE = 6;

  private final @Nullable PdfEncryption encryption;
  private final PdfBytes out = new PdfBytes();
  private final List<Integer> offsets = new ArrayList<>();
  private final List<Integer> forms = new ArrayList<>();

  PdfDocument(@Nullable PdfEncryption encryption) {
    this.encryption = encryption;
    for (int i = 0; i < FIRST_FREE; i++) {
      offsets.add(0);
    }
    out.put("%PDF-1.7\n%").put(new byte[] {(byte) 0xE2, (byte) 0xE3, (byte) 0xCF, (byte) 0xD3});
    out.put('\n');
  }

  /** Adds a QR code that pages can place as often as they like; returns its resource name. */
  String form(QrDrawing drawing) {
    forms.add(stream(drawing.formEntries(), drawing.path()));
    return "/Q" + (forms.size() - 1);
  }

  /**
   * Writes the pages and the rest of the file.
   *
   * @param title any Unicode text
   * @param date {@code 2026-11-21}: the day that the person's browser said it is; empty where
   *     nobody says
   * @param randomId 16 bytes, or null for an identifier computed from the content
   */
  byte[] finish(List<PdfPage> pages, String title, String date, byte @Nullable [] randomId) {
    StringBuilder kids = new StringBuilder();
    for (PdfPage page : pages) {
      byte[] content = page.content();
      int contents = stream("", content);
      Arrays.fill(content, (byte) 0);
      kids.append(page(contents)).append(" 0 R ");
    }
    resources();
    object(PAGES, "<< /Type /Pages /Count " + pages.size() + " /Kids [" + kids + "] >>");
    catalog();
    info(title, date);
    if (encryption != null) {
      begin(ENCRYPT);
      out.put(encryption.dictionary());
      end();
    }
    byte[] id = randomId == null ? contentId() : randomId;
    return trailer(id);
  }

  private int page(int contents) {
    int number = next();
    object(
        number,
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 "
            + PdfPage.WIDTH
            + " "
            + PdfPage.HEIGHT
            + "] /Resources 3 0 R /Contents "
            + contents
            + " 0 R >>");
    return number;
  }

  private void resources() {
    StringBuilder fonts = new StringBuilder();
    for (PdfFont font : PdfFont.values()) {
      int descriptor = next();
      object(descriptor, font.descriptor());
      int number = next();
      object(number, font.dictionary(descriptor));
      fonts.append(font.resource()).append(' ').append(number).append(" 0 R ");
    }
    StringBuilder drawings = new StringBuilder();
    for (int i = 0; i < forms.size(); i++) {
      drawings.append("/Q").append(i).append(' ').append(forms.get(i)).append(" 0 R ");
    }
    object(RESOURCES, "<< /Font << " + fonts + ">> /XObject << " + drawings + ">> >>");
  }

  private void catalog() {
    begin(CATALOG);
    out.put("<< /Type /Catalog /Pages 2 0 R /Lang ");
    string(new byte[] {'e', 'n'});
    out.put(" /ViewerPreferences << /DisplayDocTitle true >>");
    if (encryption != null) {
      out.put(" /Extensions << /ADBE << /BaseVersion /1.7 /ExtensionLevel 8 >> >>");
    }
    out.put(" >>");
    end();
  }

  private void info(String title, String date) {
    begin(INFO);
    out.put("<< /Title ");
    string(utf16(title));
    out.put(" /Producer ");
    string(WinAnsi.encode("Trefoil".toCharArray()));
    if (!date.isEmpty()) {
      out.put(" /CreationDate ");
      string(WinAnsi.encode(("D:" + date.replace("-", "")).toCharArray()));
    }
    out.put(" >>");
    end();
  }

  private byte[] trailer(byte[] id) {
    int start = out.length();
    out.put("xref\n0 " + offsets.size() + "\n0000000000 65535 f \n");
    for (int number = 1; number < offsets.size(); number++) {
      int offset = offsets.get(number);
      String digits = Integer.toString(offset);
      out.put("0000000000".substring(digits.length()) + digits);
      out.put(offset == 0 ? " 65535 f \n" : " 00000 n \n");
    }
    out.put("trailer\n<< /Size " + offsets.size() + " /Root 1 0 R /Info 4 0 R");
    if (encryption != null) {
      out.put(" /Encrypt 5 0 R");
    }
    out.put(" /ID [").hex(id).hex(id).put("] >>\nstartxref\n" + start + "\n%%EOF\n");
    return out.toByteArray();
  }

  private int stream(String entries, byte[] data) {
    int number = next();
    byte[] stored = encryption == null ? data : encryption.encrypt(data);
    begin(number);
    out.put("<< " + entries + " /Length " + stored.length + " >>\nstream\n");
    out.put(stored).put("\nendstream");
    end();
    return number;
  }

  private void string(byte[] text) {
    out.hex(encryption == null ? text : encryption.encrypt(text));
  }

  private int next() {
    offsets.add(0);
    return offsets.size() - 1;
  }

  private void object(int number, String content) {
    begin(number);
    out.put(content);
    end();
  }

  private void begin(int number) {
    offsets.set(number, out.length());
    out.put(number + " 0 obj\n");
  }

  private void end() {
    out.put("\nendobj\n");
  }

  private byte[] contentId() {
    byte[] all = out.toByteArray();
    byte[] id = Arrays.copyOf(Hashes.sha256(all), 16);
    Arrays.fill(all, (byte) 0);
    return id;
  }

  private static byte[] utf16(String text) {
    byte[] bytes = new byte[2 + 2 * text.length()];
    bytes[0] = (byte) 0xFE;
    bytes[1] = (byte) 0xFF;
    for (int i = 0; i < text.length(); i++) {
      bytes[2 + 2 * i] = (byte) (text.charAt(i) >> 8);
      bytes[3 + 2 * i] = (byte) text.charAt(i);
    }
    return bytes;
  }

  @Override
  public void close() {
    out.close();
    if (encryption != null) {
      encryption.close();
    }
  }
}
