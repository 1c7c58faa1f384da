package org.trefoil.server.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.trefoil.csp.note.NoteSigner;
import org.trefoil.csp.release.ReleaseFolder;
import org.trefoil.csp.release.ReleaseKeys;
import org.trefoil.csp.release.ReleaseManifest;

/** A folder that holds a release as its makers would leave it: signed by two of two, logged. */
final class SignedRelease {
  static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

  private final NoteSigner ada = NoteSigner.make("ada");
  private final NoteSigner ben = NoteSigner.make("ben");
  private final NoteSigner log = NoteSigner.make("log");
  private final Path folder;

  SignedRelease(Path folder) {
    this.folder = folder;
  }

  /** What an {@link OpenDoor} serves. */
  static ReleaseManifest served() {
    return OwnRelease.of("0.1.0", COMMIT, Shelf.of(OpenDoor.ASSETS));
  }

  Path of(ReleaseManifest manifest) throws IOException {
    ReleaseKeys keys = new ReleaseKeys(2, List.of(ada.key(), ben.key()), log.key());
    Files.writeString(folder.resolve(ReleaseFolder.KEYS), keys.text());
    Files.writeString(folder.resolve(ReleaseFolder.RELEASE), manifest.text());
    ReleaseFolder release = new ReleaseFolder(folder);
    release.sign(ada);
    release.sign(ben);
    release.append(log);
    return folder;
  }
}
