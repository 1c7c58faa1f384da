package org.trefoil.server.passkey;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.RefusedException;
import org.trefoil.core.wire.Fields;
import org.trefoil.core.wire.Json;
import org.trefoil.core.wire.JsonObject;
import org.trefoil.server.passkey.Preimage.Deed;

/**
 * What passkeys confirmed of one send, as a file for anybody: JSON of format {@code
 * trefoil-proof-2}. It holds nothing but what {@link ProofFileCheck} checks, and no secret: what it
 * tells is a transaction, the amounts that it spends, and what passkeys signed of it.
 *
 * <pre>
 * format        "trefoil-proof-2"; "trefoil-proof-1" where no confirmation says a deed
 * wallet        32 hex digits
 * transaction   unsigned, without witnesses, hex
 * amounts       of the coins it spends, in its order: satoshis, as texts
 * digest        of both, see core's SpendDigest, 64 hex digits
 * txid          64 hex digits; absent while the send waits by a rule
 * confirmations each:
 *   deed           "send" of who began it, "approve" of who said yes; absent where the passkey
 *                  signed for an older release, which asked for neither
 *   policyVersion  of the wallet's rules; 0 where none was signed
 *   nonce          32 bytes of the server, hex
 *   expires        when the question ended, epoch seconds
 *   challenge      SHA-256 over {@link Preimage}, base64url
 *   origin         of the site that asked: https or localhost, a host, perhaps a port
 *   clientData, authenticatorData, signature   what browser and passkey answered, base64url
 *   publicKey      SubjectPublicKeyInfo, base64url
 *   algorithm      COSE number
 * </pre>
 *
 * <p>Hex is in small letters, base64url has no padding. No two confirmations are of one passkey.
 *
 * @param amounts satoshis
 * @param txid null when the file has none
 */
public record ProofFile(
    String wallet,
    byte[] transaction,
    List<Long> amounts,
    byte[] digest,
    @Nullable String txid,
    List<Confirmation> confirmations) {
  private static final String OLDER = "trefoil-proof-1";
  private static final String FORMAT = "trefoil-proof-2";
  private static final int MOST_CHARS = 4_000_000;
  private static final long MOST_SATS = 2_100_000_000_000_000L;
  private static final int HASH = 32;

  public ProofFile {
    amounts = List.copyOf(amounts);
    confirmations = List.copyOf(confirmations);
  }

  /** What one passkey signed, and what it was asked. */
  public record Confirmation(
      @Nullable Deed deed,
      long policyVersion,
      byte[] nonce,
      long expires,
      byte[] challenge,
      String origin,
      byte[] clientData,
      byte[] authenticatorData,
      byte[] signature,
      byte[] publicKey,
      int algorithm) {
    static Confirmation of(SendProof proof) {
      byte[] preimage = proof.preimage();
      return new Confirmation(
          Preimage.deed(preimage),
          Preimage.policyVersion(preimage),
          Preimage.nonce(preimage),
          Preimage.end(preimage),
          Preimage.challenge(preimage),
          proof.origin(),
          proof.clientData(),
          proof.authenticatorData(),
          proof.signature(),
          proof.publicKey(),
          proof.algorithm());
    }

    private Json json() {
      return Json.object()
          .put("deed", deed == null ? null : deed.word())
          .put("policyVersion", policyVersion)
          .put("nonce", hex(nonce))
          .put("expires", expires)
          .put("challenge", base64(challenge))
          .put("origin", origin)
          .put("clientData", base64(clientData))
          .put("authenticatorData", base64(authenticatorData))
          .put("signature", base64(signature))
          .put("publicKey", base64(publicKey))
          .put("algorithm", (long) algorithm)
          .json();
    }

    private static Confirmation read(Fields fields) {
      return new Confirmation(
          ProofFile.said(fields.optionalText("deed")),
          fields.number("policyVersion"),
          hash(fields.text("nonce")),
          time(fields.number("expires")),
          base64(fields.text("challenge")),
          site(fields.text("origin")),
          base64(fields.text("clientData")),
          base64(fields.text("authenticatorData")),
          base64(fields.text("signature")),
          base64(fields.text("publicKey")),
          Math.toIntExact(fields.number("algorithm")));
    }
  }

  /**
   * Of proofs of one send; those that prove nothing of exactly this transaction are left out, and
   * so is what a passkey says a second time.
   *
   * @param txid null while it waits by a rule
   * @return null when none is left
   */
  public static @Nullable ProofFile of(
      String wallet,
      byte[] transaction,
      List<Long> amounts,
      @Nullable String txid,
      List<SendProof> proofs) {
    byte[] digest = BareTransaction.parse(transaction).digest(amounts);
    List<Confirmation> confirmations = new ArrayList<>();
    Set<ByteBuffer> met = new HashSet<>();
    for (SendProof proof : proofs) {
      if (ProofCheck.of(proof, wallet, digest) == ProofCheck.Finding.PROVES
          && met.add(ByteBuffer.wrap(proof.publicKey()))) {
        confirmations.add(Confirmation.of(proof));
      }
    }
    return confirmations.isEmpty()
        ? null
        : new ProofFile(wallet, transaction, amounts, digest, txid, confirmations);
  }

  /** The file's text. */
  public String write() {
    JsonObject json =
        Json.object()
            .put("format", format(confirmations))
            .put("wallet", wallet)
            .put("transaction", hex(transaction))
            .putTexts("amounts", amounts.stream().map(String::valueOf).toList())
            .put("digest", hex(digest));
    if (txid != null) {
      json.put("txid", txid);
    }
    Json each = Json.array(confirmations, Confirmation::json);
    return json.put("confirmations", each).json().write() + "\n";
  }

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException when it is none of these, or written otherwise
   */
  static ProofFile read(String text) {
    try {
      return Json.parse(text.strip(), MOST_CHARS).read(ProofFile::read);
    } catch (RefusedException | ArithmeticException e) {
      throw new IllegalArgumentException("another format", e);
    }
  }

  private static ProofFile read(Fields fields) {
    String format = fields.text("format");
    if (!format.equals(OLDER) && !format.equals(FORMAT)) {
      throw new IllegalArgumentException("another format");
    }
    String wallet = fields.text("wallet");
    if (bytes(wallet).length != 16) {
      throw new IllegalArgumentException("no wallet's id");
    }
    ProofFile file =
        new ProofFile(
            wallet,
            bytes(fields.text("transaction")),
            fields.texts("amounts").stream().map(ProofFile::amount).toList(),
            hash(fields.text("digest")),
            fields.optionalText("txid"),
            fields.list("confirmations", item -> item.read(Confirmation::read)));
    if (!file.confirmations().isEmpty() && !format.equals(format(file.confirmations()))) {
      throw new IllegalArgumentException("another format");
    }
    return file;
  }

  private static String format(List<Confirmation> confirmations) {
    return confirmations.stream().allMatch(each -> each.deed() == null) ? OLDER : FORMAT;
  }

  private static @Nullable Deed said(@Nullable String word) {
    return word == null
        ? null
        : Stream.of(Deed.SEND, Deed.APPROVE)
            .filter(deed -> deed.word().equals(word))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("another deed"));
  }

  private static String site(String text) {
    if (!new RelyingParty(text).isSite()) {
      throw new IllegalArgumentException("no site");
    }
    return text;
  }

  private static long time(long seconds) {
    if (seconds < 0 || seconds > Instant.MAX.getEpochSecond()) {
      throw new IllegalArgumentException("no time");
    }
    return seconds;
  }

  private static Long amount(String text) {
    long sats = Long.parseLong(text);
    if (sats < 0 || sats > MOST_SATS || !text.equals(Long.toString(sats))) {
      throw new IllegalArgumentException("no amount");
    }
    return sats;
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static byte[] bytes(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    if (!hex(bytes).equals(hex)) {
      throw new IllegalArgumentException("not in small letters");
    }
    return bytes;
  }

  private static byte[] hash(String hex) {
    byte[] bytes = bytes(hex);
    if (bytes.length != HASH) {
      throw new IllegalArgumentException("not 32 bytes");
    }
    return bytes;
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static byte[] base64(String text) {
    byte[] bytes = Base64.getUrlDecoder().decode(text);
    if (!base64(bytes).equals(text)) {
      throw new IllegalArgumentException("written otherwise");
    }
    return bytes;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ProofFile file && file.write().equals(write());
  }

  @Override
  public int hashCode() {
    return Objects.hash(wallet, Arrays.hashCode(digest));
  }

  @Override
  public String toString() {
    return "ProofFile[" + hex(digest) + "]";
  }
}
