package org.trefoil.custody.recover.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.trefoil.core.keys.ColdProof;
import org.trefoil.core.keys.CosignerKey;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.core.units.Network;
import org.trefoil.custody.birth.TestBirths;
import org.trefoil.custody.entropy.Entropy;
import org.trefoil.custody.entropy.EntropyMissing;
import org.trefoil.custody.entropy.TestEntropy;
import org.trefoil.custody.keys.AccountKey;
import org.trefoil.custody.paper.PrintedSheets;
import org.trefoil.custody.paper.PrintedTexts;
import org.trefoil.custody.recover.PaperKind;

class KeyMakerTest {
  private static String dice(int count) {
    Random random = new Random(6);
    StringBuilder row = new StringBuilder();
    for (int i = 0; i < count; i++) {
      row.append(1 + random.nextInt(6)).append(i % 10 == 9 ? " " : "");
    }
    return row.toString();
  }

  private static KeyMaker maker(Answers person, Entropy machine) {
    return new KeyMaker(new Conversation(person, new OnDisk()), machine);
  }

  private static Answers made(String throwsTyped, String machine) {
    Answers person = new Answers("signet", "dice", throwsTyped, "words", "", Answers.SHOWN_WORDS);
    assertThat(maker(person, TestEntropy.named(machine)).make()).isTrue();
    return person;
  }

  private static String expression(Answers person) {
    return person.said.stream().filter(line -> line.startsWith("[")).findFirst().orElseThrow();
  }

  @Test
  void aKeyMadeOfDiceCanBeBroughtAndShownToBeHeld() {
    Answers person = made(dice(100), "machine");
    CosignerKey backup = CosignerKey.parse(KeyRole.BACKUP, expression(person), Network.SIGNET);
    assertThat(backup.origin().path()).hasToString("m/48'/1'/0'/2'");
    try (AccountKey user = TestBirths.account(KeyRole.USER, Network.SIGNET, "user");
        AccountKey server = TestBirths.account(KeyRole.SERVER, Network.SIGNET, "server")) {
      Cosigners cosigners =
          new Cosigners(
              Network.SIGNET,
              ScriptType.P2WSH,
              2,
              List.of(user.cosignerKey(), backup, server.cosignerKey()));
      String text = ColdProof.message(cosigners, TestBirths.WALLET_ID);
      Answers holder = new Answers("signet", "", person.words(), "naïve", text);
      assertThat(maker(holder, TestEntropy.named("unused")).sign()).isTrue();
      assertThat(holder.said).contains("Key: " + expression(person));
      assertThat(holder.shown()).contains("Only plain letters", "m/48'/1'/0'/2'/0/0");
      String signature = holder.said.get(holder.said.size() - 1);
      assertThat(ColdProof.check(cosigners, TestBirths.WALLET_ID, KeyRole.BACKUP, signature))
          .isEqualTo(signature);
    }
    assertThat(person.hidden).hasSize(2).allMatch(typed -> typed[0] == '\0');
  }

  @Test
  void aKeySplitIntoSharesIsReadBackPrintedAndShownToBeHeldByEnoughOfThem() throws IOException {
    Path folder = Files.createTempDirectory("key-sheets");
    String pdf = folder.resolve("key.pdf").toString();
    Answers person = new Answers("regtest", "dice", dice(100), "shares", "3", "9", "x", "3", "2");
    person.types(pdf, Answers.SHOWN_SHARE + 1, Answers.SHOWN_SHARE + 2, Answers.SHOWN_SHARE + 3);
    assertThat(maker(person, TestEntropy.named("split")).make()).isTrue();
    assertThat(person.shown()).contains("of which at least 2", "Type a number.");
    List<String> shares;
    try (PrintedTexts texts = PrintedSheets.read(Files.readAllBytes(Path.of(pdf)), null)) {
      assertThat(texts.network()).isEqualTo(Network.REGTEST);
      shares =
          texts.texts().stream()
              .filter(text -> PaperKind.of(text) == PaperKind.SHARE)
              .map(String::new)
              .toList();
      assertThat(texts.texts()).extracting(String::new).contains(expression(person));
    }
    assertThat(shares).hasSize(3);
    Answers holder = new Answers("regtest", "shares", shares.get(2), shares.get(0), "text");
    assertThat(maker(holder, TestEntropy.named("unused")).sign()).isTrue();
    assertThat(holder.said).contains("Key: " + expression(person));
  }

  @Test
  void throwsAndMachineBothDecide() {
    assertThat(made(dice(100), "machine").words())
        .isEqualTo(made(dice(100), "machine").words())
        .isNotEqualTo(made(dice(100), "another").words())
        .isNotEqualTo(made(dice(101), "machine").words());
  }

  @Test
  void whatIsWrongIsSaidAndAskedAgain() {
    Answers person =
        new Answers(
            "bitcoin",
            "regtest",
            "cards",
            "dice",
            dice(99),
            dice(100).replace('3', '7'),
            dice(100),
            "stone",
            "words",
            "",
            "abandon",
            "zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo wrong",
            Answers.SHOWN_WORDS);
    assertThat(maker(person, TestEntropy.named("again")).make()).isTrue();
    assertThat(person.shown())
        .contains(
            "Not a network: type mainnet, testnet, signet or regtest",
            "100 throws are needed, and 99 were typed")
        .contains(
            "is not one of 123456",
            "Type words or shares.",
            "There must be 24 words",
            "not what was shown");
  }

  @Test
  void c9NoThrowsMakeUpForAMachineWithoutEntropy() {
    Answers person = new Answers("signet", "dice", dice(300), Answers.SHOWN_WORDS);
    assertThatThrownBy(() -> maker(person, n -> new byte[n]).make())
        .isInstanceOf(EntropyMissing.class);
    assertThat(person.words()).isEmpty();
    byte[] own = new MachineEntropy().bytes(64);
    assertThat(own).hasSize(64).isNotEqualTo(new MachineEntropy().bytes(64));
  }

  @Test
  void theEndOfTheInputEndsIt() {
    for (String[] typed :
        new String[][] {
          {},
          {"signet"},
          {"signet", "coins"},
          {"signet", "dice"},
          {"signet", "dice", dice(100)},
          {"signet", "dice", dice(100), "words", ""},
          {"signet", "dice", dice(100), "shares", "3"},
          {"signet", "dice", dice(100), "shares", "3", "2", ""}
        }) {
      assertThat(maker(new Answers(typed), TestEntropy.named("end")).make()).isFalse();
      assertThat(
              maker(new Answers(typed.length == 0 ? typed : new String[] {"signet"}), n -> null)
                  .sign())
          .isFalse();
    }
  }
}
