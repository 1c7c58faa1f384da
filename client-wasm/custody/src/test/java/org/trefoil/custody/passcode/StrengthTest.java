package org.trefoil.custody.passcode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trefoil.core.keys.EnglishWords;
import org.trefoil.custody.entropy.Entropy;
import org.trefoil.custody.entropy.TestEntropy;

class StrengthTest {
  private static final List<String> CONTEXT = List.of("anna.smith@example.org", "Holiday fund");

  @ParameterizedTest
  @CsvSource({
    "password,passcode-weak-short",
    "123456789,passcode-weak-short",
    "Tr0ub4dor&3,passcode-weak-short",
    "zebra ladder,passcode-weak-short",
    "P@ssw0rd123!,passcode-weak-common",
    "Sommer2024!,passcode-weak-common",
    "ILoveYouForever,passcode-weak-common",
    "anna.smith1987,passcode-weak-context",
    "smith-holiday-fund,passcode-weak-context",
    "dnufyadiloh!,passcode-weak-context",
    "trefoilwallet2024,passcode-weak-context",
    "s4t05h1 nakamoto,passcode-weak-context",
    "correct horse battery staple,passcode-weak-common",
    "CorrectHorseBatteryStaple1,passcode-weak-common",
    "the-quick-brown-fox-jumps-over-the-lazy-dog,passcode-weak-common",
    "not your keys not your coins,passcode-weak-common",
    "aaaaaaaaaaaaaaaaaaaa,passcode-weak-pattern",
    "abcabcabcabcabc,passcode-weak-pattern",
    "letmeinletmein,passcode-weak-pattern",
    "abcdefghijklmnop,passcode-weak-pattern",
    "9876543210987,passcode-weak-pattern",
    "qwertzuiopasdfghjkl,passcode-weak-pattern",
    "1qaz2wsx3edc4rfv,passcode-weak-pattern",
    "24.12.1987,passcode-weak-pattern",
    "1987122424121987,passcode-weak-pattern"
  })
  void weakPasscodesAreRefusedWithTheReason(String typed, String token) {
    Strength strength = Strength.ofPasscode(typed.toCharArray(), CONTEXT);
    assertThat(strength.accepted()).isFalse();
    assertThat(strength.level()).isEqualTo(Strength.Level.REFUSED);
    assertThat(strength.refusal().token()).isEqualTo(token);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "zebra ladder unique mango",
        "zebra notyourkeys ladder unique mango",
        "xK9#mQ2$vLw7",
        "kqzvmwxrtbpl",
        "gh7-Plum_kestrel/oboe",
        "Vier Füchse trinken Limonade"
      })
  void strongPasscodesPass(String typed) {
    assertThat(Strength.ofPasscode(typed.toCharArray(), CONTEXT).accepted()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "password1,password-weak-common",
    "iloveyou,password-weak-common",
    "abc1,password-weak-short",
    "annasmith,password-weak-context",
    "qwertyuiop,password-weak-common",
    "33333333333333,password-weak-pattern"
  })
  void weakPasswordsAreRefusedWithTheReason(String typed, String token) {
    Strength strength = Strength.ofPassword(typed.toCharArray(), CONTEXT);
    assertThat(strength.accepted()).isFalse();
    assertThat(strength.refusal().token()).isEqualTo(token);
  }

  @ParameterizedTest
  @CsvSource({
    "830462,pin-weak-short",
    "x9!kq2z,pin-weak-short",
    "12345678,pin-weak",
    "11111111,pin-weak",
    "87654321,pin-weak",
    "qwertyui,pin-weak",
    "monkey12,pin-weak",
    "83046219,pin-weak-short",
    "20260121,pin-weak"
  })
  void weakPinsAreRefused(String typed, String token) {
    Strength strength = Strength.ofPin(typed.toCharArray(), CONTEXT);
    assertThat(strength.accepted()).isFalse();
    assertThat(strength.refusal().token()).isEqualTo(token);
  }

  @ParameterizedTest
  @ValueSource(strings = {"930475618204", "plum-8314-oak", "k7!wq2ztm4"})
  void aPinNeedsLessThanAPasscodeBecauseItCountsBesideAPasskey(String typed) {
    assertThat(Strength.ofPin(typed.toCharArray(), CONTEXT).accepted()).isTrue();
    assertThat(Strength.ofPasscode(typed.toCharArray(), CONTEXT).accepted()).isFalse();
  }

  @Test
  void aPdfsPasswordIsJudgedByAPasscodesMeasure() {
    char[] between = "kettle oboe 77".toCharArray();
    assertThat(Strength.ofPassword(between, CONTEXT).accepted()).isTrue();
    Strength strength = Strength.ofPdfPassword(between, CONTEXT);
    assertThat(strength.refusal().token()).startsWith("password-weak-");
    assertThat(
            Strength.ofPdfPassword("for the mail by 7 lanterns".toCharArray(), CONTEXT).accepted())
        .isTrue();
  }

  @Test
  void everyCommonPasswordIsRefused() {
    for (int tier = 0; tier < CommonPasswords.tiers(); tier++) {
      for (String common : CommonPasswords.tier(tier)) {
        assertThat(Strength.ofPasscode(common.toCharArray(), List.of()).accepted())
            .as(common)
            .isFalse();
        assertThat(Strength.ofPassword(common.toCharArray(), List.of()).accepted())
            .as(common)
            .isFalse();
      }
    }
  }

  @Test
  void randomPhrasesAreNeverOverratedByMuch() {
    Entropy entropy = TestEntropy.named("phrases");
    for (int words = 3; words <= 6; words++) {
      for (int i = 0; i < 100; i++) {
        byte[] random = entropy.bytes(2 * words);
        StringBuilder phrase = new StringBuilder();
        for (int k = 0; k < words; k++) {
          int value = (random[2 * k] & 255) << 8 | (random[2 * k + 1] & 255);
          phrase.append(k == 0 ? "" : " ").append(EnglishWords.word(value % 2048));
        }
        Strength strength = Strength.ofPasscode(phrase.toString().toCharArray(), List.of());
        // Eleven bits a word; separators and the cuts between pieces may add three each.
        assertThat(strength.bits()).isLessThanOrEqualTo(14 * words);
        if (words >= 5) {
          assertThat(strength.accepted()).as(phrase.toString()).isTrue();
        }
      }
    }
  }

  @Test
  void logarithmsAreRight() {
    for (int n = 1; n < 70_000; n += 7) {
      double exact = 16 * Math.log(n) / Math.log(2);
      assertThat((double) Letters.log2(n)).isBetween(exact - 1.01, exact + 0.01);
    }
  }

  @Test
  void aLongHostileTextIsJudgedInTime() {
    long start = System.nanoTime();
    Strength strength =
        Strength.ofPasscode("ab".repeat(500).toCharArray(), List.of("x".repeat(10_000)));
    assertThat(strength.accepted()).isFalse();
    assertThat((System.nanoTime() - start) / 1_000_000).isLessThan(2_000);
  }

  /** Different letters that English has not, six bits each, and separators, one bit each. */
  private static char[] worth(int letters, int separators) {
    String text = "äöüßéèêñçåæøð".substring(0, letters) + "-,_!. -,_!.".substring(0, separators);
    return text.toCharArray();
  }

  @ParameterizedTest
  @CsvSource({"33,REFUSED", "34,FAIR", "45,FAIR", "46,GOOD", "61,GOOD", "62,STRONG"})
  void aPasswordIsFairFrom34BitsGoodFrom46AndStrongFrom62(int bits, Strength.Level level) {
    Strength strength = Strength.ofPassword(worth(bits / 6, bits % 6), List.of());
    assertThat(strength.bits()).isEqualTo(bits);
    assertThat(strength.level()).isEqualTo(level);
    assertThat(strength.accepted()).isEqualTo(level != Strength.Level.REFUSED);
  }

  @ParameterizedTest
  @CsvSource({"43,REFUSED", "44,FAIR", "55,FAIR", "56,GOOD", "71,GOOD", "72,STRONG"})
  void aPasscodeNeedsTenBitsMore(int bits, Strength.Level level) {
    char[] typed = worth(bits / 6 - 1, bits % 6 + 6);
    Strength strength = Strength.ofPasscode(typed, List.of());
    assertThat(strength.bits()).isEqualTo(bits);
    assertThat(strength.level()).isEqualTo(level);
  }

  @Test
  void oneCharacterTooFewIsTooFewWhateverItIsWorth() {
    char[] nine = "äöüßéèêñç".toCharArray();
    assertThat(Strength.ofPasscode(nine, List.of()).refusal().token())
        .isEqualTo("passcode-weak-short");
    assertThat(Strength.ofPasscode("äöüßéèêñçå".toCharArray(), List.of()).accepted()).isTrue();
    assertThat(Strength.ofPassword("äöüßéèê".toCharArray(), List.of()).accepted()).isFalse();
    assertThat(Strength.ofPassword("äöüßéèêñ".toCharArray(), List.of()).accepted()).isTrue();
  }
}
