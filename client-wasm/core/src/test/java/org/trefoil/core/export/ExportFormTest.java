package org.trefoil.core.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.trefoil.core.descriptor.Descriptors;
import org.trefoil.core.keys.CosignerKey;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.core.keys.TestKeys;
import org.trefoil.core.keys.Xpub;
import org.trefoil.core.units.Network;
import org.trefoil.core.wire.Json;

/**
 * What each file says; that other software reads them is shown with that software in e2e's {@code
 * ForeignSoftwareIT}.
 */
class ExportFormTest {
  private final Cosigners cosigners = TestKeys.twoOfThree(Network.MAINNET);

  private static Cosigners of(ScriptType type) {
    return TestKeys.cosigners(Network.MAINNET, type, 2, 3, 1);
  }

  private static List<String> lines(String text) {
    return text.lines().toList();
  }

  @Test
  void theDescriptorIsTheWalletsAndItsBranchesAreChecksummed() {
    List<String> lines = lines(ExportForm.DESCRIPTOR.write(cosigners, "Savings", 0));
    assertThat(lines.get(1)).isEqualTo(cosigners.descriptor());
    for (int branch = 0; branch < 2; branch++) {
      String line = lines.get(4 + 3 * branch);
      String body = line.substring(0, line.indexOf('#'));
      assertThat(body).contains("/" + branch + "/*").doesNotContain("<");
      assertThat(line).isEqualTo(body + "#" + Descriptors.checksum(body));
    }
  }

  @ParameterizedTest
  @EnumSource(ScriptType.class)
  void aBsmsRecordEndsWithTheFirstAddress(ScriptType type) {
    List<String> lines = lines(ExportForm.BSMS.write(of(type), "Savings", 0));
    assertThat(lines)
        .hasSize(4)
        .startsWith("BSMS 1.0")
        .endsWith("/0/*,/1/*", of(type).address(0, 0));
    String again = lines.get(1).replace("/**", "/<0;1>/*");
    assertThat(again + "#" + Descriptors.checksum(again)).isEqualTo(of(type).descriptor());
  }

  @Test
  void aPolicyNamesItsKeysByNumber() {
    assertThat(ExportForm.POLICY.write(cosigners, "Savings", 0))
        .startsWith(
            "{\"name\":\"savings\",\"descriptor_template\":"
                + "\"wsh(sortedmulti(2,@0/**,@1/**,@2/**))\",\"keys_info\":[\"[");
    assertThat(DescriptorForms.template(of(ScriptType.P2SH_P2WSH)))
        .isEqualTo("sh(wsh(sortedmulti(2,@0/**,@1/**,@2/**)))");
    Cosigners twelve = TestKeys.cosigners(Network.MAINNET, ScriptType.P2WSH, 3, 12, 1);
    assertThat(DescriptorForms.template(twelve)).endsWith(",@9/**,@10/**,@11/**))");
  }

  @Test
  void electrumGetsKeysInItsOwnSpellingAndTheirOrigins() {
    String file = ExportForm.ELECTRUM.write(cosigners, "Savings", 0);
    assertThat(file).contains("\"wallet_type\":\"2of3\"").doesNotContain("xprv", "seed\"");
    for (CosignerKey key : cosigners.keys()) {
      String spelled = ElectrumKey.of(key.xpub(), cosigners);
      assertThat(spelled).startsWith("Zpub");
      assertThat(Xpub.parse(spelled, Network.MAINNET)).isEqualTo(key.xpub());
      assertThat(file)
          .contains(
              "\"xpub\":\"" + spelled + "\",\"derivation\":\"m/48'/0'/0'/2'\"",
              "\"root_fingerprint\":\"" + key.origin().fingerprintHex() + "\"");
    }
  }

  @Test
  void caravanGetsQuorumKindAndKeys() {
    String file = ExportForm.CARAVAN.write(of(ScriptType.P2SH_P2WSH), "Für <später>", 0);
    assertThat(file)
        .contains("\"addressType\":\"P2SH-P2WSH\"", "\"network\":\"mainnet\"")
        .contains("\"quorum\":{\"requiredSigners\":2,\"totalSigners\":3}")
        .contains("\"bip32Path\":\"m/48'/0'/0'/2'\"", "\"xfp\":\"");
    String name = Json.parse(file.strip(), 10_000).toString();
    assertThat(name).contains("Für \\u003cspäter\\u003e");
  }

  @Test
  void theSetUpTextSaysAPathOnceWhereAllKeysShareIt() {
    String text = ExportForm.MULTISIG_TEXT.write(cosigners, "Grandmother's second savings", 0);
    assertThat(text)
        .contains("Name: grandmother-s-second\n", "Policy: 2 of 3\n", "Format: P2WSH\n")
        .containsOnlyOnce("Derivation: m/48'/0'/0'/2'\n");
    CosignerKey user = cosigners.key(KeyRole.USER);
    assertThat(text)
        .contains(
            user.origin().fingerprintHex().toUpperCase(java.util.Locale.ROOT)
                + ": "
                + user.xpub().base58()
                + "\n");
    Xpub child = cosigners.key(KeyRole.BACKUP).xpub().child(7);
    String fingerprint = cosigners.key(KeyRole.BACKUP).origin().fingerprintHex();
    CosignerKey deeper =
        CosignerKey.parse(
            KeyRole.BACKUP,
            "[" + fingerprint + "/48'/0'/0'/2'/7]" + child.base58(),
            Network.MAINNET);
    Cosigners mixed =
        new Cosigners(
            Network.MAINNET,
            ScriptType.P2WSH,
            2,
            List.of(user, deeper, cosigners.key(KeyRole.SERVER)));
    assertThat(lines(ExportForm.MULTISIG_TEXT.write(mixed, "", 0)))
        .filteredOn(line -> line.startsWith("Derivation"))
        .containsExactly(
            "Derivation: m/48'/0'/0'/2'",
            "Derivation: m/48'/0'/0'/2'/7",
            "Derivation: m/48'/0'/0'/2'");
  }

  @Test
  void commandsForANodeHoldNoQuotationMarkButTheShells() {
    String text = ExportForm.BITCOIN_CORE.write(cosigners, "A'; rm -rf ~ #", 1_700_000_000);
    List<String> lines = lines(text);
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0)).contains("wallet_name=trefoil-a-rm-rf ");
    String second = lines.get(1);
    assertThat(second.chars().filter(c -> c == '\'').count()).isEqualTo(2);
    assertThat(second).endsWith("]'").contains("\"timestamp\":1700000000", "48h/0h/0h/2h");
  }

  @Test
  void filesHavePlainNames() {
    assertThat(ExportForm.BSMS.fileName("Savings 2026")).isEqualTo("trefoil-savings-2026.bsms");
    assertThat(ExportForm.ELECTRUM.fileName("日本\"\r\n")).isEqualTo("trefoil-wallet.electrum.json");
    for (ExportForm form : ExportForm.values()) {
      assertThat(ExportForm.of(form.id())).isEqualTo(form);
      assertThat(form.use()).endsWith(".");
    }
    assertThatThrownBy(() -> ExportForm.of("seed")).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @EnumSource(ExportForm.class)
  void everyFormIsWrittenForEveryKindOfWallet(ExportForm form) {
    for (ScriptType type : ScriptType.values()) {
      for (Network network : Network.values()) {
        Cosigners wallet = TestKeys.cosigners(network, type, 2, 3, 1);
        assertThat(form.write(wallet, "Savings", 0)).isNotEmpty();
      }
    }
  }
}
