package org.trefoil.server.chain.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.bitcoinj.base.Coin;
import org.bitcoinj.core.Block;
import org.bitcoinj.core.NetworkParameters;
import org.bitcoinj.core.Transaction;
import org.bitcoinj.core.TransactionOutput;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.core.units.Network;
import org.trefoil.core.wire.Fees;
import org.trefoil.server.chain.BroadcastOutcome;
import org.trefoil.server.chain.ChainHealth.State;
import org.trefoil.server.chain.ChainUnavailable;
import org.trefoil.server.chain.Spending;
import org.trefoil.server.chain.Spending.From;
import org.trefoil.server.chain.Spending.Kind;

/** Strangers lie, stall and disagree; what they say is believed only as far as it proves itself. */
class PeerChainTest {
  private static final NetworkParameters REGTEST = NetworkParameters.of(Network.REGTEST.bitcoinj());
  private static final List<Block> BLOCKS = blocks(REGTEST.getGenesisBlock(), 12, 0);
  private static final Duration STALL = Duration.ofMillis(400);

  private final List<AutoCloseable> open = new ArrayList<>();

  /** Blocks on top of {@code on}; another {@code salt} makes other blocks. */
  private static List<Block> blocks(Block on, int count, int salt) {
    BitcoinjThread.prepare();
    List<Block> blocks = new ArrayList<>();
    Block last = on;
    for (int i = 0; i < count; i++) {
      Transaction coinbase = Transaction.coinbase(new byte[] {1, (byte) i, (byte) salt});
      coinbase.addOutput(new TransactionOutput(coinbase, Coin.COIN, Spending.OPEN_SCRIPT));
      last = Mined.on(last, coinbase);
      blocks.add(last);
    }
    return blocks;
  }

  private FakePeer peer(List<Block> chain) throws Exception {
    FakePeer peer = new FakePeer(chain);
    open.add(peer);
    return peer;
  }

  private PeerChain chain(int fewest, Duration stale, FakePeer... peers) {
    return chain(fewest, stale, STALL, peers);
  }

  private PeerChain chain(int fewest, Duration stale, Duration stall, FakePeer... peers) {
    return chain(peers.length, fewest, stale, stall, peers);
  }

  private PeerChain chain(
      int connections, int fewest, Duration stale, Duration stall, FakePeer... peers) {
    List<InetSocketAddress> addresses = List.of(peers).stream().map(FakePeer::address).toList();
    PeerSettings plain = PeerSettings.of(Network.REGTEST, addresses);
    PeerSettings quick =
        new PeerSettings(
            Network.REGTEST,
            addresses,
            connections,
            fewest,
            stall,
            Duration.ofMillis(300),
            Duration.ofMillis(300),
            stale,
            plain.guess());
    PeerChain chain = new PeerChain(quick, new NoHeaders(), InstantSource.system());
    open.add(0, chain);
    chain.start();
    return chain;
  }

  private PeerChain chain(FakePeer... peers) {
    return chain(1, Duration.ofDays(36_500), peers);
  }

  /** Keeps nothing. */
  static final class NoHeaders implements HeaderStore {
    @Override
    public Row all() {
      return new Row(0, List.of());
    }

    @Override
    public void replace(Row row) {
      assertThat(row.from()).isPositive();
    }
  }

  static void until(BooleanSupplier question) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!question.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited in vain").isLessThan(end);
      Thread.sleep(20);
    }
  }

  private static boolean at(PeerChain chain, List<Block> blocks) {
    Block last = blocks.get(blocks.size() - 1);
    return Objects.equals(
        chain.at(blocks.size()) == null ? null : chain.at(blocks.size()).hash(),
        last.getHashAsString());
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  @Test
  void withoutPeersNothingIsKnown() {
    PeerChain chain = chain(1, Duration.ofDays(1));
    assertThat(chain.health().state()).isEqualTo(State.UNREACHABLE);
    assertThatThrownBy(chain::tip).isInstanceOf(ChainUnavailable.class);
    assertThat(chain.broadcast(spending().raw())).isInstanceOf(BroadcastOutcome.Unreachable.class);
  }

  @Test
  void theTipIsBelievedOnceEnoughPeersHaveToldTheirHeaders() throws Exception {
    FakePeer one = peer(BLOCKS);
    PeerChain alone = chain(2, Duration.ofDays(36_500), one);
    until(() -> alone.connected().size() == 1);
    assertThat(alone.health().state()).isEqualTo(State.SYNCING);
    assertThat(alone.health().detail()).isEqualTo("1 of 2 peers have told their headers.");
    assertThatThrownBy(alone::tip).isInstanceOf(ChainUnavailable.class);
    PeerChain both = chain(2, Duration.ofDays(36_500), one, peer(BLOCKS));
    until(() -> both.health().fine());
    assertThat(both.tip().hash()).isEqualTo(BLOCKS.get(11).getHashAsString());
  }

  @Test
  void aTipBehindWhatPeersClaimIsSyncingAndAnOldOneIsStale() throws Exception {
    FakePeer ahead = peer(BLOCKS);
    ahead.claimedHeight = 900;
    PeerChain chain = chain(ahead);
    until(() -> chain.connected().size() == 1);
    assertThat(chain.health().state()).isEqualTo(State.SYNCING);
    assertThat(chain.health().detail()).isEqualTo("Header 12 of 900 has been read.");
    PeerChain old = chain(1, Duration.ofHours(3), peer(BLOCKS));
    until(() -> old.health().state() == State.STALE);
    assertThat(old.health().detail()).startsWith("The newest block is ").endsWith("minutes old.");
  }

  @Test
  void theChainWithTheMostWorkWinsWhoeverSpeaksFirstOrMoreOften() throws Exception {
    List<Block> fork = new ArrayList<>(BLOCKS.subList(0, 9));
    fork.addAll(blocks(BLOCKS.get(8), 5, 1));
    PeerChain chain = chain(peer(BLOCKS), peer(BLOCKS), peer(fork));
    until(() -> at(chain, fork) && chain.connected().size() == 3);
    assertThat(chain.block(BLOCKS.get(11).getHashAsString())).isNull();
    assertThat(Objects.requireNonNull(chain.block(fork.get(13).getHashAsString())).previous())
        .isEqualTo(fork.get(12).getHashAsString());
  }

  @Test
  void aPeerWhoseHeaderIsWrongIsSentAwayAndNotAskedAgain() throws Exception {
    List<Block> wrong = new ArrayList<>(BLOCKS);
    Block last = BLOCKS.get(11);
    wrong.add(
        new Block( // before the median of the eleven blocks before it
            4,
            last.getHash(),
            last.getMerkleRoot(),
            BLOCKS.get(5).time().minusSeconds(1),
            Block.EASIEST_DIFFICULTY_TARGET,
            0,
            List.of()));
    wrong.get(12).solve();
    FakePeer liar = peer(wrong);
    PeerChain chain = chain(liar, peer(BLOCKS));
    until(() -> at(chain, BLOCKS) && chain.connected().size() == 1);
    Thread.sleep(1_500);
    assertThat(liar.connections).hasValue(1);
    assertThat(chain.tip().height()).isEqualTo(12);
    assertThat(chain.health().fine()).isTrue();
  }

  @Test
  void aPeerOfAnotherChainIsSentAway() throws Exception {
    FakePeer stranger = peer(blocks(BLOCKS.get(3), 4, 7));
    PeerChain chain = chain(stranger);
    until(() -> stranger.connections.get() == 1 && chain.connected().isEmpty());
    Thread.sleep(1_000);
    assertThat(stranger.connections).hasValue(1);
    assertThat(chain.health().state()).isEqualTo(State.UNREACHABLE);
  }

  @Test
  void aPeerThatTellsTheSameHeadersForEverHoldsNobodyUp() throws Exception {
    FakePeer parrot = peer(BLOCKS.subList(0, 6));
    parrot.repeatsHeaders = true;
    FakePeer honest = peer(BLOCKS);
    honest.late = true;
    Duration patient =
        Duration.ofSeconds(20); // it answers quickly enough: it only says nothing new
    PeerChain chain = chain(1, Duration.ofDays(36_500), patient, parrot, honest);
    until(() -> parrot.headersAsked.get() > 2);
    honest.late = false;
    until(() -> at(chain, BLOCKS) && chain.connected().size() == 1);
    assertThat(chain.health().fine()).isTrue();
  }

  @Test
  void aPeerThatSendsNoHeadersIsSentAwayAndAnotherIsAskedInItsPlace() throws Exception {
    FakePeer silent = peer(BLOCKS);
    silent.silentAboutHeaders = true;
    FakePeer honest = peer(BLOCKS);
    honest.late = true; // so the silent one has the first turn
    PeerChain chain = chain(silent, honest);
    until(() -> silent.headersAsked.get() == 1);
    honest.late = false;
    until(() -> at(chain, BLOCKS) && chain.health().fine());
    Thread.sleep(1_500);
    assertThat(silent.connections).as("it is not asked again").hasValue(1);
    assertThat(silent.headersAsked).hasValue(1);
  }

  @Test
  void whereAllPlacesAreTakenAnHonestPeerGetsThatOfALiar() throws Exception {
    List<FakePeer> both =
        List.of(peer(blocks(BLOCKS.get(3), 4, 7)), peer(blocks(BLOCKS.get(3), 4, 8)));
    both.forEach(peer -> peer.late = true);
    Duration ever = Duration.ofDays(36_500);
    PeerChain chain = chain(1, 1, ever, STALL, both.toArray(new FakePeer[0]));
    until(() -> both.stream().anyMatch(peer -> peer.connections.get() == 1));
    FakePeer other = both.stream().filter(p -> p.connections.get() == 0).findAny().orElseThrow();
    other.chain.clear();
    other.chain.addAll(BLOCKS);
    both.forEach(peer -> peer.late = false);
    until(() -> at(chain, BLOCKS) && chain.health().fine());
    assertThat(other.connections).hasValue(1);
  }

  @Test
  void noFeeIsBelowTheMiddleOfWhatPeersRelay() throws Exception {
    FakePeer[] peers = {peer(BLOCKS), peer(BLOCKS), peer(BLOCKS), peer(BLOCKS)};
    peers[0].relays = 1_000;
    peers[1].relays = 3_000;
    peers[2].relays = 9_000;
    PeerChain chain = chain(peers);
    until(() -> chain.connected().size() == 4);
    until(() -> chain.fees().floor() == 3_000);
    assertThat(chain.fees()).isEqualTo(new Fees(3_000, 3_000, 5_000, 3_000, 500_000));
  }

  @Test
  void aPeerThatStallsIsPassedOverAndThenSentAway() throws Exception {
    FakePeer silent = peer(BLOCKS);
    silent.silentAboutBlocks = true;
    FakePeer honest = peer(BLOCKS);
    PeerChain chain = chain(silent, honest);
    until(() -> chain.connected().size() == 2);
    for (Block block : BLOCKS) {
      assertThat(Objects.requireNonNull(chain.block(block.getHashAsString())).transactions())
          .hasSize(1);
    }
    until(() -> chain.connected().size() == 1);
    assertThat(silent.blocksAsked.get()).isPositive();
  }

  @Test
  void aBlockThatIsNotWhatItsHeaderSaysIsAskedOfAnother() throws Exception {
    FakePeer liar = peer(BLOCKS);
    for (Block block : BLOCKS) {
      Transaction other = Transaction.coinbase(new byte[] {9, 9, 9});
      other.addOutput(new TransactionOutput(other, Coin.COIN, Kind.P2WSH.script()));
      liar.sends.put(
          block.getHash(),
          new Block(
              4,
              block.getPrevBlockHash(),
              block.getMerkleRoot(),
              block.time(),
              block.getDifficultyTarget(),
              block.getNonce(),
              List.of(other)));
    }
    PeerChain chain = chain(liar, peer(BLOCKS));
    until(() -> chain.connected().size() == 2);
    for (Block block : BLOCKS) {
      assertThat(
              Objects.requireNonNull(chain.block(block.getHashAsString()))
                  .transactions()
                  .get(0)
                  .getTxId())
          .isEqualTo(block.getTransactions().get(0).getTxId());
    }
    assertThat(chain.connected()).hasSize(1);
  }

  @Test
  void aTransactionCountsOnceTwoPeersAnnounceIt() throws Exception {
    FakePeer one = peer(BLOCKS);
    FakePeer two = peer(BLOCKS);
    PeerChain chain = chain(one, two);
    until(() -> chain.connected().size() == 2);
    Transaction tx = spending().signed();
    String txid = tx.getTxId().toString();
    one.announce(tx);
    until(() -> !chain.mempoolTransactions(List.of(txid)).isEmpty());
    assertThat(chain.mempool()).isEmpty();
    two.announce(tx);
    until(() -> chain.mempool().contains(txid));
    assertThat(chain.broadcast(tx.serialize())).isEqualTo(new BroadcastOutcome.AlreadyKnown(txid));
  }

  @Test
  void onePeerAloneThrowsNothingOutThatTheIndexHolds() throws Exception {
    FakePeer one = peer(BLOCKS);
    FakePeer two = peer(BLOCKS);
    PeerChain chain = chain(one, two);
    until(() -> chain.connected().size() == 2);
    Transaction held = spending().signed();
    Transaction rival =
        Spending.of(new From(new Outpoint("ab".repeat(32), 0), 100_000, Kind.P2WSH))
            .to(Kind.P2WSH, 80_000)
            .signed();
    chain.keep(List.of(held));
    one.announce(rival);
    until(() -> one.given.get() == 1);
    Thread.sleep(200);
    assertThat(chain.mempool()).containsExactly(held.getTxId().toString());
    two.announce(rival);
    until(() -> chain.mempool().equals(Set.of(rival.getTxId().toString())));
  }

  @Test
  void anOwnTransactionGoesToSomeAndIsDeliveredWhenAnotherHasIt() throws Exception {
    List<FakePeer> peers = List.of(peer(BLOCKS), peer(BLOCKS), peer(BLOCKS), peer(BLOCKS));
    PeerChain chain = chain(peers.toArray(new FakePeer[0]));
    until(() -> chain.connected().size() == 4);
    Transaction tx = spending().signed();
    assertThat(chain.broadcast(tx.serialize())).isInstanceOf(BroadcastOutcome.Unreachable.class);
    assertThat(chain.broadcast(tx.serialize())).isInstanceOf(BroadcastOutcome.Unreachable.class);
    until(() -> peers.stream().filter(peer -> !peer.taken.isEmpty()).count() == 2);
    assertThat(chain.mempool()).isEmpty();
    FakePeer sentTo = peers.stream().filter(peer -> !peer.taken.isEmpty()).findAny().orElseThrow();
    FakePeer other = peers.stream().filter(peer -> peer.taken.isEmpty()).findAny().orElseThrow();
    sentTo.announce(tx);
    Thread.sleep(200);
    assertThat(chain.mempool()).isEmpty();
    other.announce(tx);
    until(() -> chain.mempool().contains(tx.getTxId().toString()));
    assertThat(chain.broadcast(tx.serialize()).delivered()).isTrue();
  }

  @Test
  void anOwnTransactionIsHandedOutAgainWhenAllPeersThatAreLeftHadIt() throws Exception {
    List<FakePeer> peers = List.of(peer(BLOCKS), peer(BLOCKS), peer(BLOCKS), peer(BLOCKS));
    PeerChain chain = chain(peers.toArray(new FakePeer[0]));
    until(() -> chain.connected().size() == 4);
    byte[] raw = spending().raw();
    chain.broadcast(raw);
    until(() -> peers.stream().filter(peer -> !peer.taken.isEmpty()).count() == 2);
    for (FakePeer peer : peers) {
      if (peer.taken.isEmpty()) {
        peer.close();
      }
    }
    until(() -> chain.connected().size() == 2);
    assertThat(chain.broadcast(raw)).isInstanceOf(BroadcastOutcome.Unreachable.class);
    until(() -> peers.stream().filter(peer -> peer.taken.size() == 2).count() == 2);
  }

  @Test
  void whatTheIndexHoldsIsListedAlsoAfterAStart() throws Exception {
    PeerChain chain = chain(peer(BLOCKS));
    until(() -> chain.health().fine());
    Transaction tx = spending().signed();
    chain.keep(List.of(tx));
    assertThat(chain.mempool()).containsExactly(tx.getTxId().toString());
    chain.keep(List.of());
    assertThat(chain.mempool()).isEmpty();
  }

  private static Spending spending() {
    return Spending.of(new From(new Outpoint("ab".repeat(32), 0), 100_000, Kind.P2WSH))
        .to(Kind.P2WSH, 90_000);
  }
}
