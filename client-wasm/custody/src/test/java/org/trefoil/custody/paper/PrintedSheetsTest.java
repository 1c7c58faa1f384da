package org.trefoil.custody.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.trefoil.core.RefusedException;
import org.trefoil.core.units.Network;

/** What was printed is read back, and nothing else is taken for a sheet. */
class PrintedSheetsTest {
  private static final String PASSWORD = "correct horse (battery) \\ staple";
  private static final byte[] PLAIN =
      BackupSheets.render(
          SheetFixture.withWords(Network.REGTEST, "Ada's (\\) wallet"), null, SheetFixture.none());

  @Test
  void wordsDescriptorAndSealedKeyComeBackAsTheyWerePrinted() {
    List<String> texts = texts(PLAIN, null);
    assertThat(texts)
        .contains(
            String.join(" ", SheetFixture.words()),
            SheetFixture.facts(Network.REGTEST, "x").descriptor(),
            SheetFixture.sealed().text());
  }

  @Test
  void anEncryptedFileOpensWithItsPasswordAlone() {
    byte[] pdf =
        BackupSheets.render(
            SheetFixture.withWords(Network.MAINNET, "safe"),
            PASSWORD.toCharArray(),
            SheetFixture.counting());
    assertThat(texts(pdf, PASSWORD)).contains(String.join(" ", SheetFixture.words()));
    refused(pdf, null, "pdf-password-needed");
    refused(pdf, "wrong", "pdf-password-wrong");
    refused(pdf, "", "pdf-password-length");
    assertThat(new String(pdf, StandardCharsets.ISO_8859_1)).doesNotContain("trefoil1:");
  }

  @Test
  void theSheetOfAColdKeySaysItsXpub() {
    byte[] pdf =
        BackupSheets.render(
            SheetFixture.withColdKey(Network.REGTEST, "cold"), null, SheetFixture.none());
    assertThat(texts(pdf, null)).anyMatch(text -> text.startsWith("["));
  }

  @Test
  void theNetworkIsReadAsTheSheetNamesItWhateverTheWalletIsCalled() {
    for (Network network : Network.values()) {
      for (String name : List.of("Network", "regtest", "(Network) Tj ET")) {
        byte[] pdf =
            BackupSheets.render(SheetFixture.withWords(network, name), null, SheetFixture.none());
        try (PrintedTexts texts = PrintedSheets.read(pdf, null)) {
          assertThat(texts.network()).isEqualTo(network);
        }
      }
    }
  }

  @Test
  void otherFilesAreRefusedPlainly() {
    refused(new byte[0], null, "pdf-not-ours");
    refused("%PDF-1.4\n%%EOF\n".getBytes(StandardCharsets.US_ASCII), null, "pdf-not-ours");
    String printed =
        new String(PLAIN, StandardCharsets.ISO_8859_1).replace("/ActualText", "/ActualTxet");
    refused(printed.getBytes(StandardCharsets.ISO_8859_1), null, "pdf-not-ours");
  }

  @Test
  void damagedFilesEndInARefusalOrInTextsAndInNothingElse() {
    Random random = new Random(1_7);
    for (int i = 0; i < 400; i++) {
      byte[] bent =
          i % 2 == 0 ? PLAIN.clone() : java.util.Arrays.copyOf(PLAIN, random.nextInt(PLAIN.length));
      for (int k = random.nextInt(40); k > 0 && bent.length > 0; k--) {
        int tail = random.nextBoolean() ? Math.max(0, bent.length - 2_000) : 0;
        bent[tail + random.nextInt(bent.length - tail)] = (byte) random.nextInt(256);
      }
      try (PrintedTexts texts = PrintedSheets.read(bent, null)) {
        assertThat(texts.texts()).isNotEmpty();
      } catch (RefusedException e) {
        assertThat(e).hasMessageStartingWith("pdf-");
      }
    }
  }

  @Test
  void whatWasReadIsWiped() {
    PrintedTexts texts = PrintedSheets.read(PLAIN, null);
    List<char[]> kept = texts.texts();
    texts.close();
    assertThat(kept).isNotEmpty().allMatch(text -> new String(text).isBlank() || text[0] == '\0');
    assertThat(texts).hasToString("PrintedTexts[redacted]");
  }

  private static List<String> texts(byte[] pdf, @Nullable String password) {
    try (PrintedTexts texts =
        PrintedSheets.read(pdf, password == null ? null : password.toCharArray())) {
      List<String> all = new ArrayList<>();
      for (char[] text : texts.texts()) {
        all.add(new String(text));
      }
      return all;
    }
  }

  private static void refused(byte[] pdf, @Nullable String password, String token) {
    assertThatThrownBy(() -> texts(pdf, password))
        .isInstanceOf(RefusedException.class)
        .hasMessage(token);
  }
}
