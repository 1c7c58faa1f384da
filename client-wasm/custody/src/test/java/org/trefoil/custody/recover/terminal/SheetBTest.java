package org.trefoil.custody.recover.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.trefoil.core.units.Network;
import org.trefoil.custody.bip39.Mnemonic;
import org.trefoil.custody.birth.Born;
import org.trefoil.custody.birth.TestBirths;
import org.trefoil.custody.envelope.v1.Opening;
import org.trefoil.custody.keys.UserSeed;
import org.trefoil.custody.passcode.Passcode;

class SheetBTest {
  private static final Born BORN = TestBirths.here(Network.REGTEST, "sheet b");
  private static final String SEALED = BORN.sealed().text();
  private static final String DESCRIPTOR = BORN.cosigners().descriptor();

  @Test
  void c4TheSheetAndThePasscodeGiveTheWordsOfTheDescriptorsUserKey() {
    Answers typist = new Answers(SEALED, "regtest", DESCRIPTOR, TestBirths.PASSCODE);
    assertThat(new SheetB(typist).open()).isTrue();
    assertThat(typist.shown())
        .contains(String.join(" ", BORN.sealed().words()))
        .contains(words())
        .contains("m/48'/1'/0'/2'")
        .contains(DESCRIPTOR)
        .contains(BORN.cosigners().address(0, 0));
    assertThat(typist.hidden).hasSize(1).allMatch(SheetBTest::wiped);
  }

  @Test
  void whatIsRefusedIsAskedAgain() {
    Answers typist =
        new Answers(
            SEALED.replace("trefoil1:V", "trefoil1:W"),
            "trefoil2:VEZT",
            SEALED.substring(0, 100) + "\t " + SEALED.substring(100),
            "Bitcoin",
            "regtest",
            DESCRIPTOR.replace("sortedmulti(2", "sortedmulti(1"),
            DESCRIPTOR.replace("wsh", "tr"),
            DESCRIPTOR);
    assertThat(new SheetB(typist).open()).isFalse();
    assertThat(typist.shown())
        .contains("Not a whole sealed key", "later Trefoil", "Not a network", "mistake");
  }

  @Test
  void aWrongPasscodeShowsNoWord() {
    Answers typist = new Answers(SEALED, "regtest", DESCRIPTOR, "zebra ladder", "a\u0301");
    assertThat(new SheetB(typist).open()).isFalse();
    assertThat(typist.shown())
        .contains("does not open", "Character 2 ")
        .doesNotContain(words().substring(0, words().indexOf('\n')));
    assertThat(typist.hidden).hasSize(2).allMatch(SheetBTest::wiped);
  }

  @Test
  void theDescriptorOfAnotherWalletShowsNoWord() {
    String other = TestBirths.here(Network.REGTEST, "another").cosigners().descriptor();
    Answers typist = new Answers(SEALED, "regtest", other, TestBirths.PASSCODE);
    assertThat(new SheetB(typist).open()).isFalse();
    assertThat(typist.shown())
        .contains("another user key")
        .doesNotContain(words().substring(0, words().indexOf('\n')));
  }

  private static boolean wiped(char[] typed) {
    return Arrays.equals(typed, new char[typed.length]);
  }

  /** As the program sets them: six a line. */
  private static String words() {
    try (Passcode passcode = Passcode.typed(TestBirths.PASSCODE.toCharArray());
        UserSeed seed = Opening.begin(BORN.sealed(), passcode, BORN.sealed().claimed()).run();
        Mnemonic words = seed.mnemonic()) {
      StringBuilder text = new StringBuilder();
      for (int i = 1; i <= 24; i++) {
        text.append(words.word(i)).append(i % 6 == 0 ? '\n' : ' ');
      }
      return text.toString().strip();
    }
  }
}
