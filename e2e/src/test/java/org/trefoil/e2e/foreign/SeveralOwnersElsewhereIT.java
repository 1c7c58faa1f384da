package org.trefoil.e2e.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bitcoinj.base.BitcoinNetwork;
import org.bitcoinj.base.Sha256Hash;
import org.bitcoinj.crypto.ChildNumber;
import org.bitcoinj.crypto.DeterministicKey;
import org.bitcoinj.crypto.HDKeyDerivation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.openqa.selenium.json.Json;
import org.trefoil.core.address.Address;
import org.trefoil.core.coins.Coin;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.core.export.DescriptorForms;
import org.trefoil.core.keys.CosignerKey;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.KeyPath;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.core.proposal.CheckedSpend;
import org.trefoil.core.proposal.FeeBounds;
import org.trefoil.core.proposal.FinalTx;
import org.trefoil.core.proposal.Intent;
import org.trefoil.core.proposal.Known;
import org.trefoil.core.proposal.OwnScripts;
import org.trefoil.core.proposal.Proposal;
import org.trefoil.core.proposal.ProposalCheck;
import org.trefoil.core.proposal.Proposals;
import org.trefoil.core.proposal.Recipient;
import org.trefoil.core.psbt.InputSignature;
import org.trefoil.core.psbt.Psbt;
import org.trefoil.core.units.FeeRate;
import org.trefoil.core.units.Hex;
import org.trefoil.core.units.Network;
import org.trefoil.core.units.Sats;
import org.trefoil.e2e.harness.Bitcoind;

/** Wallets of several owners at a real node, and in the hands of Bitcoin Core alone. */
@EnabledIfSystemProperty(
    named = "trefoil.bitcoind",
    matches = ".+",
    disabledReason = "NO BITCOIND: run e2e/verify, which installs one and runs this")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SeveralOwnersElsewhereIT {
  private Bitcoind node;

  @BeforeAll
  void open() {
    node = Bitcoind.start();
  }

  @AfterAll
  void close() {
    if (node != null) {
      node.close();
    }
  }

  /** A wallet whose every key is at hand: keys of tests, made by bitcoinj. */
  private static final class Owners {
    final List<DeterministicKey> accounts = new ArrayList<>();
    final Cosigners cosigners;

    Owners(ScriptType type, int threshold, int count) {
      List<CosignerKey> keys = new ArrayList<>();
      for (KeyRole role : KeyRole.ofWallet(count)) {
        byte[] seed = new byte[32];
        Arrays.fill(seed, (byte) (16 * count + keys.size()));
        DeterministicKey key = HDKeyDerivation.createMasterPrivateKey(seed);
        String fingerprint = String.format("%08x", key.getFingerprint());
        for (int step : KeyPath.account(1).steps()) {
          key = HDKeyDerivation.deriveChildKey(key, new ChildNumber(step));
        }
        accounts.add(key);
        String xpub = key.serializePubB58(BitcoinNetwork.REGTEST);
        String expression = "[" + fingerprint + "/48'/1'/0'/2']" + xpub;
        keys.add(CosignerKey.parse(role, expression, Network.REGTEST));
      }
      cosigners = new Cosigners(Network.REGTEST, type, threshold, keys);
    }

    Psbt sign(CheckedSpend spend, Psbt psbt, int owner) {
      List<InputSignature> signatures = new ArrayList<>();
      for (int i = 0; i < spend.inputs().size(); i++) {
        Coin coin = spend.inputs().get(i);
        DeterministicKey key = accounts.get(owner);
        for (int step : new int[] {coin.branch(), coin.index()}) {
          key = HDKeyDerivation.deriveChildKey(key, new ChildNumber(step));
        }
        byte[] der = key.sign(Sha256Hash.wrap(spend.sighash(i))).toCanonicalised().encodeToDER();
        byte[] typed = Arrays.copyOf(der, der.length + 1);
        typed[der.length] = 1;
        signatures.add(InputSignature.of(i, key.getPubKey(), typed));
      }
      return psbt.withSignatures(signatures);
    }

    /** One branch's descriptor in which the first {@code secret} keys are private. */
    String privately(int branch, int secret) {
      String text = DescriptorForms.branch(cosigners, branch);
      text = text.substring(0, text.indexOf('#'));
      for (int i = 0; i < secret; i++) {
        String xpub = cosigners.keys().get(i).xpub().base58();
        text = text.replace(xpub, accounts.get(i).serializePrivB58(BitcoinNetwork.REGTEST));
      }
      return text;
    }
  }

  private Coin paid(Owners owners, int index) {
    String address = owners.cosigners.address(0, index);
    String txid = node.cli("-rpcwallet=miner", "sendtoaddress", address, "0.3");
    node.mine(1);
    int vout = 0;
    while (!node.cli("gettxout", txid, Integer.toString(vout)).contains(address)) {
      vout++;
    }
    return new Coin(new Outpoint(txid, vout), new Sats(30_000_000), 0, index, 1, false);
  }

  private String elsewhere() {
    return node.cli("-rpcwallet=miner", "getnewaddress");
  }

  private CheckedSpend spend(Owners owners, Coin coin) {
    Recipient to = new Recipient(Address.parse(elsewhere(), Network.REGTEST), new Sats(10_000_000));
    Intent intent = new Intent(List.of(to), false, new FeeRate(3_000));
    int tip = Integer.parseInt(node.cli("getblockcount"));
    String txid = coin.outpoint().txid();
    Map<String, byte[]> previous = Map.of(txid, Hex.parse(node.cli("getrawtransaction", txid)));
    OwnScripts own = new OwnScripts(owners.cosigners);
    Proposal proposal = Proposals.build(own, List.of(coin), intent, 0, tip, previous);
    Known known = new Known(List.of(coin), FeeBounds.standard(), 0, tip);
    return ProposalCheck.check(proposal.psbt(), intent, own, known).orThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "P2WSH,2,2", "P2WSH,3,5", "P2WSH,7,7",
    "P2SH_P2WSH,2,2", "P2SH_P2WSH,3,5", "P2SH_P2WSH,7,7",
    "P2SH,2,2", "P2SH,3,5", "P2SH,7,7"
  })
  void aNodeRelaysWhatExactlyEnoughOwnersSigned(ScriptType type, int threshold, int count) {
    Owners owners = new Owners(type, threshold, count);
    CheckedSpend spend = spend(owners, paid(owners, 0));
    Psbt signed = spend.psbt();
    for (int owner = count - 1; owner >= count - threshold; owner--) {
      Psbt fewer = signed;
      assertThatThrownBy(() -> FinalTx.finish(fewer, owners.cosigners))
          .hasMessage("signature-missing");
      signed = owners.sign(spend, signed, owner);
    }
    FinalTx tx = FinalTx.finish(signed, owners.cosigners);
    String judged = node.cli("testmempoolaccept", "[\"" + tx.hex() + "\"]");
    assertThat(judged).contains("\"allowed\": true").contains(tx.txid());
    assertThat(spend.vsize()).isGreaterThanOrEqualTo(tx.vsize());
  }

  @ParameterizedTest
  @EnumSource(ScriptType.class)
  void bitcoinCoreSweepsThreeOfFiveByThreeOwnersKeys(ScriptType type) {
    Owners owners = new Owners(type, 3, 5);
    paid(owners, 3);
    String wallet = "-rpcwallet=shared-" + type;
    node.cli("-named", "createwallet", "wallet_name=shared-" + type, "blank=true");
    List<String> imports = new ArrayList<>();
    for (int branch = 0; branch < 2; branch++) {
      String body = owners.privately(branch, 3);
      String checked = body + "#" + object(node.cli("getdescriptorinfo", body)).get("checksum");
      imports.add("{\"desc\":\"" + checked + "\",\"timestamp\":0,\"range\":[0,20]}");
    }
    node.cli(wallet, "importdescriptors", "[" + String.join(",", imports) + "]");
    assertThat(new BigDecimal(node.cli(wallet, "getbalance"))).isPositive();
    String sent =
        node.cli(
            wallet,
            "-named",
            "sendall",
            "recipients=[\"" + elsewhere() + "\"]",
            "options={\"add_to_wallet\":false,\"fee_rate\":3}");
    String txid = node.cli("sendrawtransaction", (String) object(sent).get("hex"));
    node.mine(1);
    assertThat(object(node.cli("getrawtransaction", txid, "true")).get("confirmations"))
        .isEqualTo(1L);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> object(String json) {
    return new Json().toType(json, Map.class);
  }
}
