package org.trefoil.custody.paper;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trefoil.core.export.ElectrumKey;
import org.trefoil.core.keys.CosignerKey;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.core.units.Network;
import org.trefoil.core.wire.KeySplit;
import org.trefoil.custody.keys.AccountKey;

/** The sheets as poppler, zbar and qpdf see them. */
class BackupSheetsTest {
  private static final double POINTS_OF_18_MM = 51;

  @TempDir Path folder;
  private PaperTools tools;

  @BeforeEach
  void tools() {
    tools = new PaperTools(folder);
  }

  private static byte[] render(BackupSheetContent content) {
    return BackupSheets.render(content, null, SheetFixture.none());
  }

  private Path practice() {
    return tools.file(
        "practice.pdf", render(SheetFixture.withWords(Network.REGTEST, "Holiday savings")));
  }

  private static String squeezed(String text) {
    return text.replaceAll("\\s+", "");
  }

  @Test
  void ownersAreCalledByNameAndSheetAOfFourKeysIsOnePage() {
    WalletFacts facts =
        SheetFixture.several(3, 4, List.of("Ann \u00C5ngstr\u00F6m", "\u0396\u03C9\u03AE"));
    BackupSheetContent content = BackupSheetContent.withColdKey(facts, SheetFixture.sealed());
    Path file = tools.file("named.pdf", render(content));
    String sheetA = tools.text(file, 1).replaceAll("\\s+", " ");
    assertThat(sheetA)
        .contains("Owner 1: Ann \u00C5ngstr\u00F6m (", "), reached by")
        .contains("Ann \u00C5ngstr\u00F6m; on a device of their own")
        .containsPattern("Owner 2 \\([0-9a-f]{8}\\) is")
        .contains("Each owner keeps a key and its backup", "page 1 of 1");
    assertThat(tools.text(file, 2)).contains("SHEET B", "Ann \u00C5ngstr\u00F6m");
  }

  @ParameterizedTest
  @CsvSource({"2,2", "2,4", "3,5", "7,7"})
  void sheetsOfSeveralOwnersNameEachKeyAndHowTheySpend(int threshold, int keys) {
    WalletFacts facts = SheetFixture.several(threshold, keys);
    BackupSheetContent content = BackupSheetContent.withColdKey(facts, SheetFixture.sealed());
    Path file = tools.file("several-" + threshold + "-" + keys + ".pdf", render(content));
    PaperTools.Run check = tools.run("qpdf", "--check", file.toString());
    assertThat(check.status()).as(check.out()).isZero();
    StringBuilder all = new StringBuilder();
    List<String> codes = new ArrayList<>();
    for (int page = 1; page <= tools.pages(file); page++) {
      all.append(tools.text(file, page));
      codes.addAll(tools.scan(file, page, 200));
    }
    assertThat(codes).filteredOn(facts.descriptor()::equals).hasSize(2);
    String text = all.toString();
    assertThat(text).contains("NO SECRET", threshold + " of " + keys);
    for (KeyFacts key : facts.keys()) {
      assertThat(squeezed(text)).contains(key.xpub());
    }
    assertThat(squeezed(text).contains("withoutitnothingcanbe")).isEqualTo(threshold == keys);
  }

  @ParameterizedTest
  @CsvSource({
    "MAINNET,P2WSH",
    "TESTNET,P2WSH",
    "SIGNET,P2WSH",
    "REGTEST,P2WSH",
    "MAINNET,P2SH_P2WSH",
    "MAINNET,P2SH",
    "REGTEST,P2SH"
  })
  void eachSheetIsOnePageThatQpdfFindsValid(Network network, ScriptType type) {
    Cosigners cosigners = SheetFixture.cosigners(network, type);
    WalletFacts facts =
        WalletFacts.of(
                cosigners, "Rent", SheetFixture.DATE, SheetFixture.HEIGHT, SheetFixture.RECOVERY)
            .withLauncher(SheetFixture.LAUNCHER);
    List<BackupSheetContent> contents =
        List.of(
            BackupSheetContent.withWords(
                facts, SheetFixture.sealed(), SheetFixture.wordCharacters()),
            BackupSheetContent.withColdKey(facts, SheetFixture.sealed()));
    for (BackupSheetContent content : contents) {
      byte[] pdf = render(content);
      Path file = tools.file("sheets.pdf", pdf);
      PaperTools.Run check = tools.run("qpdf", "--check", file.toString());
      assertThat(check.status()).as(check.out()).isZero();
      assertThat(tools.pages(file)).isEqualTo(2);
      assertThat(pdf).hasSizeLessThan(200_000);
      assertThat(tools.scan(file, 1, 150)).containsExactly(facts.descriptor());
      assertThat(tools.scan(file, 2, 150))
          .containsExactlyInAnyOrder(facts.descriptor(), SheetFixture.sealed().text());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {150, 200, 300})
  void codesScanBackToTheSameDescriptorAndSealedKey(int dpi) {
    String descriptor = SheetFixture.facts(Network.REGTEST, "").descriptor();
    Path pdf = practice();
    assertThat(tools.scan(pdf, 1, dpi)).containsExactly(descriptor);
    assertThat(tools.scan(pdf, 2, dpi))
        .containsExactlyInAnyOrder(descriptor, SheetFixture.sealed().text());
  }

  @Test
  void sheetAHasTheWordsInOrderAndCopiesThemAsOneLine() {
    String text = tools.text(practice(), 1);
    assertThat(text.lines()).contains(String.join(" ", SheetFixture.words()));
    assertThat(text).contains("SHEET A", "keep at place one", "BIP-0039", "m/48'/1'/0'/2'");
    assertThat(squeezed(text)).doesNotContain("trefoil1:");
  }

  @Test
  void sheetBHasTheSealedKeyAndNoWordOfTheBackupKey() {
    Path pdf = practice();
    String text = tools.text(pdf, 2);
    assertThat(text.lines()).contains(SheetFixture.sealed().text());
    assertThat(text).contains("SHEET B", "keep at a second place", "brave lantern quiz zebra");
    List<String> words = SheetFixture.words();
    for (int i = 1; i < words.size(); i++) {
      assertThat(text).doesNotContain(words.get(i - 1) + " " + words.get(i));
    }
    assertThat(text).doesNotContain("24 " + words.get(23), words.get(5) + "\n");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void bothSheetsSayWhatTheWalletIs(int page) {
    WalletFacts facts = SheetFixture.facts(Network.REGTEST, "Holiday savings");
    String text = tools.text(practice(), page);
    assertThat(text.lines()).contains(facts.descriptor(), facts.firstAddress());
    for (KeyFacts key : facts.keys()) {
      assertThat(text.lines()).contains(key.xpub());
      assertThat(text).contains(key.origin());
    }
    assertThat(text)
        .contains("Holiday savings", "2026-11-21", "block 905112", "regtest", "2 of 3")
        .contains("PRACTICE – no real money", "Native Segwit (P2WSH)")
        .contains(String.join(" ", facts.words()))
        .contains("User key", "Backup key", "Server key", "If Trefoil is gone")
        .contains("Sparrow", "Electrum", "importdescriptors", "This sheet alone.", "page 1 of 1");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void bothSheetsSayHowToTellTheFilesThatPeopleKeepFromForgedOnes(int page) {
    assertThat(SheetFixture.RECOVERY).hasSize(64).isNotEqualTo(SheetFixture.LAUNCHER);
    String text = tools.text(practice(), page);
    assertThat(text)
        .contains("sha256sum recovery.html", SheetFixture.RECOVERY)
        .contains("sha256sum launcher.html", SheetFixture.LAUNCHER);
  }

  @Test
  void realMoneyIsNotCalledPractice() {
    byte[] pdf = render(SheetFixture.withWords(Network.MAINNET, "Rent"));
    assertThat(tools.text(tools.file("main.pdf", pdf), 1))
        .doesNotContain("PRACTICE", "no real money")
        .contains("Bitcoin (mainnet)");
  }

  @Test
  void withAColdKeySheetAHasItsXpubAndNoSecret() {
    WalletFacts facts = SheetFixture.facts(Network.MAINNET, "Rent");
    byte[] pdf = render(SheetFixture.withColdKey(Network.MAINNET, "Rent"));
    String text = tools.text(tools.file("cold.pdf", pdf), 1);
    assertThat(text.lines()).contains(facts.keys().get(1).expression());
    assertThat(text)
        .contains("on your own device", "NO SECRET")
        .doesNotContain("24 words on sheet");
  }

  @Test
  void theElectrumFormIsTheServersKey() {
    for (ScriptType type : List.of(ScriptType.P2WSH, ScriptType.P2SH_P2WSH, ScriptType.P2SH)) {
      String xpub =
          SheetFixture.cosigners(Network.MAINNET, type).key(KeyRole.SERVER).xpub().base58();
      String prefix =
          switch (type) {
            case P2WSH -> "Zpub";
            case P2SH_P2WSH -> "Ypub";
            case P2SH -> "xpub";
          };
      String form = ElectrumKey.of(xpub, type, true);
      assertThat(form).startsWith(prefix);
      assertThat(org.trefoil.core.keys.Xpub.parse(form, Network.MAINNET).base58()).isEqualTo(xpub);
    }
  }

  @Test
  void everyPixelIsGrey() throws IOException {
    Path pdf = practice();
    for (int page = 1; page <= 2; page++) {
      byte[] pixels = Files.readAllBytes(tools.image(pdf, page, 75));
      int start = new String(pixels, 0, 20, StandardCharsets.ISO_8859_1).indexOf("255\n") + 4;
      for (int i = start; i < pixels.length; i += 3) {
        assertThat(pixels[i] == pixels[i + 1] && pixels[i] == pixels[i + 2]).isTrue();
      }
    }
  }

  @Test
  void allTextStaysWhereA4AndLetterBothPrint() {
    PaperTools.Run boxes = tools.run("pdftotext", "-bbox", practice().toString(), "-");
    Matcher word =
        Pattern.compile(
                "xMin=\"([\\d.]+)\" yMin=\"([\\d.]+)\" xMax=\"([\\d.]+)\" yMax=\"([\\d.]+)\">([^<]*)")
            .matcher(boxes.out());
    List<String> seen = new ArrayList<>();
    while (word.find()) {
      if (!word.group(5).equals("fold")) {
        seen.add(word.group(5));
        assertThat(Double.parseDouble(word.group(1))).isGreaterThanOrEqualTo(POINTS_OF_18_MM);
        assertThat(Double.parseDouble(word.group(3)))
            .as(word.group(5))
            .isLessThanOrEqualTo(PdfPage.WIDTH - POINTS_OF_18_MM + 0.5);
        assertThat(Double.parseDouble(word.group(2))).isGreaterThanOrEqualTo(50);
        assertThat(Double.parseDouble(word.group(4))).isLessThanOrEqualTo(PdfPage.HEIGHT - 49);
      }
    }
    assertThat(seen).hasSizeGreaterThan(300);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Ren\u00E9e\u2019s \u20AC (\\) [1]",
        "\u6211\u7684\u94B1\u5305",
        "\uD83C\uDF40 luck",
        "\u0141\u00F3d\u017A",
        "an endless name that goes on and on, beyond any width that a sheet of paper could have",
        "Unbreakableunbreakableunbreakableunbreakableunbreakable",
        "two\nlines\u202E",
        ""
      })
  void anyNamePrintsAndIsWholeInTheTitle(String name) {
    byte[] pdf = render(SheetFixture.withWords(Network.REGTEST, name));
    Path file = tools.file("name.pdf", pdf);
    assertThat(tools.run("qpdf", "--check", file.toString()).status()).isZero();
    assertThat(tools.pages(file)).isEqualTo(2);
    String shown = WinAnsi.printable(name);
    String text = tools.text(file, 1);
    if (shown.length() < 25) {
      assertThat(text).contains(shown);
    }
    assertThat(text.contains("Wallet’s name")).isEqualTo(!shown.equals(name));
    if (!name.contains("\n")) {
      assertThat(tools.info(file, "Title")).isEqualTo(("Trefoil backup: " + name).strip());
    }
  }

  @Test
  void theLongestKeySetWordsStayClearOfTheAddress() {
    WalletFacts facts = SheetFixture.facts(Network.REGTEST, "Rent");
    WalletFacts wide =
        new WalletFacts(
            facts.name(),
            facts.date(),
            facts.birthHeight(),
            facts.network(),
            facts.scriptType(),
            facts.threshold(),
            facts.keys(),
            facts.descriptor(),
            facts.firstAddress(),
            List.of("mushroom", "mountain", "swamping", "mosquito"),
            facts.recoveryDigest(),
            facts.launcherDigest());
    byte[] pdf =
        render(
            BackupSheetContent.withWords(
                wide, SheetFixture.sealed(), SheetFixture.wordCharacters()));
    Path file = tools.file("wide.pdf", pdf);
    Matcher last =
        Pattern.compile("xMax=\"([\\d.]+)\" yMax=\"[\\d.]+\">mosquito")
            .matcher(tools.run("pdftotext", "-bbox", file.toString(), "-").out());
    assertThat(last.find()).isTrue();
    assertThat(Double.parseDouble(last.group(1))).isLessThan(SheetLayout.LEFT + 182);
  }

  @Test
  void nothingOfTheMachineIsInTheFile() {
    List<String> keys = new ArrayList<>();
    for (String line : tools.run("pdfinfo", "-isodates", practice().toString()).out().split("\n")) {
      keys.add(line.substring(0, Math.max(0, line.indexOf(':'))));
    }
    assertThat(keys)
        .contains("Title", "Producer", "CreationDate")
        .doesNotContain("Creator", "Author", "ModDate");
    assertThat(tools.info(practice(), "Producer")).isEqualTo("Trefoil");
  }

  @Test
  void theSameContentGivesTheSameBytes() {
    assertThat(render(SheetFixture.withWords(Network.REGTEST, "Rent")))
        .isEqualTo(render(SheetFixture.withWords(Network.REGTEST, "Rent")));
  }

  @Test
  void sevenKeysFlowOntoMorePagesAndStillScan() {
    List<CosignerKey> keys = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      KeyRole role = i == 0 ? KeyRole.USER : i == 6 ? KeyRole.SERVER : KeyRole.BACKUP;
      try (AccountKey key =
          AccountKey.ofMaster(
              role, Network.MAINNET, SheetFixture.seed("k" + i), SheetFixture.seed("c" + i))) {
        keys.add(key.cosignerKey());
      }
    }
    Cosigners cosigners = new Cosigners(Network.MAINNET, ScriptType.P2WSH, 4, keys);
    WalletFacts facts =
        WalletFacts.of(cosigners, "Board", SheetFixture.DATE, 1, SheetFixture.RECOVERY);
    Path file =
        tools.file(
            "seven.pdf",
            render(
                BackupSheetContent.withWords(
                    facts, SheetFixture.sealed(), SheetFixture.wordCharacters())));
    assertThat(tools.run("qpdf", "--check", file.toString()).status()).isZero();
    List<String> scanned = new ArrayList<>();
    String text = "";
    for (int page = 1; page <= tools.pages(file); page++) {
      scanned.addAll(tools.scan(file, page, 200));
      text += tools.text(file, page);
    }
    assertThat(scanned)
        .containsExactlyInAnyOrder(
            facts.descriptor(), facts.descriptor(), SheetFixture.sealed().text());
    assertThat(text).contains("4 of 7", "SHEET A, continued", "page 2 of 2");
  }

  @ParameterizedTest
  @EnumSource(Network.class)
  void theContentWipesItsWordsAndNeverPrintsItself(Network network) {
    BackupSheetContent content = SheetFixture.withWords(network, "Rent");
    assertThat(content.toString()).isEqualTo("BackupSheetContent[redacted]");
    char[][] held = content.words();
    content.close();
    assertThat(held).isNotNull();
    for (char[] word : held) {
      assertThat(word).containsOnly('\0');
    }
  }

  @Test
  void sheetBAloneIsOnePageWithTheNewEnvelopeAndSaysWhereTheBackupKeyIs() {
    sheetB(true, null, "Sheet 2 of 2", "on your own device");
    sheetB(false, KeySplit.WHOLE, "Sheet 2 of 2", "the 24 words on sheet A");
    sheetB(false, new KeySplit(2, 3), "Sheet 4 of 4", "any 2 of sheets A1 to A3");
    sheetB(false, new KeySplit(16, 16), "Sheet 17 of 17", "all of sheets A1 to A16");
    String older = sheetB(false, null, "Printed again", "or on enough of sheets A1, A2 and so on");
    assertThat(older).doesNotContain("of 2 ", "24 words on sheet A");
  }

  private String sheetB(
      boolean cold, @Nullable KeySplit split, String ordinal, String backupKeyPlace) {
    WalletFacts facts = SheetFixture.facts(Network.REGTEST, "Rent");
    byte[] pdf = BackupSheets.renderSheetB(facts, SheetFixture.sealed(), cold, split);
    Path file = tools.file("sheet-b.pdf", pdf);
    assertThat(tools.pages(file)).isEqualTo(1);
    assertThat(tools.scan(file, 1, 150))
        .containsExactlyInAnyOrder(facts.descriptor(), SheetFixture.sealed().text());
    assertThat(pdf).isEqualTo(BackupSheets.renderSheetB(facts, SheetFixture.sealed(), cold, split));
    String text = tools.text(file, 1).replaceAll("\\s+", " ");
    assertThat(text).contains("SHEET B", ordinal, backupKeyPlace);
    assertThat(text.contains("A1")).isEqualTo(!cold && !KeySplit.WHOLE.equals(split));
    return text;
  }
}
