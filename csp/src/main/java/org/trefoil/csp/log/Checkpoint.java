package org.trefoil.csp.log;

import java.util.Set;
import org.trefoil.csp.note.NoteKey;
import org.trefoil.csp.note.NoteSigner;
import org.trefoil.csp.note.SignedNote;

/**
 * What a log says of itself, <a href="https://c2sp.org/tlog-checkpoint">c2sp.org/tlog-checkpoint
 * </a>: three lines, signed as a note.
 *
 * @param origin the log's name, which is also that of the key that signs its checkpoints
 * @param size how many entries
 * @param root of the tree over them
 */
public record Checkpoint(String origin, long size, Hash root) {
  /** Refuses a name of more than one line. */
  public Checkpoint {
    if (origin.isEmpty() || origin.contains("\n") || size < 0) {
      throw new IllegalArgumentException("not a checkpoint");
    }
  }

  /** Reads the text of a note; lines below the third are extensions and left alone. */
  public static Checkpoint parse(String text) {
    String[] lines = text.split("\n", -1);
    if (lines.length < 4 || !lines[lines.length - 1].isEmpty()) {
      throw new IllegalArgumentException("not a checkpoint");
    }
    if (!lines[1].matches("0|[1-9][0-9]{0,17}")) {
      throw new IllegalArgumentException("not a checkpoint: size " + lines[1]);
    }
    return new Checkpoint(lines[0], Long.parseLong(lines[1]), Hash.parse(lines[2]));
  }

  /** Reads a note; refuses one that the log itself did not sign. */
  public static Checkpoint open(String note, NoteKey log) {
    SignedNote signed = SignedNote.parse(note);
    Checkpoint checkpoint = parse(signed.text());
    if (!checkpoint.origin().equals(log.name()) || signed.signers(Set.of(log)).isEmpty()) {
      throw new IllegalArgumentException("the log " + log.name() + " did not sign this checkpoint");
    }
    return checkpoint;
  }

  /** The three lines. */
  public String text() {
    return origin + "\n" + size + "\n" + root.base64() + "\n";
  }

  /** The note that the log's key makes of it. */
  public String signedBy(NoteSigner log) {
    return SignedNote.of(text()).signed(log).note();
  }
}
