package org.trefoil.vault.wallet;

import java.util.Base64;
import java.util.List;
import org.trefoil.core.envelope.EnvelopeBinding;
import org.trefoil.core.envelope.SealedUserKey;
import org.trefoil.core.keys.CosignerKey;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.core.units.Network;
import org.trefoil.core.wire.Balance;
import org.trefoil.core.wire.MemberRole;
import org.trefoil.core.wire.WalletState;
import org.trefoil.core.wire.WalletView;
import org.trefoil.custody.keys.AccountKey;
import org.trefoil.custody.keys.UserSeed;
import org.trefoil.custody.secret.SecretBytes;
import org.trefoil.custody.sign.Endorser;

/** A regtest wallet of fixed keys, as an honest server would show it. */
public final class SampleWallet {
  public static final String ID = "0123456789abcdef0123456789abcdef";

  private SampleWallet() {}

  /** The account key of a number; the user key of {@link #known} is number 1. */
  public static AccountKey account(int fill) {
    byte[] entropy = new byte[UserSeed.LENGTH];
    java.util.Arrays.fill(entropy, (byte) fill);
    return UserSeed.takingOver(SecretBytes.takingOver(entropy)).account(Network.REGTEST);
  }

  private static CosignerKey as(KeyRole role, CosignerKey key) {
    return new CosignerKey(role, key.origin(), key.xpub());
  }

  /** A key set of its own for each number. */
  public static Cosigners cosigners(int number) {
    return new Cosigners(
        Network.REGTEST,
        ScriptType.P2WSH,
        2,
        List.of(
            account(number).cosignerKey(),
            as(KeyRole.BACKUP, account(number + 1).cosignerKey()),
            as(KeyRole.SERVER, account(number + 2).cosignerKey())));
  }

  /** The wallet of key set {@code shown}, endorsed for {@code endorsed}. */
  public static WalletView view(int shown, int endorsed) {
    return view(ID, shown, endorsed);
  }

  /** The same under another id. */
  public static WalletView view(String id, int shown, int endorsed) {
    Cosigners cosigners = cosigners(shown);
    byte[] endorsement = Endorser.endorse(account(endorsed), cosigners(endorsed), id);
    EnvelopeBinding binding = EnvelopeBinding.of(cosigners, id, endorsement);
    byte[] header =
        SealedUserKey.header(
            65536, 3, 1, new byte[SealedUserKey.SALT_LENGTH], new byte[SealedUserKey.NONCE_LENGTH]);
    String sealed =
        SealedUserKey.of(header, binding, new byte[SealedUserKey.CIPHERTEXT_LENGTH]).text();
    return new WalletView(
        id,
        "Savings",
        "regtest",
        WalletState.ACTIVE,
        cosigners.descriptor(),
        Base64.getEncoder().encodeToString(endorsement),
        sealed,
        false,
        0,
        0,
        new Balance(0, 0, 0),
        0,
        0,
        150,
        List.of(),
        null,
        MemberRole.OWNER,
        null,
        List.of());
  }

  public static KnownWallet known() {
    return KnownWallet.of(view(1, 1), null);
  }
}
