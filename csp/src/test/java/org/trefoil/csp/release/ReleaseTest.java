package org.trefoil.csp.release;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trefoil.csp.Asset;
import org.trefoil.csp.AssetManifest;
import org.trefoil.csp.PageHeaders;
import org.trefoil.csp.Sha384;
import org.trefoil.csp.UnencodedDigest;
import org.trefoil.csp.log.Checkpoint;
import org.trefoil.csp.log.LogFiles;
import org.trefoil.csp.log.MerkleTree;
import org.trefoil.csp.note.NoteKey;
import org.trefoil.csp.note.NoteSigner;
import org.trefoil.csp.note.SignedNote;

class ReleaseTest {
  @TempDir Path folder;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(said, true, UTF_8);

  static ReleaseManifest manifest(String version) {
    byte[] loader = "'use strict'".getBytes(UTF_8);
    PageHeaders headers = new PageHeaders(true);
    return new ReleaseManifest(
        version,
        "0123456789abcdef0123456789abcdef01234567",
        Map.of(
            "page",
            headers.page(List.of(), false),
            ReleaseManifest.VAULT,
            headers.vault(List.of(Sha384.of(loader)), Sha384.of("style")),
            ReleaseManifest.ASSET,
            headers.asset(),
            ReleaseManifest.VAULT_ASSET,
            headers.vaultAsset()),
        Map.of("landing", "page"),
        Map.of("vault-loader.js", UnencodedDigest.of(loader)),
        Sha384.of("<!doctype html>"),
        AssetManifest.of(List.of(Asset.of("vault-loader.js", loader))));
  }

  @BeforeEach
  void threeKeysOfWhomTwoMustSign() throws IOException {
    StringBuilder keys = new StringBuilder("trefoil-release-keys 1\nthreshold 2\n");
    for (String name : List.of("ada", "ben", "cleo", "log")) {
      said.reset();
      assertThat(run("keygen", name, name + ".key")).isZero();
      keys.append(name.equals("log") ? "log " : "key ").append(said.toString(UTF_8).strip());
      keys.append('\n');
    }
    Files.writeString(folder.resolve("keys"), keys.toString());
    release("0.1.0");
  }

  private void release(String version) throws IOException {
    Files.writeString(folder.resolve("release"), manifest(version).text());
  }

  private int run(String command, String first, String second) throws IOException {
    String one = command.equals("keygen") ? first : folder.resolve(first).toString();
    return Release.run(new String[] {command, one, folder.resolve(second).toString()}, out);
  }

  @Test
  void twoOfThreeKeysAndTheLogMakeARelease() throws IOException {
    assertThat(run("sign", "ada.key", "")).isZero();
    assertThat(run("log", "log.key", "")).as("one key is not enough").isEqualTo(1);
    assertThat(said.toString(UTF_8)).contains("1 of the release keys");
    assertThat(run("sign", "cleo.key", "")).isZero();
    assertThat(run("log", "log.key", "")).isZero();
    assertThat(run("verify", "keys", "")).isZero();
    assertThat(said.toString(UTF_8)).contains("Release 0.1.0").doesNotContain("PRIVATE");
    ReleaseKeys keys = new ReleaseFolder(folder).keys();
    assertThat(new ReleaseFolder(folder).open(keys).text()).isEqualTo(manifest("0.1.0").text());
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("ada.key"))))
        .isEqualTo("rw-------");
    assertThat(run("keygen", "ada", "ada.key")).as("no key is overwritten").isEqualTo(1);
  }

  @Test
  void oneKeyTwiceOrAStrangersKeyCountForNothing() throws IOException {
    run("sign", "ada.key", "");
    run("sign", "ada.key", "");
    NoteSigner stranger = NoteSigner.make("ben");
    SignedNote note = SignedNote.parse(Files.readString(folder.resolve("release")));
    Files.writeString(folder.resolve("release"), note.signed(stranger).note());
    assertThat(run("log", "log.key", "")).isEqualTo(1);
    assertThat(said.toString(UTF_8)).contains("1 of the release keys");
  }

  @Test
  void aReleaseThatTheLogDoesNotHoldIsRefused() throws IOException {
    publish();
    String proof = Files.readString(folder.resolve("proof"));
    release("0.1.1");
    run("sign", "ada.key", "");
    run("sign", "ben.key", "");
    assertThat(run("verify", "keys", "")).isEqualTo(1);
    assertThat(said.toString(UTF_8)).contains("not entry 0");
    assertThat(run("log", "cleo.key", "")).as("a log has one key").isEqualTo(1);
    assertThat(run("log", "log.key", "")).isZero();
    assertThat(run("verify", "keys", "")).isZero();
    assertThat(Files.readString(folder.resolve("proof"))).isNotEqualTo(proof);
  }

  @Test
  void theLogGrowsAndItsBeginningStays() throws IOException {
    publish();
    ReleaseKeys keys = new ReleaseFolder(folder).keys();
    String first = Files.readString(folder.resolve("log/checkpoint"));
    assertThat(run("log", "log.key", "")).as("the same release again").isZero();
    assertThat(Files.readString(folder.resolve("log/checkpoint"))).isEqualTo(first);
    release("0.2.0");
    publish();
    Checkpoint old = Checkpoint.open(first, keys.log());
    Checkpoint now =
        Checkpoint.open(Files.readString(folder.resolve("log/checkpoint")), keys.log());
    assertThat(now.size()).isEqualTo(2);
    MerkleTree tree =
        LogFiles.tree(path -> Files.readAllBytes(folder.resolve("log/" + path)), now.size());
    assertThat(
            MerkleTree.continues(
                old.size(), old.root(), now.size(), now.root(), tree.consistency(1)))
        .isTrue();
  }

  @Test
  void aLogWhoseEntriesWereChangedIsNotGoneOnWith() throws IOException {
    publish();
    Path entries = folder.resolve("log/tile/entries/000.p/1");
    byte[] bytes = Files.readAllBytes(entries);
    bytes[40] ^= 1;
    Files.write(entries, bytes);
    release("0.2.0");
    run("sign", "ada.key", "");
    run("sign", "ben.key", "");
    assertThat(run("log", "log.key", "")).isEqualTo(1);
    assertThat(said.toString(UTF_8)).contains("not those that it signed");
  }

  @Test
  void eachAssetCarriesTheSignaturesOfEnoughKeysForItsPathAlone() throws IOException {
    publish();
    ReleaseFolder release = new ReleaseFolder(folder);
    ReleaseKeys keys = release.keys();
    UnencodedDigest body = manifest("0.1.0").bodies().get("vault-loader.js");
    Map<String, String> headers = release.signatures().headers("vault-loader.js", body, keys);
    assertThat(headers.get("Signature-Input").split(", "))
        .containsExactly(input("s0", keys.keys().get(0)), input("s1", keys.keys().get(1)));
    assertThat(headers.get("Signature")).matches("s0=:[^:]{88}:, s1=:[^:]{88}:");

    String text = Files.readString(folder.resolve("signatures"));
    assertThat(AssetSignatures.parse(text).text()).isEqualTo(text);
    AssetSignatures moved = AssetSignatures.parse(text.replace("vault-loader.js", "app.js"));
    assertThatThrownBy(() -> moved.headers("app.js", body, keys)).hasMessageContaining("0 of");
    UnencodedDigest other = UnencodedDigest.of("x".getBytes(UTF_8));
    assertThatThrownBy(() -> release.signatures().headers("vault-loader.js", other, keys))
        .hasMessageContaining("0 of the release keys signed the asset vault-loader.js, 2 must");

    Files.writeString(folder.resolve("signatures"), text.substring(0, text.length() / 2));
    assertThat(run("verify", "keys", "")).isEqualTo(1);
    Files.writeString(folder.resolve("signatures"), text.replaceFirst("\n\\S+ ada.*", ""));
    assertThat(run("verify", "keys", "")).isEqualTo(1);
    assertThat(said.toString(UTF_8)).contains("1 of the release keys signed the asset");
    Files.delete(folder.resolve("signatures"));
    assertThat(run("verify", "keys", "")).isEqualTo(1);
    run("sign", "cleo.key", "");
    run("sign", "ben.key", "");
    assertThat(run("verify", "keys", "")).as("two others of the three").isZero();
  }

  private static String input(String label, NoteKey key) {
    return label
        + "=(\"unencoded-digest\";sf \"@path\";req);keyid=\""
        + key.base64()
        + "\";tag=\"ed25519-integrity\"";
  }

  private void publish() throws IOException {
    for (String name : List.of("ada", "ben")) {
      assertThat(run("sign", name + ".key", "")).isZero();
    }
    assertThat(run("log", "log.key", "")).isZero();
  }

  @Test
  void aManifestHasOneWrittenForm() {
    String text = manifest("0.1.0").text();
    assertThat(ReleaseManifest.parse(text).text()).isEqualTo(text);
    assertThat(manifest("0.1.0").differences(ReleaseManifest.parse(text))).isEmpty();
    String other = text.replace("require-corp", "unsafe-none").replace("commit 0", "commit 1");
    assertThat(manifest("0.1.0").differences(ReleaseManifest.parse(other)))
        .isNotEmpty()
        .allMatch(line -> line.contains("Cross-Origin-Embedder-Policy"));
    for (String bad :
        List.of(
            "",
            "trefoil-release 1\n",
            text + "\n",
            text.replace("page landing page", "page landing nothing"),
            text.replace("version 0.1.0", "version "),
            text.replace("headers asset ", "headers other "))) {
      assertThatThrownBy(() -> ReleaseManifest.parse(bad))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void keysHaveOneWrittenFormAndAThresholdThatCanBeMet() throws IOException {
    String text = Files.readString(folder.resolve("keys"));
    assertThat(ReleaseKeys.parse(text).text()).isEqualTo(text);
    String twice = text.replaceFirst("key (ada.*)\nkey ben.*", "key $1\nkey $1");
    for (String bad :
        List.of(
            "", text.replace("threshold 2", "threshold 4"), twice, text.replace("log l", "l"))) {
      assertThatThrownBy(() -> ReleaseKeys.parse(bad)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(Release.run(new String[0], out)).isEqualTo(2);
    assertThat(run("bake", "keys", "")).isEqualTo(2);
  }
}
