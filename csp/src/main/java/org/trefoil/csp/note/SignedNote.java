package org.trefoil.csp.note;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A text and who signed it, in the form of <a
 * href="https://c2sp.org/signed-note">c2sp.org/signed-note</a>: the text, which ends in a line
 * feed; an empty line; a line for each signature, {@code — name base64(key id and 64 bytes)}.
 */
public final class SignedNote {
  private static final String DASH = "\u2014 ";
  private static final int SIGNATURE_BYTES = 64;
  private static final int MOST_SIGNATURES = 100;

  private record Line(String name, byte[] id, byte[] signature) {}

  private final String text;
  private final List<Line> lines;

  private SignedNote(String text, List<Line> lines) {
    if (!text.endsWith("\n")) {
      throw new IllegalArgumentException("a note ends in a line feed");
    }
    this.text = text;
    this.lines = List.copyOf(lines);
  }

  /** A text that nobody has signed yet. */
  public static SignedNote of(String text) {
    return new SignedNote(text, List.of());
  }

  /** Reads a note; signatures of kinds that are not known are kept out of sight. */
  public static SignedNote parse(String note) {
    int at = note.lastIndexOf("\n\n");
    if (at < 0 || !note.endsWith("\n") || at + 2 >= note.length()) {
      throw new IllegalArgumentException("not a signed note");
    }
    List<Line> lines = new ArrayList<>();
    String[] below = note.substring(at + 2, note.length() - 1).split("\n", -1);
    if (below.length > MOST_SIGNATURES) {
      throw new IllegalArgumentException("too many signatures");
    }
    for (String line : below) {
      String[] parts = line.startsWith(DASH) ? line.substring(2).split(" ", -1) : new String[0];
      if (parts.length != 2 || !NoteKey.isName(parts[0])) {
        throw new IllegalArgumentException("not a signature: " + line);
      }
      byte[] bytes = Base64.getDecoder().decode(parts[1]);
      if (bytes.length == NoteKey.ID_BYTES + SIGNATURE_BYTES) {
        lines.add(
            new Line(
                parts[0],
                Arrays.copyOf(bytes, NoteKey.ID_BYTES),
                Arrays.copyOfRange(bytes, NoteKey.ID_BYTES, bytes.length)));
      }
    }
    return new SignedNote(note.substring(0, at + 1), lines);
  }

  /** The note with this key's signature; one that it has already stays as it is. */
  public SignedNote signed(NoteSigner signer) {
    if (signers(List.of(signer.key())).contains(signer.key())) {
      return this;
    }
    List<Line> more = new ArrayList<>(lines);
    byte[] signature = signer.sign(text.getBytes(StandardCharsets.UTF_8));
    more.add(new Line(signer.key().name(), signer.key().id(), signature));
    return new SignedNote(text, more);
  }

  /** The text without its signatures; its last character is a line feed. */
  public String text() {
    return text;
  }

  /** Which of the keys signed it: whoever is not among them counts for nothing. */
  public Set<NoteKey> signers(Collection<NoteKey> keys) {
    Set<NoteKey> signers = new LinkedHashSet<>();
    byte[] message = text.getBytes(StandardCharsets.UTF_8);
    for (NoteKey key : keys) {
      for (Line line : lines) {
        if (line.name().equals(key.name())
            && Arrays.equals(line.id(), key.id())
            && key.verifies(message, line.signature())) {
          signers.add(key);
        }
      }
    }
    return signers;
  }

  /** The whole note. */
  public String note() {
    StringBuilder note = new StringBuilder(text).append('\n');
    for (Line line : lines) {
      byte[] bytes = NoteKey.join(line.id(), line.signature());
      note.append(DASH)
          .append(line.name())
          .append(' ')
          .append(Base64.getEncoder().encodeToString(bytes))
          .append('\n');
    }
    return note.toString();
  }
}
