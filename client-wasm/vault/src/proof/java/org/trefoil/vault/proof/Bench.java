package org.trefoil.vault.proof;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.bitcoinj.base.Base58;
import org.bitcoinj.base.exceptions.AddressFormatException;
import org.trefoil.core.address.Address;
import org.trefoil.core.coins.Coin;
import org.trefoil.core.coins.SpendSize;
import org.trefoil.core.coins.TxOutput;
import org.trefoil.core.keys.CosignerKey;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.core.proposal.FeeBounds;
import org.trefoil.core.proposal.Intent;
import org.trefoil.core.proposal.Known;
import org.trefoil.core.proposal.OwnScripts;
import org.trefoil.core.proposal.ProposalCheck;
import org.trefoil.core.proposal.Recipient;
import org.trefoil.core.psbt.KeyDerivation;
import org.trefoil.core.psbt.Psbt;
import org.trefoil.core.units.FeeRate;
import org.trefoil.core.units.Hex;
import org.trefoil.core.units.Network;
import org.trefoil.core.wire.Fields;
import org.trefoil.core.wire.Json;
import org.trefoil.custody.bip39.Mnemonic;
import org.trefoil.custody.keys.AccountKey;
import org.trefoil.custody.keys.UserSeed;
import org.trefoil.custody.passcode.Stretch;
import org.trefoil.custody.passcode.StretchAnswer;
import org.trefoil.custody.secret.SecretBytes;
import org.trefoil.custody.sign.HalfSigner;

/** The workloads of the side-by-side benchmark, on the product's own classes and checks. */
final class Bench {
  private static final String PATH = "/48'/1'/0'/2']";
  private static final List<KeyRole> ROLES = List.of(KeyRole.USER, KeyRole.BACKUP, KeyRole.SERVER);

  private byte[] masterKey = new byte[0];
  private byte[] masterChain = new byte[0];
  private List<String> keys = List.of();

  /** Does one command and answers with text. */
  String run(Fields f) {
    return switch (f.text("do")) {
      case "init" -> init(f);
      case "derive" -> derive(f.count("n"));
      case "sign" -> sign(f.text("psbt"));
      case "ceremony" -> ceremony(f.texts("entropies"));
      case "stretch" ->
          Base64.getEncoder()
              .encodeToString(
                  StretchAnswer.raw(
                      Base64.getDecoder().decode(f.base64("password")),
                      Base64.getDecoder().decode(f.base64("salt")),
                      new Stretch.Params(
                          f.count("memoryKiB"), f.count("iterations"), f.count("parallelism"))));
      default -> throw new IllegalArgumentException("unknown command");
    };
  }

  private String init(Fields f) {
    try {
      byte[] xprv = Base58.decodeChecked(f.text("masterXprv"));
      masterChain = Arrays.copyOfRange(xprv, 13, 45);
      masterKey = Arrays.copyOfRange(xprv, 46, 78);
    } catch (AddressFormatException e) {
      throw new IllegalArgumentException(e);
    }
    List<String> fingerprints = f.texts("fingerprints");
    List<String> xpubs = f.texts("xpubs");
    List<String> expressions = new ArrayList<>();
    for (int i = 0; i < xpubs.size(); i++) {
      expressions.add("[" + fingerprints.get(i) + PATH + xpubs.get(i));
    }
    keys = List.copyOf(expressions);
    return "";
  }

  /** Parsed anew for each call, so that nothing is kept from the last one. */
  private Cosigners cosigners() {
    List<CosignerKey> parsed = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      parsed.add(CosignerKey.parse(ROLES.get(i), keys.get(i), Network.TESTNET));
    }
    return new Cosigners(Network.TESTNET, ScriptType.P2WSH, 2, parsed);
  }

  private String derive(int n) {
    Cosigners cosigners = cosigners();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < n; i++) {
      text.append(cosigners.address(Cosigners.RECEIVE, i)).append('\n');
    }
    return text.toString();
  }

  /** Half-signs as the vault does: parse, check against coins and intent, sign. */
  private String sign(String base64) {
    Psbt psbt = Psbt.parseBase64(base64);
    OwnScripts own = new OwnScripts(cosigners());
    List<Coin> coins = new ArrayList<>();
    for (int i = 0; i < psbt.inputs().size(); i++) {
      KeyDerivation derivation = psbt.inputs().get(i).derivations().get(0);
      int steps = derivation.stepCount();
      coins.add(
          new Coin(
              psbt.unsignedTx().outpoint(i),
              psbt.spentOutput(i).value(),
              derivation.step(steps - 2),
              derivation.step(steps - 1),
              1,
              false));
    }
    // Change counts as a recipient: a fixture's fee need not be what a whole rate comes to, as ours
    // with change is.
    List<Recipient> recipients = new ArrayList<>();
    for (TxOutput output : psbt.unsignedTx().outputs()) {
      Address address = Address.ofScript(Network.TESTNET, output.script());
      recipients.add(new Recipient(address, output.value()));
    }
    Intent intent = new Intent(recipients, false, rate(psbt, coins, own.cosigners()));
    Known known = new Known(coins, FeeBounds.standard(), 0, 900_000);
    var spend = ProposalCheck.check(psbt, intent, own, known).orThrow();
    try (AccountKey user =
        AccountKey.ofMaster(KeyRole.USER, Network.TESTNET, masterKey, masterChain)) {
      return HalfSigner.sign(spend, user).base64();
    }
  }

  /** The rate that the fixture pays: its fee over its size. */
  private static FeeRate rate(Psbt psbt, List<Coin> coins, Cosigners cosigners) {
    long fee = 0;
    for (Coin coin : coins) {
      fee += coin.value().value();
    }
    List<byte[]> scripts = new ArrayList<>();
    for (TxOutput output : psbt.unsignedTx().outputs()) {
      fee -= output.value().value();
      scripts.add(output.script());
    }
    return new FeeRate(fee * 1000 / SpendSize.vbytes(cosigners, coins.size(), scripts));
  }

  private String ceremony(List<String> entropies) {
    List<String> mnemonics = new ArrayList<>();
    List<String> xpubs = new ArrayList<>();
    List<CosignerKey> parsed = new ArrayList<>();
    for (String entropy : entropies) {
      SecretBytes bytes = SecretBytes.takingOver(Hex.parse(entropy));
      try (UserSeed seed = UserSeed.takingOver(bytes);
          AccountKey account = seed.account(Network.TESTNET);
          Mnemonic mnemonic = seed.mnemonic()) {
        StringBuilder words = new StringBuilder();
        for (int i = 1; i <= mnemonic.count(); i++) {
          words.append(i == 1 ? "" : " ").append(mnemonic.word(i));
        }
        mnemonics.add(words.toString());
        xpubs.add(account.cosignerKey().xpub().base58());
        parsed.add(account.cosignerKey());
      }
    }
    parsed.add(CosignerKey.parse(KeyRole.SERVER, keys.get(2), Network.TESTNET));
    Cosigners cosigners = new Cosigners(Network.TESTNET, ScriptType.P2WSH, 2, parsed);
    return Json.object()
        .putTexts("mnemonics", mnemonics)
        .putTexts("xpubs", xpubs)
        .put("address", cosigners.address(Cosigners.RECEIVE, 0))
        .json()
        .write();
  }
}
