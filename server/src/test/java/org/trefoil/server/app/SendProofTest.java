package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trefoil.core.Token;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.policy.TestRules;
import org.trefoil.core.wire.Json;
import org.trefoil.core.wire.MemberRole;
import org.trefoil.core.wire.PolicyRequest;
import org.trefoil.core.wire.SendState;
import org.trefoil.core.wire.SendView;
import org.trefoil.server.app.TestHouse.Person;
import org.trefoil.server.passkey.Assertion;
import org.trefoil.server.passkey.PasskeyQuestions;
import org.trefoil.server.passkey.Preimage;
import org.trefoil.server.passkey.ProofFile;
import org.trefoil.server.passkey.ProofFileCheck;
import org.trefoil.server.secondfactor.GivenFactor;
import org.trefoil.server.store.BareRows;

/** What a passkey confirmed can be shown to anybody, and nothing else can be shown as that. */
class SendProofTest extends LosingKeys {
  @TempDir Path folder;

  @BeforeEach
  void serve() {
    house.rooms.address().servedOn(8080);
  }

  @AfterEach
  void nothingElse() {
    assertThat(house.rooms.address().get()).isEqualTo(PasskeysTest.HERE);
  }

  private TestPasskey registered(Person person) {
    TestPasskey device = new TestPasskey(PasskeysTest.HERE);
    device.addTo(house, person.accountId);
    return device;
  }

  private static GivenFactor answer(TestPasskey device, PasskeyQuestions.Asked asked) {
    Assertion assertion = device.answer(asked.challenge(), asked.siteId());
    return new GivenFactor.Signed(assertion);
  }

  private SendView confirmed(TestPasskey device, String request, long sats) {
    SendView send = propose(ada.request(request, sats));
    PasskeyQuestions.Asked asked =
        house.rooms.sends().asking().ask(ada.accountId, ada.walletId, send.sendId());
    return house
        .rooms
        .sends()
        .confirm(ada.accountId, ada.walletId, send.sendId(), answer(device, asked));
  }

  private String file(SendView send) {
    return house
        .rooms
        .sends()
        .proving()
        .file(ada.accountId, ada.walletId, send.sendId())
        .map(ProofFile::write)
        .orElse("");
  }

  private String verify(String text) throws Exception {
    Path file = folder.resolve("proof.json");
    Files.writeString(file, text);
    List<String> flags = List.of("verify-proof", file.toString());
    assertThat(Commands.named(flags)).isTrue();
    return Commands.run(flags, Map.of(), InstantSource.system());
  }

  @Test
  void whatAPasskeyConfirmedIsCheckedByTheCommandAlone() throws Exception {
    TestPasskey device = registered(ada);
    SendView sent = confirmed(device, "request-a", 200_000);
    assertThat(sent.state()).isEqualTo(SendState.BROADCAST);
    String said = verify(file(sent));
    assertThat(said)
        .contains(
            "A passkey confirmed exactly this transaction",
            sent.txid(),
            "of wallet   " + ada.walletId,
            "spends      0.01000000 BTC from 1 coin\n",
            "pays        0.00200000 BTC to the script ",
            "asked by    " + PasskeysTest.HERE,
            "under       version 0 of the wallet's rules");
    house.mine(1);
    house
        .rooms
        .passkeys()
        .remove(ada.accountId, house.rooms.passkeys().list(ada.accountId).get(0).passkeyId(), "");
    assertThat(verify(file(sent))).as("also when the passkey is gone").isEqualTo(said);
    assertThatThrownBy(
            () -> Commands.run(List.of("verify-proof", "nowhere"), Map.of(), house.clock))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("There is no file");
  }

  @Test
  void aCodeProvesNothingToOthersAndAStrangerFindsNothing() {
    SendView sent = confirm(propose(ada.request("request-a", 200_000)), ada.code());
    assertThat(file(sent)).isEmpty();
    Person eve = house.new Person(3);
    Refused.with(
        Token.NOT_FOUND,
        () -> house.rooms.sends().proving().file(eve.accountId, ada.walletId, sent.sendId()));
    Refused.with(
        Token.NOT_FOUND,
        () -> house.rooms.sends().proving().file(eve.accountId, eve.walletId, sent.sendId()));
  }

  @Test
  void aSendThatWaitsIsProvedByWhoBeganItAndByWhoSaidYes() throws Exception {
    TestPasskey device = registered(ada);
    Person bob = house.new Person(2);
    join(bob, MemberRole.APPROVER);
    TestPasskey bobs = registered(bob);
    sign(TestRules.none().approvals(50_000, 1, named(bob)));
    SendView held = confirmed(device, "request-a", 200_000);
    assertThat(held.state()).isEqualTo(SendState.HELD);
    String waiting = file(held);
    assertThat(waiting).doesNotContain("txid");
    assertThat(verify(waiting)).contains("A passkey confirmed", "under       version 1 of");
    PasskeyQuestions.Asked asked =
        house.rooms.sends().asking().askVote(bob.accountId, ada.walletId, held.sendId());
    house
        .rooms
        .sends()
        .approving()
        .approve(bob.accountId, ada.walletId, held.sendId(), answer(bobs, asked));
    assertThat(look(held).state()).isEqualTo(SendState.BROADCAST);
    assertThat(verify(file(held))).contains("At least 2 passkeys confirmed", look(held).txid());
    house.rooms.scribe().run();
    assertThat(house.rooms.chronicle().page(bob.accountId, Long.MAX_VALUE, 9))
        .anyMatch(
            row ->
                row.entry().kind().equals("send-yes")
                    && row.entry().detail().matches("[0-9a-f]{64}, rules 1, passkey"));
    assertThat(house.rooms.chronicle().page(ada.accountId, Long.MAX_VALUE, 9))
        .anyMatch(
            row ->
                row.entry().kind().equals("send-approved")
                    && row.entry().detail().matches("[0-9a-f]{64}, rules 1, waited"));
  }

  @Test
  void aProofThatSomebodyPutInIsLeftOut() {
    TestPasskey device = registered(ada);
    SendView first = confirmed(device, "request-a", 200_000);
    ada.receive(300_000);
    SendView other = confirm(propose(ada.request("request-b", 100_000)), ada.code());
    new BareRows(house.foundation.database())
        .tamper(
            "UPDATE send_proof SET send_id = ? WHERE send_id = ?", other.sendId(), first.sendId());
    assertThat(file(other)).isEmpty();
    assertThat(file(first)).isEmpty();
  }

  /** What is said of a file in which one value is another. */
  private static final Map<String, String> WRONG =
      Map.ofEntries(
          Map.entry("format", "It is no proof of Trefoil's"),
          Map.entry("wallet", "what was asked is of another transaction or wallet"),
          Map.entry("transaction", "The digest in it is not that|The transaction in it cannot"),
          Map.entry("amounts", "The digest in it is not that"),
          Map.entry("digest", "The digest in it is not that"),
          Map.entry("txid", "The transaction id in it is not that"),
          Map.entry("deed", "what was asked is of another"),
          Map.entry("policyVersion", "what was asked is of another"),
          Map.entry("nonce", "what was asked is of another"),
          Map.entry("expires", "what was asked is of another"),
          Map.entry("challenge", "what was asked is of another"),
          Map.entry("origin", "words are of another question, or of another site"),
          Map.entry("clientData", "words are of another question|did not sign this"),
          Map.entry(
              "authenticatorData", "answered another site|nobody was|did not verify|did not sign"),
          Map.entry("signature", "did not sign this"),
          Map.entry("publicKey", "its key cannot be read|did not sign this"),
          Map.entry("algorithm", "its key cannot be read"));

  @Test
  void whateverIsChangedInAFileItProvesNothingAndSaysWhat() {
    TestPasskey device = registered(ada);
    String file = file(confirmed(device, "request-a", 200_000));
    assertThat(ProofFileCheck.of(file).holds()).isTrue();
    Matcher values = Pattern.compile("\"([a-zA-Z]+)\":(\\[?\"?)([^\",\\[\\]{}]+)").matcher(file);
    List<String> met = new ArrayList<>();
    while (values.find()) {
      String name = values.group(1);
      met.add(name);
      for (int at = values.start(3); at < values.end(3); at++) {
        char old = file.charAt(at);
        char other = old == '1' ? '2' : old == '-' ? '1' : Character.isDigit(old) ? '1' : 'a';
        other = other == old ? 'b' : other;
        String bent = file.substring(0, at) + other + file.substring(at + 1);
        ProofFileCheck.Report report = ProofFileCheck.of(bent);
        assertThat(report.holds()).as("%s at %d", name, at).isFalse();
        assertThat(report.said())
            .as("%s at %d", name, at)
            .containsPattern("It is no proof of Trefoil's|" + WRONG.get(name));
      }
      assertThat(report(file, name, "")).as(name).isFalse();
    }
    assertThat(met).containsExactlyInAnyOrderElementsOf(WRONG.keySet());
  }

  /** Whether a file holds in which this field is called otherwise. */
  private static boolean report(String file, String name, String as) {
    return ProofFileCheck.of(file.replace("\"" + name + "\":", "\"" + as + "\":")).holds();
  }

  @Test
  void eachKindOfLieHasItsOwnSentence() {
    TestPasskey device = registered(ada);
    String file = file(confirmed(device, "request-a", 200_000));
    assertThat(said(file, "\"amounts\":\\[", "\"amounts\":[\"7\","))
        .contains("the amounts of 2 coins");
    assertThat(said(file, "\"confirmations\":\\[.*\\]", "\"confirmations\":[]"))
        .contains("It holds no confirmation.");
    assertThat(said(file, "\"transaction\":\"..", "\"transaction\":\"")).contains("cannot be read");
    assertThat(said(file, "\"txid\":\"[^\"]+\",", "")).contains("A passkey confirmed");
    assertThat(said(file, "\"algorithm\":-7", "\"algorithm\":-257")).contains("its key cannot");
    assertThat(said(file, "^", "[")).contains("It is no proof of Trefoil's");
    assertThat(said(file, "\"format\"", "\"more\":1,\"format\"")).contains("no proof of Trefoil's");
    assertThat(ProofFileCheck.of("").said()).contains("It is no proof of Trefoil's");
  }

  @Test
  void aYesIsNotShownAsASendAndWhatOlderReleasesAskedIsReadAsThat() {
    TestPasskey device = registered(ada);
    String file = file(confirmed(device, "request-a", 200_000));
    assertThat(ProofFileCheck.of(file).said()).contains("said        that it is sent");
    assertThat(said(file, "\"deed\":\"send\"", "\"deed\":\"approve\""))
        .contains("what was asked is of another transaction or wallet, another deed");
    assertThat(said(file, "\"deed\":\"send\"", "\"deed\":\"passkey\"")).contains("no proof of");
    assertThat(said(file, "\"deed\":\"send\",", "")).contains("no proof of");
    assertThat(said(file, "trefoil-proof-2", "trefoil-proof-1")).contains("no proof of");
    byte[] older =
        Preimage.of(
            null,
            ada.walletId,
            HexFormat.of().parseHex(field(file, "digest")),
            0,
            HexFormat.of().parseHex(field(file, "nonce")),
            Long.parseLong(file.replaceFirst("(?s).*\"expires\":(\\d+).*", "$1")));
    String asked = file.replace("\"deed\":\"send\",", "").replace("proof-2", "proof-1");
    asked = with(asked, "challenge", base64(Preimage.challenge(older)));
    String read = forged(asked, device, PasskeysTest.HERE, "localhost");
    assertThat(ProofFileCheck.of(read).holds()).isTrue();
    assertThat(ProofFileCheck.of(read).said()).contains("an older release asked");
  }

  private static String said(String file, String pattern, String instead) {
    String bent = file.replaceFirst(pattern, Matcher.quoteReplacement(instead));
    assertThat(bent).isNotEqualTo(file);
    return ProofFileCheck.of(bent).said();
  }

  @Test
  void theRecordSaysOnWhichEvidenceWhoDecidedWhat() {
    TestPasskey device = registered(ada);
    confirmed(device, "request-a", 100_000);
    house.mine(1);
    sign(TestRules.none().hold(50_000, 24).newDevice(2));
    SendView held = confirm(propose(ada.request("request-b", 200_000)), ada.recovery.get(0));
    assertThat(held.state()).isEqualTo(SendState.HELD);
    house.rooms.sends().cancel(ada.accountId, ada.walletId, held.sendId());
    house
        .rooms
        .rulebook()
        .sign(
            ada.accountId,
            ada.walletId,
            new PolicyRequest(
                document(
                    TestRules.none().hold(50_000, 24).newDevice(2).perSend(90_000L),
                    0,
                    KeyRole.USER),
                ada.code()));
    house.rooms.scribe().run();
    List<String> details = new ArrayList<>();
    house
        .rooms
        .chronicle()
        .page(ada.accountId, Long.MAX_VALUE, 100)
        .forEach(row -> details.add(row.entry().kind() + ": " + row.entry().detail()));
    assertThat(details)
        .anyMatch(d -> d.matches("send-approved: [0-9a-f]{64}, rules 0, passkey"))
        .anyMatch(
            d ->
                d.matches(
                    "send-held: [0-9a-f]{64}, rules 1, recovery-code, hold-amount hold-new-device"))
        .anyMatch(d -> d.matches("wallet-activated: backup, head 1\\.0 [0-9a-f]{64}"))
        .anyMatch(d -> d.matches("rules-changed: 2, [0-9a-f]{64}, head 3\\.2 [0-9a-f]{64}"));
    assertThat(house.rooms.chronicle().verify().sound()).isTrue();
  }

  /** The only confirmation of a file, as that passkey gives it at its own origin. */
  private static String forged(String file, TestPasskey device, String origin, String site) {
    byte[] challenge = Base64.getUrlDecoder().decode(field(file, "challenge"));
    Assertion given = device.answer(challenge, site);
    String bent = with(file, "origin", field(Json.object().put("as", origin).json().write(), "as"));
    bent = with(bent, "clientData", base64(given.clientData()));
    bent = with(bent, "authenticatorData", base64(given.authenticatorData()));
    bent = with(bent, "signature", base64(given.signature()));
    return with(bent, "publicKey", base64(device.publicKey()));
  }

  private static String field(String file, String name) {
    Matcher value = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(file);
    assertThat(value.find()).isTrue();
    return value.group(1);
  }

  private static String with(String file, String name, String value) {
    return file.replace(field(file, name), value);
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Test
  void anOriginThatNamesNoSiteProvesNothingAndIsNeverPrinted() {
    String file = file(confirmed(registered(ada), "request-a", 200_000));
    String here = PasskeysTest.HERE;
    String honest = forged(file, new TestPasskey(here), here, "localhost");
    assertThat(ProofFileCheck.of(honest).holds()).as("anybody's passkey may confirm").isTrue();
    for (String origin :
        List.of(
            "https://a.example\n\npasskey     0123",
            "https://a.example\u001b[2J",
            "https://a.example\rpasskey",
            "https://a.example/path",
            "https://you@a.example",
            "https://a..example",
            "https://A.example",
            "http://a.example",
            "https://",
            "nonsense",
            "")) {
      String bent = forged(file, new TestPasskey(origin), origin, "");
      ProofFileCheck.Report report = ProofFileCheck.of(bent);
      assertThat(report.holds()).as(origin).isFalse();
      assertThat(report.said()).isEqualTo(ProofFileCheck.of("").said());
    }
  }

  @Test
  void theSameConfirmationTwiceIsNotTwo() {
    TestPasskey device = registered(ada);
    String file = file(confirmed(device, "request-a", 200_000));
    String one = file.substring(file.indexOf("\"confirmations\":[") + 17, file.lastIndexOf(']'));
    String others = forged(one, new TestPasskey(PasskeysTest.HERE), PasskeysTest.HERE, "localhost");
    byte[] nonce = new byte[32];
    byte[] preimage =
        Preimage.of(
            Preimage.Deed.SEND,
            ada.walletId,
            HexFormat.of().parseHex(field(file, "digest")),
            0,
            nonce,
            Long.parseLong(one.replaceFirst(".*\"expires\":(\\d+).*", "$1")));
    String asked = with(one, "nonce", HexFormat.of().formatHex(nonce));
    asked = with(asked, "challenge", base64(Preimage.challenge(preimage)));
    String again = forged(asked, device, PasskeysTest.HERE, "localhost");
    assertThat(ProofFileCheck.of(file.replace(one, again)).holds()).isTrue();
    for (String more : List.of(one, others, again)) {
      assertThat(ProofFileCheck.of(file.replace(one, one + "," + more)).said())
          .contains("Confirmation 2: its passkey or its nonce is that of an earlier one");
    }
  }

  @Test
  void aKeyThatIsWrittenInASecondWayIsNotASecondPasskey() {
    String file = file(confirmed(registered(ada), "request-a", 200_000));
    TestPasskey rsa = new TestPasskey(PasskeysTest.HERE, TestPasskey.Algorithm.RS256);
    String good =
        forged(file, rsa, PasskeysTest.HERE, "localhost")
            .replace("\"algorithm\":-7", "\"algorithm\":-257");
    assertThat(ProofFileCheck.of(good).holds()).isTrue();
    String key = HexFormat.of().formatHex(rsa.publicKey());
    String other =
        key.replaceFirst("^30820122300d", "30820120300b")
            .replaceFirst("01010105000382", "0101010382");
    assertThat(other).hasSize(key.length() - 4);
    String bent = with(good, "publicKey", base64(HexFormat.of().parseHex(other)));
    assertThat(ProofFileCheck.of(bent).said()).contains("its key cannot be read");
  }
}
