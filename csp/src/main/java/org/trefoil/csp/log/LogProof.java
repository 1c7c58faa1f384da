package org.trefoil.csp.log;

import java.util.ArrayList;
import java.util.List;
import org.trefoil.csp.note.NoteKey;

/**
 * That an entry is in a log, in one text that is checked without asking anybody: <a
 * href="https://c2sp.org/tlog-proof">c2sp.org/tlog-proof</a>.
 *
 * @param index of the entry, from 0
 * @param path the hashes beside its way to the root
 * @param checkpoint the signed note
 */
public record LogProof(long index, List<Hash> path, String checkpoint) {
  private static final String HEADER = "c2sp.org/tlog-proof@v1\n";
  private static final int MOST = 64;

  /** Keeps its own copy of the path. */
  public LogProof {
    path = List.copyOf(path);
  }

  /** Reads the text form; an {@code extra} line is not for us and left out. */
  public static LogProof parse(String text) {
    int end = text.indexOf("\n\n");
    if (!text.startsWith(HEADER) || end < HEADER.length()) {
      throw new IllegalArgumentException("not a proof of a log");
    }
    List<String> lines = List.of(text.substring(HEADER.length(), end).split("\n", -1));
    int at = lines.get(0).startsWith("extra ") ? 1 : 0;
    if (at >= lines.size() || !lines.get(at).matches("index (0|[1-9][0-9]{0,17})")) {
      throw new IllegalArgumentException("the proof names no entry");
    }
    List<Hash> path = new ArrayList<>();
    for (String line : lines.subList(at + 1, lines.size())) {
      path.add(Hash.parse(line));
    }
    if (path.size() > MOST) {
      throw new IllegalArgumentException("the proof is too long");
    }
    return new LogProof(
        Long.parseLong(lines.get(at).substring("index ".length())), path, text.substring(end + 2));
  }

  /** The text form. */
  public String text() {
    StringBuilder text = new StringBuilder(HEADER).append("index ").append(index).append('\n');
    path.forEach(hash -> text.append(hash.base64()).append('\n'));
    return text.append('\n').append(checkpoint).toString();
  }

  /**
   * The checkpoint under which the entry is in the log; refuses a checkpoint that this log did not
   * sign, and an entry that is not where the proof says.
   */
  public Checkpoint open(byte[] entry, NoteKey log) {
    Checkpoint open = Checkpoint.open(checkpoint, log);
    if (!MerkleTree.includes(index, open.size(), Hash.ofEntry(entry), path, open.root())) {
      throw new IllegalArgumentException("this is not entry " + index + " of the log");
    }
    return open;
  }
}
