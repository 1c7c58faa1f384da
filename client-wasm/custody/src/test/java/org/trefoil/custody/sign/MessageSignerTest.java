package org.trefoil.custody.sign;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.bitcoinj.crypto.ECKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.trefoil.core.keys.ColdProof;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.core.units.Network;
import org.trefoil.custody.birth.TestBirths;
import org.trefoil.custody.entropy.TestEntropy;
import org.trefoil.custody.keys.AccountKey;
import org.trefoil.custody.keys.BackupSeed;

class MessageSignerTest {
  @Test
  void bitcoinjRecoversTheKeyFromEverySignature() throws Exception {
    try (BackupSeed seed = BackupSeed.fresh(TestEntropy.named("signer"));
        AccountKey key = seed.account(Network.REGTEST)) {
      byte[] expected = key.cosignerKey().xpub().childPublicKey(0, 0);
      for (int i = 0; i < 24; i++) {
        String text = "message " + "x".repeat(9 * i) + i;
        ECKey recovered = ECKey.signedMessageToKey(text, MessageSigner.sign(key, text));
        assertThat(recovered.getPubKey()).isEqualTo(expected);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Network.class)
  void aKeyMadeOfflineProvesThatItIsHeld(Network network) {
    try (BackupSeed seed = BackupSeed.fresh(TestEntropy.named("offline"));
        AccountKey backup = seed.account(network);
        AccountKey user = TestBirths.account(KeyRole.USER, network, "user");
        AccountKey server = TestBirths.account(KeyRole.SERVER, network, "server")) {
      Cosigners cosigners =
          new Cosigners(
              network,
              ScriptType.P2WSH,
              2,
              List.of(user.cosignerKey(), backup.cosignerKey(), server.cosignerKey()));
      String wallet = "00112233445566778899aabbccddeeff";
      String proof = MessageSigner.sign(backup, ColdProof.message(cosigners, wallet));
      assertThat(ColdProof.check(cosigners, wallet, KeyRole.BACKUP, proof)).isEqualTo(proof);
    }
  }
}
