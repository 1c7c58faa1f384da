package org.trefoil.custody.paper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.Hashes;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.core.units.Hex;
import org.trefoil.core.units.Network;
import org.trefoil.core.wire.KeySplit;

/**
 * What was printed once is printed the same, byte for byte, by every release and on every machine.
 * Whoever means to change a sheet looks at each of these papers and then writes down what it is.
 */
class SamePaperTest {
  /** One of each kind, by its SHA-256. */
  enum Paper {
    WORDS(
        "a76d68f33a6e666d4a86ad232c155ecaeeafaa5ab3504968229362e5ab28aa7d",
        () -> sheets(SheetFixture.withWords(Network.MAINNET, "Savings"))),
    WORDS_UNDER_A_PASSWORD(
        "ff215afb253b6dfbb223e49d31b6d094c1ee06a926331dbe6f6e049c138b933a",
        SampleSheets::encrypted),
    COLD_KEY(
        "64ef4021537926f2132ba7aaa334987ad794a45eec003054d7887e747e516456",
        () -> sheets(SheetFixture.withColdKey(Network.REGTEST, "Ledger's"))),
    SHARES(
        "14111de288b028220238589270ffdf3bc781343b8ed579fe0192dbbebb1d2267",
        () ->
            sheets(
                BackupSheetContent.withShares(
                    SheetFixture.facts(Network.REGTEST, "Savings"),
                    SheetFixture.sealed(),
                    2,
                    SheetFixture.shares(2, 3)))),
    OWNERS(
        "8080492efb98cd82543e6380ba0266761a9974f7ef21174d14887df84e40b713",
        () ->
            sheets(
                BackupSheetContent.withColdKey(
                    SheetFixture.several(4, 7, List.of("Ann", "Bob", "Cleo", "Dan", "Eve")),
                    SheetFixture.sealed()))),
    SHEET_B_OF_SHARES(
        "2c5fd74bf9f6deffb3aa0cf3893ac717f48f458df7c0abfe3cd6cd8eaacf5613",
        () -> sheetB(new KeySplit(3, 5))),
    SHEET_B_OF_WORDS(
        "bacaf7a2fb2a30be2ec8808856e40ca70366bf11318d304fb5eebe12dbfbe6ba",
        () -> sheetB(KeySplit.WHOLE)),
    KEY_OF_WORDS(
        "36d02bcd3e4caa827c68125ad7812157999ae1dc5253e935dd1a823273cc8925",
        () -> KeySheets.ofWords(key(), Network.MAINNET, SheetFixture.wordCharacters())),
    KEY_OF_SHARES(
        "80ea3d3f9fb7600f2c00f7d8d165d697f7eb9f90b220c937a0bbc6f89b08bb0f",
        () -> KeySheets.ofShares(key(), Network.MAINNET, 2, SheetFixture.shares(2, 3)));

    private final String sha256;
    private final Supplier<byte[]> print;

    Paper(String sha256, Supplier<byte[]> print) {
      this.sha256 = sha256;
      this.print = print;
    }
  }

  private static byte[] sheets(BackupSheetContent content) {
    return BackupSheets.render(content, null, SheetFixture.none());
  }

  private static byte[] sheetB(KeySplit split) {
    return BackupSheets.renderSheetB(
        SheetFixture.facts(Network.REGTEST, "Savings"), SheetFixture.sealed(), false, split);
  }

  private static KeyFacts key() {
    Cosigners cosigners = SheetFixture.cosigners(Network.MAINNET, ScriptType.P2WSH);
    return new KeyFacts(KeyRole.BACKUP, cosigners.key(KeyRole.BACKUP).expression(), "Ann's");
  }

  @ParameterizedTest
  @EnumSource
  void whatWasPrintedOnceIsPrintedTheSame(Paper paper) {
    assertThat(Hex.of(Hashes.sha256(paper.print.get()))).isEqualTo(paper.sha256);
  }
}
