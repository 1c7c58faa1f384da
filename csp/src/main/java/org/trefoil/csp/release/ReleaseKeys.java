package org.trefoil.csp.release;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.trefoil.csp.log.LogProof;
import org.trefoil.csp.note.NoteKey;
import org.trefoil.csp.note.SignedNote;

/**
 * Whom releases are believed by: so many of these keys must have signed, and this log must hold it.
 *
 * <p>Text form: {@code trefoil-release-keys 1}, {@code threshold K}, a line {@code key …} for each
 * key, {@code log …}.
 *
 * @param threshold how many of the keys must have signed
 * @param keys the release keys
 * @param log the log's key
 */
public record ReleaseKeys(int threshold, List<NoteKey> keys, NoteKey log) {
  private static final String HEADER = "trefoil-release-keys 1";

  /** Refuses a threshold that nobody or too many would meet, and a key named twice. */
  public ReleaseKeys {
    keys = List.copyOf(keys);
    if (threshold < 1 || threshold > keys.size() || new HashSet<>(keys).size() != keys.size()) {
      throw new IllegalArgumentException("the release keys or their threshold are wrong");
    }
  }

  /** Reads the text form. */
  public static ReleaseKeys parse(String text) {
    String[] lines = text.split("\n", -1);
    if (lines.length < 5 || !lines[0].equals(HEADER) || !lines[1].matches("threshold [1-9]")) {
      throw new IllegalArgumentException("not the keys of releases");
    }
    List<NoteKey> keys = new ArrayList<>();
    for (int i = 2; i < lines.length - 2; i++) {
      keys.add(NoteKey.parse(after("key ", lines[i])));
    }
    NoteKey log = NoteKey.parse(after("log ", lines[lines.length - 2]));
    ReleaseKeys read = new ReleaseKeys(lines[1].charAt(10) - '0', keys, log);
    if (!read.text().equals(text)) {
      throw new IllegalArgumentException("the keys are not in their one written form");
    }
    return read;
  }

  private static String after(String start, String line) {
    if (!line.startsWith(start)) {
      throw new IllegalArgumentException("the keys have no line \"" + start.strip() + "\"");
    }
    return line.substring(start.length());
  }

  /** The text form. */
  public String text() {
    StringBuilder text = new StringBuilder(HEADER).append("\nthreshold ").append(threshold);
    keys.forEach(key -> text.append("\nkey ").append(key.text()));
    return text.append("\nlog ").append(log.text()).append('\n').toString();
  }

  /**
   * The manifest of a release that enough of the keys signed; refuses one that fewer did.
   *
   * @param note the manifest's text and its signatures
   */
  public ReleaseManifest open(String note) {
    SignedNote signed = SignedNote.parse(note);
    int signers = signed.signers(keys).size();
    if (signers < threshold) {
      throw new IllegalArgumentException(
          signers + " of the release keys signed this release, " + threshold + " must");
    }
    return ReleaseManifest.parse(signed.text());
  }

  /**
   * As {@link #open(String)}, and the log must hold the release.
   *
   * @param proof that of the log, {@link LogProof}
   */
  public ReleaseManifest open(String note, String proof) {
    ReleaseManifest manifest = open(note);
    LogProof.parse(proof).open(manifest.text().getBytes(StandardCharsets.UTF_8), log);
    return manifest;
  }
}
