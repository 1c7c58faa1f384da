package org.trefoil.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trefoil.core.keys.CosignerKey;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.core.keys.TestKeys;
import org.trefoil.core.units.Network;
import org.trefoil.core.wire.SendState;
import org.trefoil.csp.Sha384;
import org.trefoil.server.chain.ChainHealth;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PagesTest {
  private static final String WALLET = "/wallets/" + FakeHouse.WALLET;
  private static final String OLDER = "/wallets/" + FakeHouse.REPLACED;
  private static final List<String> PAGES =
      List.of(
          "/",
          "/signup",
          "/signin",
          "/signin/factor",
          "/wallets",
          "/wallets/new",
          WALLET,
          WALLET + "/receive",
          WALLET + "/send",
          WALLET + "/addresses",
          WALLET + "/export",
          WALLET + "/safety",
          WALLET + "/passcode",
          WALLET + "/replace",
          WALLET + "/check",
          OLDER,
          OLDER + "/move",
          OLDER + "/safety",
          WALLET + "/sends/" + FakeHouse.SEND,
          WALLET + "/tx/" + FakeHouse.TXID,
          WALLET + "/tx/" + FakeHouse.TXID + "/speed-up",
          "/wallets/" + FakeHouse.DRAFT,
          "/wallets/" + FakeHouse.UNCHECKED + "/check",
          "/account",
          "/forgot",
          "/forgot?sent=1",
          "/new-password/" + FakeRegain.LINK,
          "/factor-lost",
          "/new-factor/" + FakeRegain.LINK,
          "/account/email",
          "/new-email/" + FakeRegain.LINK,
          "/cancel/" + FakeRegain.LINK,
          "/account/mail",
          "/practice/mail",
          "/recovery",
          "/launched",
          "/nothing");

  @AutoClose private final OpenDoor door = new OpenDoor();

  private HttpResponse<String> get(String path) {
    return path.equals("/signin/factor")
        ? door.page(path).half().send()
        : List.of("/", "/signup", "/signin", "/recovery", "/launched", "/nothing").contains(path)
            ? door.page(path).send()
            : door.page(path).ada().send();
  }

  @Test
  void aLinkSaysWhetherItKeepsTheRulesOrTheStop() {
    assertThat(get("/rules/" + FakeRegain.LINK).body())
        .contains("What was to become looser")
        .doesNotContain("Keep it stopped");
    assertThat(get("/rules/" + FakePolicies.THAW_LINK).body())
        .contains("Keep it stopped?")
        .doesNotContain("What was to become looser");
  }

  @Test
  void fromReplacedKeysMembersAreRemovedAndNobodyIsAsked() {
    assertThat(get(OLDER).body()).contains(OLDER + "/members");
    assertThat(get(OLDER + "/members").body())
        .contains("role-none", "bea@b.c")
        .doesNotContain("role-viewer", "data-part=\"invite\"", "cleo@b.c");
    assertThat(get(WALLET + "/members").body())
        .contains("role-none", "role-viewer", "data-part=\"invite\"", "cleo@b.c");
  }

  @TestFactory
  Stream<DynamicTest> nothingIsInline() {
    return PAGES.stream()
        .map(
            path ->
                DynamicTest.dynamicTest(
                    path,
                    () -> {
                      String html = get(path).body();
                      assertThat(html)
                          .startsWith("<!DOCTYPE html>")
                          .doesNotContain("<style")
                          .doesNotContainPattern("\\sstyle=")
                          .doesNotContainPattern("\\son[a-z]+=")
                          .doesNotContain("javascript:")
                          .doesNotContain("http://")
                          .doesNotContain("https://")
                          .doesNotContain("{{")
                          .doesNotContain("{%");
                      Matcher script =
                          Pattern.compile("<script([^>]*)>(.*?)</script>", Pattern.DOTALL)
                              .matcher(html);
                      int scripts = 0;
                      while (script.find()) {
                        scripts++;
                        assertThat(script.group(2)).isEmpty();
                        assertThat(script.group(1))
                            .contains(
                                "integrity=\""
                                    + Sha384.of(OpenDoor.ASSETS.get("app.js")).integrity()
                                    + "\"")
                            .contains("crossorigin=\"anonymous\"");
                      }
                      assertThat(scripts).isLessThanOrEqualTo(1);
                    }));
  }

  @TestFactory
  Stream<DynamicTest> aPageAllowsWhatItUsesAndNoMore() {
    return PAGES.stream()
        .map(
            path ->
                DynamicTest.dynamicTest(
                    path,
                    () -> {
                      HttpResponse<String> page = get(path);
                      String policy =
                          page.headers().firstValue("Content-Security-Policy").orElseThrow();
                      boolean script = page.body().contains("<script");
                      boolean vault = page.body().contains("data-part=\"vault\"");
                      assertThat(policy.contains("script-src 'none'")).isEqualTo(!script);
                      assertThat(policy.contains("frame-src 'self'")).isEqualTo(vault);
                      assertThat(policy).doesNotContain("wasm").doesNotContain("unsafe");
                      assertThat(page.headers().firstValue("Integrity-Policy"))
                          .contains("blocked-destinations=(script), endpoints=(csp)");
                    }));
  }

  @TestFactory
  Stream<DynamicTest> everyPageIsNamedAndLabelled() {
    return PAGES.stream()
        .map(
            path ->
                DynamicTest.dynamicTest(
                    path,
                    () -> {
                      String html = get(path).body();
                      assertThat(html)
                          .contains(
                              "<html lang=\"en\">",
                              "Practice network",
                              "href=\"#main\"",
                              "id=\"main\"");
                      assertThat(html.split("<h1", -1)).hasSize(2);
                      Matcher input = Pattern.compile("<input[^>]* id=\"([^\"]+)\"").matcher(html);
                      while (input.find()) {
                        assertThat(html).contains("<label for=\"" + input.group(1) + "\"");
                      }
                      assertThat(html.split("<input", -1))
                          .hasSize(html.split("<input[^>]* id=", -1).length);
                    }));
  }

  @Test
  void whatPeopleTypedIsText() {
    assertThat(door.page("/wallets").ada().send().body())
        .contains("&lt;b&gt;Household&lt;/b&gt;")
        .doesNotContain("<b>");
    assertThat(door.page(WALLET).ada().send().body()).contains("Rent &lt;March&gt;");
  }

  @Test
  void theWalletStandsInThePageWithoutAnyScript() {
    assertThat(door.page(WALLET).ada().send().body())
        .contains(
            "data-testid=\"balance\"",
            ">0.05000000<",
            "+0.01250000",
            "−0.01001410",
            "confirmed 3×",
            "2026-11-21 ");
  }

  @Test
  void whileTheChainIsReadAgainThePageSaysHowFarItIs() {
    assertThat(door.page(WALLET + "/addresses").ada().send().body())
        .contains("data-testid=\"rescan-progress\"")
        .contains("read again from block 7: 42 % done");
  }

  @Test
  void anUnfinishedWalletLeadsToWhatIsMissing() {
    String unchecked = "/wallets/" + FakeHouse.UNCHECKED;
    for (String page : List.of("", "/receive", "/send", "/addresses")) {
      HttpResponse<String> answer = door.page(unchecked + page).ada().send();
      assertThat(answer.statusCode()).as(page).isEqualTo(303);
      assertThat(answer.body()).doesNotContain("bcrt1");
    }
    assertThat(door.page("/wallets/" + FakeHouse.DRAFT).ada().send().body())
        .contains("Finish your wallet", "&quot;walletId&quot;:");
  }

  @Test
  void aHalfMadeWalletIsDiscardedFromTheList() {
    try (OpenDoor own = new OpenDoor()) {
      String list = own.page("/wallets").ada().send().body();
      assertThat(list)
          .contains("action=\"/wallets/" + FakeHouse.DRAFT + "/discard\"")
          .contains("action=\"/wallets/" + FakeHouse.UNCHECKED + "/discard\"")
          .doesNotContain("action=\"" + WALLET + "/discard\"");
      own.form("/wallets/" + FakeHouse.DRAFT + "/discard", "").ada().send();
      HttpResponse<String> active = own.form(WALLET + "/discard", "").ada().send();
      assertThat(active.headers().firstValue("Location")).contains("/wallets");
      assertThat(own.page("/wallets").ada().after(active).send().body())
          .contains("data-token=\"wallet-already-active\"");
      assertThat(own.house.changes).containsExactly("discard " + FakeHouse.DRAFT);
    }
  }

  @Test
  void timesAreForTheScriptToTellInThePersonsOwnZone() {
    assertThat(get(WALLET).body())
        .containsPattern("<time datetime=\"(\\S+)T(..:..):..Z\">\\1 \\2 UTC</time>");
    assertThat(get("/wallets").body())
        .containsPattern("<time datetime=\"(\\S+)T\\S+Z\" data-part=\"day\">\\1</time>");
  }

  @Test
  void aSendIsConfirmedByAPlainForm() {
    try (OpenDoor own = new OpenDoor()) {
      String send = WALLET + "/sends/" + FakeHouse.SEND;
      HttpResponse<String> wrong = own.form(send + "/confirm", "code=1").ada().send();
      assertThat(wrong.statusCode()).isEqualTo(303);
      assertThat(wrong.headers().firstValue("Location")).contains(send);
      assertThat(own.page(send).ada().after(wrong).send().body())
          .contains("data-token=\"code-wrong\"", "data-testid=\"totp-code\"");
      HttpResponse<String> right = own.form(send + "/confirm", "code=123456").ada().send();
      assertThat(right.headers().firstValue("Location")).contains(send);
      assertThat(own.page(send).ada().send().body())
          .contains("Sent, waiting for a block", FakeHouse.TXID);
      for (SendState state : SendState.values()) {
        own.house.sendState = state;
        assertThat(own.page(send).ada().send().statusCode()).isEqualTo(200);
      }
    }
  }

  @Test
  void aSendThatWaitsOffersToSpeedItUpOrToTakeItBack() {
    try (OpenDoor own = new OpenDoor()) {
      String send = WALLET + "/sends/" + FakeHouse.SEND;
      HttpResponse<String> early = own.page(send + "/speed-up").ada().send();
      assertThat(early.headers().firstValue("Location")).contains(send);
      own.house.sendState = SendState.BROADCAST;
      assertThat(own.page(send).ada().send().body())
          .contains(send + "/speed-up", send + "/take-back", "may still go through");
      assertThat(own.page(send + "/speed-up").ada().send().body())
          .contains("data-how=\"BUMP\"", "data-part=\"vault\"", "Only one of the two");
      assertThat(own.page(send + "/take-back").ada().send().body())
          .contains("data-how=\"CANCEL\"", "it may still go through");
      own.house.sendState = SendState.CONFIRMED;
      assertThat(own.page(send + "/take-back").ada().send().statusCode()).isEqualTo(303);
    }
  }

  @Test
  void aPaymentThatWaitsOffersToSpeedItUp() {
    String waits = WALLET + "/tx/" + FakeHouse.TXID.replace('4', '5');
    assertThat(door.page(waits).ada().send().body()).contains(waits + "/speed-up");
    assertThat(door.page(WALLET + "/tx/" + FakeHouse.TXID).ada().send().body())
        .doesNotContain("speed-up");
  }

  @Test
  void aReplacedTransactionIsStruckAndLeadsToTheOneThatCounts() {
    String html = door.page(WALLET).ada().send().body();
    Matcher row = Pattern.compile("<a class=\"row out replaced\" href=\"([^\"]+)\"").matcher(html);
    assertThat(row.find()).isTrue();
    assertThat(row.group(1)).isEqualTo(WALLET + "/tx/" + FakeHouse.TXID);
    assertThat(html).contains(">replaced<");
    assertThat(door.page(WALLET + "/tx/" + FakeHouse.TXID.replace('4', '7')).ada().send().body())
        .contains("It did not happen", WALLET + "/tx/" + FakeHouse.TXID)
        .doesNotContain("speed-up");
  }

  @Test
  void theFirstPageIsSmall() {
    assertThat(get("/").body().length()).isLessThan(8_000);
  }

  @Test
  void whileTheChainIsNotWellPagesSayHowItIsInWordsForAPerson() {
    try (OpenDoor own = new OpenDoor()) {
      Pattern banner =
          Pattern.compile(
              "<p class=\"warn\" role=\"status\" data-testid=\"away\""
                  + " data-token=\"chain-unavailable\">([^<]+)</p>");
      Set<String> said = new HashSet<>();
      for (ChainHealth.State state : ChainHealth.State.values()) {
        own.house.chain = new ChainHealth(state, "The node at 10.0.0.7:8332 said <no>.");
        String html = own.page(WALLET).ada().send().body();
        Matcher told = banner.matcher(html);
        assertThat(told.find()).as(state.name()).isEqualTo(state != ChainHealth.State.FINE);
        if (state != ChainHealth.State.FINE) {
          assertThat(said.add(told.group(1))).as("%s has its own words", state).isTrue();
        }
        assertThat(html).doesNotContain("10.0.0.7");
        assertThat(own.page("/").send().body()).doesNotContain("data-testid=\"away\"");
      }
    }
  }

  @Test
  void whatNeedsTheChainIsRefusedWithTheSentenceOfItsState() {
    try (OpenDoor own = new OpenDoor()) {
      own.house.chain = new ChainHealth(ChainHealth.State.PRUNED, "block 7 at 10.0.0.7");
      HttpResponse<String> refused = own.read("/api" + WALLET + "/spendable").ada().send();
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.body())
          .contains("\"code\":\"chain-unavailable\"", "\"state\":\"pruned\"", "lacks old blocks")
          .doesNotContain("10.0.0.7");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {WALLET, WALLET + "/addresses"})
  void longListsGoOnOnFurtherPages(String path) {
    String older = path + "?before=" + FakeHouse.OLDER;
    assertThat(get(path).body())
        .contains("href=\"" + older + "\"", "data-testid=\"older\"")
        .doesNotContain("data-testid=\"newest\"");
    assertThat(get(older).body())
        .contains("href=\"" + path + "\" data-testid=\"newest\"")
        .doesNotContain("?before=");
  }

  @Test
  void aHigherFeeIsOfferedOnlyWhereItCanBeTakenFromWhatComesBack() {
    try (OpenDoor own = new OpenDoor()) {
      String send = WALLET + "/sends/" + FakeHouse.SEND;
      own.house.sendState = SendState.BROADCAST;
      own.house.change = null;
      assertThat(own.page(send).ada().send().body())
          .contains(send + "/take-back", "Nothing of it comes back")
          .doesNotContain(send + "/speed-up");
    }
  }

  @Test
  void aServerWithoutANodeSaysHowCoinsOfAnotherKeyComeInAllTheSame() {
    assertThat(get(WALLET).body()).contains(WALLET + "/bring-in");
    assertThat(get(WALLET + "/bring-in").body())
        .contains("data-part=\"vault\"")
        .doesNotContain("sweep-impossible");
    assertThat(door.page(OLDER + "/bring-in").ada().send().statusCode()).isEqualTo(303);
    try (OpenDoor own = new OpenDoor()) {
      own.house.sweeps = false;
      assertThat(own.page(WALLET + "/bring-in").ada().send().body())
          .contains("sweep-impossible", "Electrum", WALLET + "/receive")
          .doesNotContain("data-part=\"vault\"", "data-part=\"ids\"");
    }
  }

  @Test
  void olderKeysStandUnderTheNewOnesAndOfferNothingButTheMove() {
    assertThat(get("/wallets").body()).contains("0.00070000 BTC under older keys");
    assertThat(get(WALLET).body())
        .contains("Arrived at old addresses: move it", "href=\"" + OLDER + "/move\"");
    assertThat(get(OLDER).body())
        .contains("data-testid=\"move-link\"", "href=\"" + WALLET + "\"")
        .doesNotContain(OLDER + "/receive", OLDER + "/send\"");
    assertThat(door.page(OLDER + "/receive").ada().send().statusCode()).isEqualTo(303);
    assertThat(door.page(OLDER + "/replace").ada().send().statusCode()).isEqualTo(303);
    assertThat(door.page(WALLET + "/move").ada().send().statusCode()).isEqualTo(303);
  }

  @Test
  void paperThatIsDueIsRemindedOfAndCanBePutOff() {
    assertThat(get(WALLET).body()).doesNotContain("drill-due");
    door.house.paperDue = true;
    try {
      assertThat(get(WALLET).body()).contains("drill-due", "drill-later");
      assertThat(get(WALLET + "/safety").body()).contains("due again");
    } finally {
      door.house.paperDue = false;
    }
  }

  @Test
  void whatCouldBeLostIsSaidWithEachWayBack() {
    assertThat(get(WALLET + "/safety").body())
        .contains("What could I lose?", "Which two things open it", "sheet A, whole or split")
        .contains(WALLET + "/passcode", WALLET + "/replace", WALLET + "/check", "/account")
        .contains("data-testid=\"codes-left\">7<")
        .contains("older than our note of which");
  }

  @Test
  void withAColdKeyNothingSpeaksOfWordsOnPaper() {
    try (OpenDoor own = new OpenDoor()) {
      own.house.cold = true;
      assertThat(own.page(WALLET + "/safety").ada().send().body())
          .contains("cold: on a device of your own", "your <strong>cold device</strong>")
          .contains("The cold device, or sheet A, which holds no secret")
          .contains("Your cold device signs instead", "a passcode replaces it after a wait")
          .contains("Sheet B, the passcode and your cold device spend without us")
          .contains("without the passcode <em>and</em> the cold device nobody can spend")
          .doesNotContain("passcode-lost", "backup key on paper", "split-loss");
    }
  }

  @Test
  void ofSeveralOwnersEachIsNamedAndWhatTheOthersCanDo() {
    String safety = safety(3, List.of("Ann", "<b>Bob</b>", "Cleo"));
    assertThat(safety)
        .contains("3 of 5 sign: yours, Ann", "&lt;b&gt;Bob&lt;/b&gt;", "5 keys, any 3 spend")
        .contains("The other owners sign instead", "Any one of these, and nothing is gone")
        .contains("2 owners with sheet B and the passcode spend without us")
        .contains("If more than 2 of the 5 keys are lost at once")
        .doesNotContain("needs-each", "<b>Bob");
  }

  @Test
  void whereEveryKeyIsNeededThePageSaysThatNoneMayBeLost() {
    String safety = safety(4, List.of("Ann", "Bob"));
    assertThat(safety)
        .contains("data-testid=\"needs-each\"", "Every key of this wallet is needed")
        .contains("your passcode, an owner's device or this server, nobody can spend any more")
        .contains("by a set of which fewer sign", WALLET + "/replace")
        .contains("4 of 4 sign")
        .doesNotContain("nothing is gone", "spend without us", "The other owners sign instead");
  }

  private static String safety(int threshold, List<String> owners) {
    List<KeyRole> roles = KeyRole.ofWallet(owners.size() + 2);
    List<CosignerKey> keys = new ArrayList<>();
    for (KeyRole role : roles) {
      keys.add(TestKeys.cosigner(role, 30 + keys.size(), Network.REGTEST));
    }
    try (OpenDoor own = new OpenDoor()) {
      own.house.keys = new Cosigners(Network.REGTEST, ScriptType.P2WSH, threshold, keys);
      own.house.owners = owners;
      own.house.cold = true;
      return own.page(WALLET + "/safety").ada().send().body();
    }
  }

  @Test
  void aLostPasskeyAndWhoeverHasOneAreSpokenOfForEveryKindOfWallet() {
    List<String> pages =
        List.of(
            get(WALLET + "/safety").body(),
            get(OLDER + "/safety").body(),
            safety(2, List.of("Ann", "Bob")),
            safety(4, List.of("Ann", "Bob")));
    for (String safety : pages) {
      assertThat(safety)
          .containsOnlyOnce("data-testid=\"passkey-loss\"")
          .contains(
              "not the PIN with which it may open a wallet: alone it moves nothing",
              "href=\"/account/passkeys\"");
    }
  }

  @Test
  void thatRulesStayBehindIsSaidBeforeNewKeysAreBegunAndOnlyWhereThereAreAny() {
    assertThat(get(WALLET + "/safety").body()).contains("New keys take no", "rules-stay");
    String replace = get(WALLET + "/replace").body();
    assertThat(replace)
        .contains("Your rules do not come along", "you sign them anew on the page Rules");
    assertThat(replace.indexOf("rules-stay")).isLessThan(replace.indexOf("begin-replacement"));
    try (OpenDoor own = new OpenDoor()) {
      own.house.ruled = false;
      for (String path : List.of("/safety", "/replace")) {
        assertThat(own.page(WALLET + path).ada().send().body()).doesNotContain("rules-stay");
      }
    }
  }

  @Test
  void sharesAreCountedAsTheyWerePrinted() {
    assertThat(get(OLDER + "/safety").body())
        .contains("sheets A1 to A3, any 2 of which make it again")
        .contains("<strong>2 of sheets A1 to A3</strong>")
        .contains("One of sheets A1 to A3", "The others still make the backup key")
        .contains("with fewer than 2 of sheets A1 to A3 nobody can spend");
  }
}
