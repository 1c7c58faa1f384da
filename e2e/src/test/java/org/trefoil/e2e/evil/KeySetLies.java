package org.trefoil.e2e.evil;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bitcoinj.crypto.ECKey;
import org.trefoil.core.descriptor.Descriptors;
import org.trefoil.core.envelope.EnvelopeBinding;
import org.trefoil.core.envelope.SealedUserKey;
import org.trefoil.core.keys.CosignerKey;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.KeyOrigin;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.core.keys.Xpub;
import org.trefoil.core.units.Network;
import org.trefoil.core.wire.FreshAddress;
import org.trefoil.core.wire.Json;
import org.trefoil.core.wire.WalletView;
import org.trefoil.custody.keys.AccountKey;
import org.trefoil.custody.keys.UserSeed;
import org.trefoil.custody.sign.Endorser;
import org.trefoil.e2e.harness.ManInTheMiddle.Lie;

/** What a server could say about the keys of a wallet instead of the truth. */
public final class KeySetLies {
  private static final List<KeyRole> ROLES = List.of(KeyRole.USER, KeyRole.BACKUP, KeyRole.SERVER);
  private static final Pattern DESCRIPTOR = Pattern.compile("wsh\\(sortedmulti[^\"]*#[a-z0-9]{8}");

  private KeySetLies() {}

  /** The same key set with a key of the liar's in one role. */
  public static Lie oneKey(KeyRole role) {
    return (method, path, body) -> {
      if (!path.startsWith("/api/wallets/")) {
        return null;
      }
      // The server writes < and > as \\u escapes; every JSON reader takes both forms.
      String text =
          new String(body, StandardCharsets.UTF_8).replace("\\u003c", "<").replace("\\u003e", ">");
      Matcher found = DESCRIPTOR.matcher(text);
      if (!found.find()) {
        return null;
      }
      Cosigners honest = Descriptors.parse(found.group(), Network.REGTEST, ROLES);
      Cosigners changed = with(honest, key -> key.role() == role ? liarsKey(key) : key);
      return text.replace(found.group(), changed.descriptor()).getBytes(StandardCharsets.UTF_8);
    };
  }

  /**
   * Three keys of the liar's, endorsed by the liar's user key, with the addresses that follow from
   * them, and the victim's envelope relabelled as if it belonged to them: everything agrees.
   */
  static Lie allThreeKeys() {
    SecureRandom random = new SecureRandom();
    UserSeed[] seeds = new UserSeed[3];
    for (int i = 0; i < seeds.length; i++) {
      seeds[i] =
          UserSeed.fresh(
              n -> {
                byte[] bytes = new byte[n];
                random.nextBytes(bytes);
                return bytes;
              });
    }
    AccountKey user = seeds[0].account(Network.REGTEST);
    List<CosignerKey> keys = new ArrayList<>();
    for (int i = 0; i < seeds.length; i++) {
      CosignerKey made = seeds[i].account(Network.REGTEST).cosignerKey();
      keys.add(new CosignerKey(ROLES.get(i), made.origin(), made.xpub()));
    }
    return (method, path, body) -> {
      String text = new String(body, StandardCharsets.UTF_8);
      if (path.matches("/api/wallets/[0-9a-f]{32}")) {
        return utf8(swapped(WalletView.fromJson(Json.parse(text, Json.MAX_LENGTH)), keys, user));
      }
      if (path.matches("/api/wallets/[0-9a-f]{32}/addresses") && method.equals("POST")) {
        int index = FreshAddress.fromJson(Json.parse(text, Json.MAX_LENGTH)).index();
        String address = cosigners(keys).address(Cosigners.RECEIVE, index);
        return utf8(new FreshAddress(index, address).toJson());
      }
      return null;
    };
  }

  private static Json swapped(WalletView honest, List<CosignerKey> keys, AccountKey user) {
    Cosigners liars = cosigners(keys);
    byte[] endorsement = Endorser.endorse(user, liars, honest.walletId());
    SealedUserKey sealed = SealedUserKey.parse(String.valueOf(honest.sealed()));
    SealedUserKey relabelled =
        SealedUserKey.of(
            sealed.associatedData(),
            EnvelopeBinding.of(liars, honest.walletId(), endorsement),
            sealed.ciphertext());
    return new WalletView(
            honest.walletId(),
            honest.name(),
            honest.network(),
            honest.state(),
            liars.descriptor(),
            Base64.getEncoder().encodeToString(endorsement),
            relabelled.text(),
            honest.backupIsCold(),
            honest.birthHeight(),
            honest.createdAt(),
            honest.balance(),
            honest.receiveIndex(),
            honest.changeIndex(),
            honest.tipHeight(),
            honest.owners(),
            honest.split(),
            honest.role(),
            honest.secondSlot(),
            honest.openings())
        .toJson();
  }

  private static Cosigners cosigners(List<CosignerKey> keys) {
    return new Cosigners(Network.REGTEST, ScriptType.P2WSH, 2, keys);
  }

  private static byte[] utf8(Json json) {
    return json.write().getBytes(StandardCharsets.UTF_8);
  }

  private static Cosigners with(Cosigners honest, UnaryOperator<CosignerKey> change) {
    List<CosignerKey> keys = honest.keys().stream().map(change).toList();
    return new Cosigners(honest.network(), honest.scriptType(), honest.threshold(), keys);
  }

  private static CosignerKey liarsKey(CosignerKey instead) {
    KeyOrigin origin = instead.origin();
    Xpub honest = instead.xpub();
    Xpub liar =
        Xpub.of(
            Network.REGTEST,
            honest.depth(),
            0x01020304,
            honest.childNumber(),
            new byte[32],
            new ECKey().getPubKey());
    return new CosignerKey(instead.role(), origin, liar);
  }
}
