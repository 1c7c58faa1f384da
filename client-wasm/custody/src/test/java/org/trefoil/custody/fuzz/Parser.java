package org.trefoil.custody.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.trefoil.core.RefusedException;
import org.trefoil.core.VectorFiles;
import org.trefoil.core.address.Address;
import org.trefoil.core.descriptor.Descriptors;
import org.trefoil.core.envelope.SealedUserKey;
import org.trefoil.core.envelope.WrappedKey;
import org.trefoil.core.fuzz.Fuzzed;
import org.trefoil.core.keys.KeyOrigin;
import org.trefoil.core.keys.Xpub;
import org.trefoil.core.policy.IpRange;
import org.trefoil.core.policy.PolicyChain;
import org.trefoil.core.psbt.PreviousTx;
import org.trefoil.core.psbt.Psbt;
import org.trefoil.core.psbt.UnsignedTx;
import org.trefoil.core.units.Network;
import org.trefoil.core.units.Sats;
import org.trefoil.core.ur.PsbtText;
import org.trefoil.core.uri.PaymentUri;
import org.trefoil.core.wire.FromVault;
import org.trefoil.core.wire.Json;
import org.trefoil.core.wire.ToVault;
import org.trefoil.custody.bip39.Mnemonic;
import org.trefoil.custody.foreign.KeyText;
import org.trefoil.custody.keys.BackupSeed;
import org.trefoil.custody.paper.PrintedSheets;
import org.trefoil.custody.paper.SampleSheets;
import org.trefoil.custody.recover.CoinReport;
import org.trefoil.custody.recover.DescriptorText;
import org.trefoil.custody.recover.PaperKind;
import org.trefoil.custody.recover.SealedKeyText;

/**
 * A parser, what it may be given, and what it must do with it: read it or refuse it with a token.
 * Anything else that is thrown is a fault, and so is what reads back as something else.
 */
enum Parser implements Fuzzed {
  PSBT(Parser::psbt, () -> decoded(columns("bip-0174/vectors.tsv", "\t", 2))),
  PSBT_TEXT(bytes -> PsbtText.read(bytes), () -> texts(columns("bip-0174/vectors.tsv", "\t", 2))),
  ANIMATED_CODE(bytes -> PsbtText.read(text(bytes)), () -> texts(lines("bc-ur/parts.txt"))),
  TRANSACTION(
      bytes -> {
        tried(() -> PreviousTx.parse(bytes));
        tried(() -> UnsignedTx.parse(bytes));
      },
      () -> decoded(columns("bip-0174/vectors.tsv", "\t", 2))),
  DESCRIPTOR(
      bytes -> {
        tried(() -> Descriptors.ofWallet(text(bytes), Network.MAINNET));
        tried(() -> DescriptorText.read(text(bytes), Network.REGTEST));
      },
      () -> texts(columns("envelope-v1/envelopes.txt", "\\|", 3))),
  ADDRESS(
      bytes -> {
        for (Network network : Network.values()) {
          tried(() -> Parser.address(text(bytes), network));
        }
      },
      () -> texts(columns("bip-0173/valid-addresses.txt", " ", 0))),
  URI(
      bytes -> PaymentUri.parse(text(bytes), Network.MAINNET),
      () -> texts(columns("bip-0321/uris.txt", " ", 1))),
  ENVELOPE(
      bytes -> {
        tried(() -> SealedUserKey.parse(text(bytes)));
        tried(() -> SealedUserKey.parse(bytes));
        tried(() -> SealedKeyText.read(text(bytes)));
        tried(() -> WrappedKey.parse(text(bytes)));
      },
      () ->
          Stream.concat(
                  texts(lines("wrapped-key-v1/wrapped.txt")).stream(),
                  lines("envelope-v1/envelopes.txt")
                      .flatMap(line -> Arrays.stream(line.split("\\|")))
                      .map(Parser::bytes))
              .toList()),
  JSON(
      bytes -> {
        tried(() -> Parser.json(text(bytes)));
        tried(() -> ToVault.parse(text(bytes)));
        tried(() -> FromVault.parse(text(bytes)));
        tried(() -> PolicyChain.read(text(bytes), Network.REGTEST));
        tried(() -> CoinReport.read(text(bytes)));
      },
      () ->
          texts(
              Stream.of(
                  "{\"type\":\"ready\",\"selfTest\":\"ok\"}",
                  "{\"type\":\"refused\",\"token\":\"dust\",\"data\":{\"least\":\"294\"}}",
                  "{\"type\":\"make-password\",\"email\":\"a@example.org\"}",
                  "{\"type\":\"send\",\"wallet\":{},\"spendable\":{\"coins\":[{\"value\":1}]}}",
                  "[{\"a\":[null,true,-12,\"\\u00e9\\\\\\\"\"]}]",
                  "{\"format\":1,\"delayHours\":48,\"perSend\":100000}",
                  "{\"success\":true,\"txouts\":1,\"unspents\":[{\"amount\":0.05}]}"))),
  BASE58(
      bytes -> {
        tried(() -> Xpub.parse(text(bytes), Network.MAINNET));
        tried(() -> KeyOrigin.parse(text(bytes)));
        tried(() -> KeyText.read(text(bytes).toCharArray(), Network.MAINNET).close());
      },
      () ->
          Stream.concat(
                  texts(lines("bip-0032/chains.txt")).stream(),
                  lines("bip-0038/others.txt")
                      .flatMap(line -> Arrays.stream(line.split("[| ]")))
                      .map(Parser::bytes))
              .toList()),
  AMOUNT(
      bytes -> {
        tried(() -> Sats.parseBtc(text(bytes)));
        tried(() -> Sats.parseSat(text(bytes)));
        tried(() -> IpRange.parse(text(bytes)));
      },
      () -> texts(Stream.of("0.00123", "21000000", "12 345", "10.0.0.0/8", "fd00::/64"))),
  WORDS(
      bytes -> {
        char[] typed = text(bytes).toCharArray();
        PaperKind.of(typed);
        tried(() -> Mnemonic.parse(typed).close());
        tried(() -> BackupSeed.ofShares(new char[][] {typed, typed}).close());
      },
      () ->
          Stream.concat(
                  texts(lines("bip-0039/english.txt")).stream(),
                  texts(lines("slip-0039/vectors.txt")).stream())
              .toList()),
  SHEET(
      bytes -> PrintedSheets.read(bytes, null).close(),
      () -> List.of(SampleSheets.plain(), SampleSheets.encrypted()));

  /** Refuses with a token what it does not take. */
  private interface Reading {
    void read();
  }

  private final Consumer<byte[]> parse;
  private final Supplier<List<byte[]>> seeds;

  Parser(Consumer<byte[]> parse, Supplier<List<byte[]>> seeds) {
    this.parse = parse;
    this.seeds = seeds;
  }

  @Override
  public void accept(byte[] bytes) {
    tried(() -> parse.accept(bytes));
  }

  @Override
  public List<byte[]> seeds() {
    return seeds.get();
  }

  private static void tried(Reading reading) {
    try {
      reading.read();
    } catch (RefusedException e) {
      // as it should be
    }
  }

  private static void psbt(byte[] bytes) {
    Psbt read = Psbt.parse(bytes);
    byte[] written = read.serialize();
    same(written, Psbt.parse(written).serialize());
  }

  private static void address(String text, Network network) {
    Address read = Address.parse(text, network);
    same(read.text(), Address.parse(read.text(), network).text());
  }

  private static void json(String text) {
    String written = Json.parse(text, Json.MAX_LENGTH).toString();
    same(written, Json.parse(written, 8 * Json.MAX_LENGTH).toString());
  }

  private static void same(byte[] first, byte[] second) {
    if (!Arrays.equals(first, second)) {
      throw new IllegalStateException("What was written reads back as something else");
    }
  }

  private static void same(String first, String second) {
    same(bytes(first), bytes(second));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Stream<String> lines(String path) {
    return VectorFiles.text(path).lines().filter(line -> !line.isBlank() && !line.startsWith("#"));
  }

  private static Stream<String> columns(String path, String separator, int column) {
    return lines(path)
        .map(line -> line.split(separator))
        .filter(fields -> fields.length > column)
        .map(fields -> fields[column]);
  }

  private static List<byte[]> texts(Stream<String> texts) {
    return texts.map(Parser::bytes).toList();
  }

  private static List<byte[]> decoded(Stream<String> texts) {
    List<byte[]> all = new ArrayList<>();
    texts.forEach(
        text ->
            all.add(
                text.matches("(?:[0-9a-f]{2})+")
                    ? HexFormat.of().parseHex(text)
                    : Base64.getDecoder().decode(text)));
    return all;
  }
}
