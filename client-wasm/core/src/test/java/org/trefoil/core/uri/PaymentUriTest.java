package org.trefoil.core.uri;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.trefoil.core.Refusals.refusal;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.address.Address;
import org.trefoil.core.units.Network;
import org.trefoil.core.units.Sats;

class PaymentUriTest {
  private static final String ADDRESS = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4";

  @Test
  void theUpperCaseFormOfQrCodesIsTheSame() {
    PaymentUri uri = parse("BITCOIN:" + ADDRESS.toUpperCase(java.util.Locale.ROOT) + "?AMOUNT=0.1");
    assertThat(uri.address().text()).isEqualTo(ADDRESS);
    assertThat(uri.amount()).isEqualTo(new Sats(10_000_000));
    assertThat(parse(parse("bitcoin:" + ADDRESS).qrText())).isEqualTo(parse("bitcoin:" + ADDRESS));
    assertThat(parse("bitcoin:" + ADDRESS).qrText()).isUpperCase();
    assertThat(uri.qrText()).isEqualTo("bitcoin:" + ADDRESS + "?amount=0.10000000");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "label=a%",
        "label=a%2",
        "label=%zz",
        "label=%ff",
        "label=%c0%80",
        "label=a b",
        "label=\u00e4",
        "label=a=b",
        "label=%00",
        "label=%e2%80%ae",
        "=1",
        "label=x#fragment",
        "message=%0a"
      })
  void brokenEncodingIsRefused(String query) {
    refusal(Token.URI_MALFORMED, () -> parse("bitcoin:" + ADDRESS + "?" + query));
  }

  @Test
  void repeatedKeysAndUnknownRequirementsAreRefused() {
    String uri = "bitcoin:" + ADDRESS + "?amount=1&";
    refusal(Token.URI_REPEATED, () -> parse(uri + "amount=1"));
    refusal(Token.URI_REPEATED, () -> parse(uri + "AMOUNT=2"));
    refusal(Token.URI_REPEATED, () -> parse(uri + "pop=a&POP="));
    assertThat(parse(uri + "x=2&x&lightning=a&lightning=b")).isEqualTo(parse(uri));
    refusal(Token.URI_UNKNOWN_REQUIREMENT, () -> parse(uri + "req-x=2"));
    refusal(Token.URI_UNKNOWN_REQUIREMENT, () -> parse(uri + "REQ-x"));
    refusal(Token.URI_UNKNOWN_REQUIREMENT, () -> parse(uri + "re%71-x"));
    assertThatThrownBy(() -> parse(uri + "Req-Moon=2"))
        .isInstanceOfSatisfying(
            RefusedException.class,
            e -> assertThat(e.refusal().data()).containsEntry("name", "req-moon"));
  }

  @Test
  void theFirstAddressOfTheQueryThatCanBePaidGoesBeforeTheOneInFront() {
    String taproot = "bc1p5swkugezn97763tl0yty6556856uug0q6jflljvep9m4p7339x5qzyrh4g";
    String future = "BC1SW50QGDZ25J"; // version 16, of BIP-0350's valid addresses
    String legacy = "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2";
    assertThat(parse("bitcoin:" + legacy + "?bc=" + taproot).address().text()).isEqualTo(taproot);
    String several = "bitcoin:?BC=" + future + "&bc=" + ADDRESS + "&bc=" + taproot;
    assertThat(parse(several).address().text()).isEqualTo(ADDRESS);
    assertThat(parse("bitcoin:" + legacy + "?bc=" + future).address().text()).isEqualTo(legacy);
    refusal(Token.URI_NO_ADDRESS, () -> parse("bitcoin:?bc=" + future));
    refusal(Token.ADDRESS_MISTYPED, () -> parse("bitcoin:?bc=" + taproot.replace('w', 'x')));
    String onTestnet = "tb1qghfhmd4zh7ncpmxl3qzhmq566jk8ckq4gafnmg";
    for (Network network : new Network[] {Network.TESTNET, Network.SIGNET}) {
      PaymentUri uri = PaymentUri.parse("bitcoin:?bc=x&tb=" + onTestnet, network);
      assertThat(uri.address().text()).isEqualTo(onTestnet);
    }
    String ours = "bitcoin:?bc=" + ADDRESS;
    refusal(Token.URI_NO_ADDRESS, () -> PaymentUri.parse(ours, Network.REGTEST));
  }

  @ParameterizedTest
  @ValueSource(strings = {"50,000.00", "1e3", "-1", "+1", "", ".", "0x10", "1.2.3", "1%20"})
  void amountsAreDecimal(String amount) {
    refusal(Token.AMOUNT_MALFORMED, () -> parse("bitcoin:" + ADDRESS + "?amount=" + amount));
  }

  @Test
  void amountsHaveBounds() {
    String uri = "bitcoin:" + ADDRESS + "?amount=";
    refusal(Token.AMOUNT_TOO_PRECISE, () -> parse(uri + "0.000000001"));
    refusal(Token.AMOUNT_TOO_LARGE, () -> parse(uri + "21000000.00000001"));
    assertThat(parse(uri + "21000000").amount()).isEqualTo(new Sats(Sats.MAX));
    assertThat(parse(uri + ".5").amount()).isEqualTo(parse(uri + "0.50").amount());
    assertThat(parse(uri + "5.").amount()).isEqualTo(parse(uri + "5").amount());
  }

  @Test
  void theAddressIsCheckedAsAnyOther() {
    refusal(
        Token.ADDRESS_OTHER_NETWORK, () -> PaymentUri.parse("bitcoin:" + ADDRESS, Network.SIGNET));
    refusal(Token.ADDRESS_MISTYPED, () -> parse("bitcoin:" + ADDRESS.replace('t', 'x')));
    refusal(Token.URI_NO_ADDRESS, () -> parse("bitcoin:?amount=1"));
    refusal(Token.URI_MALFORMED, () -> parse("litecoin:" + ADDRESS));
    refusal(Token.URI_MALFORMED, () -> parse("bitcoin:" + ADDRESS + "?x=" + "y".repeat(5000)));
  }

  @Test
  void whatIsPrintedIsRead() {
    Random random = new Random(321);
    Address address = Address.parse(ADDRESS, Network.MAINNET);
    for (int i = 0; i < 500; i++) {
      PaymentUri uri =
          new PaymentUri(
              address,
              random.nextBoolean() ? null : new Sats(random.nextLong(Sats.MAX)),
              random.nextBoolean() ? null : text(random),
              random.nextBoolean() ? null : text(random));
      assertThat(parse(uri.print())).isEqualTo(uri);
      assertThat(uri.print()).matches("[!-~]+");
    }
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(20); i >= 0; i--) {
      text.appendCodePoint(i % 3 == 0 ? 0x1f600 + random.nextInt(40) : 33 + random.nextInt(90));
    }
    return text.toString();
  }

  private static PaymentUri parse(String text) {
    return PaymentUri.parse(text, Network.MAINNET);
  }
}
