package org.trefoil.server.app;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.bitcoinj.base.Sha256Hash;
import org.bitcoinj.crypto.ChildNumber;
import org.bitcoinj.crypto.DeterministicKey;
import org.bitcoinj.crypto.ECKey;
import org.bitcoinj.crypto.HDKeyDerivation;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECPoint;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.coins.Coin;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.core.descriptor.Descriptors;
import org.trefoil.core.envelope.EnvelopeBinding;
import org.trefoil.core.envelope.Resealing;
import org.trefoil.core.envelope.SealedUserKey;
import org.trefoil.core.keys.AccountStatement;
import org.trefoil.core.keys.ColdProof;
import org.trefoil.core.keys.CosignerKey;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.Endorsement;
import org.trefoil.core.keys.KeyOrigin;
import org.trefoil.core.keys.KeyPath;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.core.keys.Statement;
import org.trefoil.core.keys.Succession;
import org.trefoil.core.keys.Xpub;
import org.trefoil.core.policy.PolicyChain;
import org.trefoil.core.proposal.CheckedSpend;
import org.trefoil.core.proposal.ChildSpend;
import org.trefoil.core.proposal.FeeBounds;
import org.trefoil.core.proposal.FoundSpend;
import org.trefoil.core.proposal.Intent;
import org.trefoil.core.proposal.Known;
import org.trefoil.core.proposal.Outcome;
import org.trefoil.core.proposal.OwnScripts;
import org.trefoil.core.proposal.Proposal;
import org.trefoil.core.proposal.ProposalCheck;
import org.trefoil.core.proposal.Proposals;
import org.trefoil.core.proposal.Replacement;
import org.trefoil.core.psbt.InputSignature;
import org.trefoil.core.psbt.Psbt;
import org.trefoil.core.units.FeeRate;
import org.trefoil.core.units.Network;
import org.trefoil.core.units.Sats;
import org.trefoil.core.wire.BroughtKey;
import org.trefoil.core.wire.BroughtKeys;
import org.trefoil.core.wire.DraftWallet;
import org.trefoil.core.wire.KeyQuestion;
import org.trefoil.core.wire.KeySplit;
import org.trefoil.core.wire.NewKeys;
import org.trefoil.core.wire.Original;
import org.trefoil.core.wire.PasscodeRequest;
import org.trefoil.core.wire.PolicyDocument;
import org.trefoil.core.wire.PolicyView;
import org.trefoil.core.wire.RecipientLine;
import org.trefoil.core.wire.Rules;
import org.trefoil.core.wire.SecondSlot;
import org.trefoil.core.wire.SendRequest;
import org.trefoil.core.wire.Spendable;
import org.trefoil.core.wire.SuccessionStatement;
import org.trefoil.core.wire.Waiting;
import org.trefoil.core.wire.WalletView;

/**
 * What a browser's vault does, on bitcoinj: the server's tests may not see the real one. Keys
 * follow from a seed number.
 */
final class TestVault {
  private static final X9ECParameters CURVE = CustomNamedCurves.getByName("secp256k1");

  private final DeterministicKey userMaster;
  private final DeterministicKey backupMaster;
  private final Network network = Network.REGTEST;

  TestVault(int seed) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) seed);
    bytes[1] ^= (byte) (seed >> 8);
    bytes[2] ^= (byte) (seed >> 16);
    this.userMaster = HDKeyDerivation.createMasterPrivateKey(bytes);
    bytes[0] ^= 0x55;
    this.backupMaster = HDKeyDerivation.createMasterPrivateKey(bytes);
  }

  Cosigners cosigners(DraftWallet draft) {
    CosignerKey server = CosignerKey.parse(KeyRole.SERVER, draft.serverKey(), network);
    return new Cosigners(
        network,
        ScriptType.P2WSH,
        2,
        List.of(key(KeyRole.USER, userMaster), key(KeyRole.BACKUP, backupMaster), server));
  }

  NewKeys keys(DraftWallet draft) {
    return keys(draft, false);
  }

  /** The same keys, the backup key brought from elsewhere. */
  NewKeys coldKeys(DraftWallet draft) {
    return keys(draft, true);
  }

  /** The key set of a wallet of several: other owners bring the backup keys of their vaults. */
  Cosigners cosigners(DraftWallet draft, int threshold, List<TestVault> owners) {
    List<KeyRole> roles = KeyRole.ofWallet(owners.size() + 2);
    List<CosignerKey> keys = new ArrayList<>();
    keys.add(key(KeyRole.USER, userMaster));
    for (TestVault owner : owners) {
      keys.add(key(roles.get(keys.size()), owner.backupMaster));
    }
    keys.add(CosignerKey.parse(KeyRole.SERVER, draft.serverKey(), network));
    return new Cosigners(network, ScriptType.P2WSH, threshold, keys);
  }

  NewKeys keys(DraftWallet draft, int threshold, List<TestVault> owners, List<String> names) {
    Cosigners cosigners = cosigners(draft, threshold, owners);
    List<BroughtKey> brought = new ArrayList<>();
    for (CosignerKey key : cosigners.others()) {
      brought.add(new BroughtKey(names.get(brought.size()), key.expression()));
    }
    return keys(draft, cosigners, true, new BroughtKeys(threshold, brought));
  }

  private NewKeys keys(DraftWallet draft, boolean cold) {
    return keys(draft, cosigners(draft), cold, null);
  }

  private NewKeys keys(
      DraftWallet draft, Cosigners cosigners, boolean cold, @Nullable BroughtKeys brought) {
    byte[] endorsement = sign(account(userMaster), Endorsement.digest(cosigners, draft.walletId()));
    byte[] header = SealedUserKey.header(65_536, 3, 1, new byte[16], new byte[12]);
    EnvelopeBinding binding = EnvelopeBinding.of(cosigners, draft.walletId(), endorsement, cold);
    return new NewKeys(
        cosigners.key(KeyRole.USER).expression(),
        brought == null ? cosigners.key(KeyRole.BACKUP).expression() : null,
        cold,
        cosigners.descriptor(),
        base64(endorsement),
        SealedUserKey.of(header, binding, new byte[80]).text(),
        cosigners.address(0, 0),
        null,
        brought,
        cold ? null : KeySplit.WHOLE,
        null,
        null);
  }

  String statement(Cosigners cosigners, String walletId, KeyRole by) {
    return signed(Statement.digest(Statement.PAPER_CHECKED, cosigners, walletId), by);
  }

  private String signed(byte[] digest, KeyRole by) {
    return base64(sign(account(master(by)), digest));
  }

  private DeterministicKey master(KeyRole role) {
    return role == KeyRole.USER ? userMaster : backupMaster;
  }

  /** The user key sealed anew; what is sealed is of no matter to the server. */
  PasscodeRequest reseal(WalletView wallet, int salt, KeyRole by, String code) {
    Cosigners cosigners = Descriptors.ofWallet(wallet.descriptor(), network);
    byte[] salts = new byte[16];
    salts[0] = (byte) salt;
    byte[] header = SealedUserKey.header(65_536, 3, 1, salts, new byte[12]);
    byte[] endorsement = Base64.getDecoder().decode(wallet.endorsement());
    EnvelopeBinding binding = EnvelopeBinding.of(cosigners, wallet.walletId(), endorsement);
    SealedUserKey fresh = SealedUserKey.of(header, binding, new byte[80]);
    SealedUserKey old = SealedUserKey.parse(Objects.requireNonNull(wallet.sealed()));
    SecondSlot beside = new TestMarks(salt).beside();
    byte[] digest = Resealing.digest(cosigners, wallet.walletId(), old, fresh, beside, false);
    return new PasscodeRequest(old.text(), fresh.text(), signed(digest, by), beside, null, code);
  }

  /** Another second slot beside the envelope that is there, marked as {@code mark} does. */
  PasscodeRequest beside(
      WalletView wallet, SecondSlot beside, Function<byte[], String> mark, String code) {
    Cosigners cosigners = Descriptors.ofWallet(wallet.descriptor(), network);
    SealedUserKey sealed = SealedUserKey.parse(Objects.requireNonNull(wallet.sealed()));
    byte[] digest = Resealing.digest(cosigners, wallet.walletId(), sealed, sealed, beside, true);
    return new PasscodeRequest(
        sealed.text(),
        sealed.text(),
        signed(digest, KeyRole.USER),
        beside,
        mark.apply(digest),
        code);
  }

  /** The same by the key's words, without a mark. */
  PasscodeRequest besideByWords(WalletView wallet, SecondSlot beside, String code) {
    Cosigners cosigners = Descriptors.ofWallet(wallet.descriptor(), network);
    SealedUserKey sealed = SealedUserKey.parse(Objects.requireNonNull(wallet.sealed()));
    byte[] digest = Resealing.digest(cosigners, wallet.walletId(), sealed, sealed, beside, false);
    String signature = signed(digest, KeyRole.USER);
    return new PasscodeRequest(sealed.text(), sealed.text(), signature, beside, null, code);
  }

  /** The same request with what marks it. */
  static SendRequest marked(
      Cosigners cosigners, SendRequest request, Function<byte[], String> mark) {
    Psbt psbt = Psbt.parse(Base64.getDecoder().decode(request.psbt()));
    byte[] digest = FoundSpend.of(psbt, new OwnScripts(cosigners), FeeBounds.standard()).digest();
    return new SendRequest(
        request.requestId(),
        request.psbt(),
        request.recipients(),
        request.everything(),
        request.feeRate(),
        request.note(),
        request.replaces(),
        request.speedsUp(),
        mark.apply(digest));
  }

  /** The next version of a wallet's rules, signed by one of its keys. */
  PolicyDocument policy(
      Cosigners cosigners, String walletId, PolicyView known, Rules rules, long begin, KeyRole by) {
    PolicyChain chain = PolicyChain.verify(cosigners, walletId, known.documents());
    String text = rules.toJson().write();
    return policy(
        cosigners,
        walletId,
        new PolicyDocument(chain.version() + 1, chain.head(), begin, text, ""),
        by);
  }

  PolicyDocument policy(Cosigners cosigners, String walletId, PolicyDocument plain, KeyRole by) {
    return plain.signed(signed(PolicyChain.digest(cosigners, walletId, plain), by));
  }

  /** Names, with a key of the older wallet, the one that comes after it. */
  SuccessionStatement names(
      Cosigners older, String olderId, Cosigners newer, String newerId, KeyRole by) {
    byte[] digest = Succession.digest(older, olderId, newer, newerId);
    return new SuccessionStatement(by.id(), signed(digest, by));
  }

  /** Everything to one address, signed with the user or the backup key. */
  SendRequest move(
      Cosigners cosigners, Spendable spendable, String requestId, String address, KeyRole by) {
    List<Coin> coins = coins(spendable);
    List<RecipientLine> nothing = List.of(new RecipientLine(address, 0));
    Intent intent = new Intent(recipients(nothing), true, new FeeRate(2_000));
    int tip = spendable.tipHeight();
    Proposal proposal =
        Proposals.build(cosigners, coins, intent, spendable.changeIndex(), spendable.lockTime());
    Known known = new Known(coins, FeeBounds.standard(), spendable.changeIndex(), tip);
    CheckedSpend spend =
        ProposalCheck.check(proposal.psbt(), proposal.intent(), cosigners, known).orThrow();
    List<RecipientLine> lines =
        List.of(new RecipientLine(address, spend.recipients().get(0).amount().value()));
    String psbt = base64(sign(spend, master(by), null).serialize());
    return new SendRequest(requestId, psbt, lines, true, 2_000, "move");
  }

  /** What a signing device gives for the text of the cold key's proof, by its key at 0/index. */
  String coldProof(Cosigners cosigners, String walletId, int index) {
    DeterministicKey key = account(backupMaster);
    for (int step : new int[] {0, index}) {
      key = HDKeyDerivation.deriveChildKey(key, new ChildNumber(step));
    }
    return key.signMessage(ColdProof.message(cosigners, walletId));
  }

  /** A PSBT that was handed out, signed with this vault's backup key as one of the owners'. */
  String signAsOwner(Cosigners cosigners, byte[] psbt) {
    CheckedSpend spend =
        FoundSpend.of(Psbt.parse(psbt), new OwnScripts(cosigners), FeeBounds.standard());
    return sign(spend, backupMaster, null).base64();
  }

  /** What a key states about its account, in answer to a question of the server. */
  String answer(Cosigners cosigners, KeyQuestion asked, KeyRole by) {
    AccountStatement statement =
        new AccountStatement(
            asked.purpose(), asked.account(), asked.subject(), asked.challenge(), asked.expires());
    byte[] digest = statement.digest(cosigners, asked.wallet().walletId());
    return base64(sign(account(by == KeyRole.USER ? userMaster : backupMaster), digest));
  }

  /** What a key states of a lost factor, to whoever asked with this challenge. */
  String lost(
      Cosigners cosigners,
      String walletId,
      String accountId,
      String challenge,
      long expires,
      KeyRole by) {
    AccountStatement statement =
        new AccountStatement(AccountStatement.FACTOR_LOST, accountId, "", challenge, expires);
    return signed(statement.digest(cosigners, walletId), by);
  }

  /** As {@link #send}, with one nonce for every signature of every send. */
  SendRequest carelessSend(
      Cosigners cosigners, Spendable spendable, String requestId, String address, long sats) {
    return send(cosigners, spendable, requestId, address, sats, BigInteger.valueOf(20261121));
  }

  /** A half-signed send of {@code sats} to {@code address}. */
  SendRequest send(
      Cosigners cosigners, Spendable spendable, String requestId, String address, long sats) {
    return send(cosigners, spendable, requestId, address, sats, null);
  }

  private SendRequest send(
      Cosigners cosigners,
      Spendable spendable,
      String requestId,
      String address,
      long sats,
      @Nullable BigInteger nonce) {
    List<Coin> coins = coins(spendable);
    List<RecipientLine> lines = List.of(new RecipientLine(address, sats));
    Intent intent = new Intent(recipients(lines), false, new FeeRate(2_000));
    int tip = spendable.tipHeight();
    Proposal proposal =
        Proposals.build(cosigners, coins, intent, spendable.changeIndex(), spendable.lockTime());
    Known known = new Known(coins, FeeBounds.standard(), spendable.changeIndex(), tip);
    Outcome outcome = ProposalCheck.check(proposal.psbt(), intent, cosigners, known);
    Psbt half = halfSign(((Outcome.Accepted) outcome).spend(), nonce);
    return new SendRequest(requestId, base64(half.serialize()), lines, false, 2_000, "for " + sats);
  }

  /** As {@link #send}, signed by the backup key somewhere else. */
  SendRequest sendByBackup(
      Cosigners cosigners, Spendable spendable, String requestId, String address, long sats) {
    SendRequest made = send(cosigners, spendable, requestId, address, sats, null);
    CheckedSpend spend = checked(cosigners, spendable, made);
    return new SendRequest(
        requestId,
        base64(sign(spend, backupMaster, null).serialize()),
        made.recipients(),
        false,
        made.feeRate(),
        made.note());
  }

  private CheckedSpend checked(Cosigners cosigners, Spendable spendable, SendRequest made) {
    List<Coin> coins = coins(spendable);
    Intent intent = new Intent(recipients(made.recipients()), false, new FeeRate(made.feeRate()));
    int tip = spendable.tipHeight();
    Psbt bare =
        Proposals.build(cosigners, coins, intent, spendable.changeIndex(), spendable.lockTime())
            .psbt();
    Known known = new Known(coins, FeeBounds.standard(), spendable.changeIndex(), tip);
    return ProposalCheck.check(bare, intent, cosigners, known).orThrow();
  }

  /** What takes the place of a waiting send: faster, or back to the wallet. */
  SendRequest replace(
      Cosigners cosigners,
      Waiting waiting,
      String requestId,
      String replaces,
      long rate,
      boolean cancel) {
    return replace(cosigners, waiting, requestId, replaces, rate, cancel, KeyRole.USER);
  }

  /** One that takes it back, half-signed with the key of this role. */
  SendRequest takeBack(
      Cosigners cosigners,
      Waiting waiting,
      String requestId,
      String replaces,
      long rate,
      KeyRole by) {
    return replace(cosigners, waiting, requestId, replaces, rate, true, by);
  }

  private SendRequest replace(
      Cosigners cosigners,
      Waiting waiting,
      String requestId,
      String replaces,
      long rate,
      boolean cancel,
      KeyRole by) {
    OwnScripts own = new OwnScripts(cosigners);
    Original told = Objects.requireNonNull(waiting.original());
    int next = waiting.spendable().changeIndex();
    int tip = waiting.spendable().tipHeight();
    int height = waiting.spendable().lockTime();
    Intent said =
        new Intent(recipients(told.recipients()), told.everything(), new FeeRate(told.feeRate()));
    byte[] psbt = Base64.getDecoder().decode(told.psbt());
    CheckedSpend original = org.trefoil.core.proposal.Original.of(psbt, said, own, next, tip);
    FeeRate feeRate = new FeeRate(rate);
    Proposal proposal =
        cancel
            ? Replacement.cancel(own, original, feeRate, next, height, Map.of())
            : Replacement.faster(own, original, feeRate, height, Map.of());
    return request(proposal, own, original.inputs(), waiting, requestId, replaces, null, by);
  }

  /** A child that pulls a waiting payment along. */
  SendRequest child(
      Cosigners cosigners, Waiting waiting, String requestId, String payment, long rate) {
    OwnScripts own = new OwnScripts(cosigners);
    List<Coin> coins = coins(waiting.spendable());
    Proposal proposal =
        new ChildSpend(new Sats(waiting.fee()), waiting.vsize())
            .build(
                own,
                coins,
                new FeeRate(rate),
                waiting.spendable().changeIndex(),
                waiting.spendable().lockTime(),
                Map.of());
    return request(proposal, own, coins, waiting, requestId, null, payment, KeyRole.USER);
  }

  private SendRequest request(
      Proposal proposal,
      OwnScripts own,
      List<Coin> coins,
      Waiting waiting,
      String requestId,
      @Nullable String replaces,
      @Nullable String speedsUp,
      KeyRole by) {
    Spendable now = waiting.spendable();
    Known known = new Known(coins, FeeBounds.standard(), now.changeIndex(), now.tipHeight());
    Intent intent = proposal.intent();
    CheckedSpend spend = ProposalCheck.check(proposal.psbt(), intent, own, known).orThrow();
    Psbt half = sign(spend, master(by), null);
    List<RecipientLine> lines =
        intent.recipients().stream()
            .map(to -> new RecipientLine(to.address().text(), to.amount().value()))
            .toList();
    return new SendRequest(
        requestId,
        base64(half.serialize()),
        lines,
        intent.everything(),
        intent.feeRate().satPerKvB(),
        "",
        replaces,
        speedsUp,
        null);
  }

  Psbt halfSign(CheckedSpend spend) {
    return halfSign(spend, null);
  }

  /**
   * Signs every input.
   *
   * @param nonce used for all of them, as a broken random number would; null for RFC 6979
   */
  private Psbt halfSign(CheckedSpend spend, @Nullable BigInteger nonce) {
    return sign(spend, userMaster, nonce);
  }

  private Psbt sign(CheckedSpend spend, DeterministicKey master, @Nullable BigInteger nonce) {
    List<InputSignature> signatures = new ArrayList<>();
    DeterministicKey account = account(master);
    for (int i = 0; i < spend.inputs().size(); i++) {
      Coin coin = spend.inputs().get(i);
      DeterministicKey branch =
          HDKeyDerivation.deriveChildKey(account, new ChildNumber(coin.branch()));
      ECKey key = HDKeyDerivation.deriveChildKey(branch, new ChildNumber(coin.index()));
      Sha256Hash hash = Sha256Hash.wrap(spend.sighash(i));
      ECKey.ECDSASignature made = nonce == null ? key.sign(hash) : sign(key, hash, nonce);
      byte[] der = made.toCanonicalised().encodeToDER();
      byte[] typed = Arrays.copyOf(der, der.length + 1);
      typed[der.length] = 1;
      signatures.add(InputSignature.of(i, key.getPubKey(), typed));
    }
    return spend.psbt().withSignatures(signatures);
  }

  static List<Coin> coins(Spendable spendable) {
    return spendable.coins().stream()
        .filter(coin -> !coin.reserved())
        .map(
            c ->
                new Coin(
                    new Outpoint(c.txid(), c.vout()),
                    new Sats(c.value()),
                    c.branch(),
                    c.index(),
                    c.confirmations(),
                    c.ours()))
        .toList();
  }

  private List<org.trefoil.core.proposal.Recipient> recipients(List<RecipientLine> lines) {
    return lines.stream()
        .map(
            line ->
                new org.trefoil.core.proposal.Recipient(
                    org.trefoil.core.address.Address.parse(line.address(), network),
                    new Sats(line.amount())))
        .toList();
  }

  private DeterministicKey account(DeterministicKey master) {
    DeterministicKey key = master;
    for (int step : KeyPath.account(network.coinType()).steps()) {
      key = HDKeyDerivation.deriveChildKey(key, new ChildNumber(step));
    }
    return key;
  }

  private CosignerKey key(KeyRole role, DeterministicKey master) {
    KeyPath path = KeyPath.account(network.coinType());
    DeterministicKey account = account(master);
    Xpub xpub =
        Xpub.of(
            network,
            4,
            account.getParentFingerprint(),
            path.steps().get(3),
            account.getChainCode(),
            account.getPubKey());
    return new CosignerKey(role, new KeyOrigin(master.getFingerprint(), path), xpub);
  }

  private static ECKey.ECDSASignature sign(ECKey key, Sha256Hash hash, BigInteger nonce) {
    BigInteger n = CURVE.getN();
    ECPoint point = CURVE.getG().multiply(nonce).normalize();
    BigInteger r = point.getAffineXCoord().toBigInteger().mod(n);
    BigInteger z = new BigInteger(1, hash.getBytes());
    BigInteger s = nonce.modInverse(n).multiply(z.add(r.multiply(key.getPrivKey()))).mod(n);
    return new ECKey.ECDSASignature(r, s);
  }

  private static byte[] sign(ECKey key, byte[] digest) {
    ECKey.ECDSASignature signature = key.sign(Sha256Hash.wrap(digest)).toCanonicalised();
    byte[] out = new byte[64];
    put(signature.r, out, 0);
    put(signature.s, out, 32);
    return out;
  }

  private static void put(BigInteger number, byte[] out, int at) {
    byte[] bytes = number.toByteArray();
    int from = Math.max(0, bytes.length - 32);
    int length = bytes.length - from;
    System.arraycopy(bytes, from, out, at + 32 - length, length);
  }

  static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
