package org.trefoil.server.chain.bitcoind;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.bitcoinj.crypto.ECKey;
import org.junit.jupiter.api.Test;
import org.trefoil.core.address.Address;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.core.psbt.PreviousTx;
import org.trefoil.core.sweep.LoneScript;
import org.trefoil.core.units.Network;
import org.trefoil.server.chain.CoinFinder;
import org.trefoil.server.chain.FoundOutput;
import org.trefoil.server.chain.RegtestNode;

/** A real node finds what pays a key's scripts, with the transactions that made it. */
class NodeCoinsTest {
  @Test
  void findsCoinsTheirMakersAndWhetherTheyAreUnspent() throws Exception {
    ECKey key = new ECKey();
    List<LoneScript> scripts = LoneScript.of(key.getPubKey(), key.decompress().getPubKey());
    List<byte[]> wanted = scripts.stream().map(LoneScript::scriptPubKey).toList();
    String address = Address.textOf(Network.REGTEST, wanted.get(0));
    try (RegtestNode node = RegtestNode.start()) {
      BitcoindChain chain =
          new BitcoindChain(
              Network.REGTEST,
              node.rpc(),
              NodeLogin.password("rt", "rt"),
              null,
              InstantSource.system());
      CoinFinder finder = chain.coins();
      assertThat(finder.find(wanted)).isEmpty();
      node.cli("generatetoaddress", "2", address);
      List<FoundOutput> found = finder.find(wanted);
      assertThat(found).hasSize(2).allMatch(FoundOutput::coinbase);
      assertThat(finder.percent()).isZero();
      Map<String, byte[]> makers = finder.makers(found);
      for (FoundOutput output : found) {
        PreviousTx maker = PreviousTx.parse(makers.get(output.outpoint().txid()));
        assertThat(maker.txid()).isEqualTo(output.outpoint().txid());
        assertThat(maker.outputs().get(output.outpoint().vout()).value()).isEqualTo(output.value());
      }
      Outpoint nothing = new Outpoint("ab".repeat(32), 0);
      Outpoint first = found.get(0).outpoint();
      Map<Outpoint, FoundOutput> unspent = finder.unspent(List.of(first, nothing));
      assertThat(unspent).containsOnlyKeys(first);
      assertThat(unspent.get(first).value()).isEqualTo(found.get(0).value());
      chain.close();
    }
  }
}
