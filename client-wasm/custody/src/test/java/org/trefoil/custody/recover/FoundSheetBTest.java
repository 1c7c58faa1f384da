package org.trefoil.custody.recover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trefoil.core.Refusals.refusal;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.descriptor.Descriptors;
import org.trefoil.core.envelope.SealedUserKey;
import org.trefoil.core.keys.CosignerKey;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.core.units.Network;
import org.trefoil.core.wire.KeySplit;
import org.trefoil.custody.bip39.Mnemonic;
import org.trefoil.custody.envelope.v1.Opening;
import org.trefoil.custody.keys.UserSeed;
import org.trefoil.custody.paper.BackupSheets;
import org.trefoil.custody.paper.PrintedSheets;
import org.trefoil.custody.paper.PrintedTexts;
import org.trefoil.custody.paper.SealedKeyFacts;
import org.trefoil.custody.paper.WalletFacts;
import org.trefoil.custody.passcode.Passcode;

/**
 * Whoever found sheet B has the sealed key itself and all that is printed around it, a computer and
 * time, and no passcode. What he tries at the server, {@code OneThingIsNotEnoughTest} shows.
 */
class FoundSheetBTest {
  private final PaperWallet wallet = new PaperWallet("found sheet", ScriptType.P2WSH);
  private final List<String> printed = printed();

  /** What a program reads off the sheet, and the words that only eyes do. */
  private List<String> printed() {
    WalletFacts facts =
        WalletFacts.of(wallet.cosigners(), "Savings", "2026-11-21", 101, "0".repeat(64));
    byte[] pdf =
        BackupSheets.renderSheetB(facts, SealedKeyFacts.of(wallet.sealed()), false, KeySplit.WHOLE);
    List<String> all = new ArrayList<>();
    try (PrintedTexts texts = PrintedSheets.read(pdf, null)) {
      texts.texts().forEach(text -> all.add(new String(text)));
    }
    return all;
  }

  private SealedUserKey sealed() {
    String text = printed.stream().filter(each -> each.startsWith("trefoil1:")).findFirst().get();
    return SealedUserKey.parse(text);
  }

  private Cosigners cosigners() {
    String text = printed.stream().filter(each -> each.startsWith("wsh(")).findFirst().get();
    return Descriptors.ofWallet(text, Network.REGTEST);
  }

  private UserSeed open(SealedUserKey sealed, String passcode) {
    try (Passcode typed = Passcode.typed(passcode.toCharArray());
        Opening opening = Opening.begin(sealed, typed, sealed.claimed())) {
      return opening.run();
    }
  }

  @Test
  void theSealedKeyThatIsPrintedIsTheRealOne() {
    try (UserSeed seed = open(sealed(), PaperWallet.PASSCODE);
        Mnemonic words = seed.mnemonic()) {
      assertThat(words.word(1)).isEqualTo(wallet.words(KeyRole.USER).split(" ")[0]);
    }
    assertThat(cosigners()).isEqualTo(wallet.cosigners());
  }

  @Tag("slow")
  @Test
  void nothingThatIsPrintedOnSheetBOpensItsSealedKeyAndNeitherDoWrongPasscodes() {
    List<String> tries = new ArrayList<>(printed);
    tries.addAll(List.of("", "Savings", "2026-11-21", "password", "zebra ladder unique mangp"));
    tries.add(String.join(" ", sealed().words()));
    tries.add(String.join(" ", cosigners().words()));
    tries.add(cosigners().address(Cosigners.RECEIVE, 0));
    cosigners().keys().forEach(key -> tries.add(key.xpub().base58()));
    assertThat(tries).hasSizeGreaterThan(10).doesNotContain(PaperWallet.PASSCODE);
    for (String tried : tries) {
      refusal(Token.PASSCODE_WRONG, () -> open(sealed(), tried));
    }
  }

  @Test
  void nothingThatIsPrintedOnSheetBIsAPrivateKey() {
    String sheet = String.join("\n", printed);
    assertThat(sheet).doesNotContain("prv", wallet.words(KeyRole.BACKUP));
    for (CosignerKey key : cosigners().keys()) {
      assertThat(key.xpub().base58()).startsWith("tpub");
    }
    for (String text : printed) {
      assertThat(refusalOf(text)).as(text).startsWith("word");
    }
  }

  /** Whether recovery takes a text as one of the wallet's keys. */
  private String refusalOf(String text) {
    try (var reading = OpenedKey.reading(text.toCharArray(), cosigners())) {
      return "it is " + reading.run();
    } catch (RefusedException e) {
      return e.refusal().token();
    }
  }
}
