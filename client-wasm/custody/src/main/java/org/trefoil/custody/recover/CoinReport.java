package org.trefoil.custody.recover;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.address.Address;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.core.coins.TxOutput;
import org.trefoil.core.psbt.PreviousTx;
import org.trefoil.core.psbt.Psbt;
import org.trefoil.core.units.Hex;
import org.trefoil.core.units.Splitter;
import org.trefoil.core.ur.PsbtText;
import org.trefoil.core.wire.Json;

/** What a text says about coins, before anybody asked whose they are. */
public final class CoinReport {
  /** What a text turned out to be. */
  public enum Kind {
    /** Bitcoin Core's {@code scantxoutset}. */
    SCAN_TX_OUT_SET,
    /** Bitcoin Core's {@code listunspent}. */
    LIST_UNSPENT,
    /** An Esplora server's {@code /address/…/utxo}. */
    ADDRESS_UTXO,
    /** Whole transactions: they show what was paid, not whether it was spent since. */
    TRANSACTIONS,
    /** The coins that a PSBT spends. */
    PSBT
  }

  /** Eight million characters: some ten thousand coins as Bitcoin Core lists them. */
  public static final int MOST_CHARACTERS = 8_000_000;

  private static final int SHORTEST_TX = 2 * 60;

  private final Kind kind;
  private final List<NamedCoin> coins;
  private final Map<String, byte[]> transactions;

  CoinReport(Kind kind, List<NamedCoin> coins, Map<String, byte[]> transactions) {
    this.kind = kind;
    this.coins = List.copyOf(coins);
    this.transactions = Map.copyOf(transactions);
  }

  /**
   * Recognises what was pasted: JSON of {@code scantxoutset} or {@code listunspent}, with the
   * envelope of JSON-RPC or without; raw transactions in hexadecimal, one a line; a PSBT; JSON of
   * an Esplora server behind the address that was asked for, or its URL, as often as there are
   * addresses. Refuses {@code coins-unrecognised}, {@code coins-malformed} {place}, {@code
   * coins-need-address}, {@code too-large} and {@code psbt-malformed} {reason}.
   */
  public static CoinReport read(String text) {
    if (text.length() > MOST_CHARACTERS) {
      throw Refusal.of(Token.TOO_LARGE, "limit", Integer.toString(MOST_CHARACTERS)).exception();
    }
    String trimmed = text.trim();
    if (trimmed.startsWith("{") || trimmed.startsWith("[")) {
      return CoinJson.read(json(trimmed));
    }
    if (PaperKind.isPsbt(trimmed)) {
      return ofPsbt(PsbtText.read(trimmed));
    }
    if (trimmed.indexOf('[') > 0) {
      return EsploraText.read(trimmed);
    }
    return ofTransactions(words(trimmed));
  }

  /** An Esplora server's answer to a question about this address. Refusals as in {@link #read}. */
  public static CoinReport ofAddress(String json, Address asked) {
    List<NamedCoin> coins = CoinJson.ofAddress(json(json), asked.text());
    return new CoinReport(Kind.ADDRESS_UTXO, coins, Map.of());
  }

  /** JSON of another program; where it cannot be read is said as the place of a character. */
  static Json json(String text) {
    try {
      return Json.parseForeign(text, MOST_CHARACTERS);
    } catch (RefusedException e) {
      String position = e.refusal().data().get("position");
      if (position == null) {
        throw e;
      }
      boolean end = Integer.parseInt(position) > text.length();
      throw malformed(end ? "its end is missing" : "character " + position);
    }
  }

  static CoinReport ofTransactions(List<String> hex) {
    Map<String, byte[]> transactions = new LinkedHashMap<>();
    List<NamedCoin> coins = new ArrayList<>();
    for (int i = 0; i < hex.size(); i++) {
      byte[] bytes = transaction(hex.get(i), i + 1);
      PreviousTx tx = PreviousTx.parse(bytes);
      transactions.put(tx.txid(), bytes);
      for (int vout = 0; vout < tx.outputs().size(); vout++) {
        TxOutput output = tx.outputs().get(vout);
        Outpoint outpoint = new Outpoint(tx.txid(), vout);
        coins.add(named(outpoint, output));
      }
    }
    if (transactions.isEmpty()) {
      throw Refusal.of(Token.COINS_UNRECOGNISED).exception();
    }
    return new CoinReport(Kind.TRANSACTIONS, coins, transactions);
  }

  private static byte[] transaction(String hex, int number) {
    try {
      byte[] bytes = Hex.parse(hex);
      PreviousTx.parse(bytes);
      return bytes;
    } catch (IllegalArgumentException e) {
      throw Refusal.of(Token.COINS_UNRECOGNISED).exception();
    } catch (RefusedException e) {
      if (hex.length() < SHORTEST_TX) {
        throw Refusal.of(Token.COINS_UNRECOGNISED).exception();
      }
      throw malformed("transaction " + number);
    }
  }

  private static CoinReport ofPsbt(Psbt psbt) {
    Map<String, byte[]> transactions = new LinkedHashMap<>();
    List<NamedCoin> coins = new ArrayList<>();
    for (int i = 0; i < psbt.inputs().size(); i++) {
      Outpoint outpoint = psbt.unsignedTx().outpoint(i);
      coins.add(named(outpoint, psbt.spentOutput(i)));
      byte[] previous = psbt.previousTx(i);
      if (previous != null) {
        transactions.put(outpoint.txid(), previous);
      }
    }
    return new CoinReport(Kind.PSBT, coins, transactions);
  }

  private static NamedCoin named(Outpoint outpoint, TxOutput output) {
    return new NamedCoin(outpoint, output.value(), output.script(), null, NamedCoin.UNKNOWN, false);
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    for (String word : Splitter.split(text, " \t\r\n,;\"")) {
      if (!word.isEmpty()) {
        words.add(word);
      }
    }
    return words;
  }

  static RefusedException malformed(String place) {
    return Refusal.of(Token.COINS_MALFORMED, "place", place).exception();
  }

  public Kind kind() {
    return kind;
  }

  /** How many outputs it names. */
  public int count() {
    return coins.size();
  }

  /** The same without these coins; the transactions in it stay. */
  public CoinReport without(Set<Outpoint> others) {
    List<NamedCoin> kept = new ArrayList<>();
    for (NamedCoin coin : coins) {
      if (!others.contains(coin.outpoint())) {
        kept.add(coin);
      }
    }
    return new CoinReport(kind, kept, transactions);
  }

  /** Whether what it names is unspent by its own account. */
  boolean isList() {
    return kind != Kind.TRANSACTIONS;
  }

  List<NamedCoin> coins() {
    return coins;
  }

  /** Whole transactions by id. */
  Map<String, byte[]> transactions() {
    return transactions;
  }
}
