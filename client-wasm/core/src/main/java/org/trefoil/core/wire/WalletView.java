package org.trefoil.core.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A wallet as its owner or a member sees it; descriptor, endorsement and sealed key once they
 * exist, the last for those alone who may send.
 *
 * @param owners who brought the keys of a wallet of several, in the descriptor's order
 * @param split on how many sheets the backup key was printed, where that is known
 * @param role what the one who asks may do with it
 * @param secondSlot what a second passcode may open, 92 bytes; null for wallets from before
 * @param openings other ways into the envelope, by the passkeys of the one who asks
 */
public record WalletView(
    String walletId,
    String name,
    String network,
    WalletState state,
    @Nullable String descriptor,
    @Nullable String endorsement,
    @Nullable String sealed,
    boolean backupIsCold,
    int birthHeight,
    long createdAt,
    Balance balance,
    int receiveIndex,
    int changeIndex,
    int tipHeight,
    List<String> owners,
    @Nullable KeySplit split,
    MemberRole role,
    @Nullable String secondSlot,
    List<PasskeyOpening> openings) {
  public WalletView {
    owners = List.copyOf(owners);
    openings = List.copyOf(openings);
  }

  /** The same wallet with these ways into its envelope. */
  public WalletView with(List<PasskeyOpening> ways) {
    return new WalletView(
        walletId,
        name,
        network,
        state,
        descriptor,
        endorsement,
        sealed,
        backupIsCold,
        birthHeight,
        createdAt,
        balance,
        receiveIndex,
        changeIndex,
        tipHeight,
        owners,
        split,
        role,
        secondSlot,
        ways);
  }

  public static WalletView fromJson(Json json) {
    return json.read(
        f ->
            new WalletView(
                f.text("walletId"),
                f.text("name"),
                f.text("network"),
                f.choice("state", WalletState.values()),
                f.optionalText("descriptor"),
                f.optionalBase64("endorsement"),
                f.optionalText("sealed"),
                f.bool("backupIsCold"),
                f.count("birthHeight"),
                f.number("createdAt"),
                f.value("balance", Balance::fromJson),
                f.count("receiveIndex"),
                f.count("changeIndex"),
                f.count("tipHeight"),
                f.texts("owners"),
                f.optionalValue("split", KeySplit::fromJson),
                f.choice("role", MemberRole.values()),
                f.optionalBase64("secondSlot"),
                f.list("openings", PasskeyOpening::fromJson)));
  }

  public Json toJson() {
    return Json.object()
        .put("walletId", walletId)
        .put("name", name)
        .put("network", network)
        .put("state", state.name())
        .put("descriptor", descriptor)
        .put("endorsement", endorsement)
        .put("sealed", sealed)
        .put("backupIsCold", backupIsCold)
        .put("birthHeight", birthHeight)
        .put("createdAt", createdAt)
        .put("balance", balance.toJson())
        .put("receiveIndex", receiveIndex)
        .put("changeIndex", changeIndex)
        .put("tipHeight", tipHeight)
        .putTexts("owners", owners)
        .putOptional("split", split == null ? null : split.toJson())
        .put("role", role.name())
        .put("secondSlot", secondSlot)
        .put("openings", Json.array(openings, PasskeyOpening::toJson))
        .json();
  }
}
