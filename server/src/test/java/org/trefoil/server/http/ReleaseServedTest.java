package org.trefoil.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trefoil.csp.Sha384;
import org.trefoil.csp.note.NoteKey;
import org.trefoil.csp.release.ReleaseFolder;
import org.trefoil.csp.release.ReleaseManifest;
import org.trefoil.csp.served.VerifyServed;
import org.trefoil.server.app.Trefoil;
import org.trefoil.server.config.Config;
import org.trefoil.server.config.ConfigReader;

class ReleaseServedTest {
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  private int verify(OpenDoor door, Path folder) throws Exception {
    String keys = folder.resolve(ReleaseFolder.KEYS).toString();
    said.reset();
    return VerifyServed.run(new String[] {door.origin(), keys}, new PrintStream(said, true, UTF_8));
  }

  @Test
  void whatIsServedIsWhatWasSignedForEveryVisitor(@TempDir Path temp) throws Exception {
    Path folder = new SignedRelease(temp).of(SignedRelease.served());
    try (OpenDoor door = new OpenDoor(folder)) {
      assertThat(verify(door, folder)).as(said.toString(UTF_8)).isZero();
      assertThat(said.toString(UTF_8)).contains("6 pages");
      // SHA-384 of the four bytes of wasm, in elevens of bits, made by another program.
      assertThat(said.toString(UTF_8))
          .contains("Program: gate diagram alter baby dynamic category friend chair\n  sha384-");
    }
  }

  @Test
  void aServerThatServesOtherBytesThanItsReleaseIsFound(@TempDir Path temp) throws Exception {
    Map<String, byte[]> other = new HashMap<>(OpenDoor.ASSETS);
    other.put("app.js", "console.log(2)".getBytes(UTF_8));
    ReleaseManifest manifest = OwnRelease.of("0.1.0", SignedRelease.COMMIT, Shelf.of(other));
    SignedRelease release = new SignedRelease(temp);
    Path folder = release.of(SignedRelease.served());
    try (OpenDoor door = new OpenDoor(folder)) {
      release.of(manifest);
      assertThat(verify(door, folder)).isEqualTo(1);
      assertThat(said.toString(UTF_8))
          .contains("app.js is not the file that was released")
          .contains("another Content-Security-Policy");
    }
  }

  @Test
  void aServerDoesNotStartAsAReleaseThatItIsNot(@TempDir Path temp) throws Exception {
    ReleaseManifest own = OwnRelease.of("0.1.0", SignedRelease.COMMIT);
    SignedRelease release = new SignedRelease(temp);
    Path folder = release.of(own);
    OwnRelease.check(new ReleaseFolder(folder), "0.1.0");
    assertThatThrownBy(() -> OwnRelease.check(new ReleaseFolder(folder), "0.1.1"))
        .hasMessageContaining("not the release in the folder")
        .hasMessageContaining("version 0.1.1");
    release.of(ReleaseManifest.parse(own.text().replace("require-corp", "unsafe-none")));
    assertThatThrownBy(() -> OwnRelease.check(new ReleaseFolder(folder), "0.1.0"))
        .hasMessageContaining("Cross-Origin-Embedder-Policy");
    Path note = folder.resolve(ReleaseFolder.RELEASE);
    String text = Files.readString(note);
    Files.writeString(note, text.substring(0, text.lastIndexOf("\u2014")));
    assertThatThrownBy(() -> OwnRelease.check(new ReleaseFolder(folder), "0.1.0"))
        .hasMessageContaining("1 of the release keys signed");
  }

  @Test
  void theWholeServerDoesNotStartAsAReleaseThatItIsNotAndLeavesNothingBehind(@TempDir Path temp)
      throws Exception {
    ReleaseManifest own = OwnRelease.of("0.1.0", SignedRelease.COMMIT);
    Path folder =
        new SignedRelease(temp)
            .of(ReleaseManifest.parse(own.text().replace("require-corp", "unsafe-none")));
    Path data = temp.resolve("data");
    Config config =
        ConfigReader.read(
            List.of("--data", data.toString(), "--port", "0", "--release", folder.toString()),
            Map.of());
    assertThatThrownBy(() -> Trefoil.start(config, Clock.systemUTC(), System::nanoTime))
        .hasMessageContaining("--release " + folder + ": ");
    assertThat(data).doesNotExist();
  }

  @Test
  void assetsOfAReleaseCarryItsSignaturesAndPagesDemandThemWhereTheirPolicyLetsThem(
      @TempDir Path temp) throws Exception {
    Path folder = new SignedRelease(temp).of(SignedRelease.served());
    List<NoteKey> keys = new ReleaseFolder(folder).keys().keys();
    String signers = " " + keys.get(0).integrity() + " " + keys.get(1).integrity();
    try (OpenDoor door = new OpenDoor(folder);
        OpenDoor other = new OpenDoor()) {
      for (String name : OpenDoor.ASSETS.keySet()) {
        for (OpenDoor each : List.of(door, other)) {
          HttpHeaders answer = each.call("GET", "/assets/" + name).send().headers();
          assertThat(answer.firstValue("Unencoded-Digest").orElseThrow()).startsWith("sha-512=:");
          assertThat(answer.firstValue("Signature").isPresent()).isEqualTo(each == door);
        }
      }
      String page = door.page("/signup").send().body();
      String before = other.page("/signup").send().body();
      assertThat(page).contains(Sha384.of(OpenDoor.ASSETS.get("app.css")).integrity() + signers);
      assertThat(page).contains(Sha384.of(OpenDoor.ASSETS.get("app.js")).integrity() + "\"");
      assertThat(before).doesNotContain("ed25519-");
      assertThat(style(page))
          .as("nothing that was kept before")
          .startsWith(style(before) + "&amp;k=");
      HttpResponse<String> file = door.call("GET", "/launcher.html").send();
      assertThat(file.headers().firstValue("Signature")).as("not its address").isEmpty();
    }
  }

  private static String style(String page) {
    int from = page.indexOf("/assets/app.css");
    return page.substring(from, page.indexOf('"', from));
  }

  @Test
  void anAssetThatTooFewSignedIsNotServed(@TempDir Path temp) throws Exception {
    Path folder = new SignedRelease(temp).of(OwnRelease.of("0.1.0", SignedRelease.COMMIT));
    Path signatures = folder.resolve(ReleaseFolder.SIGNATURES);
    String text = Files.readString(signatures);
    Files.writeString(signatures, text.replaceFirst("\napp.js ada.*", ""));
    assertThatThrownBy(() -> OwnRelease.check(new ReleaseFolder(folder), "0.1.0"))
        .hasMessage("1 of the release keys signed the asset app.js, 2 must");
  }

  @Test
  void theReleaseAndItsLogAreForEverybodyAndNothingElseOfTheFolderIs(@TempDir Path temp)
      throws Exception {
    Path folder = new SignedRelease(temp).of(SignedRelease.served());
    Files.writeString(folder.resolve("notes"), "not for others");
    Files.writeString(folder.resolve("log/notes"), "not for others");
    String at = ReleaseFolder.WELL_KNOWN;
    try (OpenDoor door = new OpenDoor(folder)) {
      for (String name :
          List.of(
              "release", "signatures", "proof", "keys", "log/checkpoint", "log/tile/0/000.p/1")) {
        HttpResponse<String> answer = door.call("GET", at + name).send();
        assertThat(answer.statusCode()).as(name).isEqualTo(200);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
      }
      for (String name :
          List.of("notes", "log/notes", "log/tile/../notes", "log/..%2fnotes", "log/tile/0/001")) {
        assertThat(door.call("GET", at + name).send().statusCode()).as(name).isBetween(400, 404);
      }
    }
    try (OpenDoor door = new OpenDoor()) {
      assertThat(door.call("GET", at + "release").send().statusCode()).isEqualTo(404);
    }
  }
}
