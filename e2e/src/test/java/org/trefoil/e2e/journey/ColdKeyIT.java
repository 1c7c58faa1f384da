package org.trefoil.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.trefoil.core.descriptor.Descriptors;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.units.Network;
import org.trefoil.custody.keys.AccountKey;
import org.trefoil.custody.keys.BackupSeed;

/** A wallet whose backup key stays on its owner's own device. */
final class ColdKeyIT extends PracticeVisit {
  /** A fresh device's public key with its origin. */
  static String coldKey(Network network) {
    try (BackupSeed device =
            BackupSeed.fresh(
                length -> {
                  byte[] bytes = new byte[length];
                  new SecureRandom().nextBytes(bytes);
                  return bytes;
                });
        AccountKey account = device.account(network)) {
      return account.cosignerKey().expression();
    }
  }

  private String refused(String expression, String token) {
    browser.type("cold-xpub", expression);
    browser.click("vault-submit");
    return browser.refusal(token);
  }

  @Test
  @Order(1)
  void aKeyThatCannotBeUsedIsRefusedByItsFault() {
    String good = coldKey(Network.REGTEST);
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
    assertThat(refused(coldKey(Network.MAINNET), "key-other-network")).contains("mainnet");
    assertThat(refused(good.replace("48'", "84'"), "cold-key-path")).contains("m/48'/1'/0'/2'");
  }

  @Test
  @Order(2)
  void itsSheetHasTheKeyAndNoWords() {
    String cold = coldKey(Network.REGTEST);
    browser.type("cold-xpub", cold);
    ada.finishesCeremony();
    String sheetA = ada.paper().page("SHEET A");
    assertThat(PracticeVisit.squeezed(sheetA)).contains(cold);
    assertThat(sheetA).contains("NO SECRET").doesNotContainPattern("(?m)^([a-z]+ ){23}[a-z]+$");
    Cosigners printed =
        Descriptors.parse(
            ada.paper().descriptor(),
            Network.REGTEST,
            List.of(KeyRole.USER, KeyRole.BACKUP, KeyRole.SERVER));
    assertThat(printed.key(KeyRole.BACKUP).expression()).isEqualTo(cold);
    assertThat(ada.receives()).isEqualTo(printed.address(0, 0));
  }
}
