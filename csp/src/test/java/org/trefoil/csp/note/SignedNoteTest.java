package org.trefoil.csp.note;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SignedNoteTest {
  // The example of Go's golang.org/x/mod/sumdb/note, whose form C2SP took over.
  private static final String KEY =
      "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
  private static final String SECRET =
      "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
  private static final String TEXT =
      "If you think cryptography is the answer to your problem,\n"
          + "then you don't know what your problem is.\n";
  private static final String NOTE =
      TEXT
          + "\n\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdng"
          + "otpRZb6KE6RyyBwJnAM=\n";

  private final NoteKey key = NoteKey.parse(KEY);

  @Test
  void aNoteOfAnotherSoftwareIsReadAndMadeAgainByteForByte() {
    SignedNote read = SignedNote.parse(NOTE);
    assertThat(read.text()).isEqualTo(TEXT);
    assertThat(read.signers(List.of(key))).containsExactly(key);
    NoteSigner signer = NoteSigner.parse(SECRET + "\n" + KEY + "\n");
    assertThat(SignedNote.of(TEXT).signed(signer).note()).isEqualTo(NOTE);
    assertThat(signer.file()).isEqualTo(SECRET + "\n" + KEY + "\n");
    assertThat(signer.toString()).doesNotContain("AYEK");
  }

  @Test
  void oneChangedCharacterIsSignedByNobody() {
    for (int i = 0; i < TEXT.length() - 1; i++) {
      char other = TEXT.charAt(i) == 'x' ? 'y' : 'x';
      String bent = NOTE.substring(0, i) + other + NOTE.substring(i + 1);
      assertThat(SignedNote.parse(bent).signers(List.of(key))).isEmpty();
    }
  }

  @Test
  void aKeyOfTheSameNameIsNotTheSameKey() {
    NoteSigner other = NoteSigner.make("PeterNeumann");
    SignedNote both = SignedNote.parse(NOTE).signed(other);
    assertThat(both.signers(List.of(other.key()))).containsExactly(other.key());
    assertThat(SignedNote.parse(NOTE).signers(List.of(other.key()))).isEmpty();
    SignedNote again = SignedNote.parse(both.note());
    assertThat(again.signers(List.of(key, other.key()))).containsExactly(key, other.key());
    assertThat(again.signed(other).note()).isEqualTo(both.note());
  }

  @Test
  void whatIsDamagedIsRefused() {
    String wrongId = KEY.replace("c74f20a3", "c74f20a4");
    for (String bad : List.of("", "name", wrongId, KEY + "A", KEY.replace("Peter", "Pet er"))) {
      assertThatThrownBy(() -> NoteKey.parse(bad)).isInstanceOf(IllegalArgumentException.class);
    }
    for (String bad : List.of("", "text\n", "text\n\n", NOTE + "more\n", NOTE.strip())) {
      assertThatThrownBy(() -> SignedNote.parse(bad)).isInstanceOf(IllegalArgumentException.class);
    }
    NoteSigner other = NoteSigner.make("PeterNeumann");
    assertThatThrownBy(() -> NoteSigner.parse(SECRET + "\n" + other.key().text() + "\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("AYEK");
  }
}
