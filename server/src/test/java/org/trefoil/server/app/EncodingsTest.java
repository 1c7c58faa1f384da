package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.bitcoinj.base.LegacyAddress;
import org.bitcoinj.base.SegwitAddress;
import org.bitcoinj.base.internal.ByteUtils;
import org.bitcoinj.crypto.internal.CryptoUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.trefoil.core.Token;
import org.trefoil.core.policy.TestRules;
import org.trefoil.core.units.Network;
import org.trefoil.core.wire.RecipientLine;
import org.trefoil.core.wire.SendRequest;
import org.trefoil.core.wire.SendState;
import org.trefoil.core.wire.SendView;
import org.trefoil.server.secondfactor.GivenFactor;
import org.trefoil.server.spend.Whence;
import org.trefoil.server.store.Invariants;

/** Fault 22: what rules name, written in another way, from the request to the judge. */
class EncodingsTest extends LosingKeysOnBoth {
  private static final byte[] HASH = ByteUtils.parseHex("751e76e8199196d454941c45d1b3a323f1433bd6");

  private int requests;

  @BeforeEach
  void receive() {
    for (int i = 0; i < 4; i++) {
      ada.receive(300_000);
    }
  }

  @AfterEach
  void invariants() {
    Invariants.hold(house.foundation.database());
  }

  /** The same key in each form that an address of it can have; as it pays to its hash first. */
  private enum Form {
    P2WPKH,
    P2PKH,
    P2SH_P2WPKH;

    String address() {
      var network = Network.REGTEST.bitcoinj();
      return switch (this) {
        case P2WPKH -> SegwitAddress.fromHash(network, HASH).toString();
        case P2PKH -> LegacyAddress.fromPubKeyHash(network, HASH).toString();
        case P2SH_P2WPKH -> {
          byte[] program = new byte[22];
          program[1] = 20;
          System.arraycopy(HASH, 0, program, 2, 20);
          byte[] hash = CryptoUtils.sha256hash160(program);
          yield LegacyAddress.fromScriptHash(network, hash).toString();
        }
      };
    }
  }

  private static String upper(String address) {
    return address.toUpperCase(Locale.ROOT);
  }

  /** A send whose request names its recipient so, whatever its transaction pays. */
  private SendRequest request(String pays, String names) {
    String id = "request-" + requests++ + "-encoded";
    SendRequest made =
        ada.vault.send(
            ada.cosigners,
            house.rooms.book().spendable(ada.accountId, ada.walletId),
            id,
            pays,
            20_000);
    return new SendRequest(
        id,
        made.psbt(),
        List.of(new RecipientLine(names, 20_000)),
        false,
        made.feeRate(),
        made.note());
  }

  private SendView send(String address) {
    return confirm(propose(request(address.toLowerCase(Locale.ROOT), address)), ada.code());
  }

  private SendView sendAsItIs(String address) {
    return confirm(propose(request(address, address)), ada.code());
  }

  @Test
  @DisplayName(
      "Fault 22: a blocked address in capitals is blocked, one in both cases is no address")
  void fault22ABlockedAddressInCapitalsIsBlocked() {
    assertThat(Form.P2WPKH.address()).isEqualTo(TestHouse.ELSEWHERE);
    sign(TestRules.none().blocked(TestHouse.ELSEWHERE));
    Refused.with(Token.ADDRESS_BLOCKED, () -> send(TestHouse.ELSEWHERE));
    Refused.with(Token.ADDRESS_BLOCKED, () -> send(upper(TestHouse.ELSEWHERE)));
    for (int at = 0; at < TestHouse.ELSEWHERE.length(); at++) {
      char[] mixed = TestHouse.ELSEWHERE.toCharArray();
      mixed[at] = Character.toUpperCase(mixed[at]);
      if (mixed[at] != TestHouse.ELSEWHERE.charAt(at)) {
        SendRequest request = request(TestHouse.ELSEWHERE, new String(mixed));
        Refused.with(Token.ADDRESS_MIXED_CASE, () -> propose(request));
      }
    }
    assertThat(house.rooms.coSigner().keyUses()).isZero();
  }

  @Test
  @DisplayName("Fault 22: an address of a blocked key in any other form is blocked as well")
  void fault22EveryFormOfABlockedKeyIsBlocked() {
    for (Form blocked : Form.values()) {
      TestRules rules = TestRules.none();
      // one more at a time, so that each version is tighter than the one before
      sign(
          rules.blocked(
              Arrays.stream(Form.values())
                  .limit(blocked.ordinal() + 1)
                  .map(Form::address)
                  .toArray(String[]::new)));
      for (Form form : Form.values()) {
        Refused.with(Token.ADDRESS_BLOCKED, () -> sendAsItIs(form.address()));
      }
    }
    assertThat(house.rooms.coSigner().keyUses()).isZero();
    String script = SegwitAddress.fromHash(Network.REGTEST.bitcoinj(), new byte[32]).toString();
    assertThat(send(script).state()).as("another key").isEqualTo(SendState.BROADCAST);
  }

  @Test
  @DisplayName("Fault 22: the address book allows what it names in capitals too, and no other form")
  void fault22TheBookAllowsItsAddressAndNoOtherFormOfIt() {
    sign(TestRules.none().bookOnly(TestHouse.ELSEWHERE));
    Refused.with(Token.NOT_IN_BOOK, () -> sendAsItIs(Form.P2PKH.address()));
    Refused.with(Token.NOT_IN_BOOK, () -> sendAsItIs(Form.P2SH_P2WPKH.address()));
    String taproot = SegwitAddress.fromProgram(Network.REGTEST.bitcoinj(), 1, x(32)).toString();
    Refused.with(Token.NOT_IN_BOOK, () -> send(taproot));
    assertThat(house.rooms.coSigner().keyUses()).isZero();
    assertThat(send(TestHouse.ELSEWHERE).state()).isEqualTo(SendState.BROADCAST);
    house.mine(1);
    assertThat(send(upper(TestHouse.ELSEWHERE)).state()).isEqualTo(SendState.BROADCAST);
  }

  /** The x coordinate of the curve's generator, which is a point. */
  private static byte[] x(int length) {
    return Arrays.copyOf(
        ByteUtils.parseHex("79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798"),
        length);
  }

  @Test
  @DisplayName("Fault 22: an address of another network is none, nor is a name for another output")
  void fault22AnotherNetworkOrAnotherOutputThanIsNamedIsRefused() {
    sign(TestRules.none().bookOnly(TestHouse.ELSEWHERE));
    for (Network other : new Network[] {Network.MAINNET, Network.TESTNET}) {
      String there = SegwitAddress.fromHash(other.bitcoinj(), HASH).toString();
      SendRequest request = request(TestHouse.ELSEWHERE, there);
      Refused.with(Token.ADDRESS_OTHER_NETWORK, () -> propose(request));
    }
    SendRequest elsewhere = request(Form.P2PKH.address(), TestHouse.ELSEWHERE);
    Refused.with(Token.SURPRISE_OUTPUT, () -> propose(elsewhere));
    assertThat(house.rooms.coSigner().keyUses()).isZero();
  }

  @Test
  @DisplayName("Fault 22: an IPv4 address within IPv6 is in the network that it is in")
  void fault22AnIpv4AddressWithinIpv6IsInItsNetwork() {
    sign(TestRules.none().networks("203.0.113.0/24"));
    for (String away : new String[] {"::ffff:198.51.100.7", "::ffff:c633:6407", "::203.0.113.9"}) {
      SendView waiting = propose(request(TestHouse.ELSEWHERE, TestHouse.ELSEWHERE));
      Refused.with(Token.NETWORK_NOT_ALLOWED, () -> confirmFrom(waiting, away));
    }
    SendView waiting = propose(request(TestHouse.ELSEWHERE, TestHouse.ELSEWHERE));
    assertThat(confirmFrom(waiting, "::ffff:203.0.113.9").state()).isEqualTo(SendState.BROADCAST);
  }

  private SendView confirmFrom(SendView send, String ip) {
    GivenFactor given = new GivenFactor.Code(ada.code());
    return house
        .rooms
        .sends()
        .confirm(ada.accountId, ada.walletId, send.sendId(), given, new Whence(ip, null));
  }
}
