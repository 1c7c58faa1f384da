package org.trefoil.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bitcoinj.base.BitcoinNetwork.REGTEST;

import io.nayuki.qrcodegen.QrCode;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.bitcoinj.base.Coin;
import org.bitcoinj.core.Transaction;
import org.bitcoinj.core.TransactionOutput;
import org.bitcoinj.crypto.ECKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.openqa.selenium.WebElement;
import org.trefoil.core.sweep.LoneScript;
import org.trefoil.core.units.Hex;
import org.trefoil.e2e.audit.Looks;
import org.trefoil.e2e.evil.Needles;
import org.trefoil.e2e.harness.Browser;
import org.trefoil.e2e.harness.ManInTheMiddle;
import org.trefoil.e2e.person.Person;

/**
 * Coins of a key from elsewhere come into a wallet on a real node, and the key stays in the vault.
 */
@EnabledIfSystemProperty(
    named = "trefoil.bitcoind",
    matches = ".+",
    disabledReason = "NO BITCOIND: run e2e/verify, which installs one and runs this journey")
final class ForeignKeyIT {
  /** BIP-0038 of the key 4711 for regtest under this passphrase. */
  private static final String BIP38 = "6PYU2qzG6eGRi5nKZwd5H3gXPDWwLSsLdxKrcCaPURjC2nq5LhikM5mbDv";

  private static final String PASSPHRASE = "MOLON LABE";

  @Test
  void coinsOnEveryScriptOfAPaperKeyComeInAndTheKeyNeverLeavesTheVault() {
    ECKey plain = ECKey.fromPrivate(BigInteger.valueOf(8_154_711), true);
    ECKey sealed = ECKey.fromPrivate(BigInteger.valueOf(4711), true);
    try (BitcoindWorld world = new BitcoindWorld();
        ManInTheMiddle middle = ManInTheMiddle.inFrontOf(world.server().origin());
        Browser browser = Browser.open()) {
      Person ada = new Person(browser, middle.origin(), "ada@example.org");
      ada.signsUp().makesWallet("Savings");
      String address = ada.receives(); // this browser knows the key set from now on
      pay(world, scripts(plain), "0.01");
      pay(world, scripts(sealed).subList(0, 1), "0.02");

      begin(browser, middle, ada);
      browser.see("foreign-key").sendKeys("K" + "x".repeat(51));
      browser.click("foreign-look");
      browser.refusal("foreign-key-checksum");
      browser.see("foreign-key").clear();
      browser.see("foreign-key").sendKeys(plain.getPrivateKeyEncoded(REGTEST).toString());
      browser.click("foreign-look");
      assertThat(browser.read("sweep-total")).startsWith("0.06000000");
      assertThat(browser.texts("sweep-from")).hasSize(6);
      assertThat(Looks.inside(browser, "bring-in")).isEmpty();
      assertThat(Looks.at(browser, "bring-in")).isEmpty();
      browser.enterVault();
      browser.click("sweep-sign");
      arrives(world, ada, browser, "0.05");

      begin(browser, middle, ada);
      browser.choose("foreign-picture", picture(List.of(address)));
      browser.refusal("foreign-key-malformed");
      String asked = "bitcoin:" + address + "?label=paper+wallet";
      browser.choose("foreign-picture", picture(List.of(asked, BIP38)));
      browser.see("foreign-passphrase").sendKeys(PASSPHRASE);
      browser.click("foreign-look");
      browser.see("sweep-sign").click();
      arrives(world, ada, browser, "0.07");

      begin(browser, middle, ada);
      String wif = plain.getPrivateKeyEncoded(REGTEST).toString();
      browser.drop("foreign-drop", picture(List.of(wif, BIP38)));
      browser.refusal("foreign-keys-several");
      browser.drop("foreign-drop", picture(List.of(wif)));
      browser.until(
          () -> browser.see("foreign-key").getDomProperty("value").length() == 52 ? true : null,
          "the key is read");
      browser.click("foreign-look");
      browser.refusal("foreign-coins-none");
      WebElement kept = browser.see("foreign-key");
      assertThat(kept.getDomProperty("value")).hasSize(52);
      assertThat(kept.getDomAttribute("value")).isNull();

      Needles needles = new Needles().text("passphrase", PASSPHRASE).text("BIP-0038", BIP38);
      for (ECKey key : List.of(plain, sealed)) {
        needles.bytes("private key", key.getPrivKeyBytes());
        needles.text("WIF", key.getPrivateKeyEncoded(REGTEST).toString());
      }
      List<String> leaks = new ArrayList<>();
      for (byte[] message : middle.seen()) {
        leaks.addAll(needles.in("the traffic", message));
      }
      leaks.addAll(needles.in("the log", world.server().log().getBytes(StandardCharsets.UTF_8)));
      assertThat(leaks).isEmpty();
    }
  }

  /** Codes side by side on white, as on a paper wallet. */
  private static Path picture(List<String> texts) {
    int side = 400;
    BufferedImage image =
        new BufferedImage(texts.size() * side, side, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D pen = image.createGraphics();
    pen.fillRect(0, 0, image.getWidth(), side);
    pen.setColor(Color.BLACK);
    for (int i = 0; i < texts.size(); i++) {
      QrCode code = QrCode.encodeText(texts.get(i), QrCode.Ecc.MEDIUM);
      for (int module = 0; module < code.size * code.size; module++) {
        int x = module % code.size;
        int y = module / code.size;
        if (code.getModule(x, y)) {
          pen.fillRect(i * side + 40 + 8 * x, 40 + 8 * y, 8, 8);
        }
      }
    }
    pen.dispose();
    try {
      Path file = Files.createTempFile("trefoil-paper-wallet", ".png");
      ImageIO.write(image, "png", file.toFile());
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<LoneScript> scripts(ECKey key) {
    return LoneScript.of(key.getPubKey(), key.decompress().getPubKey());
  }

  /** A block with a transaction that pays each of the scripts; some have no address. */
  private static void pay(BitcoindWorld world, List<LoneScript> scripts, String btc) {
    Transaction tx = new Transaction();
    for (LoneScript script : scripts) {
      tx.addOutput(new TransactionOutput(tx, Coin.parseCoin(btc), script.scriptPubKey()));
    }
    String bare = Hex.of(tx.serialize());
    String funded = field(world, "hex", "fundrawtransaction", bare, "{}", "false");
    String signed = field(world, "hex", "signrawtransactionwithwallet", funded);
    // A block of its own: the node does not relay outputs that pay a key without its hash.
    String miner = world.node().cli("-rpcwallet=miner", "getnewaddress");
    world.node().cli("generateblock", miner, "[\"" + signed + "\"]");
  }

  private static String field(BitcoindWorld world, String name, String... call) {
    List<String> arguments = new ArrayList<>(List.of("-rpcwallet=miner"));
    arguments.addAll(List.of(call));
    Matcher found =
        Pattern.compile("\"" + name + "\": \"([0-9a-f]+)\"")
            .matcher(world.node().cli(arguments.toArray(String[]::new)));
    assertThat(found.find()).isTrue();
    return found.group(1);
  }

  private static void begin(Browser browser, ManInTheMiddle middle, Person ada) {
    browser.go(middle.origin() + ada.wallet());
    browser.click("bring-in");
    browser.enterVault();
    browser.see("foreign-key");
  }

  /** Back on the wallet's page it is seen on its way, and in the balance once it is mined. */
  private static void arrives(BitcoindWorld world, Person ada, Browser browser, String least) {
    browser.leaveVault();
    browser.until(
        () -> browser.sees("balance-pending") ? true : null, "the coins are on their way");
    world.mines(ada);
    browser.until(
        () -> browser.read("balance").compareTo(least) > 0 ? true : null, "the coins are there");
  }
}
