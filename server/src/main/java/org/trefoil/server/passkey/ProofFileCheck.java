package org.trefoil.server.passkey;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.trefoil.server.passkey.Preimage.Deed;

/**
 * Checks a {@link ProofFile} and says what it proves. Everything is computed anew from the
 * transaction in it, and by the JDK alone. Guarantee: each passkey in a file that holds signed,
 * with its person there and verified, exactly this transaction of this wallet, and no two of them
 * are one. Limit: whose passkey it is, no file tells; its fingerprint is what to compare. Nor does
 * it tell whether a confirmation, or the transaction's id, was left out of it.
 */
public final class ProofFileCheck {
  private static final long SATS = 100_000_000L;

  private ProofFileCheck() {}

  /**
   * What became of a check.
   *
   * @param holds whether everything in the file is right
   * @param said what it proves, or what is wrong with it
   */
  public record Report(boolean holds, String said) {}

  /** Checks the text of a file. */
  public static Report of(String text) {
    ProofFile file;
    try {
      file = ProofFile.read(text);
    } catch (IllegalArgumentException e) {
      return wrong("It is no proof of Trefoil's, or a part of it is missing or damaged.");
    }
    BareTransaction transaction;
    try {
      transaction = BareTransaction.parse(file.transaction());
    } catch (IllegalArgumentException e) {
      return wrong("The transaction in it cannot be read.");
    }
    String wrong = wrong(file, transaction);
    return wrong == null ? new Report(true, proved(file, transaction)) : wrong(wrong);
  }

  private static Report wrong(String sentence) {
    return new Report(false, sentence);
  }

  private static @Nullable String wrong(ProofFile file, BareTransaction transaction) {
    if (file.amounts().size() != transaction.inputs()) {
      return "It has the amounts of "
          + file.amounts().size()
          + " coins, and its transaction spends "
          + transaction.inputs()
          + ".";
    }
    if (!Arrays.equals(file.digest(), transaction.digest(file.amounts()))) {
      return "The digest in it is not that of its transaction with its amounts.";
    }
    if (file.txid() != null && !transaction.txid().equals(file.txid())) {
      return "The transaction id in it is not that of its transaction.";
    }
    if (file.confirmations().isEmpty()) {
      return "It holds no confirmation.";
    }
    int number = 0;
    Set<ByteBuffer> met = new HashSet<>();
    for (ProofFile.Confirmation each : file.confirmations()) {
      number++;
      String wrong = wrong(file, each);
      if (wrong != null) {
        return "Confirmation " + number + ": " + wrong;
      }
      if (!met.add(ByteBuffer.wrap(each.publicKey())) || !met.add(ByteBuffer.wrap(each.nonce()))) {
        return "Confirmation "
            + number
            + ": its passkey or its nonce is that of an earlier one, so it counts twice.";
      }
    }
    return null;
  }

  private static @Nullable String wrong(ProofFile file, ProofFile.Confirmation each) {
    byte[] preimage =
        Preimage.of(
            each.deed(),
            file.wallet(),
            file.digest(),
            each.policyVersion(),
            each.nonce(),
            each.expires());
    if (!Arrays.equals(Preimage.challenge(preimage), each.challenge())) {
      return "what was asked is of another transaction or wallet, another deed, other rules, another nonce or"
          + " another time than the file says.";
    }
    SendProof proof =
        new SendProof(
            "",
            file.digest(),
            preimage,
            each.origin(),
            each.clientData(),
            each.authenticatorData(),
            each.signature(),
            each.publicKey(),
            each.algorithm());
    return switch (ProofCheck.of(proof, file.wallet(), file.digest())) {
      case PROVES -> null;
      case OTHER_TRANSACTION -> "it is of another transaction.";
      case OTHER_QUESTION -> "the browser's words are of another question, or of another site.";
      case OTHER_SITE -> "the passkey answered another site, or none.";
      case NOBODY_THERE -> "nobody was at the passkey.";
      case NOBODY_VERIFIED -> "the passkey did not verify its person.";
      case UNKNOWN_KEY -> "its key cannot be read, or is of a kind that no passkey here has.";
      case NOT_SIGNED -> "the passkey did not sign this.";
    };
  }

  private static String proved(ProofFile file, BareTransaction transaction) {
    StringBuilder said = new StringBuilder();
    int many = file.confirmations().size();
    said.append(many == 1 ? "A passkey" : "At least " + many + " passkeys")
        .append(" confirmed exactly this transaction, with the person there and verified.\n\n");
    long in = file.amounts().stream().mapToLong(Long::longValue).sum();
    said.append("transaction ").append(transaction.txid()).append('\n');
    said.append("of wallet   ").append(file.wallet()).append('\n');
    said.append("spends      ").append(btc(in)).append(" from ").append(transaction.inputs());
    said.append(transaction.inputs() == 1 ? " coin\n" : " coins\n");
    long out = 0;
    for (BareTransaction.Output output : transaction.outputs()) {
      out += output.value();
      said.append("pays        ").append(btc(output.value()));
      said.append(" to the script ").append(output.script()).append('\n');
    }
    said.append("fee         ").append(btc(in - out)).append('\n');
    for (ProofFile.Confirmation each : file.confirmations()) {
      String key = HexFormat.of().formatHex(Sha256.of(each.publicKey()));
      said.append("\npasskey     ").append(key).append('\n');
      said.append("said        ").append(said(each.deed())).append('\n');
      said.append("asked by    ").append(each.origin()).append(", to be answered by ");
      said.append(Instant.ofEpochSecond(each.expires())).append('\n');
      said.append("under       version ").append(each.policyVersion());
      said.append(" of the wallet's rules\n");
    }
    return said.append("\nWhose a passkey is stands in no file: compare its number.").toString();
  }

  private static String said(@Nullable Deed deed) {
    if (deed == null) {
      return "nothing: an older release asked, and did not tell who began it from who said yes";
    }
    return deed == Deed.SEND ? "that it is sent, having begun it" : "yes, to what another began";
  }

  private static String btc(long sats) {
    return String.format(
        "%s%d.%08d BTC", sats < 0 ? "-" : "", Math.abs(sats) / SATS, Math.abs(sats) % SATS);
  }
}
