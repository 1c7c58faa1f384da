package org.trefoil.custody.birth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.trefoil.core.Refusals.refusal;

import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trefoil.core.Token;
import org.trefoil.core.envelope.EnvelopeBinding;
import org.trefoil.core.keys.Endorsement;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.units.Network;
import org.trefoil.custody.entropy.EntropyMissing;
import org.trefoil.custody.entropy.TestEntropy;
import org.trefoil.custody.keys.AccountKey;
import org.trefoil.custody.keys.UserSeed;
import org.trefoil.custody.passcode.Passcode;
import org.trefoil.custody.passcode.Stretch;
import org.trefoil.custody.slices.SlicedWork;
import org.trefoil.custody.slip39.ShareSet;

/** The stages of a birth, one after the other: what each gives, and that closing any wipes all. */
class StagesTest {
  private static final Network NETWORK = Network.REGTEST;

  private static Begun begun() {
    return QuickBirths.begun(NETWORK, "stages");
  }

  private static void isWiped(Runnable use) {
    assertThatThrownBy(use::run)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("secret used after it was wiped");
  }

  @Test
  void closingAnyStageWipesTheSecretsOfAll() {
    Begun begun = begun();
    begun.close();
    isWiped(begun::withBackupMadeHere);

    Keyed keyed = begun().withBackupMadeHere();
    Endorsed endorsed = keyed.endorse();
    keyed.close();
    isWiped(keyed::endorse);
    isWiped(() -> QuickBirths.born(keyed));

    Endorsed closed = begun().withBackupMadeHere().endorse();
    closed.close();
    try (Passcode any = Passcode.typed(TestBirths.PASSCODE.toCharArray())) {
      for (Endorsed each : List.of(endorsed, closed)) {
        SlicedWork<?> sealing = each.sealing(any, Stretch.Params.FLOOR);
        isWiped(() -> QuickBirths.finish(sealing));
      }
    }
  }

  @Test
  void aWalletThatIsClosedHasNeitherWordsNorSharesNorAKeyThatSigns() {
    Born here = QuickBirths.here(NETWORK, "here");
    Born split = QuickBirths.split(NETWORK, "split", 2, 3);
    Born cold = QuickBirths.cold(NETWORK, "cold");
    ShareSet shares = split.backupShares();
    int word = shares.value(1, 20);
    int other = shares.value(2, 20);
    for (Born born : List.of(here, split, cold)) {
      PaperCheck check = born.paperCheck();
      char[][] answers = BirthTest.answers(check, born);
      born.close();
      isWiped(() -> check.answer(answers));
    }
    isWiped(here::backupWords);
    assertThat(new int[] {shares.value(1, 20), shares.value(2, 20)})
        .isNotEqualTo(new int[] {word, other});
  }

  @Test
  void nothingOfAStageIsPrinted() {
    Begun begun = begun();
    Keyed keyed = begun.withBackupMadeHere();
    Endorsed endorsed = keyed.endorse();
    try (Born born = QuickBirths.born(keyed);
        UserSeed seed = UserSeed.fresh(TestEntropy.named("printed"));
        AccountKey user = seed.account(NETWORK)) {
      for (Object each : List.of(begun, keyed, endorsed, born, new BirthSecrets(seed, user))) {
        assertThat(each).hasToString(each.getClass().getSimpleName() + "[redacted]");
      }
    }
  }

  @Test
  void whatIsBornIsWhatWasEndorsed() {
    Keyed keyed = begun().withBackupMadeHere();
    byte[] endorsement = keyed.endorse().endorsement();
    try (Born born = QuickBirths.born(keyed)) {
      assertThat(born.cosigners()).isEqualTo(keyed.cosigners());
      assertThat(born.walletId()).isEqualTo(TestBirths.WALLET_ID);
      assertThat(born.endorsement()).isEqualTo(endorsement);
      assertThat(Endorsement.verify(born.cosigners(), born.walletId(), endorsement)).isTrue();
      endorsement[0] ^= 1;
      byte[] given = born.endorsement();
      given[0] ^= 1;
      assertThat(born.endorsement()).isNotEqualTo(given).isNotEqualTo(endorsement);
      EnvelopeBinding binding =
          EnvelopeBinding.of(born.cosigners(), born.walletId(), born.endorsement(), false);
      assertThat(born.sealed().claims(binding)).isTrue();
      assertThat(Base64.getDecoder().decode(born.secondSlot().slot())).hasSize(92);
      assertThat(born.firstAddress()).isEqualTo(born.cosigners().address(0, 0)).startsWith("bcrt1");
      assertThat(born.backupShares()).isNull();
    }
    endorsement[0] ^= 1;
    Endorsed endorsed = begun().withBackupMadeHere().endorse();
    endorsed.endorsement()[0] ^= 1;
    assertThat(endorsed.endorsement()).isEqualTo(endorsement);
  }

  @Test
  void sealingIsWorkInSlicesThatGivesNothingBeforeItsEnd() {
    try (Endorsed endorsed = begun().withBackupMadeHere().endorse();
        Passcode passcode = Passcode.typed(TestBirths.PASSCODE.toCharArray());
        SlicedWork<Born> sealing = endorsed.seal(passcode, Stretch.Params.FLOOR)) {
      assertThat(sealing.percent()).isZero();
      assertThat(sealing.step()).isTrue();
      for (int i = 0; i < 1_000 && sealing.percent() == 0; i++) {
        sealing.step();
      }
      assertThat(sealing.percent()).isEqualTo(1);
      assertThatThrownBy(sealing::finish).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void aSourceThatIsNotToBeTrustedBeginsNothing() {
    BirthTerms terms = TestBirths.terms(NETWORK, "broken");
    assertThatThrownBy(() -> Begun.begin(terms, byte[]::new)).isInstanceOf(EntropyMissing.class);
    try (Born born = QuickBirths.cold(NETWORK, "cold");
        UserSeed user = UserSeed.fresh(TestEntropy.named("cold"));
        AccountKey key = user.account(NETWORK)) {
      assertThatThrownBy(
              () ->
                  PaperCheck.resumedCold(
                      born.cosigners(), born.walletId(), born.sealed(), user, byte[]::new))
          .isInstanceOf(EntropyMissing.class);
      assertThatThrownBy(
              () ->
                  PaperCheck.ofSheetB(
                      born.cosigners(), born.walletId(), born.sealed(), key, byte[]::new))
          .isInstanceOf(EntropyMissing.class);
    }
  }

  @ParameterizedTest
  @CsvSource({"1,3", "0,0", "4,3", "2,17", "1,1", "-1,2"})
  void aSplitIsOfTwoToSixteenSharesAndNeedsAtLeastTwo(int threshold, int count) {
    try (Begun begun = begun();
        Begun other = begun()) {
      refusal(Token.SPLIT_NUMBERS, () -> begun.withBackupSplit(threshold, count));
      // Nothing was drawn for it: the birth goes on as if it had not been asked for.
      assertThat(begun.withBackupMadeHere().cosigners())
          .isEqualTo(other.withBackupMadeHere().cosigners());
    }
  }

  @Test
  void theServersKeyIsTakenForItsNetworkAndRoleOnly() {
    String expression = TestBirths.terms(Network.MAINNET, "terms").serverKey().expression();
    BirthTerms terms = BirthTerms.of(Network.MAINNET, "id", expression);
    assertThat(terms.serverKey().role()).isEqualTo(KeyRole.SERVER);
    assertThat(terms.walletId()).isEqualTo("id");
    refusal(Token.KEY_OTHER_NETWORK, () -> BirthTerms.of(NETWORK, "id", expression));
  }
}
