package org.trefoil.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trefoil.core.Refusals.refusal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;

/** Every message is written as it is read, and takes nothing that does not belong to it. */
class MessagesTest {
  private static final Kdf KDF = new Kdf(65536, 3, 1);
  private static final String B64 = "AAECAw==";
  private static final String HEX = "00ff";
  private static final Balance BALANCE = new Balance(5, 3, 1);
  private static final RecipientLine RECIPIENT = new RecipientLine("bcrt1q", 1000);
  private static final DraftWallet DRAFT =
      new DraftWallet(HEX, "regtest", "[00000000/0']tpub", 7, 1_800_000_000);
  private static final WalletView WALLET =
      new WalletView(
          HEX,
          "Ä \"quoted\" <name>",
          "regtest",
          WalletState.ACTIVE,
          "wsh()",
          B64,
          "trefoil1:x",
          true,
          1,
          2,
          BALANCE,
          3,
          4,
          5,
          List.of("Ann", "Bob"),
          new KeySplit(2, 3),
          MemberRole.SPENDER,
          B64,
          List.of(new PasskeyOpening(B64, B64, B64)));
  private static final SecondSlot BESIDE = new SecondSlot(B64, B64, B64);
  private static final Spendable SPENDABLE =
      new Spendable(
          List.of(new SpendableCoin(HEX, 1, 2, 0, 4, 5, true, false, B64)),
          new Fees(1000, 2000, 3000, 1000, 9000),
          6,
          7,
          8);
  private static final Waiting WAITING =
      new Waiting(SPENDABLE, new Original(B64, List.of(RECIPIENT), false, 1500), 1, 2);
  private static final KeyQuestion QUESTION =
      new KeyQuestion(WALLET, "factor-lost", HEX, "", HEX, 1_800_000_000, true);

  private static final SuccessionStatement STATED = new SuccessionStatement("user", B64);
  private static final BroughtKeys BROUGHT =
      new BroughtKeys(3, List.of(new BroughtKey("Ann", "k")));
  private static final Heirs HEIRS = new Heirs(List.of(new Heir(WALLET, STATED)), 3, "a");

  record Message(String name, Json json, Function<Json, Json> again) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static final ForeignCoins FOREIGN =
      new ForeignCoins(
          false, 100, List.of(new ForeignCoin(HEX, 1, 2, 3, B64)), 4, new Fees(1, 2, 3, 4, 5), 6);

  private static final Rules RULES =
      new Rules(
          5L,
          List.of(new Rules.Window(3_600, 7, new Rules.Person("bb".repeat(16), "bob@b.c"))),
          List.of(new Rules.Window(7_200, 3)),
          true,
          List.of(new Rules.BookEntry("Bob", "a")),
          List.of("b"),
          new Rules.Hold(9, 24),
          6,
          new Rules.Hours(480, 1_080, "Europe/Vienna"),
          5,
          List.of("192.0.2.0/24"),
          48,
          new Rules.Approvals(5, 1, 72, List.of(new Rules.Person("aa".repeat(16), "bob@b.c"))),
          24);

  private static final PolicyView POLICY =
      new PolicyView(
          List.of(new PolicyDocument(1, HEX, 5, RULES.toJson().write(), B64)), List.of(1), 7);

  private static final RulesAndReceipt HELD =
      new RulesAndReceipt(POLICY, new RuleReceipt(5, 1, HEX, List.of(1), true, 9L, B64));

  static Stream<Message> messages() {
    List<Message> all = new ArrayList<>();
    add(all, KDF.toJson(), j -> Kdf.fromJson(j).toJson());
    add(all, new PreloginRequest("a@b").toJson(), j -> PreloginRequest.fromJson(j).toJson());
    add(all, new PreloginAnswer(B64, KDF).toJson(), j -> PreloginAnswer.fromJson(j).toJson());
    add(
        all,
        new SignupRequest("a", "1234", B64, KDF, B64).toJson(),
        j -> SignupRequest.fromJson(j).toJson());
    add(
        all,
        new SignupCodeRequest("a", "1234").toJson(),
        j -> SignupCodeRequest.fromJson(j).toJson());
    add(all, new SigninRequest("a", B64).toJson(), j -> SigninRequest.fromJson(j).toJson());
    add(
        all,
        new InviteRequest("a@b", MemberRole.APPROVER, "1").toJson(),
        j -> InviteRequest.fromJson(j).toJson());
    add(
        all,
        new MemberChange(MemberRole.VIEWER, "1").toJson(),
        j -> MemberChange.fromJson(j).toJson());
    add(
        all,
        new OpeningRequest(new PasskeyOpening(B64, B64, B64), "s", B64, "123456").toJson(),
        j -> OpeningRequest.fromJson(j).toJson());
    add(
        all,
        new KnownPasskeys("localhost", List.of(new PasskeyQuestion.Candidate(B64, List.of("usb"))))
            .toJson(),
        j -> KnownPasskeys.fromJson(j).toJson());
    add(all, new NextPage("/x").toJson(), j -> NextPage.fromJson(j).toJson());
    add(
        all,
        new PasswordRequest(B64, B64, KDF, B64, "123456").toJson(),
        j -> PasswordRequest.fromJson(j).toJson());
    add(all, QUESTION.toJson(), j -> KeyQuestion.fromJson(j).toJson());
    add(
        all,
        new ProvedKeysRequest(HEX, B64, B64).toJson(),
        j -> ProvedKeysRequest.fromJson(j).toJson());
    add(
        all,
        new LostFactorRequest(HEX, true).toJson(),
        j -> LostFactorRequest.fromJson(j).toJson());
    add(all, new NewEmailRequest("a", HEX).toJson(), j -> NewEmailRequest.fromJson(j).toJson());
    add(
        all,
        new ChangeEmailRequest("a", "1", HEX, B64, B64).toJson(),
        j -> ChangeEmailRequest.fromJson(j).toJson());
    add(
        all,
        new NewPasswordRequest(HEX, B64, KDF, B64).toJson(),
        j -> NewPasswordRequest.fromJson(j).toJson());
    add(all, new NewWalletRequest("n", "r").toJson(), j -> NewWalletRequest.fromJson(j).toJson());
    add(all, DRAFT.toJson(), j -> DraftWallet.fromJson(j).toJson());
    add(
        all,
        new NewKeys("u", "b", false, "d", B64, "s", "f", STATED, null, KeySplit.WHOLE, BESIDE, B64)
            .toJson(),
        j -> NewKeys.fromJson(j).toJson());
    add(
        all,
        new NewKeys("u", null, true, "d", B64, "s", "f", null, BROUGHT, null, null, null).toJson(),
        j -> NewKeys.fromJson(j).toJson());
    add(
        all,
        new ActivateRequest("user", B64, List.of(B64), "123456").toJson(),
        j -> ActivateRequest.fromJson(j).toJson());
    add(
        all,
        new PasscodeRequest("o", "s", B64, BESIDE, B64, "123456").toJson(),
        j -> PasscodeRequest.fromJson(j).toJson());
    add(all, BESIDE.toJson(), j -> SecondSlot.fromJson(j).toJson());
    add(
        all,
        new PasscodeCheckRequest("123", B64).toJson(),
        j -> PasscodeCheckRequest.fromJson(j).toJson());
    add(all, new PasscodeCheckAnswer(2).toJson(), j -> PasscodeCheckAnswer.fromJson(j).toJson());
    add(all, STATED.toJson(), j -> SuccessionStatement.fromJson(j).toJson());
    add(all, HEIRS.line().get(0).toJson(), j -> Heir.fromJson(j).toJson());
    add(all, HEIRS.toJson(), j -> Heirs.fromJson(j).toJson());
    add(all, BALANCE.toJson(), j -> Balance.fromJson(j).toJson());
    add(all, WALLET.toJson(), j -> WalletView.fromJson(j).toJson());
    add(all, new FreshAddress(0, "a").toJson(), j -> FreshAddress.fromJson(j).toJson());
    add(all, SPENDABLE.toJson(), j -> Spendable.fromJson(j).toJson());
    add(
        all,
        new SendRequest("r", B64, List.of(RECIPIENT), false, 1500, "note", HEX, HEX, B64).toJson(),
        j -> SendRequest.fromJson(j).toJson());
    add(
        all,
        new SendView(
                "s",
                SendState.BROADCAST,
                List.of("a", "b"),
                List.of(RECIPIENT),
                1,
                2L,
                HEX,
                3,
                4,
                5,
                "n",
                "r",
                SendKind.BUMP,
                HEX,
                HEX,
                true,
                List.of("user"),
                1)
            .toJson(),
        j -> SendView.fromJson(j).toJson());
    add(all, WAITING.toJson(), j -> Waiting.fromJson(j).toJson());
    add(all, new ConfirmRequest("123456").toJson(), j -> ConfirmRequest.fromJson(j).toJson());
    add(all, FOREIGN.toJson(), j -> ForeignCoins.fromJson(j).toJson());
    add(all, RULES.toJson(), j -> Rules.fromJson(j).toJson());
    add(all, Rules.NONE.toJson(), j -> Rules.fromJson(j).toJson());
    add(all, POLICY.toJson(), j -> PolicyView.fromJson(j).toJson());
    add(all, HELD.toJson(), j -> RulesAndReceipt.fromJson(j).toJson());
    add(all, new ReceiptRequest(B64).toJson(), j -> ReceiptRequest.fromJson(j).toJson());
    add(
        all,
        new PolicyRequest(POLICY.documents().get(0), "123456").toJson(),
        j -> PolicyRequest.fromJson(j).toJson());
    add(
        all,
        new PreviewRequest(List.of(RECIPIENT), 1).toJson(),
        j -> PreviewRequest.fromJson(j).toJson());
    add(all, new SearchRequest(List.of(HEX)).toJson(), j -> SearchRequest.fromJson(j).toJson());
    add(all, new SweepRequest(B64).toJson(), j -> SweepRequest.fromJson(j).toJson());
    add(all, new SweepAnswer(HEX).toJson(), j -> SweepAnswer.fromJson(j).toJson());
    add(all, new Nothing().toJson(), j -> Nothing.fromJson(j).toJson());
    HistoryOutput output = new HistoryOutput("a", 1, true);
    HistoryItem item = new HistoryItem(HEX, 1, 2, 3, -4, 5L, "n", "out", List.of(output), HEX);
    add(all, new History(List.of(item), "1-ab-2").toJson(), j -> History.fromJson(j).toJson());
    add(
        all,
        new LiveWallet(BALANCE, 1, List.of(HEX)).toJson(),
        j -> LiveWallet.fromJson(j).toJson());
    add(all, new PracticeCoins(HEX).toJson(), j -> PracticeCoins.fromJson(j).toJson());
    add(all, new PracticeBlock(5).toJson(), j -> PracticeBlock.fromJson(j).toJson());
    add(all, new Health("ok", "practice", 5).toJson(), j -> Health.fromJson(j).toJson());
    add(
        all,
        new Problem("about:blank", "t", 400, "dust", Map.of("amount", "1")).toJson(),
        j -> Problem.fromJson(j).toJson());
    Function<Json, Json> toVault = j -> ToVault.parse(j.write()).toJson();
    for (ToVault message :
        List.of(
            new ToVault.MakePassword("a"),
            new ToVault.ProvePassword(B64, KDF),
            new ToVault.ChangePassword("a", B64, KDF),
            new ToVault.MakeWallet(DRAFT, "n", "2026-11-21"),
            new ToVault.CheckPaper(WALLET),
            new ToVault.ShowAddress(WALLET, HEX, 3, 0, "a"),
            new ToVault.Send(WALLET, HEX, 3, SPENDABLE, "n"),
            new ToVault.Bump(WALLET, HEX, 3, SendKind.CANCEL, WAITING),
            new ToVault.ProveKeys(QUESTION, HEX),
            new ToVault.ChangePasscode(WALLET, HEX, "2026-11-21"),
            new ToVault.SecondPasscode(WALLET, HEX),
            new ToVault.CheckPasscode(WALLET, HEX, "123"),
            new ToVault.MakeOpening(WALLET, HEX, List.of(B64, B64)),
            new PageAnswer.PasskeyGave(B64, B64),
            new PageAnswer.PasskeyFailed(true),
            new PageAnswer.OpeningStored(),
            new ToVault.PrintSheet(WALLET, HEX, "2026-11-21"),
            new ToVault.ReplaceKeys(DRAFT, WALLET, HEX, "2026-11-21"),
            new ToVault.Move(WALLET, HEX, 3, SPENDABLE, HEIRS, HEX),
            new ToVault.Sweep(WALLET, HEX, 3, "a"),
            new ToVault.SignRules(WALLET, HEX, 3, POLICY, "{}"),
            new ToVault.CheckRules(WALLET, HEX),
            new PageAnswer.RulesStored(),
            new PageAnswer.RulesHeld(HELD, 3),
            new PageAnswer.Looked(FOREIGN),
            new PageAnswer.EnvelopeStored(),
            new ToVault.Recover(),
            new PageAnswer.WalletStored(),
            new PageAnswer.WalletActive())) {
      add(all, message.toJson(), toVault);
    }
    Function<Json, Json> fromVault = j -> FromVault.parse(j.write()).toJson();
    for (FromVault message :
        List.of(
            new FromVault.Ready("ok"),
            new FromVault.Height(5),
            new FromVault.Busy("x", 50),
            new FromVault.Refused("dust", Map.of("amount", "1")),
            new FromVault.Closed("done"),
            new FromVault.PasswordMade(B64, KDF, B64),
            new FromVault.PasswordProved(B64),
            new FromVault.PasswordChanged(B64, B64, KDF, B64),
            new FromVault.WalletBorn(
                "u", "b", true, "d", B64, "s", "f", STATED, null, KeySplit.WHOLE, BESIDE, B64),
            new FromVault.WalletBorn(
                "u", null, true, "d", B64, "s", "f", null, BROUGHT, null, BESIDE, null),
            new FromVault.PasscodeChanged("o", "s", B64, BESIDE, B64),
            new FromVault.PasscodeChecked(B64),
            new FromVault.AskPasskey(List.of(new PasskeySalt(B64, B64))),
            new FromVault.OpeningMade(new PasskeyOpening(B64, B64, B64), "s", B64),
            new FromVault.PaperChecked("backup", B64, List.of(B64, B64)),
            new FromVault.KeysProved(B64, B64),
            new FromVault.Pinned(HEX),
            new FromVault.AddressShown(5),
            new FromVault.Reviewing(List.of(RECIPIENT), 1),
            new FromVault.RulesSigned(POLICY.documents().get(0)),
            new FromVault.AskRules("w", B64),
            new FromVault.LookFor(List.of(HEX)),
            new FromVault.Swept(List.of(B64)),
            new FromVault.HalfSigned(
                B64, List.of(RECIPIENT), true, 1000, "n", 4, List.of("a", "b", "c", "d"), B64))) {
      add(all, message.toJson(), fromVault);
    }
    return all.stream();
  }

  private static void add(List<Message> all, Json json, Function<Json, Json> again) {
    all.add(new Message(all.size() + " " + json.write(), json, again));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void isReadAsItIsWritten(Message message) {
    assertThat(message.again.apply(reparsed(message.json))).isEqualTo(message.json);
  }

  @ParameterizedTest
  @MethodSource("messages")
  void takesNoUnknownField(Message message) {
    Json more = changed(message.json, "", null);
    refusal(Token.UNKNOWN_FIELD, () -> message.again.apply(more));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void takesNoFieldOfAnotherType(Message message) {
    for (String name : message.json.asObject("").fields().keySet()) {
      Json other = changed(message.json, name, Json.array(List.of(), (Json item) -> item));
      Json instead =
          message.json.asObject("").fields().get(name).write().startsWith("[")
              ? changed(message.json, name, Json.bool(true))
              : other;
      refusal(Token.WRONG_TYPE, () -> message.again.apply(instead));
    }
  }

  @ParameterizedTest
  @MethodSource("messages")
  void missesEachFieldThatItNeeds(Message message) {
    List<String> optional =
        List.of(
            "descriptor",
            "endorsement",
            "sealed",
            "change",
            "txid",
            "reason",
            "pin",
            "heirPin",
            "succession",
            "code",
            "height",
            "fee",
            "note",
            "seen",
            "changeIndex",
            "backupKey",
            "brought",
            "older",
            "replaces",
            "replacedBy",
            "speedsUp",
            "original",
            "backup",
            "challenge",
            "user",
            "proof",
            "split",
            "perSend",
            "hold",
            "hours",
            "role",
            "approvals",
            "newDeviceHours",
            "mark",
            "secondSlot",
            "second",
            "held",
            "thawAt");
    for (String name : message.json.asObject("").fields().keySet()) {
      Json less = changed(message.json, name, null);
      try {
        assertThat(message.again.apply(less)).isNotEqualTo(message.json);
        assertThat(optional).contains(name);
      } catch (RefusedException e) {
        assertThat(e.refusal().token()).isEqualTo("missing-field");
      }
    }
  }

  /** {@code json} with field {@code name} replaced, or left out; with one more for "". */
  private static Json changed(
      Json json, String name, @org.jspecify.annotations.Nullable Json value) {
    JsonObject changed = Json.object();
    json.asObject("")
        .fields()
        .forEach(
            (key, old) -> {
              if (!key.equals(name)) {
                changed.put(key, old);
              } else if (value != null) {
                changed.put(key, value);
              }
            });
    return name.isEmpty() ? changed.put("unknown", 1).json() : changed.json();
  }

  private static Json reparsed(Json json) {
    return Json.parse(json.write(), Json.MAX_LENGTH);
  }
}
