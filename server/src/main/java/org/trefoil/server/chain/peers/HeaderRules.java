package org.trefoil.server.chain.peers;

import java.util.Arrays;
import org.bitcoinj.base.Sha256Hash;
import org.bitcoinj.core.Block;
import org.bitcoinj.core.NetworkParameters;
import org.bitcoinj.core.StoredBlock;
import org.bitcoinj.core.VerificationException;
import org.bitcoinj.store.BlockStore;
import org.bitcoinj.store.BlockStoreException;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.units.Network;

/**
 * What a header must be: proof of work for the difficulty it names, the difficulty that the rules
 * of its network ask for at its place (bitcoinj's; regtest has none), later than the median of the
 * eleven before it, and not two hours ahead of now. What a signet's signers promise beside that is
 * not looked at.
 */
final class HeaderRules {
  private static final int MEDIAN_OF = 11;

  private final NetworkParameters params;

  HeaderRules(Network network) {
    this.params = NetworkParameters.of(network.bitcoinj());
  }

  /** Looks up headers by their hash. */
  interface Known {
    @Nullable StoredBlock get(Sha256Hash hash);
  }

  /** Throws {@link VerificationException} when {@code next} must not follow {@code previous}. */
  void check(StoredBlock previous, Block next, Known known) {
    checkAlone(next);
    if (params.getMaxTarget().compareTo(next.getDifficultyTargetAsInteger()) < 0) {
      throw new VerificationException("Easier than the network allows");
    }
    try {
      params.checkDifficultyTransitions(previous, next, new View(known));
    } catch (BlockStoreException e) {
      throw new VerificationException("Its past is not known", e);
    }
    if (next.getTimeSeconds() <= median(previous, known)) {
      throw new VerificationException("Earlier than the blocks before it");
    }
  }

  /** What can be seen without the headers before it. */
  void checkAlone(Block header) {
    BitcoinjThread.prepare();
    Block.verifyHeader(header);
  }

  /** Of the last eleven, or of as many as are known: fewer only right after a checkpoint. */
  private static long median(StoredBlock last, Known known) {
    long[] times = new long[MEDIAN_OF];
    int count = 0;
    for (StoredBlock each = last; each != null && count < MEDIAN_OF; count++) {
      times[count] = each.getHeader().getTimeSeconds();
      each = each.getHeight() == 0 ? null : known.get(each.getHeader().getPrevBlockHash());
    }
    if (count < MEDIAN_OF && last.getHeight() >= MEDIAN_OF) {
      return 0;
    }
    Arrays.sort(times, 0, count);
    return times[count / 2];
  }

  /** What bitcoinj's difficulty rules ask of a store. */
  private record View(Known known) implements BlockStore {
    @Override
    public StoredBlock get(Sha256Hash hash) throws BlockStoreException {
      StoredBlock block = known.get(hash);
      if (block == null) {
        throw new BlockStoreException("not known: " + hash);
      }
      return block;
    }

    @Override
    public void put(StoredBlock block) {
      throw new UnsupportedOperationException();
    }

    @Override
    public StoredBlock getChainHead() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void setChainHead(StoredBlock head) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
      // nothing is held
    }
  }
}
