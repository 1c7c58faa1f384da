package org.trefoil.core.address;

import java.util.Arrays;
import java.util.List;
import org.bitcoinj.base.Base58;
import org.bitcoinj.base.exceptions.AddressFormatException;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.units.Network;

/**
 * An address and the output script it stands for. {@link #parse} and {@link #ofScript} are the ways
 * to get one: text and script always agree.
 *
 * @param text canonical: bech32 in lower case
 * @param scriptPubKey P2PKH, P2SH, P2WPKH, P2WSH or P2TR
 */
public record Address(Network network, String text, byte[] scriptPubKey) {
  public Address {
    scriptPubKey = scriptPubKey.clone();
  }

  @Override
  public byte[] scriptPubKey() {
    return scriptPubKey.clone();
  }

  /**
   * Reads an address of {@code expected}. Refuses {@code address-other-network} with the network it
   * belongs to, {@code address-mistyped} with the positions (from 1) when they can be told, {@code
   * address-checksum} when they cannot, and {@code address-unknown-form}.
   */
  public static Address parse(String text, Network expected) {
    if (text.isEmpty()) {
      throw Refusal.of(Token.ADDRESS_MISSING).exception();
    }
    String hrp = SegwitText.hrp(text);
    return hrp == null ? parseBase58(text, expected) : parseSegwit(text, hrp, expected);
  }

  private static Address parseSegwit(String text, String hrp, Network expected) {
    if (!hrp.equals(expected.hrp())) {
      String other = hrp.equals("tb") ? "testnet" : hrp.equals("bc") ? "mainnet" : "regtest";
      throw Refusal.of(Token.ADDRESS_OTHER_NETWORK, "network", other).exception();
    }
    SegwitText.Program program = SegwitText.decode(hrp, text);
    byte[] bytes = program.bytes();
    if (program.version() > 1 || (program.version() == 1 && bytes.length != 32)) {
      throw Refusal.of(Token.ADDRESS_FUTURE_VERSION).exception();
    }
    return ofScript(expected, program.scriptPubKey());
  }

  private static Address parseBase58(String text, Network expected) {
    boolean plausible = "13mn2".indexOf(text.charAt(0)) >= 0 && text.length() <= 36;
    if (!plausible || text.length() < 25) {
      throw Refusal.of(Token.ADDRESS_UNKNOWN_FORM).exception();
    }
    byte[] bytes;
    try {
      bytes = Base58.decodeChecked(text);
    } catch (AddressFormatException.InvalidCharacter e) {
      throw SegwitText.mistyped(List.of(e.position + 1));
    } catch (AddressFormatException.InvalidChecksum e) {
      throw Refusal.of(Token.ADDRESS_CHECKSUM).exception();
    } catch (AddressFormatException e) {
      throw Refusal.of(Token.ADDRESS_UNKNOWN_FORM).exception();
    }
    if (bytes.length != 21) {
      throw Refusal.of(Token.ADDRESS_UNKNOWN_FORM).exception();
    }
    int version = bytes[0] & 255;
    byte[] hash = Arrays.copyOfRange(bytes, 1, 21);
    if (version == expected.p2pkhVersion()) {
      return new Address(expected, text, Base58Scripts.p2pkh(hash));
    }
    if (version == expected.p2shVersion()) {
      return new Address(expected, text, Base58Scripts.p2sh(hash));
    }
    for (Network other : new Network[] {Network.MAINNET, Network.TESTNET}) {
      if (version == other.p2pkhVersion() || version == other.p2shVersion()) {
        throw Refusal.of(Token.ADDRESS_OTHER_NETWORK, "network", other.id()).exception();
      }
    }
    throw Refusal.of(Token.ADDRESS_UNKNOWN_FORM).exception();
  }

  /** The address of {@code script}; {@link IllegalArgumentException} when it has none. */
  public static Address ofScript(Network network, byte[] script) {
    String text = textOf(network, script);
    if (text == null) {
      throw new IllegalArgumentException("a script without an address");
    }
    return new Address(network, text, script);
  }

  /** The address text of {@code script}, or null when it has none. */
  public static @Nullable String textOf(Network network, byte[] script) {
    if (Base58Scripts.isP2pkh(script)) {
      return Base58.encodeChecked(network.p2pkhVersion(), Arrays.copyOfRange(script, 3, 23));
    }
    if (Base58Scripts.isP2sh(script)) {
      return Base58.encodeChecked(network.p2shVersion(), Arrays.copyOfRange(script, 2, 22));
    }
    SegwitText.Program program = SegwitText.Program.ofScript(script);
    return program == null ? null : SegwitText.encode(network.hrp(), program);
  }

  /** In groups of four, as people compare it. */
  public String grouped() {
    StringBuilder groups = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      if (i > 0 && i % 4 == 0) {
        groups.append(' ');
      }
      groups.append(text.charAt(i));
    }
    return groups.toString();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Address that && network == that.network && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
