package org.trefoil.csp.release;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.trefoil.csp.UnencodedDigest;
import org.trefoil.csp.note.NoteKey;
import org.trefoil.csp.note.NoteSigner;

/**
 * Signatures of release keys that travel with each asset, as HTTP message signatures (RFC 9421)
 * over its {@link UnencodedDigest} and its path: made offline, only served by servers.
 *
 * <p>Text form: {@code trefoil-signatures 1}, then sorted, a line each, {@code PATH KEY SIGNATURE}:
 * the asset's path, the verifier key, 64 bytes of Ed25519 in base64.
 *
 * <p>What is signed, in the form that Chromium's Signature-based Integrity demands, lines ended by
 * line feeds but for the last:
 *
 * <pre>
 * "unencoded-digest";sf: sha-512=:…:
 * "&#64;path";req: /assets/PATH
 * "&#64;signature-params": ("unencoded-digest";sf "&#64;path";req);keyid="…";tag="ed25519-integrity"
 * </pre>
 *
 * <p>No note ends like that, so no signature of the one is one of the other. The path keeps a file
 * that was signed from standing in for another one. There is no time in it: a release stays what it
 * is, and which one is the newest is for the log to say.
 */
public final class AssetSignatures {
  private static final String HEADER = "trefoil-signatures 1";
  private static final String COMPONENTS = "(\"unencoded-digest\";sf \"@path\";req)";
  private static final int SIGNATURE_BYTES = 64;

  /** Signatures in base64 by the text of their key, of each path. */
  private final Map<String, Map<String, String>> signatures;

  private AssetSignatures(Map<String, Map<String, String>> signatures) {
    this.signatures = signatures;
  }

  /** Of a release that nobody signed yet. */
  public static AssetSignatures none() {
    return new AssetSignatures(new TreeMap<>());
  }

  /** Reads the text form; anything else than what {@link #text} writes is refused. */
  public static AssetSignatures parse(String text) {
    String[] lines = text.split("\n", -1);
    if (lines.length < 2 || !lines[0].equals(HEADER)) {
      throw new IllegalArgumentException("not the signatures of assets");
    }
    AssetSignatures read = none();
    for (int i = 1; i < lines.length - 1; i++) {
      String[] parts = lines[i].split(" ", -1);
      if (parts.length != 3 || Base64.getDecoder().decode(parts[2]).length != SIGNATURE_BYTES) {
        throw new IllegalArgumentException("line " + (i + 1) + " of the signatures is damaged");
      }
      read.put(parts[0], NoteKey.parse(parts[1]), parts[2]);
    }
    if (!read.text().equals(text)) {
      throw new IllegalArgumentException("the signatures are not in their one written form");
    }
    return read;
  }

  private void put(String path, NoteKey key, String signature) {
    signatures.computeIfAbsent(path, any -> new TreeMap<>()).put(key.text(), signature);
  }

  /** The text form. */
  public String text() {
    StringBuilder text = new StringBuilder(HEADER).append('\n');
    signatures.forEach(
        (path, of) ->
            of.forEach(
                (key, signature) -> {
                  text.append(path).append(' ').append(key);
                  text.append(' ').append(signature).append('\n');
                }));
    return text.toString();
  }

  /** These and the signer's, of every asset of the release; those of other assets are left out. */
  public AssetSignatures signed(NoteSigner signer, ReleaseManifest release) {
    AssetSignatures more = none();
    release
        .bodies()
        .forEach(
            (path, body) -> {
              more.signatures.put(path, new TreeMap<>(signatures.getOrDefault(path, Map.of())));
              byte[] signature = signer.sign(base(path, body, signer.key()));
              more.put(path, signer.key(), Base64.getEncoder().encodeToString(signature));
            });
    return more;
  }

  /**
   * The headers {@code Signature-Input} and {@code Signature} of an asset: the valid signatures of
   * these keys, in the keys' order. Refuses an asset that fewer of them signed than must.
   */
  public Map<String, String> headers(String path, UnencodedDigest body, ReleaseKeys keys) {
    Map<String, String> of = signatures.getOrDefault(path, Map.of());
    List<String> inputs = new ArrayList<>();
    List<String> values = new ArrayList<>();
    for (NoteKey key : keys.keys()) {
      String signature = of.get(key.text());
      if (signature != null
          && key.verifies(base(path, body, key), Base64.getDecoder().decode(signature))) {
        String label = "s" + inputs.size();
        inputs.add(label + "=" + parameters(key));
        values.add(label + "=:" + signature + ":");
      }
    }
    if (inputs.size() < keys.threshold()) {
      throw new IllegalArgumentException(
          inputs.size()
              + " of the release keys signed the asset "
              + path
              + ", "
              + keys.threshold()
              + " must");
    }
    return Map.of(
        "Signature-Input", String.join(", ", inputs), "Signature", String.join(", ", values));
  }

  /** Refuses a release of which fewer of the keys signed an asset than must. */
  public void demand(ReleaseManifest release, ReleaseKeys keys) {
    release.bodies().forEach((path, body) -> headers(path, body, keys));
  }

  private static byte[] base(String path, UnencodedDigest body, NoteKey key) {
    String base =
        "\"unencoded-digest\";sf: "
            + body.value()
            + "\n\"@path\";req: /assets/"
            + path
            + "\n\"@signature-params\": "
            + parameters(key);
    return base.getBytes(StandardCharsets.UTF_8);
  }

  private static String parameters(NoteKey key) {
    return COMPONENTS + ";keyid=\"" + key.base64() + "\";tag=\"ed25519-integrity\"";
  }
}
