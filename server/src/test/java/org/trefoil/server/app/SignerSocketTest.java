package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.trefoil.server.signer.RunningSigner;
import org.trefoil.server.signer.SignerRefused;

/** What comes to a signer's socket that is no request, and what becomes of its file. */
class SignerSocketTest extends SignerFixture {
  @Test
  void garbageOnTheSocketIsRefusedAndHurtsNobody() throws Exception {
    byte[] noise = new byte[5_000];
    new SecureRandom().nextBytes(noise);
    assertThat(front.send(noise)).contains("\"no\"");
    assertThat(front.send("[]".getBytes())).contains("\"no\"");
    assertThat(front.send("{\"op\":\"nothing\"}".getBytes())).contains("wrong-value");
    assertThat(front.send("{\"op\":\"sign\"}".getBytes())).contains("\"no\"");
    assertThat(front.send(("[".repeat(100_000)).getBytes())).contains("\"no\"");
    assertThat(front.says(op("sign", WALLET).put("psbt", base64(noise)))).isNotEqualTo("done");
    assertThat(front.says(op("sign", WALLET).put("psbt", "AA").put("more", 1)))
        .isNotEqualTo("done");
    byte[] gigabyte = ByteBuffer.allocate(8).putInt(1 << 30).putInt(7).array();
    assertThatThrownBy(() -> front.sendRaw(gigabyte)).isInstanceOf(IOException.class);
    assertThat(confirmed(spend(1, SHOP, 100_000), code())).isEqualTo("done");
  }

  @Test
  void fiveHundredThatSayNothingEndAndTheNextIsServed() throws Exception {
    List<SocketChannel> idle = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      try {
        idle.add(front.open());
      } catch (IOException e) {
        break; // not even taken
      }
    }
    byte[] psbt = spend(1, SHOP, 100_000);
    String code = code();
    String said = "";
    for (int i = 0; i < 60 && !said.equals("done"); i++) {
      try {
        said = confirmed(psbt, code);
      } catch (java.io.UncheckedIOException e) {
        Thread.sleep(500); // each has ten seconds
      }
    }
    assertThat(said).isEqualTo("done");
    for (SocketChannel channel : idle) {
      channel.close();
    }
  }

  /** Each byte comes in time, and the message never. */
  @Test
  void aMessageThatNeverEndsIsCutOffAndTheNextIsServed() throws Exception {
    byte[] begun = ByteBuffer.allocate(16).putInt(1_000).put("{\"op\":".getBytes()).array();
    long started = System.nanoTime();
    try (SocketChannel channel = front.open()) {
      assertThatThrownBy(
              () -> {
                for (int i = 0; ; i++) {
                  byte next = i < begun.length ? begun[i] : (byte) ' ';
                  channel.write(ByteBuffer.wrap(new byte[] {next}));
                  assertThat(seconds(started)).isLessThan(12);
                  Thread.sleep(200);
                }
              })
          .isInstanceOf(IOException.class);
      assertThat(seconds(started)).isGreaterThan(5);
    }
    assertThat(confirmed(spend(1, SHOP, 100_000), code())).isEqualTo("done");
  }

  private static long seconds(long started) {
    return Duration.ofNanos(System.nanoTime() - started).toSeconds();
  }

  @Test
  void aJournalThatSomebodyChangedIsNotOpened() throws IOException {
    holds(perSend(50_000));
    signer.close();
    Path journal = folder.resolve("data").resolve("signer.journal");
    List<String> lines = Files.readAllLines(journal);
    List<String> fewer = new ArrayList<>(lines);
    fewer.remove(lines.size() - 2);
    Files.write(journal, fewer);
    assertThatThrownBy(() -> start(null)).hasMessageContaining("is not what this signer wrote");
    Files.write(journal, lines);
    Files.writeString(journal, Files.readString(journal) + lines.get(2).substring(0, 40));
    start(null);
    assertThat(confirmed(spend(1, THIEF, 60_000), code())).isEqualTo("limit-per-send");
  }

  @Test
  void onlyItsOwnerOpensTheSocket() throws IOException {
    assertThat(Files.getPosixFilePermissions(folder.resolve("s")).toString())
        .doesNotContain("GROUP")
        .doesNotContain("OTHERS");
  }

  @Test
  void aGroupMayOpenItAndNobodyElse() throws IOException {
    Path own = Files.createFile(folder.resolve("own"));
    String group = Files.readAttributes(own, PosixFileAttributes.class).group().getName();
    Path socket = folder.resolve("shared");
    try (RunningSigner shared = startShared(socket, group)) {
      PosixFileAttributes given = Files.readAttributes(socket, PosixFileAttributes.class);
      assertThat(PosixFilePermissions.toString(given.permissions())).isEqualTo("rw-rw----");
      assertThat(given.group().getName()).isEqualTo(group);
    }
    assertThatThrownBy(() -> startShared(socket, "no-such-group"))
        .isInstanceOf(SignerRefused.class)
        .hasMessageContaining("no-such-group");
  }

  private RunningSigner startShared(Path socket, String group) throws IOException {
    Path data = folder.resolve("shared-data");
    return SignerCommand.start(
        List.of(
            "signer",
            "--data",
            data.toString(),
            "--socket",
            socket.toString(),
            "--socket-group",
            group),
        Map.of(),
        clock,
        System::nanoTime);
  }
}
