package org.trefoil.custody.recover;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.RefusedException;
import org.trefoil.core.envelope.SealedUserKey;
import org.trefoil.core.units.Network;

/** Texts off sheets of one wallet. Secret, for words and shares are among them. */
final class PaperPile implements AutoCloseable {
  private static final int LONGEST_DESCRIPTOR = 4_000;

  private @Nullable String descriptor;
  private @Nullable String sealed;
  private @Nullable Network network;
  private char @Nullable [] words;
  private final List<char[]> shares = new ArrayList<>();

  /** Keeps a copy of a text that stands on a sheet, and passes over any other. */
  void add(char[] text) {
    switch (PaperKind.of(text)) {
      case DESCRIPTOR -> descriptor = Compact.of(new String(text), LONGEST_DESCRIPTOR);
      case SEALED_KEY -> sealed = new String(text);
      case WORDS -> keepWords(text.clone());
      case SHARE -> keepShare(text.clone());
      case PSBT, OTHER -> {
        // nothing of a sheet
      }
    }
  }

  boolean isEmpty() {
    return descriptor == null && sealed == null && words == null && shares.isEmpty();
  }

  void setNetwork(@Nullable Network named) {
    network = named;
  }

  /** Whether nothing in the two says that they are of different wallets. */
  boolean isOfOneWalletWith(PaperPile other) {
    String one = descriptor;
    String two = other.descriptor;
    return one == null || two == null ? oneBinding(sealed, other.sealed) : one.equals(two);
  }

  /** Sealed anew, a user key stays bound to the same wallet. */
  private static boolean oneBinding(@Nullable String one, @Nullable String two) {
    if (one == null || two == null) {
      return true;
    }
    try {
      return SealedUserKey.parse(one).claims(SealedUserKey.parse(two).claimed());
    } catch (RefusedException e) {
      return true; // damaged: opening says so
    }
  }

  /** Takes what the other holds; of what both have, the other's is kept. */
  void takeOver(PaperPile other) {
    descriptor = other.descriptor == null ? descriptor : other.descriptor;
    sealed = other.sealed == null ? sealed : other.sealed;
    network = other.network == null ? network : other.network;
    char[] theirs = other.takeWords();
    if (theirs != null) {
      keepWords(theirs);
    }
    for (char[] share : other.takeShares()) {
      keepShare(share);
    }
    other.clear();
  }

  /**
   * What a person finds on these sheets: the key set's words, or the sealed key's check words.
   *
   * @param byKeys whether what it is to be told from has a descriptor as well
   */
  String name(boolean byKeys) {
    String keys = keySetWords();
    if (byKeys && !keys.isEmpty()) {
      return "key set words “" + keys + "”";
    }
    String check = checkWords();
    return check.isEmpty() ? "a damaged descriptor" : "check words “" + check + "”";
  }

  private String checkWords() {
    String envelope = sealed;
    try {
      return envelope == null ? "" : String.join(" ", SealedUserKey.parse(envelope).words());
    } catch (RefusedException e) {
      return "";
    }
  }

  String keySetWords() {
    String text = descriptor;
    List<Network> networks = text == null ? List.of() : DescriptorText.networks(text);
    if (text == null || networks.isEmpty()) {
      return "";
    }
    try {
      return String.join(" ", DescriptorText.read(text, networks.get(0)).words());
    } catch (RefusedException e) {
      return ""; // damaged: reading it says so
    }
  }

  @Nullable String descriptor() {
    return descriptor;
  }

  @Nullable Network network() {
    return network;
  }

  @Nullable String sealed() {
    return sealed;
  }

  boolean hasWords() {
    return words != null;
  }

  char @Nullable [] takeWords() {
    char[] taken = words;
    words = null;
    return taken;
  }

  int shares() {
    return shares.size();
  }

  List<char[]> takeShares() {
    List<char[]> taken = List.copyOf(shares);
    shares.clear();
    return taken;
  }

  private void keepWords(char[] text) {
    char[] old = takeWords();
    if (old != null) {
      Arrays.fill(old, '\0');
    }
    words = text;
  }

  /** The same sheet seen twice is one. */
  private void keepShare(char[] text) {
    for (char[] share : shares) {
      if (Arrays.equals(share, text)) {
        Arrays.fill(text, '\0');
        return;
      }
    }
    shares.add(text);
  }

  void clear() {
    descriptor = null;
    sealed = null;
    network = null;
    char[] old = takeWords();
    if (old != null) {
      Arrays.fill(old, '\0');
    }
    for (char[] share : takeShares()) {
      Arrays.fill(share, '\0');
    }
  }

  @Override
  public void close() {
    clear();
  }

  @Override
  public String toString() {
    return "PaperPile[redacted]";
  }
}
