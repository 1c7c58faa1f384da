package org.trefoil.csp.release;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.trefoil.csp.log.Checkpoint;
import org.trefoil.csp.log.Hash;
import org.trefoil.csp.log.LogFiles;
import org.trefoil.csp.log.LogProof;
import org.trefoil.csp.log.MerkleTree;
import org.trefoil.csp.note.NoteSigner;
import org.trefoil.csp.note.SignedNote;

/**
 * A release as it lies in a folder and under {@code /.well-known/trefoil/}: {@code release} (the
 * manifest and its signatures), {@code signatures} (those that travel with each asset), {@code
 * proof} (that the log holds it), {@code keys}, and the log's files below {@code log/}.
 */
public final class ReleaseFolder {
  /** Where a site has it. */
  public static final String WELL_KNOWN = "/.well-known/trefoil/";

  public static final String RELEASE = "release";
  public static final String SIGNATURES = "signatures";
  public static final String PROOF = "proof";
  public static final String KEYS = "keys";
  public static final String LOG = "log/";

  private final Path folder;

  public ReleaseFolder(Path folder) {
    this.folder = folder;
  }

  /** The text of one of its files. */
  public String read(String name) throws IOException {
    return Files.readString(folder.resolve(name));
  }

  /** The keys beside the release. */
  public ReleaseKeys keys() throws IOException {
    return ReleaseKeys.parse(read(KEYS));
  }

  /** The signatures of its assets; none where nobody signed yet. */
  public AssetSignatures signatures() throws IOException {
    return Files.exists(folder.resolve(SIGNATURES))
        ? AssetSignatures.parse(read(SIGNATURES))
        : AssetSignatures.none();
  }

  /** The release, when enough keys signed it and each of its assets and the log holds it. */
  public ReleaseManifest open(ReleaseKeys trusted) throws IOException {
    ReleaseManifest release = trusted.open(read(RELEASE), read(PROOF));
    signatures().demand(release, trusted);
    return release;
  }

  /** Adds the signatures of a key, of the release and of each of its assets. */
  public ReleaseManifest sign(NoteSigner signer) throws IOException {
    String text = read(RELEASE);
    SignedNote note = text.contains("\n\n") ? SignedNote.parse(text) : SignedNote.of(text);
    ReleaseManifest release = ReleaseManifest.parse(note.text());
    AssetSignatures more = signatures().signed(signer, release);
    write(SIGNATURES, more.text().getBytes(StandardCharsets.UTF_8));
    write(RELEASE, note.signed(signer).note().getBytes(StandardCharsets.UTF_8));
    return release;
  }

  /**
   * Puts the release into the log, which begins with it where there is none, and writes the proof;
   * a release that is in the log already stays where it is. Refuses one that too few keys signed,
   * and a log that does not fit its own checkpoint.
   */
  public void append(NoteSigner log) throws IOException {
    ReleaseKeys keys = keys();
    if (!keys.log().equals(log.key())) {
      throw new IllegalArgumentException("the file keys names another log than " + log.key());
    }
    byte[] entry = keys.open(read(RELEASE)).text().getBytes(StandardCharsets.UTF_8);
    List<byte[]> entries = new ArrayList<>(logged(keys));
    int index = indexOf(entry, entries);
    if (index < 0) {
      index = entries.size();
      entries.add(entry);
    }
    Map<String, byte[]> files = LogFiles.of(entries, log);
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      if (!file.getKey().equals(LogFiles.CHECKPOINT)) {
        write(LOG + file.getKey(), file.getValue());
      }
    }
    byte[] checkpoint = files.get(LogFiles.CHECKPOINT);
    write(LOG + LogFiles.CHECKPOINT, checkpoint);
    List<Hash> leaves = entries.stream().map(Hash::ofEntry).toList();
    LogProof proof =
        new LogProof(
            index,
            new MerkleTree(leaves).inclusion(index),
            new String(checkpoint, StandardCharsets.UTF_8));
    proof.open(entry, log.key());
    write(PROOF, proof.text().getBytes(StandardCharsets.UTF_8));
  }

  private List<byte[]> logged(ReleaseKeys keys) throws IOException {
    if (!Files.exists(folder.resolve(LOG + LogFiles.CHECKPOINT))) {
      return List.of();
    }
    Checkpoint checkpoint = Checkpoint.open(read(LOG + LogFiles.CHECKPOINT), keys.log());
    List<byte[]> entries =
        LogFiles.entries(path -> Files.readAllBytes(folder.resolve(LOG + path)), checkpoint.size());
    List<Hash> leaves = entries.stream().map(Hash::ofEntry).toList();
    if (!new MerkleTree(leaves).root().equals(checkpoint.root())) {
      throw new IllegalArgumentException("the log's entries are not those that it signed");
    }
    return entries;
  }

  private static int indexOf(byte[] entry, List<byte[]> entries) {
    for (int i = 0; i < entries.size(); i++) {
      if (Arrays.equals(entries.get(i), entry)) {
        return i;
      }
    }
    return -1;
  }

  private void write(String name, byte[] bytes) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Path part = Files.write(file.resolveSibling(file.getFileName() + ".part"), bytes);
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }
}
