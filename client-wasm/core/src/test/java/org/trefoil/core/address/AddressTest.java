package org.trefoil.core.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trefoil.core.Refusals.refusal;

import java.util.Random;
import java.util.regex.Pattern;
import org.bitcoinj.base.ScriptType;
import org.bitcoinj.base.SegwitAddress;
import org.bitcoinj.script.ScriptBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.units.Hex;
import org.trefoil.core.units.Network;

class AddressTest {
  private static final String CHARSET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

  @ParameterizedTest
  @EnumSource(Network.class)
  void everyFormIsWhatBitcoinjMakesOfIt(Network network) {
    Random random = new Random(173);
    for (int i = 0; i < 40; i++) {
      byte[] hash20 = bytes(random, 20);
      byte[] hash32 = bytes(random, 32);
      org.bitcoinj.base.Address[] theirs = {
        org.bitcoinj.base.LegacyAddress.fromPubKeyHash(network.bitcoinj(), hash20),
        org.bitcoinj.base.LegacyAddress.fromScriptHash(network.bitcoinj(), hash20),
        SegwitAddress.fromHash(network.bitcoinj(), hash20),
        SegwitAddress.fromHash(network.bitcoinj(), hash32),
        SegwitAddress.fromProgram(network.bitcoinj(), 1, hash32)
      };
      for (org.bitcoinj.base.Address their : theirs) {
        byte[] script = ScriptBuilder.createOutputScript(their).program();
        Address ours = Address.parse(their.toString(), network);
        assertThat(Hex.of(ours.scriptPubKey())).isEqualTo(Hex.of(script));
        assertThat(Address.ofScript(network, script)).isEqualTo(ours);
        assertThat(ours.text()).isEqualTo(their.toString());
        if (their.getOutputScriptType() == ScriptType.P2WSH) {
          String upper = ours.text().toUpperCase(java.util.Locale.ROOT);
          assertThat(Address.parse(upper, network)).isEqualTo(ours);
        }
      }
    }
  }

  @Test
  void oneMistypedCharacterIsFound() {
    for (int length : new int[] {20, 32}) {
      for (int version = 0; version <= (length == 32 ? 1 : 0); version++) {
        String text = segwit(Network.REGTEST, version, bytes(new Random(length), length));
        for (int at = 5; at < text.length(); at++) {
          char right = text.charAt(at);
          for (int k = 0; k < 32; k += 3) {
            char wrong = CHARSET.charAt(k);
            if (wrong != right) {
              assertPositions(replace(text, at, wrong), Integer.toString(at + 1));
            }
          }
        }
      }
    }
  }

  @Test
  void twoMistypedCharactersAreFound() {
    Random random = new Random(2);
    for (int i = 0; i < 400; i++) {
      String text = segwit(Network.REGTEST, random.nextInt(2), bytes(random, 32));
      int first = 5 + random.nextInt(text.length() - 6);
      int second = first + 1 + random.nextInt(text.length() - first - 1);
      String mistyped =
          replace(replace(text, first, other(text, first)), second, other(text, second));
      assertPositions(mistyped, (first + 1) + ", " + (second + 1));
    }
  }

  @Test
  void aCharacterThatCannotBeThereIsNamed() {
    String text = segwit(Network.REGTEST, 0, new byte[32]);
    assertPositions(replace(text, 20, 'b'), "21");
    assertPositions(replace(replace(text, 20, 'i'), 30, '!'), "21, 31");
    assertPositions("mipcBbFg9gMiCh81Kj8tqqdgoZub1ZJ0fn", "32");
  }

  @Test
  void moreMistakesAreRefusedWithoutAGuess() {
    String text = segwit(Network.REGTEST, 0, bytes(new Random(9), 32));
    refusal(Token.ADDRESS_CHECKSUM, () -> parse(text.substring(0, 40)));
    refusal(Token.ADDRESS_CHECKSUM, () -> parse(text + "q"));
    refusal(Token.ADDRESS_CHECKSUM, () -> parse("mipcBbFg9gMiCh81Kj8tqqdgoZub1ZJRfm"));
    String mixed = text.substring(0, 20) + "Q" + text.substring(21);
    refusal(Token.ADDRESS_MIXED_CASE, () -> parse(mixed));
  }

  @Test
  void anotherNetworkIsNamed() {
    byte[] script = Hex.parse("0014751e76e8199196d454941c45d1b3a323f1433bd6");
    byte[] legacy = Hex.parse("76a914751e76e8199196d454941c45d1b3a323f1433bd688ac");
    for (byte[] each : new byte[][] {script, legacy}) {
      String main = Address.ofScript(Network.MAINNET, each).text();
      String test = Address.ofScript(Network.TESTNET, each).text();
      assertThat(other(main, Network.REGTEST)).isEqualTo("mainnet");
      assertThat(other(test, Network.MAINNET)).isEqualTo("testnet");
    }
    String practice = Address.ofScript(Network.REGTEST, script).text();
    assertThat(other(practice, Network.MAINNET)).isEqualTo("regtest");
    assertThat(other(practice, Network.SIGNET)).isEqualTo("regtest");
    assertThat(Address.parse(Address.ofScript(Network.TESTNET, script).text(), Network.SIGNET))
        .isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hello",
        "lnbcrt1230",
        "0x52908400098527886E0F7030069857D2E4169EE7",
        "bcrt1",
        "bcrt",
        "1",
        " ",
        "bitcoin:bcrt1qqq",
        "ltc1qw508d6qejxtdg4y5r3zarvary0c5xw7kgmn4n9"
      })
  void whatIsNoAddressIsRefused(String text) {
    refusal(Token.ADDRESS_UNKNOWN_FORM, () -> parse(text));
  }

  @Test
  void futureVersionsAreRefused() {
    for (int version = 2; version <= 16; version++) {
      String text = segwit(Network.REGTEST, version, new byte[32]);
      refusal(Token.ADDRESS_FUTURE_VERSION, () -> parse(text));
    }
    refusal(Token.ADDRESS_FUTURE_VERSION, () -> parse(segwit(Network.REGTEST, 1, new byte[2])));
    refusal(Token.ADDRESS_MISSING, () -> parse(""));
  }

  @Test
  void groupsOfFour() {
    Address address =
        Address.ofScript(
            Network.MAINNET, Hex.parse("0014751e76e8199196d454941c45d1b3a323f1433bd6"));
    assertThat(address.grouped()).isEqualTo("bc1q w508 d6qe jxtd g4y5 r3za rvar y0c5 xw7k v8f3 t4");
  }

  @Test
  void mutatedTextsAreNeverTakenForAnother() {
    Random random = new Random(350);
    String text = segwit(Network.REGTEST, 0, bytes(random, 32));
    for (int i = 0; i < 5_000; i++) {
      StringBuilder mutated = new StringBuilder(text);
      for (int k = 0; k <= random.nextInt(4); k++) {
        mutated.setCharAt(random.nextInt(text.length()), (char) (32 + random.nextInt(95)));
      }
      if (!mutated.toString().equals(text)) {
        assertThat(taken(mutated.toString())).as(mutated.toString()).isFalse();
      }
    }
  }

  private static boolean taken(String text) {
    try {
      parse(text);
      return true;
    } catch (org.trefoil.core.RefusedException e) {
      return false;
    }
  }

  private static Address parse(String text) {
    return Address.parse(text, Network.REGTEST);
  }

  private static String other(String text, Network expected) {
    return String.valueOf(
        refusal(Token.ADDRESS_OTHER_NETWORK, () -> Address.parse(text, expected))
            .data()
            .get("network"));
  }

  private static void assertPositions(String mistyped, String positions) {
    Refusal refusal = refusal(Token.ADDRESS_MISTYPED, () -> parse(mistyped));
    String grouped =
        Pattern.compile("\\d+")
            .matcher(positions)
            .replaceAll(
                at -> at.group() + " (group " + ((Integer.parseInt(at.group()) + 3) / 4) + ")");
    assertThat(refusal.data()).containsEntry("positions", grouped);
  }

  private static String segwit(Network network, int version, byte[] program) {
    return SegwitText.encode(network.hrp(), new SegwitText.Program(version, program));
  }

  private static char other(String text, int at) {
    return CHARSET.charAt((CHARSET.indexOf(text.charAt(at)) + 7) % 32);
  }

  private static String replace(String text, int at, char c) {
    return text.substring(0, at) + c + text.substring(at + 1);
  }

  private static byte[] bytes(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
