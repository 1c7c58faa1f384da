package org.trefoil.e2e.evil;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.trefoil.core.keys.AccountStatement;
import org.trefoil.core.wire.DraftWallet;
import org.trefoil.core.wire.ForeignCoins;
import org.trefoil.core.wire.FreshAddress;
import org.trefoil.core.wire.Heir;
import org.trefoil.core.wire.Heirs;
import org.trefoil.core.wire.Kdf;
import org.trefoil.core.wire.KeyQuestion;
import org.trefoil.core.wire.PageAnswer;
import org.trefoil.core.wire.PolicyView;
import org.trefoil.core.wire.RuleReceipt;
import org.trefoil.core.wire.Rules;
import org.trefoil.core.wire.RulesAndReceipt;
import org.trefoil.core.wire.SendKind;
import org.trefoil.core.wire.Spendable;
import org.trefoil.core.wire.SuccessionStatement;
import org.trefoil.core.wire.ToVault;
import org.trefoil.core.wire.Waiting;
import org.trefoil.core.wire.WalletView;

/**
 * Every message that a vault takes, as well formed as whoever has a person's cookies can say it.
 */
final class Forgeries {
  /** What a vault waits for in the midst of a task; as a first message it is none. */
  private static final Map<String, List<String>> ANSWERS_TO =
      Map.of(
          "wallet-stored", List.of("make-wallet", "replace-keys"),
          "wallet-active", List.of("make-wallet", "check-paper"),
          "envelope-stored", List.of("change-passcode", "second-passcode"),
          "passkey-gave", List.of("send", "check-passcode", "make-opening"),
          "passkey-failed", List.of("sign-rules", "make-opening"),
          "opening-stored", List.of("make-opening"),
          "looked", List.of("sweep"),
          "rules-stored", List.of("sign-rules"),
          "rules-held", List.of("send", "check-rules", "sign-rules"));

  private static final String TODAY = "2026-11-22";
  private static final long NOW = 1_795_305_600;
  private static final String BYTES = Base64.getEncoder().encodeToString(new byte[32]);
  private static final Kdf KDF = new Kdf(65_536, 3, 1);

  private final Map<String, ToVault> messages = new TreeMap<>();

  /** About this wallet, from what the server says of it. */
  Forgeries(WalletView wallet, Spendable spendable, PolicyView policy, FreshAddress fresh) {
    String address = fresh.address();
    String server = wallet.descriptor().replaceAll(".*,(\\[[^\\]]+\\][^/]+)/.*", "$1");
    DraftWallet draft =
        new DraftWallet("ab".repeat(16), wallet.network(), server, wallet.birthHeight(), NOW);
    SuccessionStatement stated =
        new SuccessionStatement("user", Base64.getEncoder().encodeToString(new byte[64]));
    KeyQuestion question =
        new KeyQuestion(
            wallet, AccountStatement.FACTOR_LOST, "ab".repeat(16), "", "cd".repeat(32), NOW, false);
    for (ToVault message :
        List.of(
            new ToVault.MakePassword("eve@example.org"),
            new ToVault.ProvePassword(BYTES, KDF),
            new ToVault.ChangePassword("eve@example.org", BYTES, KDF),
            new ToVault.MakeWallet(draft, "Savings", TODAY),
            new ToVault.CheckPaper(wallet),
            new ToVault.ShowAddress(wallet, null, null, fresh.index(), address),
            new ToVault.Send(wallet, null, null, spendable, "x"),
            new ToVault.Bump(
                wallet, null, null, SendKind.CHILD, new Waiting(spendable, null, 200, 150)),
            new ToVault.ProveKeys(question, null),
            new ToVault.ChangePasscode(wallet, null, TODAY),
            new ToVault.SecondPasscode(wallet, null),
            new ToVault.CheckPasscode(wallet, null, Long.toString(NOW)),
            new ToVault.MakeOpening(wallet, null, List.of(BYTES)),
            new PageAnswer.PasskeyGave(BYTES, BYTES),
            new PageAnswer.PasskeyFailed(false),
            new PageAnswer.OpeningStored(),
            new ToVault.PrintSheet(wallet, null, TODAY),
            new ToVault.ReplaceKeys(draft, wallet, null, TODAY),
            new ToVault.Move(
                wallet,
                null,
                null,
                spendable,
                new Heirs(List.of(new Heir(wallet, stated)), fresh.index(), address),
                null),
            new ToVault.Sweep(wallet, null, fresh.index(), address),
            new ToVault.SignRules(wallet, null, null, policy, Rules.NONE.toJson().write()),
            new ToVault.CheckRules(wallet, null),
            new PageAnswer.RulesStored(),
            new PageAnswer.RulesHeld(
                new RulesAndReceipt(
                    policy,
                    new RuleReceipt(
                        NOW,
                        policy.documents().size(),
                        "00".repeat(32),
                        List.of(),
                        false,
                        null,
                        Base64.getEncoder().encodeToString(new byte[64]))),
                null),
            new PageAnswer.Looked(
                new ForeignCoins(
                    false, 100, List.of(), 0, spendable.fees(), spendable.tipHeight())),
            new PageAnswer.EnvelopeStored(),
            new ToVault.Recover(),
            new PageAnswer.WalletStored(),
            new PageAnswer.WalletActive())) {
      messages.put(typeOf(message), message);
    }
    assertThat(messages.values())
        .as("each type of message once, as it would be read")
        .<Class<?>>extracting(ToVault::getClass)
        .containsExactlyInAnyOrder(types())
        .hasSize(messages.size());
    assertThat(messages.values())
        .allSatisfy(each -> assertThat(ToVault.parse(each.toJson().write())).isEqualTo(each));
  }

  private static Class<?>[] types() {
    return Stream.of(ToVault.Task.class, PageAnswer.class)
        .flatMap(kind -> Stream.of(kind.getPermittedSubclasses()))
        .toArray(Class<?>[]::new);
  }

  private static String typeOf(ToVault message) {
    return message.toJson().pick(f -> f.text("type"));
  }

  /** What a vault begins with. */
  Set<String> tasks() {
    Set<String> tasks = new TreeSet<>(messages.keySet());
    tasks.removeAll(ANSWERS_TO.keySet());
    tasks.remove("recover"); // in a file of its own alone
    return tasks;
  }

  /**
   * Every message as the first, and behind each all others; each answer also right behind the tasks
   * that wait for it. JSON texts: a vault ends at the first that it does not expect, so their order
   * turns from one list to the next.
   */
  Map<String, List<String>> orders() {
    Map<String, List<String>> orders = new LinkedHashMap<>();
    List<String> types = new ArrayList<>(messages.keySet());
    for (String first : List.copyOf(types)) {
      Collections.rotate(types, -1);
      orders.put(first, said(first, types));
    }
    ANSWERS_TO.forEach(
        (answer, to) -> {
          for (String task : to) {
            List<String> others = new ArrayList<>(types);
            others.add(0, answer);
            orders.put(task + " " + answer, said(task, others));
          }
        });
    return orders;
  }

  private List<String> said(String first, List<String> others) {
    List<String> said = new ArrayList<>(List.of(text(first)));
    others.forEach(each -> said.add(text(each)));
    return said;
  }

  private String text(String type) {
    return messages.get(type).toJson().write();
  }
}
