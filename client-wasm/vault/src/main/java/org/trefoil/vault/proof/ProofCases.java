package org.trefoil.vault.proof;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.trefoil.core.RefusedException;
import org.trefoil.core.address.Address;
import org.trefoil.core.coins.Coin;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.core.descriptor.Descriptors;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.Hashes;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.core.proposal.CheckedSpend;
import org.trefoil.core.proposal.FeeBounds;
import org.trefoil.core.proposal.Intent;
import org.trefoil.core.proposal.Known;
import org.trefoil.core.proposal.OwnScripts;
import org.trefoil.core.proposal.Proposal;
import org.trefoil.core.proposal.ProposalCheck;
import org.trefoil.core.proposal.Proposals;
import org.trefoil.core.proposal.Recipient;
import org.trefoil.core.psbt.Psbt;
import org.trefoil.core.units.FeeRate;
import org.trefoil.core.units.Hex;
import org.trefoil.core.units.Network;
import org.trefoil.core.units.Sats;
import org.trefoil.custody.birth.Begun;
import org.trefoil.custody.birth.BirthTerms;
import org.trefoil.custody.birth.Born;
import org.trefoil.custody.birth.Endorsed;
import org.trefoil.custody.keys.AccountKey;
import org.trefoil.custody.keys.UserSeed;
import org.trefoil.custody.passcode.Passcode;
import org.trefoil.custody.passcode.Strength;
import org.trefoil.custody.passcode.Stretch;
import org.trefoil.custody.sign.HalfSigner;
import org.trefoil.custody.slices.SlicedWork;

/**
 * Seeded random cases of what the vault does, each answered with a digest over everything that came
 * of it. The JVM and WebAssembly must give the same digests, byte for byte.
 */
public final class ProofCases {
  /** How many cases there are. */
  public static final int COUNT = 2000;

  private static final int KINDS = 5;

  /** One key set in so many is asked for its words, which take long on purpose. */
  private static final int WORDS_EACH = 20;

  /** The birth that goes on to the sealed key: one stretch of 64 MiB is enough. */
  private static final int SEALED = 2;

  private ProofCases() {}

  /** SHA-256 of the outcome of case {@code number}, hexadecimal. */
  public static String digest(int number) {
    SeededBytes seeded = new SeededBytes(number);
    String outcome;
    try {
      outcome =
          switch (number % KINDS) {
            case 0 -> addresses(seeded);
            case 1 -> send(seeded);
            case 2 -> birth(seeded, number == SEALED);
            case 3 -> hostile(seeded);
            default -> strength(seeded);
          };
    } catch (RefusedException e) {
      outcome = e.refusal().token() + e.refusal().data();
    }
    return Hex.of(Hashes.sha256(outcome.getBytes(StandardCharsets.UTF_8)));
  }

  private static AccountKey user(SeededBytes seeded, Network network) {
    try (UserSeed seed = UserSeed.fresh(seeded::bytes)) {
      return seed.account(network);
    }
  }

  private static Network network(SeededBytes seeded) {
    return Network.values()[seeded.below(Network.values().length)];
  }

  private static Cosigners cosigners(SeededBytes seeded, AccountKey user, ScriptType type) {
    try (AccountKey backup = user(seeded, user.network());
        AccountKey server = user(seeded, user.network())) {
      return Descriptors.parse(
          new Cosigners(
                  user.network(),
                  type,
                  2,
                  List.of(user.cosignerKey(), backup.cosignerKey(), server.cosignerKey()))
              .descriptor(),
          user.network(),
          List.of(KeyRole.USER, KeyRole.BACKUP, KeyRole.SERVER));
    }
  }

  /** Key set → descriptor, words, addresses on both branches. */
  private static String addresses(SeededBytes seeded) {
    ScriptType type = ScriptType.values()[seeded.below(ScriptType.values().length)];
    try (AccountKey user = user(seeded, network(seeded))) {
      Cosigners cosigners = cosigners(seeded, user, type);
      StringBuilder text = new StringBuilder(cosigners.descriptor());
      if (seeded.below(WORDS_EACH) == 0) {
        text.append(cosigners.words());
      }
      for (int i = 0; i < 4; i++) {
        text.append(cosigners.address(i & 1, seeded.below(1_000_000)));
      }
      return text.toString();
    }
  }

  /** Coins and intent → proposal → check → half-signed. */
  private static String send(SeededBytes seeded) {
    try (AccountKey user = user(seeded, Network.REGTEST)) {
      Cosigners cosigners = cosigners(seeded, user, ScriptType.P2WSH);
      List<Coin> coins = new ArrayList<>();
      for (int i = seeded.below(6); i >= 0; i--) {
        Outpoint outpoint = new Outpoint(Hex.of(seeded.bytes(32)), seeded.below(4));
        Sats value = new Sats(1000 + seeded.below(50_000_000));
        coins.add(new Coin(outpoint, value, seeded.below(2), seeded.below(30), 1, false));
      }
      List<Recipient> recipients = new ArrayList<>();
      for (int i = seeded.below(3); i >= 0; i--) {
        byte[] script = cosigners.scriptPubKey(0, 100 + seeded.below(1000));
        Address address = Address.ofScript(Network.REGTEST, script);
        recipients.add(new Recipient(address, new Sats(seeded.below(9_000_000))));
      }
      boolean everything = recipients.size() == 1 && seeded.below(3) == 0;
      Intent intent = new Intent(recipients, everything, new FeeRate(1000 + seeded.below(60_000)));
      OwnScripts own = new OwnScripts(cosigners);
      Proposal proposal = Proposals.build(own, coins, intent, seeded.below(9), 150);
      Known known = new Known(coins, FeeBounds.standard(), 9, 150);
      CheckedSpend spend =
          ProposalCheck.check(proposal.psbt(), proposal.intent(), own, known).orThrow();
      return HalfSigner.sign(spend, user).base64() + spend.digestWords() + spend.vsize();
    }
  }

  /** Birth up to the endorsement, or to the sealed key. */
  private static String birth(SeededBytes seeded, boolean sealed) {
    Network network = network(seeded);
    String walletId = Hex.of(seeded.bytes(16));
    String server;
    try (AccountKey key = user(seeded, network)) {
      server = key.cosignerKey().expression();
    }
    BirthTerms terms = BirthTerms.of(network, walletId, server);
    try (Begun begun = Begun.begin(terms, seeded::bytes)) {
      var keyed = begun.withBackupMadeHere();
      Cosigners cosigners = keyed.cosigners();
      try (Endorsed endorsed = keyed.endorse()) {
        String text = cosigners.descriptor() + Hex.of(endorsed.endorsement());
        return sealed ? text + sealed(endorsed) : text;
      }
    }
  }

  private static String sealed(Endorsed endorsed) {
    try (Passcode passcode = Passcode.typed("zebra ladder unique mango".toCharArray());
        SlicedWork<Born> work = endorsed.seal(passcode, Stretch.Params.FLOOR)) {
      while (work.step()) {
        // all at once
      }
      return work.finish().sealed().text();
    }
  }

  /** A PSBT with a bent byte is refused the same way everywhere. */
  private static String hostile(SeededBytes seeded) {
    try (AccountKey user = user(seeded, Network.REGTEST)) {
      Cosigners cosigners = cosigners(seeded, user, ScriptType.P2WSH);
      Coin coin =
          new Coin(new Outpoint(Hex.of(seeded.bytes(32)), 0), new Sats(5_000_000), 0, 1, 6, false);
      Address address = Address.ofScript(Network.REGTEST, cosigners.scriptPubKey(1, 77));
      Intent intent =
          new Intent(
              List.of(new Recipient(address, new Sats(1_000_000))), false, new FeeRate(2000));
      OwnScripts own = new OwnScripts(cosigners);
      byte[] psbt = Proposals.build(own, List.of(coin), intent, 0, 150).psbt().serialize();
      for (int i = seeded.below(3); i >= 0; i--) {
        psbt[seeded.below(psbt.length)] ^= (byte) (1 + seeded.below(255));
      }
      Known known = new Known(List.of(coin), FeeBounds.standard(), 0, 150);
      CheckedSpend spend = ProposalCheck.check(Psbt.parse(psbt), intent, own, known).orThrow();
      return spend.psbt().base64();
    }
  }

  /** Passcodes are judged the same everywhere. */
  private static String strength(SeededBytes seeded) {
    char[] typed = new char[1 + seeded.below(30)];
    for (int i = 0; i < typed.length; i++) {
      typed[i] = (char) (' ' + seeded.below(95));
    }
    return Strength.ofPasscode(typed, List.of("Savings")).toString();
  }
}
