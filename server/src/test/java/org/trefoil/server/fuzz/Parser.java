package org.trefoil.server.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.bitcoinj.params.RegTestParams;
import org.trefoil.core.fuzz.Fuzzed;
import org.trefoil.csp.AssetManifest;
import org.trefoil.csp.log.Checkpoint;
import org.trefoil.csp.log.Hash;
import org.trefoil.csp.log.LogProof;
import org.trefoil.csp.log.MerkleTree;
import org.trefoil.csp.note.NoteSigner;
import org.trefoil.csp.note.SignedNote;
import org.trefoil.csp.release.ReleaseKeys;
import org.trefoil.csp.release.ReleaseManifest;
import org.trefoil.server.chain.RawBlock;
import org.trefoil.server.chain.bitcoind.NodeAnswers;
import org.trefoil.server.http.ReleaseTexts;
import org.trefoil.server.passkey.ProofFileCheck;

/**
 * A parser of csp or server, which reads what it is given or throws {@link
 * IllegalArgumentException}. Anything else that is thrown is a fault, and so is a text that reads
 * back as another.
 */
enum Parser implements Fuzzed {
  SIGNED_NOTE(
      text(text -> SignedNote.parse(text).signers(List.of(Seeds.ADA.key(), Seeds.LOG.key()))),
      () -> texts(Seeds.NOTE, Seeds.CHECKPOINT.signedBy(Seeds.LOG))),
  CHECKPOINT(settled(Checkpoint::parse, Checkpoint::text), () -> texts(Seeds.CHECKPOINT.text())),
  LOG_PROOF(settled(LogProof::parse, LogProof::text), () -> texts(Seeds.PROOF)),
  RELEASE(
      again(ReleaseManifest::parse, ReleaseManifest::text), () -> texts(ReleaseTexts.manifest())),
  ASSETS(
      again(AssetManifest::parse, AssetManifest::text),
      () -> texts(ReleaseManifest.parse(ReleaseTexts.manifest()).assets().text())),
  RELEASE_KEYS(again(ReleaseKeys::parse, ReleaseKeys::text), () -> texts(Seeds.KEYS)),
  SEND_PROOF(text(ProofFileCheck::of), () -> texts(Seeds.SEND_PROOF)),
  NODE_JSON(
      text(NodeAnswers::read),
      () ->
          texts(
              "{\"result\":{\"amount\":0.00001000,\"n\":[1,-2e8,null,true]},\"error\":null}",
              "[{\"a\":\"\\u00e9\\\\\"}]")),
  BLOCK(
      bytes -> {
        RawBlock block = RawBlock.read(bytes);
        block.hash();
        block.merkleRoot();
        if (block.transactions().size() != block.count()) {
          throw new IllegalStateException("a transaction was lost");
        }
      },
      () -> List.of(RegTestParams.get().getGenesisBlock().serialize()));

  private final Consumer<byte[]> parse;
  private final Supplier<List<byte[]>> seeds;

  Parser(Consumer<byte[]> parse, Supplier<List<byte[]>> seeds) {
    this.parse = parse;
    this.seeds = seeds;
  }

  @Override
  public void accept(byte[] bytes) {
    try {
      parse.accept(bytes.clone());
    } catch (IllegalArgumentException e) {
      // as it should be
    }
  }

  @Override
  public List<byte[]> seeds() {
    return seeds.get();
  }

  private static Consumer<byte[]> text(Consumer<String> parse) {
    return bytes -> parse.accept(new String(bytes, UTF_8));
  }

  /** What it reads it writes as it stood. */
  private static <T> Consumer<byte[]> again(Function<String, T> parse, Function<T, String> write) {
    return text(
        text -> {
          if (!write.apply(parse.apply(text)).equals(text)) {
            throw new IllegalStateException("What was read is written as something else");
          }
        });
  }

  /** What it does not know it leaves out; what it writes it reads as the same. */
  private static <T> Consumer<byte[]> settled(
      Function<String, T> parse, Function<T, String> write) {
    return text(
        text -> {
          String written = write.apply(parse.apply(text));
          try {
            again(parse, write).accept(written.getBytes(UTF_8));
          } catch (IllegalArgumentException e) {
            throw new IllegalStateException("What was written is refused", e);
          }
        });
  }

  private static List<byte[]> texts(String... texts) {
    return Arrays.stream(texts).map(text -> text.getBytes(UTF_8)).toList();
  }

  /** Good ones of each kind. */
  private static final class Seeds {
    // Made once, so that a slip is the same at each run; they sign nothing else.
    static final NoteSigner ADA =
        NoteSigner.parse(
            """
            PRIVATE+KEY+ada+bfa48154+AafpUm168xHE/c69lgfnIWn8un1eRVmzTyibEHe/Ddqu
            ada+bfa48154+AZCaf2Gxzd2QbSjpkkOehVBAGl7suWe36La5ncoRqlw6
            """);
    static final NoteSigner LOG =
        NoteSigner.parse(
            """
            PRIVATE+KEY+log.example/trefoil+dffae58b+ASQcCBdQ4djWXc7PxUlHxkotKweQuGshMcwaJKwteoEG
            log.example/trefoil+dffae58b+AZUH7YQMvXPtYrP/13diJCFBbNyHfQQt5i2SE2qTQQKU
            """);
    static final String NOTE = SignedNote.of("a text\n").signed(ADA).signed(LOG).note();
    static final String KEYS = new ReleaseKeys(1, List.of(ADA.key()), LOG.key()).text();
    static final MerkleTree TREE =
        new MerkleTree(
            Stream.of("a", "b", "c").map(entry -> Hash.ofEntry(entry.getBytes(UTF_8))).toList());
    static final Checkpoint CHECKPOINT = new Checkpoint(LOG.key().name(), 3, TREE.root());
    static final String PROOF = new LogProof(1, TREE.inclusion(1), CHECKPOINT.signedBy(LOG)).text();

    /** Of a form that is read; what it proves is nothing. */
    static final String SEND_PROOF =
        "{\"format\":\"trefoil-proof-2\",\"wallet\":\""
            + "ab".repeat(16)
            + "\",\"transaction\":\"0100000001"
            + "00".repeat(36)
            + "00ffffffff0110270000000000000000000000\",\"amounts\":[\"20000\"],\"digest\":\""
            + "cd".repeat(32)
            + "\",\"confirmations\":[{\"deed\":\"approve\",\"policyVersion\":0,\"nonce\":\""
            + "ef".repeat(32)
            + "\",\"expires\":1795234000,\"challenge\":\"AAAA\",\"origin\":\"http://localhost:8080\","
            + "\"clientData\":\"AAAA\",\"authenticatorData\":\"AAAA\",\"signature\":\"AAAA\","
            + "\"publicKey\":\"AAAA\",\"algorithm\":-7}]}";

    private Seeds() {}
  }
}
