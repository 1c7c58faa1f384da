package org.trefoil.custody.slip39;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.custody.secret.SecretBytes;

/** Makes the secret again of enough shares, whoever split it. */
public final class Rejoining {
  private Rejoining() {}

  /**
   * The secret of the shares typed, one a text, in any order; more than needed are fine when they
   * fit.
   *
   * <p>Refuses, naming the share by its number among {@code typed} from 1: what {@link Share#parse}
   * refuses; {@code share-other-set}; {@code share-repeated}; {@code shares-missing} with how many
   * are {@code needed} and {@code given}; of a set of several groups {@code
   * shares-missing-of-groups} with these numbers of the last share's {@code group} (from 1), how
   * many {@code groups} are needed and how many are {@code complete}; {@code shares-unfit} for
   * shares that are each sound but do not belong together. A group that is not complete is left
   * out.
   */
  public static SecretBytes secret(char[][] typed) {
    return secret(typed, new byte[0]);
  }

  static SecretBytes secret(char[][] typed, byte[] passphrase) {
    List<Share> shares = new ArrayList<>();
    try {
      for (int i = 0; i < typed.length; i++) {
        Share share = Share.parse(typed[i], i + 1);
        shares.add(share);
        refuseStranger(shares, share, i + 1);
      }
      return SecretBytes.takingOver(joined(shares, passphrase));
    } finally {
      for (Share share : shares) {
        share.close();
      }
    }
  }

  private static void refuseStranger(List<Share> shares, Share share, int number) {
    for (int i = 0; i < number - 1; i++) {
      Share other = shares.get(i);
      boolean sameGroup = other.groupIndex == share.groupIndex;
      if (!other.sameSet(share) || (sameGroup && other.threshold != share.threshold)) {
        throw Share.refused(Token.SHARE_OTHER_SET, number);
      }
      if (sameGroup && other.index == share.index) {
        throw Share.refused(Token.SHARE_REPEATED, number, "other", Integer.toString(i + 1));
      }
    }
  }

  private static byte[] joined(List<Share> shares, byte[] passphrase) {
    if (shares.isEmpty()) {
      throw missing(2, 0).exception();
    }
    Share any = shares.get(shares.size() - 1);
    int[] xs = new int[ShareSet.MOST];
    byte[][] ys = new byte[ShareSet.MOST][];
    int n = 0;
    for (int group = 0; group < ShareSet.MOST; group++) {
      List<Share> members = members(shares, group);
      if (!members.isEmpty() && members.size() >= members.get(0).threshold) {
        xs[n] = group;
        ys[n++] = ofGroup(members);
      }
    }
    if (n < any.groupThreshold) {
      SecretSharing.wipe(Arrays.copyOf(ys, n));
      throw missing(any, members(shares, any.groupIndex).size(), n).exception();
    }
    byte[][] groups = Arrays.copyOf(ys, n);
    int[] places = Arrays.copyOf(xs, n);
    byte[] encrypted = fitting(SecretSharing.rejoin(any.groupThreshold, places, groups));
    SecretSharing.wipe(groups);
    byte[] secret =
        new ShareCipher(passphrase, any.identifier, any.extendable, any.exponent)
            .decrypt(encrypted);
    Arrays.fill(encrypted, (byte) 0);
    return secret;
  }

  private static List<Share> members(List<Share> shares, int group) {
    List<Share> members = new ArrayList<>();
    for (Share share : shares) {
      if (share.groupIndex == group) {
        members.add(share);
      }
    }
    return members;
  }

  private static byte[] ofGroup(List<Share> members) {
    int[] xs = new int[members.size()];
    byte[][] ys = new byte[members.size()][];
    for (int i = 0; i < xs.length; i++) {
      xs[i] = members.get(i).index;
      ys[i] = members.get(i).value();
    }
    return fitting(SecretSharing.rejoin(members.get(0).threshold, xs, ys));
  }

  private static byte[] fitting(byte @Nullable [] secret) {
    if (secret == null) {
      throw Refusal.of(Token.SHARES_UNFIT).exception();
    }
    return secret;
  }

  private static Refusal missing(int needed, int given) {
    return Refusal.of(
        Token.SHARES_MISSING, "needed", Integer.toString(needed), "given", Integer.toString(given));
  }

  private static Refusal missing(Share share, int given, int complete) {
    if (share.groupCount == 1) {
      return missing(share.threshold, given);
    }
    return Refusal.of(
        Token.SHARES_MISSING_OF_GROUPS,
        "group",
        Integer.toString(share.groupIndex + 1),
        "needed",
        Integer.toString(share.threshold),
        "given",
        Integer.toString(given),
        "groups",
        Integer.toString(share.groupThreshold),
        "complete",
        Integer.toString(complete));
  }
}
