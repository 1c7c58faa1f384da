package org.trefoil.csp.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.trefoil.csp.note.NoteSigner;

class LogFilesTest {
  private final NoteSigner log = NoteSigner.make("trefoil.example/log");

  @Test
  void pathsAreThoseOfTheStandard() {
    assertThat(LogFiles.path("0", 1_234_067, 256)).isEqualTo("tile/0/x001/x234/067");
    assertThat(LogFiles.path("entries", 0, 5)).isEqualTo("tile/entries/000.p/5");
    assertThat(LogFiles.path("1", 1000, 255)).isEqualTo("tile/1/x001/000.p/255");
  }

  @Test
  void whatWasWrittenIsReadAndFitsTheCheckpoint() throws IOException {
    for (int size : new int[] {1, 2, 255, 256, 257, 700}) {
      List<byte[]> entries = entries(size);
      Map<String, byte[]> files = LogFiles.of(entries, log);
      Checkpoint checkpoint =
          Checkpoint.open(new String(files.get(LogFiles.CHECKPOINT), UTF_8), log.key());
      assertThat(checkpoint.size()).isEqualTo(size);
      assertThat(LogFiles.tree(files::get, size).root()).isEqualTo(checkpoint.root());
      List<byte[]> read = LogFiles.entries(files::get, size);
      assertThat(read).hasSize(size);
      assertThat(read.get(size - 1)).isEqualTo(entries.get(size - 1));
      if (size >= 256) {
        Hash first = MerkleTree.root(entries.subList(0, 256).stream().map(Hash::ofEntry).toList());
        assertThat(Hash.read(files.get("tile/1/000.p/" + size / 256), 0)).isEqualTo(first);
      }
    }
  }

  @Test
  void aCutOffFileIsNotRead() {
    Map<String, byte[]> files = LogFiles.of(entries(3), log);
    byte[] bundle = files.get("tile/entries/000.p/3");
    files.put("tile/entries/000.p/3", Arrays.copyOf(bundle, bundle.length - 1));
    assertThatThrownBy(() -> LogFiles.entries(files::get, 3)).isInstanceOf(IOException.class);
    files.put("tile/0/000.p/3", new byte[40]);
    assertThatThrownBy(() -> LogFiles.tree(files::get, 3)).isInstanceOf(IOException.class);
  }

  @Test
  void aProofIsBelievedForItsEntryAndItsLogAlone() {
    List<byte[]> entries = entries(7);
    MerkleTree tree = new MerkleTree(entries.stream().map(Hash::ofEntry).toList());
    String checkpoint = new Checkpoint(log.key().name(), 7, tree.root()).signedBy(log);
    LogProof proof = LogProof.parse(new LogProof(4, tree.inclusion(4), checkpoint).text());
    assertThat(proof.open(entries.get(4), log.key()).size()).isEqualTo(7);
    assertThatThrownBy(() -> proof.open(entries.get(5), log.key()))
        .hasMessageContaining("not entry 4");
    NoteSigner other = NoteSigner.make(log.key().name());
    assertThatThrownBy(() -> proof.open(entries.get(4), other.key()))
        .hasMessageContaining("did not sign");
    String grown = checkpoint.replace("\n7\n", "\n8\n");
    assertThatThrownBy(() -> Checkpoint.open(grown, log.key()))
        .hasMessageContaining("did not sign");
    for (String bad : List.of("", proof.text().substring(1), proof.text().replace("index 4", ""))) {
      assertThatThrownBy(() -> LogProof.parse(bad)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static List<byte[]> entries(int size) {
    List<byte[]> entries = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      entries.add(("release " + i + "\n").getBytes(UTF_8));
    }
    return entries;
  }
}
