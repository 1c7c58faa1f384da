package org.trefoil.e2e.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openqa.selenium.json.Json;
import org.trefoil.core.address.Address;
import org.trefoil.core.coins.Coin;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.core.export.ExportForm;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.core.proposal.CheckedSpend;
import org.trefoil.core.proposal.FeeBounds;
import org.trefoil.core.proposal.FinalTx;
import org.trefoil.core.proposal.HalfSigned;
import org.trefoil.core.proposal.Intent;
import org.trefoil.core.proposal.Known;
import org.trefoil.core.proposal.Proposal;
import org.trefoil.core.proposal.ProposalCheck;
import org.trefoil.core.proposal.Proposals;
import org.trefoil.core.proposal.Recipient;
import org.trefoil.core.proposal.Returned;
import org.trefoil.core.psbt.Psbt;
import org.trefoil.core.units.FeeRate;
import org.trefoil.core.units.Network;
import org.trefoil.core.units.Sats;
import org.trefoil.e2e.harness.Bitcoind;
import org.trefoil.e2e.harness.Tool;

/**
 * Bitcoin Core's descriptor wallet and Electrum, given what is on the printed sheets or in an
 * exported file, show the same first hundred receive and change addresses as we do and sweep the
 * coins, for each kind of wallet; and what goes through the PSBT doors is signed by them. The node
 * judges.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForeignSoftwareIT {
  private static final int ADDRESSES = 100;
  private static final BigDecimal THREE_COINS = new BigDecimal("2.1");

  private final Map<ScriptType, SheetsInHand> sheets = new EnumMap<>(ScriptType.class);
  private Bitcoind node;

  @BeforeAll
  void open() {
    if (Bitcoind.program().isEmpty()) {
      String why = "SKIPPED: FOREIGN SOFTWARE WAS NOT TRIED: no bitcoind (e2e/verify gives one)";
      System.err.println(why);
      Assumptions.abort(why);
    }
    node = Bitcoind.start();
    for (ScriptType type : ScriptType.values()) {
      sheets.put(type, SheetsInHand.printed(type));
    }
  }

  @AfterAll
  void close() {
    if (node != null) {
      node.close();
    }
  }

  private SheetsInHand in(ScriptType type) {
    return sheets.get(type);
  }

  private static List<String> ours(Cosigners cosigners, int branch) {
    List<String> addresses = new ArrayList<>();
    for (int i = 0; i < ADDRESSES; i++) {
      addresses.add(cosigners.address(branch, i));
    }
    return addresses;
  }

  @SuppressWarnings("unchecked")
  private List<String> derived(String descriptor) {
    return new Json()
        .toType(node.cli("deriveaddresses", descriptor, "[0," + (ADDRESSES - 1) + "]"), List.class);
  }

  private String checksummed(String descriptor) {
    Map<String, Object> info = object(node.cli("getdescriptorinfo", descriptor));
    return descriptor + "#" + info.get("checksum");
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> object(String json) {
    return new Json().toType(json, Map.class);
  }

  private static Path exported(SheetsInHand sheets, ExportForm form) throws IOException {
    Path file = Files.createTempFile("trefoil-export", "-" + form.fileName(sheets.toString()));
    return Files.writeString(file, form.write(sheets.cosigners(), sheets.toString(), 0));
  }

  /** Runs the commands of the export as a person pastes them, and names the wallet they made. */
  private String watching(SheetsInHand sheets) throws IOException {
    String commands = Files.readString(exported(sheets, ExportForm.BITCOIN_CORE));
    for (String line : commands.lines().toList()) {
      assertThat(Tool.output("sh", "-c", line.replaceFirst("^bitcoin-cli", node.shell())))
          .doesNotContain("\"success\": false");
    }
    return "-rpcwallet=trefoil-" + sheets.toString().replace('_', '-');
  }

  /** Pays three coins: the first address, one further on, and a change address. */
  private void fund(SheetsInHand sheets) {
    for (String address :
        List.of(
            sheets.cosigners().address(0, 0),
            sheets.cosigners().address(0, 57),
            sheets.cosigners().address(1, 3))) {
      node.cli("-rpcwallet=miner", "sendtoaddress", address, "0.7");
    }
    node.mine(1);
  }

  /** The node takes it and a block has it. */
  private void mined(String rawTx) {
    String judged = node.cli("testmempoolaccept", "[\"" + rawTx + "\"]");
    assertThat(judged).contains("\"allowed\": true");
    String txid = node.cli("sendrawtransaction", rawTx);
    node.mine(1);
    assertThat(object(node.cli("getrawtransaction", txid, "true")).get("confirmations"))
        .isEqualTo(1L);
  }

  private String elsewhere() {
    return node.cli("-rpcwallet=miner", "getnewaddress");
  }

  @ParameterizedTest
  @EnumSource(ScriptType.class)
  void bitcoinCoreShowsTheSameAddressesAndSweeps(ScriptType type) throws IOException {
    SheetsInHand sheets = in(type);
    Cosigners cosigners = sheets.cosigners();
    String watch = watching(sheets);
    String list = node.cli(watch, "listdescriptors");
    assertThat(list).contains("\"active\": true").doesNotContain("prv");
    for (int branch = 0; branch < 2; branch++) {
      List<String> ours = ours(cosigners, branch);
      String bare =
          sheets
              .descriptor()
              .substring(0, sheets.descriptor().indexOf('#'))
              .replace("/<0;1>/*", "/" + branch + "/*");
      assertThat(derived(checksummed(bare))).isEqualTo(ours);
    }
    for (String own : List.of(cosigners.address(0, 99), cosigners.address(1, 99))) {
      assertThat(node.cli(watch, "getaddressinfo", own)).contains("\"solvable\": true");
    }

    fund(sheets);
    assertThat(new BigDecimal(node.cli(watch, "getbalance"))).isGreaterThanOrEqualTo(THREE_COINS);
    String wallet = "private-" + sheets;
    node.cli("-named", "createwallet", "wallet_name=" + wallet, "blank=true");
    node.cli("-rpcwallet=" + wallet, "importdescriptors", privately(sheets));
    String sent =
        node.cli(
            "-rpcwallet=" + wallet,
            "-named",
            "sendall",
            "recipients=[\"" + elsewhere() + "\"]",
            "options={\"add_to_wallet\":false,\"fee_rate\":3}");
    mined((String) object(sent).get("hex"));
    assertThat(node.cli(watch, "getbalance")).isEqualTo("0.00000000");
  }

  private static String privately(SheetsInHand sheets) {
    List<String> imports = new ArrayList<>();
    for (String branch : List.of("/0/*", "/1/*")) {
      String descriptor = sheets.privateDescriptor(branch);
      imports.add(
          "{\"desc\":\"" + descriptor + "\",\"timestamp\":0,\"range\":[0," + ADDRESSES + "]}");
    }
    return "[" + String.join(",", imports) + "]";
  }

  @ParameterizedTest
  @EnumSource(ScriptType.class)
  void electrumShowsTheSameAddressesAndSweeps(ScriptType type) throws IOException {
    SheetsInHand sheets = in(type);
    Electrum.Said file = Electrum.opens(exported(sheets, ExportForm.ELECTRUM));
    assertThat(file.receive()).isEqualTo(ours(sheets.cosigners(), Cosigners.RECEIVE));
    assertThat(file.change()).isEqualTo(ours(sheets.cosigners(), Cosigners.CHANGE));

    fund(sheets);
    String psbt = sweepOf(sheets);
    Electrum.Said half =
        Electrum.signs(type, sheets.path(), sheets.electrumWith(KeyRole.USER), psbt);
    assertThat(half.receive()).isEqualTo(ours(sheets.cosigners(), Cosigners.RECEIVE));
    assertThat(half.change()).isEqualTo(ours(sheets.cosigners(), Cosigners.CHANGE));
    assertThat(half.tx()).as("one key is not enough").isEmpty();
    Electrum.Said whole =
        Electrum.signs(type, sheets.path(), sheets.electrumWith(KeyRole.BACKUP), half.psbt());
    mined(whole.tx());
  }

  /** A PSBT of everything, made by a node that watches: Electrum asks a server for its coins. */
  private String sweepOf(SheetsInHand sheets) {
    String wallet = "sweep-" + sheets;
    node.cli(
        "-named",
        "createwallet",
        "wallet_name=" + wallet,
        "disable_private_keys=true",
        "blank=true");
    List<String> imports = new ArrayList<>();
    for (int branch = 0; branch < 2; branch++) {
      String bare =
          sheets
              .descriptor()
              .substring(0, sheets.descriptor().indexOf('#'))
              .replace("/<0;1>/*", "/" + branch + "/*");
      String range = "\",\"timestamp\":0,\"range\":[0," + ADDRESSES + "]}";
      imports.add("{\"desc\":\"" + checksummed(bare) + range);
    }
    node.cli("-rpcwallet=" + wallet, "importdescriptors", "[" + String.join(",", imports) + "]");
    String sent =
        node.cli(
            "-rpcwallet=" + wallet,
            "-named",
            "sendall",
            "recipients=[\"" + elsewhere() + "\"]",
            "options={\"psbt\":true,\"add_to_wallet\":false,\"fee_rate\":3}");
    return (String) object(sent).get("psbt");
  }

  @Test
  void whatGoesOutUnsignedComesBackFromElectrumWithTheBackupKeysSignature() {
    SheetsInHand sheets = in(ScriptType.P2WSH);
    CheckedSpend spend = spend(sheets);
    Electrum.Said said =
        Electrum.signs(
            ScriptType.P2WSH,
            sheets.path(),
            sheets.electrumWith(KeyRole.BACKUP),
            spend.psbt().base64());
    HalfSigned half = Returned.of(Psbt.parseBase64(said.psbt())).on(spend);
    assertThat(half.by()).containsExactly(KeyRole.BACKUP);
    Electrum.Said user =
        Electrum.signs(
            ScriptType.P2WSH,
            sheets.path(),
            sheets.electrumWith(KeyRole.USER),
            spend.psbt().base64());
    Psbt both = half.psbt().combine(Returned.of(Psbt.parseBase64(user.psbt())).on(spend).psbt());
    mined(FinalTx.finish(both, sheets.cosigners()).hex());
  }

  @Test
  void electrumCompletesWhatWasHandedOutHalfSigned() {
    SheetsInHand sheets = in(ScriptType.P2WSH);
    CheckedSpend spend = spend(sheets);
    Electrum.Said said =
        Electrum.signs(
            ScriptType.P2WSH,
            sheets.path(),
            sheets.electrumWith(KeyRole.BACKUP),
            sheets.signedByUser(spend).base64());
    mined(said.tx());
  }

  /** A payment with change, built as the vault builds it, over a fresh coin. */
  private CheckedSpend spend(SheetsInHand sheets) {
    Cosigners cosigners = sheets.cosigners();
    String txid = node.cli("-rpcwallet=miner", "sendtoaddress", cosigners.address(0, 2), "0.3");
    node.mine(1);
    String hex = cosigners.address(0, 2);
    int vout = 0;
    while (!node.cli("gettxout", txid, Integer.toString(vout)).contains(hex)) {
      vout++;
    }
    Coin coin = new Coin(new Outpoint(txid, vout), new Sats(30_000_000), 0, 2, 1, false);
    Recipient to = new Recipient(Address.parse(elsewhere(), Network.REGTEST), new Sats(10_000_000));
    Intent intent = new Intent(List.of(to), false, new FeeRate(3_000));
    int tip = Integer.parseInt(node.cli("getblockcount"));
    Proposal proposal = Proposals.build(cosigners, List.of(coin), intent, 0, tip);
    Known known = new Known(List.of(coin), FeeBounds.standard(), 0, tip);
    return ProposalCheck.check(proposal.psbt(), intent, cosigners, known).orThrow();
  }
}
