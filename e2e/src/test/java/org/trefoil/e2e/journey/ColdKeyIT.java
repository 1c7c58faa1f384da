package org.trefoil.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.bitcoinj.base.Base58;
import org.bitcoinj.base.BitcoinNetwork;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.trefoil.core.descriptor.Descriptors;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.units.Network;
import org.trefoil.e2e.person.ColdDevice;

/** A wallet whose backup key stays on its owner's own device. */
final class ColdKeyIT extends PracticeVisit {
  private final ColdDevice device = new ColdDevice(BitcoinNetwork.REGTEST);

  private String refused(String expression, String token) {
    browser.type("cold-xpub", expression);
    browser.click("vault-submit");
    return browser.refusal(token);
  }

  @Test
  @Order(1)
  void aKeyThatCannotBeUsedIsRefusedByItsFault() {
    String good = device.expression();
    ada.beginsWallet("Cold");
    browser.click("backup-cold");
    assertThat(browser.see("cold-xpub").getTagName()).isEqualTo("textarea");
    browser.click("birth-back");
    browser.see("backup-here");
    browser.click("backup-cold");
    assertThat(refused("my key", "key-origin-missing")).contains("[d34db33f");
    assertThat(refused(good.substring(good.indexOf(']') + 1), "key-origin-missing"))
        .contains("in front");
    char last = good.charAt(good.length() - 1);
    String mistyped = good.substring(0, good.length() - 1) + (last == 'z' ? 'y' : 'z');
    assertThat(refused(mistyped, "key-checksum")).contains("mistyped");
    String mainnet = new ColdDevice(BitcoinNetwork.MAINNET).expression();
    assertThat(refused(mainnet, "key-other-network")).contains("mainnet");
    assertThat(refused(good.replace("48'", "84'"), "cold-key-path")).contains("m/48'/1'/0'/2'");
    assertThat(refused(spelled(good, 0x045f1cf6), "cold-key-kind")).contains("vpub...", "Vpub");
  }

  /** The same key with other version bytes, as SLIP-0132 lists them. */
  private static String spelled(String expression, int version) {
    int key = expression.indexOf(']') + 1;
    byte[] bytes = Base58.decodeChecked(expression.substring(key));
    ByteBuffer.wrap(bytes).putInt(version);
    byte[] rest = Arrays.copyOfRange(bytes, 1, bytes.length);
    return expression.substring(0, key) + Base58.encodeChecked(bytes[0] & 255, rest);
  }

  @Test
  @Order(2)
  void itsSheetHasTheKeyAndNoWords() {
    String cold = device.expression();
    browser.type("cold-xpub", spelled(cold, 0x02575483) + "/<0;1>/*");
    ada.typesPasscodeTwice();
    ada.downloadsPaper();
    ada.answersPaperCheck();
    String sheetA = ada.paper().page("SHEET A");
    assertThat(PracticeVisit.squeezed(sheetA)).contains(cold);
    assertThat(sheetA).contains("NO SECRET").doesNotContainPattern("(?m)^([a-z]+ ){23}[a-z]+$");
  }

  @Test
  @Order(3)
  void theWalletGoesIntoUseOnceTheDeviceHasSigned() {
    String text = browser.read("cold-proof-text");
    String path = browser.read("cold-proof-path");
    assertThat(text).contains(String.join(" ", ada.paper().keyWords()));
    assertThat(path).isEqualTo("m/48'/1'/0'/2'/0/0");
    browser.shot("cold-proof");
    proves("it is here, I swear", "cold-proof-malformed");
    proves(device.signs(text, path + "/0"), "cold-proof-wrong");
    proves(new ColdDevice(BitcoinNetwork.REGTEST).signs(text, path), "cold-proof-wrong");
    proves(device.signs(text.toUpperCase(Locale.ROOT), path), "cold-proof-wrong");
    ada.provesColdKey(device);
    ada.opensActiveWallet();
    Cosigners printed =
        Descriptors.parse(
            ada.paper().descriptor(),
            Network.REGTEST,
            List.of(KeyRole.USER, KeyRole.BACKUP, KeyRole.SERVER));
    assertThat(printed.key(KeyRole.BACKUP).expression()).isEqualTo(device.expression());
    assertThat(ada.receives()).isEqualTo(printed.address(0, 0));
  }

  private void proves(String signature, String token) {
    browser.type("cold-proof", signature);
    browser.click("cold-proof-submit");
    browser.refusal(token);
  }
}
