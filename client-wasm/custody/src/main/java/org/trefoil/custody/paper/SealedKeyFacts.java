package org.trefoil.custody.paper;

import java.util.List;
import org.trefoil.core.envelope.SealedUserKey;

/**
 * The sealed user key as sheet B prints it.
 *
 * @param text its text form, {@code trefoil1:…}: ciphertext that only the passcode opens
 * @param checkWords the envelope's four check words
 */
public record SealedKeyFacts(String text, List<String> checkWords) {

  /** Copies the list. */
  public SealedKeyFacts {
    checkWords = List.copyOf(checkWords);
  }

  /** The facts of an envelope. */
  public static SealedKeyFacts of(SealedUserKey sealed) {
    return new SealedKeyFacts(sealed.text(), sealed.words());
  }
}
