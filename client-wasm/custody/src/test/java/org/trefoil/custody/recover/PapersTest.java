package org.trefoil.custody.recover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.core.units.Network;

/** Sheets of two wallets in one hand. */
class PapersTest {
  private static final PaperWallet ONE = new PaperWallet("one", ScriptType.P2WSH);
  private static final PaperWallet TWO = new PaperWallet("two", ScriptType.P2WSH);

  private final Papers papers = new Papers();

  @Test
  void sheetsOfTwoWalletsAreNotMixedAndBothAreNamed() {
    papers.take(sheets(ONE), Network.REGTEST);
    Refusal why = refused(sheets(TWO));
    assertThat(why.token()).isEqualTo("sheets-of-two-wallets");
    assertThat(why.data().get("before")).contains(words(ONE)).doesNotContain(words(TWO));
    assertThat(why.data().get("now")).contains(words(TWO)).doesNotContain(words(ONE));
    assertThat(papers.descriptor()).isEqualTo(ONE.cosigners().descriptor());
    assertThat(papers.sealed()).isEqualTo(ONE.sealed().text());
    assertThat(papers.keySetWords()).isEqualTo(words(ONE));
    assertThat(new String(papers.takeWords())).isEqualTo(ONE.words(KeyRole.BACKUP));
  }

  @Test
  void thePersonSaysWhichOfTheTwoItIs() {
    papers.take(sheets(ONE), Network.SIGNET);
    refused(sheets(TWO));
    papers.takeAside();
    assertThat(papers.descriptor()).isEqualTo(TWO.cosigners().descriptor());
    assertThat(papers.sealed()).isEqualTo(TWO.sealed().text());
    assertThat(papers.network()).isNull();
    assertThat(new String(papers.takeWords())).isEqualTo(TWO.words(KeyRole.BACKUP));

    refused(sheets(ONE));
    papers.dropAside();
    papers.takeAside();
    assertThat(papers.descriptor()).as("nothing is aside any more").isNull();
  }

  @Test
  void oneSheetAfterTheOtherOfEitherWalletGoesWhereItBelongs() {
    papers.take(texts(ONE.cosigners().descriptor()), null);
    refused(texts(TWO.cosigners().descriptor(), TWO.sealed().text()));
    refused(texts(TWO.cosigners().descriptor(), TWO.words(KeyRole.BACKUP)));
    papers.take(texts(ONE.cosigners().descriptor(), ONE.sealed().text()), null);
    assertThat(papers.hasWords()).isFalse();
    papers.takeAside();
    assertThat(papers.sealed()).isEqualTo(TWO.sealed().text());
    assertThat(papers.hasWords()).isTrue();
  }

  @Test
  void aSealedKeyAloneIsToldFromAnotherWalletsByWhatItIsBoundTo() {
    papers.take(texts(ONE.sealed().text()), null);
    Refusal why = refused(texts(TWO.sealed().text()));
    assertThat(why.data().get("before")).contains(String.join(" ", ONE.sealed().words()));
    assertThat(why.data().get("now")).contains(String.join(" ", TWO.sealed().words()));
    papers.take(texts(ONE.cosigners().descriptor()), null);
    assertThat(papers.sealed()).isEqualTo(ONE.sealed().text());
  }

  @Test
  void theSameSheetSeenTwiceIsOneAndWhatIsNoSheetIsRefused() {
    String share = String.join(" ", Collections.nCopies(33, "academic"));
    papers.take(texts(share), null);
    papers.take(texts(share, "hello"), null);
    assertThat(papers.shares()).isEqualTo(1);
    assertThat(refused(texts("hello", "https://example.com")).token()).isEqualTo("not-of-a-sheet");
    List<char[]> taken = papers.takeShares();
    assertThat(new String(taken.get(0))).isEqualTo(share);
    assertThat(papers.shares()).isZero();
  }

  private static String words(PaperWallet wallet) {
    return String.join(" ", wallet.cosigners().words());
  }

  private static List<char[]> sheets(PaperWallet wallet) {
    return texts(
        wallet.words(KeyRole.BACKUP), wallet.cosigners().descriptor(), wallet.sealed().text());
  }

  private static List<char[]> texts(String... texts) {
    List<char[]> out = new ArrayList<>();
    for (String text : texts) {
      out.add(text.toCharArray());
    }
    return out;
  }

  private Refusal refused(List<char[]> texts) {
    RefusedException e =
        catchThrowableOfType(RefusedException.class, () -> papers.take(texts, null));
    assertThat(e).isNotNull();
    return e.refusal();
  }
}
