package org.trefoil.server.chain;

import java.time.InstantSource;
import java.util.Set;
import org.trefoil.server.chain.practice.PracticeChain;
import org.trefoil.server.store.Database;
import org.trefoil.server.store.JdbiPracticeStore;

/** The practice chain keeps the contract. */
class PracticeChainContractTest extends JudgingSourceContractTest {
  private final Database database = Database.inMemory("practice-contract");
  private PracticeChain chain;

  @Override
  ChainSource open() {
    chain = PracticeChain.open(new JdbiPracticeStore(database), InstantSource.system());
    return chain;
  }

  @Override
  void mine(int blocks) {
    for (int i = 0; i < blocks; i++) {
      chain.mine();
    }
  }

  @Override
  void rewind(int blocks) {
    chain.rewind(blocks, Set.of());
  }

  @Override
  void shut() {
    chain.close();
    database.close();
  }
}
