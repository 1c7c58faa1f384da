package org.trefoil.custody.recover;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.core.units.Hex;
import org.trefoil.core.units.Sats;
import org.trefoil.core.wire.Fields;
import org.trefoil.core.wire.Json;

/** Reads the JSON in which other programs list coins; fields that are of no use are passed over. */
final class CoinJson {
  private static final int TXID = 64;

  private CoinJson() {}

  /** An answer of Bitcoin Core, with the envelope of JSON-RPC or without. */
  static CoinReport read(Json json) {
    if (json.isObject()) {
      Json inner = json.pick(CoinJson::inner);
      return inner == null ? scan(json) : read(inner);
    }
    if (!json.isArray()) {
      throw Refusal.of(Token.COINS_UNRECOGNISED).exception();
    }
    List<Json> items = json.items();
    if (!items.isEmpty() && items.get(0).isText()) {
      List<String> hex = new ArrayList<>();
      for (Json item : items) {
        hex.add(item.text());
      }
      return CoinReport.ofTransactions(hex);
    }
    List<NamedCoin> coins = new ArrayList<>();
    for (Json item : items) {
      coins.add(item(item, coins.size() + 1, CoinJson::unspent));
    }
    return new CoinReport(CoinReport.Kind.LIST_UNSPENT, coins, Map.of());
  }

  /** What is inside of an envelope; null where it is none. */
  private static @Nullable Json inner(Fields fields) {
    if (fields.has("result")) {
      return fields.value("result", json -> json);
    }
    if (fields.has("hex")) {
      // getrawtransaction with details
      return Json.array(List.of(fields.text("hex")), Json::text);
    }
    return null;
  }

  private static CoinReport scan(Json json) {
    return json.pick(
        fields -> {
          if (!fields.has("unspents")) {
            throw Refusal.of(Token.COINS_UNRECOGNISED).exception();
          }
          if (fields.has("success") && !fields.bool("success")) {
            throw CoinReport.malformed("success: false");
          }
          int height = fields.has("height") ? fields.count("height") : 0;
          List<NamedCoin> coins = new ArrayList<>();
          for (Json item : fields.list("unspents", each -> each)) {
            coins.add(item(item, coins.size() + 1, each -> scanned(each, height)));
          }
          return new CoinReport(CoinReport.Kind.SCAN_TX_OUT_SET, coins, Map.of());
        });
  }

  /** What an Esplora server says of one address: it does not repeat which. */
  static List<NamedCoin> ofAddress(Json json, String address) {
    if (!json.isArray()) {
      throw Refusal.of(Token.COINS_UNRECOGNISED).exception();
    }
    List<NamedCoin> coins = new ArrayList<>();
    for (Json item : json.items()) {
      coins.add(item(item, coins.size() + 1, each -> atAddress(each, address)));
    }
    return coins;
  }

  private interface Reading {
    NamedCoin read(Fields fields);
  }

  private static NamedCoin item(Json item, int number, Reading reading) {
    try {
      return item.pick(reading::read);
    } catch (RefusedException e) {
      String field = e.refusal().data().get("field");
      if (e.refusal().is(Token.COINS_NEED_ADDRESS)) {
        throw e;
      }
      throw CoinReport.malformed("coin " + number + ": " + (field == null ? "amount" : field));
    }
  }

  private static NamedCoin scanned(Fields fields, int tip) {
    int height = fields.has("height") ? fields.count("height") : 0;
    int confirmations = height > 0 && tip >= height ? tip - height + 1 : 1;
    return new NamedCoin(
        outpoint(fields),
        fields.btc("amount"),
        script(fields, "scriptPubKey"),
        null,
        confirmations,
        fields.has("coinbase") && fields.bool("coinbase"));
  }

  private static NamedCoin unspent(Fields fields) {
    if (!fields.has("amount") && fields.has("value") && fields.has("txid")) {
      throw Refusal.of(Token.COINS_NEED_ADDRESS).exception();
    }
    int confirmations =
        fields.has("confirmations") ? fields.count("confirmations") : NamedCoin.UNKNOWN;
    return new NamedCoin(
        outpoint(fields),
        fields.btc("amount"),
        fields.has("scriptPubKey") ? script(fields, "scriptPubKey") : null,
        fields.has("address") ? fields.text("address") : null,
        confirmations,
        false);
  }

  private static NamedCoin atAddress(Fields fields, String address) {
    int confirmations =
        fields.has("status") ? fields.value("status", CoinJson::confirmations) : NamedCoin.UNKNOWN;
    Sats amount = new Sats(fields.number("value"));
    return new NamedCoin(outpoint(fields), amount, null, address, confirmations, false);
  }

  private static int confirmations(Json status) {
    return status.pick(fields -> fields.bool("confirmed")) ? 1 : 0;
  }

  private static Outpoint outpoint(Fields fields) {
    String txid = fields.text("txid");
    int vout = fields.count("vout");
    byte[] bytes = hex(txid, "txid");
    if (txid.length() != TXID) {
      throw wrong("txid");
    }
    return new Outpoint(Hex.of(bytes), vout);
  }

  private static byte[] script(Fields fields, String name) {
    return hex(fields.text(name), name);
  }

  private static byte[] hex(String text, String field) {
    try {
      return Hex.parse(text);
    } catch (IllegalArgumentException e) {
      throw wrong(field);
    }
  }

  private static RefusedException wrong(String field) {
    return Refusal.of(Token.WRONG_VALUE, "field", field).exception();
  }
}
