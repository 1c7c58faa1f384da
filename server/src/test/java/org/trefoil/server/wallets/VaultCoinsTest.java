package org.trefoil.server.wallets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.trefoil.core.coins.Coin;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.core.units.Sats;
import org.trefoil.core.wire.Balance;
import org.trefoil.core.wire.Fees;
import org.trefoil.core.wire.MemberRole;
import org.trefoil.core.wire.Spendable;
import org.trefoil.core.wire.SpendableCoin;
import org.trefoil.core.wire.ToVault;
import org.trefoil.core.wire.WalletState;
import org.trefoil.core.wire.WalletView;

/** However much dust strangers send, the vault takes the message and the money can be spent. */
class VaultCoinsTest {
  private static final String DUSTER = "ab".repeat(32);
  private static final String PAYER = "cd".repeat(32);

  private static Coin coin(String txid, int vout, long value) {
    return new Coin(new Outpoint(txid, vout), new Sats(value), 0, 4_999, 1_000_000, false);
  }

  private static int messageLength(List<SpendableCoin> coins) {
    String text = "x".repeat(2_000);
    WalletView wallet =
        new WalletView(
            "ef".repeat(16),
            "Savings",
            "regtest",
            WalletState.ACTIVE,
            text,
            text,
            text,
            false,
            1,
            1,
            new Balance(1, 1, 1),
            1,
            1,
            1,
            List.of(),
            null,
            MemberRole.OWNER,
            text,
            List.of());
    Spendable spendable =
        new Spendable(coins, new Fees(1_000, 2_000, 3_000, 1_000, 500_000), 1, 1, 1);
    String message = new ToVault.Send(wallet, text, 1, spendable, text).toJson().write();
    assertThat(ToVault.parse(message)).isInstanceOf(ToVault.Send.class);
    return message.length();
  }

  @Test
  void aThousandDustCoinsOfOneTransactionAreNoMessageTooLarge() {
    List<Coin> coins = new ArrayList<>();
    for (int vout = 0; vout < 1_000; vout++) {
      coins.add(coin(DUSTER, vout, 330));
    }
    coins.add(coin(PAYER, 0, 5_000_000));
    Map<String, byte[]> makers = Map.of(DUSTER, new byte[43_100], PAYER, new byte[250]);
    List<SpendableCoin> told = VaultCoins.of(coins, makers, Set.of());
    assertThat(told.get(0).txid()).isEqualTo(PAYER);
    assertThat(told).hasSizeBetween(50, 1_000);
    assertThat(messageLength(told)).isBetween(VaultCoins.ROOM * 9 / 10, ToVault.MAX_LENGTH);
  }

  @Test
  void tenThousandsOfSmallCoinsAreNoMessageTooLarge() {
    List<Coin> coins = new ArrayList<>();
    Map<String, byte[]> makers = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      String txid = String.format("%064x", i);
      coins.add(coin(txid, 1_000_000, 2_099_999_999_999_999L));
      makers.put(txid, new byte[94]);
    }
    assertThat(messageLength(VaultCoins.of(coins, makers, Set.of())))
        .isBetween(VaultCoins.ROOM * 7 / 10, ToVault.MAX_LENGTH);
  }

  @Test
  void aTransactionThatIsTooLargeItselfHidesNoOther() {
    Map<String, byte[]> makers = Map.of(DUSTER, new byte[3_900_000], PAYER, new byte[250]);
    List<Coin> coins = List.of(coin(DUSTER, 0, 10_000), coin(PAYER, 0, 5_000));
    assertThat(VaultCoins.of(coins, makers, Set.of()))
        .extracting(SpendableCoin::txid)
        .containsExactly(PAYER);
  }

  @Test
  void whatSendsHoldComesAfterWhatIsFreeAndWhoseMakerIsUnknownNever() {
    Map<String, byte[]> makers = Map.of(PAYER, new byte[250]);
    Coin held = coin(PAYER, 0, 9_000);
    List<Coin> coins = List.of(held, coin(PAYER, 1, 400), coin(PAYER, 2, 500), coin(DUSTER, 0, 1));
    List<SpendableCoin> told = VaultCoins.of(coins, makers, Set.of(held.outpoint()));
    assertThat(told).extracting(SpendableCoin::vout).containsExactly(2, 1, 0);
    assertThat(told).extracting(SpendableCoin::reserved).containsExactly(false, false, true);
  }
}
