package org.trefoil.server.chain;

import java.time.InstantSource;
import org.trefoil.core.address.Address;
import org.trefoil.core.units.Network;
import org.trefoil.server.chain.bitcoind.BitcoindChain;
import org.trefoil.server.chain.bitcoind.NodeLogin;

/** A real bitcoind, as we ask it, keeps the contract: it is the judge of the practice chain. */
class BitcoindChainContractTest extends JudgingSourceContractTest {
  private static final String OPEN_ADDRESS =
      Address.ofScript(Network.REGTEST, Spending.OPEN_SCRIPT).text();

  private RegtestNode node;
  private BitcoindChain chain;

  @Override
  ChainSource open() throws Exception {
    node = RegtestNode.start();
    node.cli("generatetoaddress", "110", OPEN_ADDRESS);
    chain =
        new BitcoindChain(
            Network.REGTEST,
            node.rpc(),
            NodeLogin.password("rt", "rt"),
            null,
            InstantSource.system());
    return chain;
  }

  @Override
  void mine(int blocks) throws Exception {
    node.cli("generatetoaddress", Integer.toString(blocks), OPEN_ADDRESS);
  }

  @Override
  void rewind(int blocks) throws Exception {
    int lowest = chain.tip().height() - blocks + 1;
    // Blocks made in the same second at the same place would be those that are invalid now.
    node.cli("setmocktime", Long.toString(chain.tip().time() + 60));
    node.cli("invalidateblock", node.cli("getblockhash", Integer.toString(lowest)));
  }

  @Override
  void shut() throws Exception {
    if (node != null) {
      chain.close();
      node.close();
    }
  }
}
