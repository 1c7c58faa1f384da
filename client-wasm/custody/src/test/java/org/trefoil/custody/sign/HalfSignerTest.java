package org.trefoil.custody.sign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bitcoinj.base.Sha256Hash;
import org.bitcoinj.crypto.ECKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.address.Address;
import org.trefoil.core.coins.Coin;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.proposal.CheckedSpend;
import org.trefoil.core.proposal.FeeBounds;
import org.trefoil.core.proposal.HalfSigned;
import org.trefoil.core.proposal.Intent;
import org.trefoil.core.proposal.Known;
import org.trefoil.core.proposal.Outcome;
import org.trefoil.core.proposal.Proposal;
import org.trefoil.core.proposal.ProposalCheck;
import org.trefoil.core.proposal.Proposals;
import org.trefoil.core.proposal.Recipient;
import org.trefoil.core.psbt.PartialSignature;
import org.trefoil.core.psbt.Psbt;
import org.trefoil.core.units.FeeRate;
import org.trefoil.core.units.Hex;
import org.trefoil.core.units.Network;
import org.trefoil.core.units.Sats;
import org.trefoil.custody.birth.Born;
import org.trefoil.custody.birth.TestBirths;
import org.trefoil.custody.entropy.TestEntropy;
import org.trefoil.custody.keys.AccountKey;
import org.trefoil.custody.keys.UserSeed;

class HalfSignerTest {
  private static final Born BORN = TestBirths.here(Network.REGTEST, "signer");

  /** The same entropy as {@link #BORN}'s, so the same user key. */
  private static UserSeed user() {
    return UserSeed.fresh(TestEntropy.named("signer"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 40})
  void everyInputGetsARightSignatureAndNothingElseChanges(int inputs) {
    CheckedSpend spend = spend(BORN.cosigners(), inputs);
    try (UserSeed user = user()) {
      Psbt signed = HalfSigner.sign(spend, user);
      assertThat(HalfSigned.verify(spend, signed, KeyRole.USER)).isNotNull();
      assertThat(signed.unsignedTx()).isEqualTo(spend.psbt().unsignedTx());
      assertThat(signed.inputs()).hasSize(inputs);
      for (int i = 0; i < inputs; i++) {
        PartialSignature only = signed.inputs().get(i).partialSignatures().get(0);
        assertThat(only.sighashType()).isEqualTo(1);
        byte[] der = only.signature();
        ECKey.ECDSASignature signature = decode(java.util.Arrays.copyOf(der, der.length - 1));
        assertThat(signature.isCanonical()).isTrue();
        assertThat(
                ECKey.fromPublicOnly(only.publicKey())
                    .verify(Sha256Hash.wrap(spend.sighash(i)), signature))
            .isTrue();
      }
    }
  }

  private static ECKey.ECDSASignature decode(byte[] der) {
    try {
      return ECKey.ECDSASignature.decodeFromDER(der);
    } catch (org.bitcoinj.crypto.SignatureDecodeException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void signingAgainGivesTheSameBytes() {
    CheckedSpend spend = spend(BORN.cosigners(), 5);
    try (UserSeed one = user();
        UserSeed two = user()) {
      assertThat(HalfSigner.sign(spend, one).base64())
          .isEqualTo(HalfSigner.sign(spend, two).base64());
    }
  }

  @Test
  void slicesCountUpToAllInputs() {
    CheckedSpend spend = spend(BORN.cosigners(), 4);
    try (UserSeed user = user();
        AccountKey key = user.account(Network.REGTEST);
        var work = HalfSigner.begin(spend, key)) {
      assertThatThrownBy(work::finish).isInstanceOf(IllegalStateException.class);
      assertThat(work.step()).isTrue();
      assertThat(work.percent()).isEqualTo(25);
      assertThat(work.step()).isTrue();
      assertThat(work.step()).isTrue();
      // The fourth of four: nothing is left, and asking again changes nothing.
      assertThat(work.step()).isFalse();
      assertThat(work.step()).isFalse();
      assertThat(work.percent()).isEqualTo(100);
      assertThat(HalfSigned.verify(spend, work.finish(), KeyRole.USER)).isNotNull();
    }
  }

  @Test
  void aForeignKeySignsNothing() {
    CheckedSpend spend = spend(BORN.cosigners(), 1);
    try (UserSeed stranger = UserSeed.fresh(TestEntropy.named("stranger"))) {
      assertThatThrownBy(() -> HalfSigner.sign(spend, stranger))
          .isInstanceOfSatisfying(
              RefusedException.class,
              e -> assertThat(e.refusal().is(Token.KEY_SET_CHANGED)).isTrue());
      AccountKey otherNetwork = user().account(Network.TESTNET);
      assertThatThrownBy(() -> HalfSigner.sign(spend, otherNetwork))
          .isInstanceOf(RefusedException.class);
      assertThatThrownBy(() -> Endorser.endorse(otherNetwork, BORN.cosigners(), "id"))
          .isInstanceOf(RefusedException.class);
    }
  }

  @Test
  void aClosedKeySignsNothing() {
    CheckedSpend spend = spend(BORN.cosigners(), 1);
    AccountKey key = user().account(Network.REGTEST);
    key.close();
    assertThatThrownBy(() -> HalfSigner.sign(spend, key)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void signaturesAgreeWithBitcoinj() {
    Random random = new Random(6979);
    for (int i = 0; i < 300; i++) {
      byte[] chain = new byte[32];
      byte[] secret = new byte[32];
      byte[] digest = new byte[32];
      random.nextBytes(chain);
      random.nextBytes(secret);
      random.nextBytes(digest);
      if (i % 3 == 0) {
        java.util.Arrays.fill(digest, (byte) (i % 2 == 0 ? 0 : 0xff));
      }
      try (AccountKey key = AccountKey.ofMaster(KeyRole.USER, Network.REGTEST, secret, chain)) {
        byte[] compact = key.sign(digest);
        byte[] der = Der.withSighashAll(compact);
        byte[] account = AccountKeys.secretOf(secret, chain);
        ECKey.ECDSASignature theirs = ECKey.fromPrivate(account).sign(Sha256Hash.wrap(digest));
        assertThat(Hex.of(java.util.Arrays.copyOf(der, der.length - 1)))
            .isEqualTo(Hex.of(theirs.toCanonicalised().encodeToDER()));
      }
    }
  }

  @Test
  void derIsTheShortestForm() {
    byte[] compact = new byte[64];
    compact[31] = 1;
    compact[63] = 1;
    assertThat(Hex.of(Der.withSighashAll(compact))).isEqualTo("300602010102010101");
    // Zero is one byte; no signature has it.
    assertThat(Hex.of(Der.withSighashAll(new byte[64]))).isEqualTo("300602010002010001");
    compact[0] = (byte) 0x80;
    compact[33] = (byte) 0x80;
    byte[] der = Der.withSighashAll(compact);
    assertThat(Hex.of(der)).startsWith("3045022100800000").endsWith("0101");
    assertThat(der.length).isEqualTo(3 + 0x45);
  }

  static CheckedSpend spend(Cosigners cosigners, int inputs) {
    List<Coin> coins = new ArrayList<>();
    Random random = new Random(inputs);
    for (int i = 0; i < inputs; i++) {
      byte[] id = new byte[32];
      random.nextBytes(id);
      Outpoint outpoint = new Outpoint(Hex.of(id), i % 3);
      coins.add(new Coin(outpoint, new Sats(100_000 + i), i % 2, i % 7, 6, false));
    }
    Address to = Address.parse(cosigners.address(0, 99), cosigners.network());
    Intent wish = new Intent(List.of(new Recipient(to, new Sats(0))), true, new FeeRate(2_000));
    Proposal proposal = Proposals.build(cosigners, coins, wish, 3, 100);
    Known known = new Known(coins, FeeBounds.standard(), 3, 100);
    Outcome outcome = ProposalCheck.check(proposal.psbt(), proposal.intent(), cosigners, known);
    if (outcome instanceof Outcome.Accepted accepted) {
      return accepted.spend();
    }
    throw new AssertionError(outcome);
  }
}
