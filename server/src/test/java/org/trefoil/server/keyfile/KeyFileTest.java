package org.trefoil.server.keyfile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFileTest {
  private static final SecureRandom RANDOM = new SecureRandom();

  @TempDir Path parent;

  private Path folder() throws Exception {
    Path folder = parent.resolve("data");
    KeyFile.prepareFolder(folder);
    return folder;
  }

  private static void refused(Path folder, boolean inUse, String token) {
    assertThatThrownBy(() -> KeyFile.open(folder, inUse, RANDOM))
        .isInstanceOfSatisfying(KeyFileRefused.class, e -> assertThat(e.token()).isEqualTo(token));
  }

  @Test
  void isMadeForItsOwnerAloneAndStaysTheSame() throws Exception {
    Path folder = folder();
    byte[] first = KeyFile.open(folder, false, RANDOM).derive("x");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
    Path file = folder.resolve("server.key");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(Files.size(file)).isEqualTo(32);
    KeyFile again = KeyFile.open(folder, true, RANDOM);
    assertThat(again.derive("x")).isEqualTo(first).isNotEqualTo(again.derive("y"));
    assertThat(again.toString()).isEqualTo("KeyFile[redacted]");
  }

  @Test
  void aFolderOfOursThatOthersCanReadIsClosedToThem() throws Exception {
    Path folder = parent.resolve("data");
    Files.createDirectory(folder);
    Files.writeString(folder.resolve("trefoil.properties"), "port = 0\n");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    KeyFile.prepareFolder(folder);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
  }

  @Test
  void aFolderOfOthersIsLeftAloneAndRefused() throws Exception {
    Files.writeString(parent.resolve("letter.txt"), "not ours");
    Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThatThrownBy(() -> KeyFile.prepareFolder(parent))
        .isInstanceOfSatisfying(
            KeyFileRefused.class, e -> assertThat(e.token()).isEqualTo("data-folder-readable"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(parent)))
        .isEqualTo("rwxr-xr-x");
  }

  @Test
  void isRefusedWhenOthersCanReadIt() throws Exception {
    Path folder = folder();
    KeyFile.open(folder, false, RANDOM).close();
    Files.setPosixFilePermissions(
        folder.resolve("server.key"), PosixFilePermissions.fromString("rw-r-----"));
    refused(folder, true, "key-file-readable");
  }

  @Test
  void isRefusedWhenItIsMissingWhileInUse() throws Exception {
    refused(folder(), true, "key-file-missing");
    assertThat(folder().resolve("server.key")).doesNotExist();
  }

  @Test
  void isRefusedWhenItIsDamaged() throws Exception {
    Path folder = folder();
    KeyFile.open(folder, false, RANDOM).close();
    Files.write(folder.resolve("server.key"), new byte[31]);
    refused(folder, true, "key-file-damaged");
    Files.write(folder.resolve("server.key"), new byte[32]);
    refused(folder, true, "key-file-damaged");
  }

  @Test
  void whatIsSealedOpensForItsOwnerAndPurposeOnly() throws Exception {
    KeyFile key = KeyFile.open(folder(), false, RANDOM);
    Sealer sealer = new Sealer(key, "one", RANDOM);
    byte[] plain = "a secret".getBytes(UTF_8);
    Sealed sealed = sealer.seal(plain, "ada");
    assertThat(sealer.open(sealed, "ada")).isEqualTo(plain);
    assertThat(sealer.seal(plain, "ada").bytes()).isNotEqualTo(sealed.bytes());
    assertThat(sealed.toString()).doesNotContain("secret");
    assertThatThrownBy(() -> sealer.open(sealed, "bob")).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> new Sealer(key, "two", RANDOM).open(sealed, "ada"))
        .isInstanceOf(IllegalStateException.class);
    byte[] bent = sealed.bytes();
    bent[20] ^= 1;
    assertThatThrownBy(() -> sealer.open(new Sealed(bent), "ada"))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> sealer.open(new Sealed(new byte[3]), "ada"))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void theEndOfARotationLeavesThePeppersOfWhoeverStillHoldsTheFile() throws Exception {
    Path folder = folder();
    KeyFile held = KeyFile.open(folder, false, RANDOM).beginRotation(folder, RANDOM);
    byte[] before = held.pepper("release");
    held.afterRotation().close();
    held.finishRotation(folder);
    assertThat(held.pepper("release")).isEqualTo(before).isNotEqualTo(new byte[32]);
    assertThat(KeyFile.open(folder, true, RANDOM).pepper("release")).isEqualTo(before);
  }
}
