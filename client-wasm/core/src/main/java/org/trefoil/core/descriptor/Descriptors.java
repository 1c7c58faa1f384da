package org.trefoil.core.descriptor;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.keys.CosignerKey;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.DescriptorChecksum;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.keys.PrivateKeyText;
import org.trefoil.core.keys.Quorum;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.core.units.Network;

/**
 * Reads the descriptors of multi-signature wallets: {@code wsh}, {@code sh(wsh())} or {@code sh} of
 * {@code sortedmulti} with origins, account xpubs and {@code /<0;1>/*}, checksum required. For all
 * that it accepts, {@link Cosigners#descriptor} gives the same text back, hardened marks as {@code
 * '}.
 */
public final class Descriptors {
  private static final String MULTIPATH = "/<0;1>/*";

  private Descriptors() {}

  /** The eight characters that belong after {@code body} and a {@code #}. */
  public static String checksum(String body) {
    return DescriptorChecksum.of(body);
  }

  /**
   * Reads the descriptor of a wallet of ours, whose roles follow from the number of its keys.
   * Refuses {@code quorum-numbers} for one that is not from 2 of 2 to 7 of 7.
   */
  public static Cosigners ofWallet(String text, Network network) {
    int keys = 0;
    for (int at = text.indexOf(MULTIPATH); at >= 0; at = text.indexOf(MULTIPATH, at + 1)) {
      keys++;
    }
    boolean ours = keys >= Quorum.LEAST && keys <= Quorum.MOST;
    List<KeyRole> roles = ours ? KeyRole.ofWallet(keys) : Collections.nCopies(keys, KeyRole.USER);
    Cosigners cosigners = parse(text, network, roles);
    Quorum.of(cosigners);
    return cosigners;
  }

  /** Reads {@code text}; {@code roles} says who holds each key, in the order of the keys. */
  public static Cosigners parse(String text, Network network, List<KeyRole> roles) {
    if (PrivateKeyText.looksLikeOne(text)) {
      throw Refusal.of(Token.PRIVATE_KEY_PASTED).exception();
    }
    String body = withoutChecksum(text);
    ScriptType type;
    String inner;
    if (body.startsWith("sh(wsh(") && body.endsWith("))")) {
      type = ScriptType.P2SH_P2WSH;
      inner = body.substring(7, body.length() - 2);
    } else if (body.startsWith("wsh(") && body.endsWith(")")) {
      type = ScriptType.P2WSH;
      inner = body.substring(4, body.length() - 1);
    } else if (body.startsWith("sh(") && body.endsWith(")")) {
      type = ScriptType.P2SH;
      inner = body.substring(3, body.length() - 1);
    } else {
      throw Refusal.of(Token.DESCRIPTOR_UNSUPPORTED).exception();
    }
    if (inner.startsWith("multi(")) {
      throw Refusal.of(Token.DESCRIPTOR_UNSORTED).exception();
    }
    if (!inner.startsWith("sortedmulti(") || !inner.endsWith(")")) {
      throw Refusal.of(Token.DESCRIPTOR_UNSUPPORTED).exception();
    }
    return sortedMulti(type, inner.substring(12, inner.length() - 1), network, roles);
  }

  private static String withoutChecksum(String text) {
    int hash = text.lastIndexOf('#');
    if (hash < 0) {
      throw Refusal.of(Token.DESCRIPTOR_CHECKSUM).exception();
    }
    String body = text.substring(0, hash);
    if (!DescriptorChecksum.of(body).equals(text.substring(hash + 1))) {
      throw Refusal.of(Token.DESCRIPTOR_CHECKSUM).exception();
    }
    return body;
  }

  private static Cosigners sortedMulti(
      ScriptType type, String arguments, Network network, List<KeyRole> roles) {
    List<String> parts = split(arguments);
    int count = parts.size() - 1;
    if (count > Cosigners.MAX_KEYS || count < 1) {
      String max = Integer.toString(Cosigners.MAX_KEYS);
      throw Refusal.of(Token.DESCRIPTOR_TOO_MANY_KEYS, "max", max).exception();
    }
    if (count != roles.size()) {
      throw Refusal.of(Token.DESCRIPTOR_UNSUPPORTED).exception();
    }
    List<CosignerKey> keys = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String part = parts.get(i + 1);
      if (!part.endsWith(MULTIPATH)) {
        throw Refusal.of(Token.DESCRIPTOR_UNSUPPORTED).exception();
      }
      String expression = part.substring(0, part.length() - MULTIPATH.length());
      keys.add(CosignerKey.parse(roles.get(i), expression, network));
    }
    return new Cosigners(network, type, threshold(parts.get(0)), keys);
  }

  private static List<String> split(String arguments) {
    List<String> parts = new ArrayList<>();
    int from = 0;
    for (int comma = arguments.indexOf(','); comma >= 0; comma = arguments.indexOf(',', from)) {
      parts.add(arguments.substring(from, comma));
      from = comma + 1;
    }
    parts.add(arguments.substring(from));
    return parts;
  }

  private static int threshold(String text) {
    boolean number = text.length() == 1 || text.length() == 2;
    int value = 0;
    for (int i = 0; i < text.length() && number; i++) {
      int digit = text.charAt(i) - '0';
      number = digit >= 0 && digit <= 9 && !(i == 0 && digit == 0);
      value = value * 10 + digit;
    }
    if (!number) {
      throw Refusal.of(Token.DESCRIPTOR_THRESHOLD).exception();
    }
    return value;
  }
}
