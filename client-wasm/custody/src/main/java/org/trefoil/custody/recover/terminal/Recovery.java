package org.trefoil.custody.recover.terminal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.RefusedException;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.core.proposal.CheckedSpend;
import org.trefoil.custody.recover.BroughtSpend;
import org.trefoil.custody.recover.CoinReport;
import org.trefoil.custody.recover.CoinSearch;
import org.trefoil.custody.recover.CoreQuestions;
import org.trefoil.custody.recover.FoundCoins;
import org.trefoil.custody.recover.OpenedKey;
import org.trefoil.custody.recover.OwnPlaces;
import org.trefoil.custody.recover.Signed;
import org.trefoil.custody.recover.Signing;

/**
 * The whole way from the sheets to a signed transaction, as a conversation: the wallet, its coins
 * or a half-signed spend, what to send where, the spend as it will be signed, a typed yes, keys,
 * and the transaction.
 */
final class Recovery {
  private static final byte[] BINARY_PSBT = {'p', 's', 'b', 't', (byte) 0xff};

  private final Conversation talk;
  private final @Nullable CoinSource source;

  /**
   * Says nothing yet.
   *
   * @param source who is asked for coins; null to reach no network
   */
  Recovery(Terminal terminal, Disk disk, @Nullable CoinSource source) {
    this.talk = new Conversation(terminal, disk);
    this.source = source;
  }

  /** Whether it came to a signature. */
  boolean run() {
    talk.say("Recovery without the server. Use a computer that you trust; it needs no network.");
    try (Sheets sheets = new Sheets(talk)) {
      Cosigners cosigners = sheets.wallet();
      if (cosigners == null) {
        return false;
      }
      OwnPlaces places = new OwnPlaces(cosigners);
      CheckedSpend spend = source == null ? spend(places) : asked(places, source);
      if (spend == null) {
        return false;
      }
      SpendLines.of(spend, places).forEach(talk::say);
      talk.say("Unsigned PSBT: " + spend.psbt().base64());
      return talk.agreed("Type yes to sign exactly this: ") && signed(sheets, spend);
    }
  }

  private @Nullable CheckedSpend asked(OwnPlaces places, CoinSource server) {
    talk.say("Asking " + server.name() + " for coins; this can take minutes ...");
    try {
      List<CoinReport> reports = server.coins(places.cosigners());
      FoundCoins coins = found(places, reports);
      return coins == null ? null : new Wish(talk, coins).spend();
    } catch (IOException e) {
      talk.say(server.name() + " cannot be asked: " + e.getMessage() + ".");
      return null;
    } catch (RefusedException e) {
      talk.say(server.name() + " gave an answer that cannot be read. Is the address right?");
      return null;
    }
  }

  private @Nullable CheckedSpend spend(OwnPlaces places) {
    Cosigners cosigners = places.cosigners();
    talk.say("");
    talk.say("Coins: files with what any of these say, or a half-signed PSBT of this wallet.");
    talk.say("  Bitcoin Core: " + CoreQuestions.scanCommand(cosigners));
    talk.say("  Bitcoin Core's listunspent; raw transactions in hexadecimal; an Esplora server's");
    talk.say("  /address/ADDRESS/utxo, with the address on a line before each list.");
    if (cosigners.scriptType() == ScriptType.P2SH) {
      talk.say("  This wallet also needs the raw transaction that made each coin.");
    }
    List<CoinReport> reports = new ArrayList<>();
    while (true) {
      String path =
          talk.ask(
              reports.isEmpty() ? "Path of a file: " : "Path of another file, or Enter to go on: ");
      if (path == null) {
        return null;
      }
      if (path.isEmpty() && !reports.isEmpty()) {
        FoundCoins coins = found(places, reports);
        if (coins != null) {
          return new Wish(talk, coins).spend();
        }
        reports.clear();
        continue;
      }
      byte[] bytes = path.isEmpty() ? null : talk.file(path);
      CheckedSpend brought = bytes == null ? null : read(bytes, places, reports);
      if (brought != null) {
        return brought;
      }
    }
  }

  /** Reads a file: a PSBT that is to be signed as it is comes back, all else is put to the rest. */
  private @Nullable CheckedSpend read(byte[] bytes, OwnPlaces places, List<CoinReport> reports) {
    try {
      boolean binary =
          bytes.length > BINARY_PSBT.length
              && Arrays.equals(bytes, 0, BINARY_PSBT.length, BINARY_PSBT, 0, BINARY_PSBT.length);
      String text = binary ? "" : new String(bytes, StandardCharsets.UTF_8);
      CoinReport report = binary ? null : CoinReport.read(text);
      if (report != null && report.kind() != CoinReport.Kind.PSBT) {
        talk.say("Read " + said(report.kind()) + ": outputs: " + report.count() + ".");
        reports.add(report);
        return null;
      }
      BroughtSpend brought =
          binary ? BroughtSpend.read(bytes, places) : BroughtSpend.read(text, places);
      for (KeyRole role : brought.signedBy()) {
        talk.say("Signed already by the " + role.id() + " key.");
      }
      return brought.spend();
    } catch (RefusedException e) {
      talk.say(e);
      return null;
    }
  }

  private static String said(CoinReport.Kind kind) {
    return switch (kind) {
      case SCAN_TX_OUT_SET -> "an answer to scantxoutset";
      case LIST_UNSPENT -> "a list of listunspent";
      case ADDRESS_UTXO -> "an Esplora server's lists";
      case TRANSACTIONS -> "raw transactions";
      case PSBT -> "a PSBT";
    };
  }

  private @Nullable FoundCoins found(OwnPlaces places, List<CoinReport> reports) {
    try (CoinSearch search = CoinSearch.begin(places, reports)) {
      talk.say("Looking through the wallet's addresses ...");
      FoundCoins coins = search.run();
      CoinLines.of(coins).forEach(talk::say);
      return coins.coins().isEmpty() ? null : coins;
    } catch (RefusedException e) {
      talk.say(e);
      return null;
    }
  }

  private boolean signed(Sheets sheets, CheckedSpend spend) {
    Cosigners cosigners = spend.cosigners();
    try (Keys keys = new Keys(talk, sheets, cosigners);
        Signing before = Signing.begin(spend, List.of())) {
      Signed start = before.run();
      int missing = start instanceof Signed.Half half ? half.missing() : 0;
      List<OpenedKey> opened = keys.open(missing, start.by());
      if (opened.isEmpty() && missing > 0) {
        return false;
      }
      try (Signing signing = Signing.begin(spend, opened)) {
        show(signing.run());
        return true;
      } catch (RefusedException e) {
        talk.say(e);
        return false;
      }
    }
  }

  private void send(String hex, CoinSource server) {
    if (talk.agreed("Type yes to send it by " + server.name() + " now: ")) {
      try {
        server.send(hex);
        talk.say("Sent. It counts once it is in a block.");
      } catch (IOException e) {
        talk.say("Not sent: " + e.getMessage() + ".");
      }
    } else {
      talk.say("It is not sent.");
    }
  }

  private void show(Signed signed) {
    talk.say("");
    talk.say("PSBT: " + signed.psbt().base64());
    if (signed instanceof Signed.Whole whole) {
      talk.say("Transaction id: " + whole.tx().txid());
      talk.say("Signed transaction: " + whole.tx().hex());
      if (source == null) {
        talk.say("It is not sent yet. Any node takes it: bitcoin-cli sendrawtransaction HEX,");
        talk.say("or a block explorer's page for sending raw transactions.");
      } else {
        send(whole.tx().hex(), source);
      }
    } else if (signed instanceof Signed.Half half) {
      talk.say("Half-signed: it still needs " + half.missing() + " of the other keys.");
    }
    while (true) {
      String name = talk.ask("Name of files to write it to, without an ending, or Enter: ");
      if (name == null || name.isEmpty()) {
        return;
      }
      boolean written = talk.written(name + ".psbt", signed.psbt().serialize());
      if (written && signed instanceof Signed.Whole whole) {
        String line = whole.tx().hex() + "\n";
        written = talk.written(name + ".hex", line.getBytes(StandardCharsets.US_ASCII));
      }
      if (written) {
        return;
      }
    }
  }
}
