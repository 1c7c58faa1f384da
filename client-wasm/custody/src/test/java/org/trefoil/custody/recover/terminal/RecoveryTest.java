package org.trefoil.custody.recover.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.core.coins.TxOutput;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.core.psbt.PreviousTx;
import org.trefoil.core.psbt.Psbt;
import org.trefoil.core.psbt.UnsignedTx;
import org.trefoil.core.units.Hex;
import org.trefoil.core.units.Sats;
import org.trefoil.custody.recover.PaperWallet;

/** The whole way as a person at a keyboard walks it. */
class RecoveryTest {
  private static final PaperWallet WALLET = new PaperWallet("terminal", ScriptType.P2WSH);
  private static final String DESCRIPTOR = WALLET.cosigners().descriptor();
  private static final String TO = "bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080";
  private static final UnsignedTx PAYMENT =
      UnsignedTx.of(
          List.of(new Outpoint("ab".repeat(32), 0)),
          -1,
          List.of(new TxOutput(new Sats(250_000), WALLET.cosigners().scriptPubKey(0, 35))),
          0);

  @Test
  void c4TheSheetsAndAListOfCoinsGiveASignedTransactionWithNoServer() {
    Person person = new Person();
    person.types(
        DESCRIPTOR.replace("sortedmulti(2", "sortedmulti(3"),
        "regtest",
        DESCRIPTOR,
        "regtest",
        "yes",
        "nothing.json",
        "coins.txt",
        "",
        TO.replace("qw5", "qw6"),
        TO,
        "all",
        "2.5",
        "yes",
        "words",
        WALLET.words(KeyRole.BACKUP).replaceFirst("^\\w+", "zzzz"),
        WALLET.words(KeyRole.BACKUP),
        "words",
        WALLET.words(KeyRole.BACKUP),
        "sealed",
        WALLET.sealed().text(),
        "wrong passcode",
        PaperWallet.PASSCODE,
        "out");
    person.files.put("coins.txt", bytes(Hex.of(PAYMENT.bytes()) + "\n"));
    assertThat(person.recovers()).isTrue();
    assertThat(person.shown())
        .contains(
            "mistake at position 17, near",
            String.join(" ", WALLET.cosigners().words()),
            WALLET.cosigners().address(0, 0),
            "scantxoutset start",
            "Cannot read nothing.json",
            "0.00250000 BTC at " + WALLET.cosigners().address(0, 35),
            "pays ",
            "to " + TO,
            "2.5 sat/vB",
            "Word 1 is not in the list",
            "That is the backup key.",
            "The backup key is there already",
            String.join(" ", WALLET.sealed().words()),
            "That is the user key.",
            "not sent yet")
        .doesNotContain(PaperWallet.PASSCODE, WALLET.words(KeyRole.BACKUP));
    PreviousTx sent = PreviousTx.parse(Hex.parse(person.written("out.hex").strip()));
    assertThat(person.shown()).contains("Transaction id: " + sent.txid());
    assertThat(sent.outputs()).hasSize(1);
    assertThat(Psbt.parse(person.files.get("out.psbt")).unsignedTx().inputCount()).isEqualTo(1);
    assertThat(person.hidden)
        .hasSize(5)
        .allMatch(each -> Arrays.equals(each, new char[each.length]));
  }

  @Test
  void thePdfOfTheSheetsIsEnoughInsteadOfTyping() {
    Person person = new Person();
    person.files.put("Sheets.PDF", Walk.pdf("open sesame, please"));
    person.files.put("coins.txt", bytes(Hex.of(PAYMENT.bytes())));
    person.types(
        "Sheets.PDF",
        "not it",
        "open sesame, please",
        "yes",
        "coins.txt",
        "",
        TO,
        "0.001",
        WALLET.cosigners().address(0, 1),
        "0.0005",
        "",
        "1",
        "yes",
        "words",
        "yes",
        "sealed",
        PaperWallet.PASSCODE,
        "");
    assertThat(person.recovers()).isTrue();
    assertThat(person.shown())
        .contains(
            "That password does not open this PDF",
            "Network, as the PDF names it: regtest",
            "pays 0.00100000 BTC to " + TO,
            "pays 0.00050000 BTC to " + WALLET.cosigners().address(0, 1),
            "comes back to " + WALLET.cosigners().address(1, 0),
            "Transaction id: ");
  }

  @Test
  void sheetsOfTwoWalletsAreNotMixedAndThePersonSaysWhichItIs() {
    PaperWallet other = new PaperWallet("another terminal", ScriptType.P2WSH);
    Person person = new Person();
    person.files.put("one.pdf", Walk.pdf("open sesame, please"));
    person.files.put("coins.txt", bytes(Hex.of(PAYMENT.bytes())));
    person.types("one.pdf", "open sesame, please", "no");
    assertThat(person.recovers()).isFalse();
    person.files.put("b.pdf", Walk.sheetB(other));
    person.files.put("own-b.pdf", Walk.sheetB(WALLET));
    person.types(DESCRIPTOR, "regtest", "yes", "coins.txt", "", TO, "all", "1", "yes");
    person.types("sealed", "b.pdf", "no", "own-b.pdf", PaperWallet.PASSCODE, "none", "");
    assertThat(person.recovers()).isTrue();
    assertThat(person.shown())
        .contains(
            "These sheets belong to two wallets",
            "Read before: key set words “" + String.join(" ", WALLET.cosigners().words()),
            "Read now: key set words “" + String.join(" ", other.cosigners().words()),
            "That is the user key.");
  }

  @Test
  void aSpendMadeElsewhereIsShownAndGetsItsMissingSignature() {
    Person first = new Person();
    first.files.put("coins.txt", bytes(Hex.of(PAYMENT.bytes())));
    first.types(DESCRIPTOR, "regtest", "yes", "coins.txt", "", TO, "all", "1", "yes");
    first.types("words", WALLET.words(KeyRole.SERVER), "none", "half");
    assertThat(first.recovers()).isTrue();
    assertThat(first.shown()).contains("That is the server key.", "still needs 1 of the other");
    byte[] half = first.files.get("half.psbt");

    Person second = new Person();
    second.files.put("half.psbt", half);
    second.types(DESCRIPTOR, "regtest", "yes", "half.psbt", "yes");
    second.types("words", WALLET.words(KeyRole.USER), "");
    assertThat(second.recovers()).isTrue();
    assertThat(second.shown())
        .contains(
            "Signed already by the server key.", "to " + TO, "Key 1 of 1", "Transaction id: ");
  }

  @Test
  void withoutAYesNothingIsSigned() {
    for (int step = 0; step < 2; step++) {
      Person person = new Person();
      person.files.put("coins.txt", bytes(Hex.of(PAYMENT.bytes())));
      person.types(DESCRIPTOR, "regtest", step == 0 ? "no" : "yes");
      person.types("coins.txt", "", TO, "all", "1", "y", "words", WALLET.words(KeyRole.USER));
      assertThat(person.recovers()).isFalse();
      assertThat(person.shown()).doesNotContain("Transaction id", "user key.");
      assertThat(person.hidden).isEmpty();
    }
  }

  @Test
  void coinsOfNobodyEndInAnotherQuestion() {
    Person person = new Person();
    person.files.put("other.txt", bytes("[]"));
    person.files.put("bad.txt", bytes("what"));
    person.types(DESCRIPTOR, "mainnet", "regtest", "yes", "bad.txt", "other.txt", "");
    assertThat(person.recovers()).isFalse();
    assertThat(person.shown())
        .contains("no list of coins that is known here", "No coin of this wallet");
  }

  @Test
  void aFileThatIsThereIsNeverWrittenOver() {
    Person person = new Person();
    person.files.put("coins.txt", bytes(Hex.of(PAYMENT.bytes())));
    person.files.put("old.psbt", bytes("kept"));
    person.types(DESCRIPTOR, "regtest", "yes", "coins.txt", "", TO, "all", "1", "yes");
    person.types("words", WALLET.words(KeyRole.USER), "none", "old", "new");
    assertThat(person.recovers()).isTrue();
    assertThat(person.written("old.psbt")).isEqualTo("kept");
    assertThat(person.shown()).contains("Cannot write old.psbt", "Written: new.psbt");
  }

  @Test
  void moreCoinsThanOneTransactionHoldsGoInRoundsAndThePersonIsTold() {
    StringBuilder list = new StringBuilder("[");
    for (int i = 0; i < 1_200; i++) {
      list.append(i == 0 ? "" : ",")
          .append("{\"txid\":\"%064x\",\"vout\":0,\"amount\":0.0005,".formatted(i + 1))
          .append("\"address\":\"%s\"}".formatted(WALLET.cosigners().address(0, 0)));
    }
    Person person =
        new Person(DESCRIPTOR, "regtest", "yes", "coins.json", "", TO, "all", "1", "no");
    person.files.put("coins.json", bytes(list.append(']').toString()));
    assertThat(person.recovers()).isFalse();
    assertThat(person.said)
        .contains(
            "1200 coins, together 0.60000000 BTC.",
            "All of it takes 2 transactions, and this is the first, of the most",
            "valuable coins. Once it is in a block, ask for the coins again and go on.");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
