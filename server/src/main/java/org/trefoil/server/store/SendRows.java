package org.trefoil.server.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.wire.Json;
import org.trefoil.core.wire.RecipientLine;
import org.trefoil.core.wire.SendKind;
import org.trefoil.server.spend.SendRecord;
import org.trefoil.server.spend.SendStage;
import org.trefoil.server.spend.SendStore;
import org.trefoil.server.spend.Version;

/** Between rows of the table {@code send} and records. */
final class SendRows {
  private static final int MOST_CHARS = 2_000_000;

  private SendRows() {}

  static SendRecord read(ResultSet rs) throws SQLException {
    return new SendRecord(
        rs.getString("send_id"),
        rs.getString("wallet_id"),
        rs.getString("request_id"),
        rs.getBytes("request_hash"),
        SendStage.valueOf(rs.getString("state")),
        rs.getBytes("psbt"),
        rs.getBytes("digest"),
        List.of(rs.getString("digest_words").split(" ")),
        rs.getString("txid"),
        rs.getInt("lock_time"),
        recipients(rs.getString("recipients")),
        rs.getBoolean("everything"),
        rs.getLong("fee_rate"),
        rs.getLong("amount"),
        rs.getLong("fee"),
        longOrNull(rs, "change_amount"),
        rs.getString("note"),
        Instant.ofEpochSecond(rs.getLong("created_at")),
        Instant.ofEpochSecond(rs.getLong("expires_at")),
        rs.getBytes("raw_tx"),
        rs.getInt("tries"),
        instantOrNull(rs, "next_try_at"),
        rs.getString("reason"),
        SendKind.valueOf(rs.getString("kind")),
        rs.getString("replaces"),
        rs.getString("family"),
        signers(rs.getString("signers")),
        rs.getInt("missing"),
        rs.getString("begun_by"));
  }

  private static List<String> signers(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(" "));
  }

  static SendStore.Live live(ResultSet rs) throws SQLException {
    return new SendStore.Live(
        rs.getString("send_id"),
        rs.getString("wallet_id"),
        rs.getString("txid"),
        SendStage.valueOf(rs.getString("state")),
        Instant.ofEpochSecond(rs.getLong("next_try_at")));
  }

  static Version version(ResultSet rs) throws SQLException {
    return new Version(
        rs.getString("send_id"),
        rs.getString("txid"),
        rs.getString("replaces"),
        SendStage.valueOf(rs.getString("state")),
        rs.getLong("cost"),
        Instant.ofEpochSecond(rs.getLong("approved_at")),
        rs.getString("begun_by"));
  }

  /** Recipients as JSON text: {@code {"recipients":[{"address":…,"amount":…}]}}. */
  static String recipients(List<RecipientLine> lines) {
    return Json.object().put("recipients", Json.array(lines, RecipientLine::toJson)).json().write();
  }

  private static List<RecipientLine> recipients(String text) {
    return Json.parse(text, MOST_CHARS)
        .read(fields -> fields.list("recipients", RecipientLine::fromJson));
  }

  private static @Nullable Long longOrNull(ResultSet rs, String column) throws SQLException {
    long value = rs.getLong(column);
    return rs.wasNull() ? null : value;
  }

  private static @Nullable Instant instantOrNull(ResultSet rs, String column) throws SQLException {
    Long seconds = longOrNull(rs, column);
    return seconds == null ? null : Instant.ofEpochSecond(seconds);
  }
}
