package org.trefoil.custody.recover.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.core.coins.TxOutput;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.core.psbt.PreviousTx;
import org.trefoil.core.psbt.UnsignedTx;
import org.trefoil.core.units.Hex;
import org.trefoil.core.units.Network;
import org.trefoil.core.units.Sats;
import org.trefoil.custody.bip39.Mnemonic;
import org.trefoil.custody.birth.Born;
import org.trefoil.custody.birth.TestBirths;
import org.trefoil.custody.entropy.TestEntropy;
import org.trefoil.custody.paper.BackupSheetContent;
import org.trefoil.custody.paper.BackupSheets;
import org.trefoil.custody.paper.SealedKeyFacts;
import org.trefoil.custody.paper.WalletFacts;
import org.trefoil.custody.recover.PaperWallet;

/** What people do at the terminal: the files they have, all that they type, and in what order. */
enum Walk {
  /** Everything typed, most of it wrong at first. */
  TYPED(
      person -> {
        person.files.put("coins.txt", bytes(Hex.of(payment(wallet(), 35, 250_000).bytes())));
        person.types(
            descriptor().replace("sortedmulti(2", "sortedmulti(3"),
            "bitcoin",
            "regtest",
            descriptor(),
            "regtest",
            "yes",
            "nothing.json",
            "coins.txt",
            "",
            to().replace("qw5", "qw6"),
            to(),
            "much",
            "all",
            "2.5",
            "yes",
            "words",
            wallet().words(KeyRole.BACKUP).replaceFirst("^\\w+", "zzzz"),
            wallet().words(KeyRole.BACKUP),
            "sealed",
            wallet().sealed().text() + "x",
            wallet().sealed().text());
        person.types("wrong passcode", PaperWallet.PASSCODE, "out");
      },
      Person::recovers),
  /** Out of the PDF, to two recipients. */
  PDF(
      person -> {
        person.files.put("Sheets.PDF", pdf("open sesame, please"));
        person.files.put("torn.pdf", bytes("%PDF-1.4 torn"));
        person.files.put("coins.txt", bytes(Hex.of(payment(wallet(), 35, 250_000).bytes())));
        person.types("none.pdf", "torn.pdf", "Sheets.PDF", "not it", "open sesame, please", "yes");
        person.types("coins.txt", "", to(), "0.001", wallet().cosigners().address(0, 1));
        person.types("0.0005", "", "1", "yes", "words", "yes", "sealed", PaperWallet.PASSCODE);
      },
      Person::recovers),
  /** Sheet B of another wallet, a key twice, and files that are there already. */
  HALF(
      person -> {
        person.files.put("coins.txt", bytes(Hex.of(payment(wallet(), 35, 250_000).bytes())));
        person.files.put("other.pdf", sheetB(other()));
        person.files.put("own.pdf", sheetB(wallet()));
        person.files.put("old.psbt", bytes("kept"));
        person.types(descriptor(), "regtest", "yes", "coins.txt", "", to(), "all", "1", "yes");
        person.types("what", "sealed", "other.pdf", "no", "own.pdf");
        person.types(PaperWallet.PASSCODE, "words", wallet().words(KeyRole.USER), "none");
        person.types("old", "new");
      },
      Person::recovers),
  /** Sheet B of another wallet, which is taken for the right one. */
  TWO_WALLETS(
      person -> {
        person.files.put("coins.txt", bytes(Hex.of(payment(wallet(), 35, 250_000).bytes())));
        person.files.put("two.pdf", sheetB(other()));
        person.types(descriptor(), "regtest", "no");
        assertThat(person.recovers()).isFalse();
        person.types(descriptor(), "regtest", "yes", "coins.txt", "", to(), "all", "1", "yes");
        person.types("sealed", "two.pdf", "yes", PaperWallet.PASSCODE);
      },
      Person::recovers),
  /** A spend that the server key signed elsewhere, as a file of either kind. */
  BROUGHT(
      person -> {
        byte[] half = half();
        person.files.put("half.psbt", half);
        person.files.put("half.txt", bytes(Base64.getEncoder().encodeToString(half)));
        person.files.put("foreign.txt", bytes("cHNidP8BAAAA"));
        person.types(descriptor(), "regtest", "yes", "half.txt", "no");
        assertThat(person.recovers()).isFalse();
        person.types(descriptor(), "regtest", "yes", "foreign.txt", "half.psbt", "yes", "words");
        person.types(wallet().words(KeyRole.USER), "words", wallet().words(KeyRole.BACKUP), "");
      },
      Person::recovers),
  /** An Esplora server, which does not take the transaction. */
  ONLINE(
      person -> {
        person.types(descriptor(), "regtest", "yes", to(), "all", "1", "yes", "words");
        person.types(wallet().words(KeyRole.USER), "words", wallet().words(KeyRole.BACKUP));
        person.types("yes", "");
      },
      person -> person.recovers(new EsploraSource(explorer(400)))),
  ONLINE_AND_NOT_SENT(
      person -> {
        person.types(descriptor(), "regtest", "yes", to(), "all", "1", "yes", "words");
        person.types(wallet().words(KeyRole.USER), "words", wallet().words(KeyRole.BACKUP));
        person.types("no", "");
      },
      person -> person.recovers(new EsploraSource(explorer(200)))),
  /** A server that answers something else. */
  ONLINE_IN_VAIN(
      person -> {
        person.types(descriptor(), "regtest", "yes");
        assertThat(person.recovers(new EsploraSource(nobody(503, " busy ")))).isFalse();
        person.types(descriptor(), "regtest", "yes");
        assertThat(person.recovers(new EsploraSource(nobody(404, "")))).isFalse();
        person.types(descriptor(), "regtest", "yes");
      },
      person -> person.recovers(new EsploraSource(nobody(200, "what")))),
  /** Every reason for which a coin is not spent. */
  LISTS(
      person -> {
        UnsignedTx unlisted = payment(wallet(), 3, 30_000);
        UnsignedTx spent = payment(wallet(), 4, 40_000);
        UnsignedTx spender =
            UnsignedTx.of(
                List.of(new Outpoint(txid(spent), 0)),
                -1,
                List.of(new TxOutput(new Sats(39_000), new byte[] {0x51})),
                0);
        String coin = "{\"txid\":\"%s\",\"vout\":0,\"amount\":0.1,\"confirmations\":0%s}";
        person.files.put(
            "scan.json",
            bytes(
                "{\"success\":true,\"height\":200,\"unspents\":["
                    + scanned(payment(wallet(), 0, 10_000), 0, false)
                    + ","
                    + scanned(payment(wallet(), 1, 20_000), 1, true)
                    + ","
                    + scanned(spent, 4, false)
                    + "]}"));
        person.files.put(
            "list.json",
            bytes(
                "["
                    + coin.formatted("cd".repeat(32), "")
                    + ","
                    + coin.formatted(
                        "ef".repeat(32), ",\"address\":\"1BoatSLRHtKNngkdXEeobR76b53LETtpyT\"")
                    + "]"));
        person.files.put(
            "raw.txt", bytes(Hex.of(unlisted.bytes()) + " " + Hex.of(spender.bytes())));
        person.files.put(
            "esplora.txt",
            bytes(
                wallet().cosigners().address(0, 9)
                    + "\n[{\"txid\":\""
                    + "12".repeat(32)
                    + "\",\"vout\":7,\"value\":90000,\"status\":{\"confirmed\":false}}]"));
        person.files.put("none.json", bytes("[]"));
        person.types(descriptor(), "regtest", "yes", "", "none.json", "", "raw.txt", "scan.json");
        person.types("list.json", "esplora.txt", "", to(), "0.0005", "", "3", "no");
      },
      Person::recovers),
  /** A wallet without witnesses. */
  OLD_FORM(
      person -> {
        PaperWallet old = new PaperWallet("old form", ScriptType.P2SH);
        UnsignedTx payment = payment(old, 2, 70_000);
        String script = Hex.of(old.cosigners().scriptPubKey(0, 2));
        person.files.put(
            "scan.json",
            bytes(
                ("{\"unspents\":[{\"txid\":\"%s\",\"vout\":0,\"amount\":0.0007,"
                        + "\"scriptPubKey\":\"%s\",\"height\":1}]}")
                    .formatted(txid(payment), script)));
        person.files.put("raw.txt", bytes(Hex.of(payment.bytes())));
        person.types(old.cosigners().descriptor(), "regtest", "yes", "scan.json", "", "scan.json");
        person.types("raw.txt", "", to(), "0.0006", "", "5", "no");
      },
      Person::recovers),
  /** A split wallet's own sheets make its backup key. */
  RECOVER_SHARES(
      person -> {
        Cosigners cosigners = split().cosigners();
        UnsignedTx payment =
            UnsignedTx.of(
                List.of(new Outpoint("ab".repeat(32), 5)),
                -1,
                List.of(new TxOutput(new Sats(60_000), cosigners.scriptPubKey(1, 5))),
                0);
        person.files.put("sheets.pdf", sharesPdf());
        person.files.put("coins.txt", bytes(Hex.of(payment.bytes())));
        person.types("sheets.pdf", "yes", "coins.txt", "", to(), "all", "1", "yes", "shares");
        person.types("sealed", TestBirths.PASSCODE, "");
      },
      Person::recovers),
  /** A split key's words, by a sheet too few at first. */
  SHARES(
      person -> {
        person.files.put("torn.pdf", bytes("%PDF-1.4 torn"));
        person.types("torn.pdf", "", share(3), share(3), share(1).replaceFirst("^\\w+", "zzzz"));
        person.types(share(1), split().cosigners().descriptor(), "regtest");
      },
      person -> new Shares(person.talk()).show()),
  /** The same out of a PDF, which names the wallet. */
  SHARES_OF_A_PDF(
      person -> {
        person.files.put("sheets.pdf", sharesPdf());
        person.types("sheets.pdf");
      },
      person -> new Shares(person.talk()).show()),
  /** Somebody else's descriptor, and then none. */
  SHARES_ALONE(
      person -> {
        person.types("", share(2), share(1), descriptor(), "regtest", "");
      },
      person -> new Shares(person.talk()).show()),
  KEY_OF_WORDS(
      person -> {
        person.types("bitcoin", "signet", "cards", "dice", "1234", "123456".repeat(17), "stone");
        person.types("words", "", "zoo zoo", Answers.SHOWN_WORDS);
      },
      person -> new KeyMaker(person.talk(), TestEntropy.named("walk")).make()),
  KEY_OF_SHARES(
      person -> {
        person.files.put("there.pdf", bytes("kept"));
        person.types("mainnet", "coins", "01".repeat(128), "shares", "x", "3", "9", "3", "2");
        person.types("there.pdf", "key.pdf", Answers.SHOWN_SHARE + 1, Answers.SHOWN_SHARE + 1);
        person.types(Answers.SHOWN_SHARE + 2, Answers.SHOWN_SHARE + 3);
      },
      person -> new KeyMaker(person.talk(), TestEntropy.named("walk")).make()),
  SIGN_WITH_WORDS(
      person ->
          person.types(
              "bitcoin",
              "regtest",
              "",
              wallet().words(KeyRole.BACKUP).substring(9),
              wallet().words(KeyRole.BACKUP),
              "naïve",
              "Trefoil asks"),
      person -> new KeyMaker(person.talk(), TestEntropy.named("unused")).sign()),
  SIGN_WITH_SHARES(
      person -> person.types("regtest", "shares", share(2), share(3), "Trefoil asks"),
      person -> new KeyMaker(person.talk(), TestEntropy.named("unused")).sign()),
  SHEET_B(
      person -> {
        person.types("trefoil2:VEZT", wallet().sealed().text(), "Bitcoin", "regtest");
        person.types(descriptor().replace("2,", "1,"), descriptor());
        person.types("zebra", "a\u0301", PaperWallet.PASSCODE);
      },
      person -> new SheetB(person).open());

  private static final String TO = "bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080";
  private static final PaperWallet WALLET = new PaperWallet("terminal", ScriptType.P2WSH);
  private static final PaperWallet OTHER = new PaperWallet("another terminal", ScriptType.P2WSH);
  private static final Born SPLIT = TestBirths.split(Network.REGTEST, "shares", 2, 3);

  private static byte @Nullable [] half;

  private final Consumer<Person> prepare;
  private final Predicate<Person> walk;

  Walk(Consumer<Person> prepare, Predicate<Person> walk) {
    this.prepare = prepare;
    this.walk = walk;
  }

  /** Lays out the files and types; whether it came to what was wanted. */
  boolean goes(Person person) {
    prepare.accept(person);
    return walk.test(person);
  }

  private static String to() {
    return TO;
  }

  private static PaperWallet wallet() {
    return WALLET;
  }

  private static PaperWallet other() {
    return OTHER;
  }

  private static Born split() {
    return SPLIT;
  }

  private static String descriptor() {
    return WALLET.cosigners().descriptor();
  }

  private static UnsignedTx payment(PaperWallet wallet, int index, long sats) {
    byte[] script = wallet.cosigners().scriptPubKey(Cosigners.RECEIVE, index);
    List<TxOutput> outputs = List.of(new TxOutput(new Sats(sats), script));
    return UnsignedTx.of(List.of(new Outpoint("ab".repeat(32), index)), -1, outputs, 0);
  }

  private static String txid(UnsignedTx tx) {
    return PreviousTx.parse(tx.bytes()).txid();
  }

  private static String scanned(UnsignedTx tx, int index, boolean coinbase) {
    return "{\"txid\":\"%s\",\"vout\":0,\"scriptPubKey\":\"%s\",\"amount\":%s,"
            .formatted(
                txid(tx),
                Hex.of(WALLET.cosigners().scriptPubKey(Cosigners.RECEIVE, index)),
                PreviousTx.parse(tx.bytes()).outputs().get(0).value().btc())
        + "\"coinbase\":%s,\"height\":150}".formatted(coinbase);
  }

  private static byte[] half() {
    if (half == null) {
      Person first = new Person();
      HALF.goes(first);
      half = first.files.get("new.psbt");
    }
    return half.clone();
  }

  /** Knows one coin, and answers this to a transaction. */
  private static Line explorer(int sent) {
    UnsignedTx payment = payment(WALLET, 1, 120_000);
    String address = "/address/" + WALLET.cosigners().address(Cosigners.RECEIVE, 1);
    Map<String, String> answers =
        Map.of(
            address,
            "{\"chain_stats\":{\"tx_count\":1},\"mempool_stats\":{\"tx_count\":0}}",
            address + "/utxo",
            "[{\"txid\":\"%s\",\"vout\":0,\"value\":120000,\"status\":{\"confirmed\":true}}]"
                .formatted(txid(payment)),
            "/tx/" + txid(payment) + "/hex",
            Hex.of(payment.bytes()));
    String unused = "{\"chain_stats\":{\"tx_count\":0},\"mempool_stats\":{\"tx_count\":0}}";
    return line(
        (path, body) ->
            path.equals("/tx")
                ? new Line.Reply(sent, "sendrawtransaction: " + body.length() / 1000)
                : new Line.Reply(200, answers.getOrDefault(path, unused)));
  }

  private static Line nobody(int status, String text) {
    return line((path, body) -> new Line.Reply(status, text));
  }

  private static Line line(BiFunction<String, String, Line.Reply> answers) {
    return new Line() {
      @Override
      public String name() {
        return "explorer.example";
      }

      @Override
      public Reply ask(String path, String body) {
        return answers.apply(path, body);
      }
    };
  }

  private static WalletFacts facts(Cosigners cosigners) {
    return WalletFacts.of(cosigners, "Ada", "2026-11-21", 1, "0".repeat(64));
  }

  static byte[] sheetB(PaperWallet wallet) {
    SealedKeyFacts sealed = SealedKeyFacts.of(wallet.sealed());
    return BackupSheets.renderSheetB(facts(wallet.cosigners()), sealed, false, null);
  }

  static byte[] pdf(String password) {
    try (Mnemonic words = Mnemonic.parse(WALLET.words(KeyRole.BACKUP).toCharArray());
        BackupSheetContent content =
            BackupSheetContent.withWords(
                facts(WALLET.cosigners()), SealedKeyFacts.of(WALLET.sealed()), words.words())) {
      return BackupSheets.render(content, password.toCharArray(), TestEntropy.named("pdf"));
    }
  }

  private static byte[] sharesPdf() {
    char[][][] shares = new char[3][][];
    for (int i = 0; i < shares.length; i++) {
      shares[i] = SPLIT.backupShares().words(i + 1);
    }
    try (BackupSheetContent content =
        BackupSheetContent.withShares(
            facts(split().cosigners()), SealedKeyFacts.of(SPLIT.sealed()), 2, shares)) {
      return BackupSheets.render(content, null, TestEntropy.named("pdf"));
    }
  }

  private static String share(int number) {
    List<String> words = new ArrayList<>();
    for (char[] word : SPLIT.backupShares().words(number)) {
      words.add(new String(word));
    }
    return String.join(" ", words);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
