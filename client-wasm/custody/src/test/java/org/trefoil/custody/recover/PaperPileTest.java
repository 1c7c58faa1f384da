package org.trefoil.custody.recover;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.core.units.Network;

/** What is kept of sheets, and that nothing secret of it stays behind. */
class PaperPileTest {
  private static final PaperWallet ONE = new PaperWallet("one", ScriptType.P2WSH);
  private static final PaperWallet TWO = new PaperWallet("two", ScriptType.P2WSH);
  private static final String SHARE = String.join(" ", Collections.nCopies(33, "academic"));

  private final PaperPile pile = new PaperPile();

  private static PaperPile of(String... texts) {
    PaperPile pile = new PaperPile();
    for (String text : texts) {
      pile.add(text.toCharArray());
    }
    return pile;
  }

  private static char[] words(PaperPile pile) {
    return (char[]) field(pile, "words");
  }

  @SuppressWarnings("unchecked") // a list of arrays of characters
  private static List<char[]> shares(PaperPile pile) {
    return (List<char[]>) field(pile, "shares");
  }

  private static Object field(PaperPile pile, String name) {
    try {
      Field field = PaperPile.class.getDeclaredField(name);
      field.setAccessible(true);
      return field.get(pile);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void wordsAndSharesAreWipedWhenItIsClosed() {
    PaperPile secret = of(ONE.words(KeyRole.BACKUP), SHARE, ONE.sealed().text());
    char[] words = words(secret);
    char[] share = shares(secret).get(0);
    assertThat(words).contains(' ');
    secret.close();
    assertThat(words).containsOnly('\0');
    assertThat(share).containsOnly('\0');
    assertThat(secret.isEmpty()).isTrue();
    assertThat(secret).hasToString("PaperPile[redacted]");
  }

  @Test
  void wordsThatOthersReplaceAndAShareThatIsThereAlreadyAreWiped() {
    pile.add(ONE.words(KeyRole.BACKUP).toCharArray());
    char[] before = words(pile);
    PaperPile other = of(ONE.words(KeyRole.USER), SHARE);
    pile.add(SHARE.toCharArray());
    char[] twice = shares(other).get(0);
    pile.takeOver(other);
    assertThat(before).containsOnly('\0');
    assertThat(twice).containsOnly('\0');
    assertThat(new String(words(pile))).isEqualTo(ONE.words(KeyRole.USER));
    assertThat(new String(shares(pile).get(0))).isEqualTo(SHARE);
    assertThat(other.isEmpty()).as("what is taken over is left empty").isTrue();
  }

  @Test
  void takingOverKeepsWhatTheOtherDoesNotHave() {
    pile.add(ONE.sealed().text().toCharArray());
    pile.setNetwork(Network.SIGNET);
    PaperPile other = of(ONE.cosigners().descriptor());
    pile.takeOver(other);
    assertThat(pile.sealed()).isEqualTo(ONE.sealed().text());
    assertThat(pile.network()).isEqualTo(Network.SIGNET);
    other.setNetwork(Network.REGTEST);
    pile.takeOver(other);
    assertThat(pile.descriptor()).isEqualTo(ONE.cosigners().descriptor());
    assertThat(pile.network()).isEqualTo(Network.REGTEST);
    assertThat(other.network()).isNull();
  }

  @Test
  void papersSayTheNetworkThatAFileNames() {
    try (Papers papers = new Papers()) {
      papers.take(List.of(ONE.sealed().text().toCharArray()), Network.SIGNET);
      assertThat(papers.network()).isEqualTo(Network.SIGNET);
      assertThat(papers).hasToString("Papers[redacted]");
    }
  }

  @Test
  void twoWalletsAreToldApartByDescriptorOrByWhatTheSealedKeyIsBoundTo() {
    assertThat(of(ONE.sealed().text()).isOfOneWalletWith(of(ONE.sealed().text()))).isTrue();
    assertThat(of(ONE.sealed().text()).isOfOneWalletWith(of(TWO.sealed().text()))).isFalse();
    assertThat(of(ONE.sealed().text()).isOfOneWalletWith(pile)).isTrue();
    assertThat(pile.isOfOneWalletWith(of(ONE.sealed().text()))).isTrue();
    String damaged = "trefoil1:abc";
    assertThat(of(damaged).sealed()).as("it has the looks of a sealed key").isNotNull();
    assertThat(of(damaged).isOfOneWalletWith(of(TWO.sealed().text())))
        .as("opening it says that it is damaged")
        .isTrue();
    assertThat(of(damaged).name(false)).isEqualTo("a damaged descriptor");
  }

  @Test
  void closingPapersWipesBothPiles() throws Exception {
    Papers papers = new Papers();
    papers.take(
        List.of(
            ONE.cosigners().descriptor().toCharArray(), ONE.words(KeyRole.BACKUP).toCharArray()),
        null);
    try {
      papers.take(
          List.of(
              TWO.cosigners().descriptor().toCharArray(), TWO.words(KeyRole.BACKUP).toCharArray()),
          null);
    } catch (org.trefoil.core.RefusedException e) {
      assertThat(e).hasMessage("sheets-of-two-wallets");
    }
    char[] held = words(inside(papers, "held"));
    char[] aside = words(inside(papers, "aside"));
    assertThat(held).isNotEqualTo(aside).contains(' ');
    papers.close();
    assertThat(held).containsOnly('\0');
    assertThat(aside).containsOnly('\0');
  }

  private static PaperPile inside(Papers papers, String name) throws ReflectiveOperationException {
    Field field = Papers.class.getDeclaredField(name);
    field.setAccessible(true);
    return (PaperPile) field.get(papers);
  }
}
