package org.trefoil.server.app;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.wire.ActivateRequest;
import org.trefoil.core.wire.DraftWallet;
import org.trefoil.core.wire.FreshAddress;
import org.trefoil.core.wire.Json;
import org.trefoil.core.wire.SendRequest;
import org.trefoil.core.wire.SignupRequest;
import org.trefoil.core.wire.Spendable;
import org.trefoil.server.secondfactor.Totp;

/**
 * Somebody with an account, a second factor and a wallet at a running server, who comes over HTTP
 * and from a network address of their own as a trusted proxy would tell it.
 */
final class Visitor {
  /** Path of the wallet's calls. */
  final String at;

  final String walletId;
  private final LoadClient line;
  private final String email;
  private final String proof;
  private final TestVault vault;
  private final String network;
  private final byte[] totp;
  private final Deque<String> recovery = new ArrayDeque<>();
  private final Cosigners cosigners;
  private final String address;
  private String cookie = "";
  private long lastStep;

  /** Signs up, enrols, and makes a wallet. */
  Visitor(LoadClient line, int number) throws IOException {
    this.line = line;
    network = "10." + (number >> 16) + "." + (number >> 8 & 255) + "." + (number & 255);
    vault = new TestVault(1_000 + number);
    email = "v" + number + "@example.org";
    proof = proof(number);
    write(
        "/api/account/signup",
        new SignupRequest(email, null, TestHouse.salt(), TestHouse.KDF, proof).toJson());
    Matcher secret =
        Pattern.compile("([A-Z2-7]{4} ){7}[A-Z2-7]{4}").matcher(read("/signup/factor"));
    if (!secret.find()) {
      throw new AssertionError("no secret");
    }
    totp = TestHouse.unbase32(secret.group().replace(" ", ""));
    // the step before, for the sake of the codes to come, unless it is about to be too old
    lastStep = Totp.step(Instant.now().minusSeconds(20));
    Matcher codes =
        Pattern.compile("[a-z2-7]{4}(-[a-z2-7]{4}){3}")
            .matcher(form("/signup/factor", "code=" + Totp.code(totp, lastStep, Totp.DIGITS)));
    while (codes.find()) {
      recovery.add(codes.group());
    }
    DraftWallet draft =
        DraftWallet.fromJson(
            write(
                "/api/wallets",
                Json.object().put("name", "Savings").put("requestId", "request-1").json()));
    walletId = draft.walletId();
    at = "/api/wallets/" + walletId;
    cosigners = vault.cosigners(draft);
    write(at + "/keys", vault.keys(draft).toJson());
    String statement = vault.statement(cosigners, walletId, KeyRole.BACKUP);
    write(at + "/activate", new ActivateRequest("backup", statement, List.of()).toJson());
    address = FreshAddress.fromJson(write(at + "/addresses", Json.object().json())).address();
  }

  String site() {
    return line.site();
  }

  /** Where the wallet is paid. */
  String address() {
    return address;
  }

  /** The wallet's coins, once there are so many. */
  Spendable spendable(int coins) throws IOException, InterruptedException {
    Instant end = Instant.now().plus(Duration.ofMinutes(3));
    Spendable spendable = Spendable.fromJson(json(read(at + "/spendable")));
    while (spendable.coins().size() < coins && Instant.now().isBefore(end)) {
      Thread.sleep(500);
      spendable = Spendable.fromJson(json(read(at + "/spendable")));
    }
    return spendable;
  }

  /** A half-signed send. */
  SendRequest proposal(Spendable spendable, String requestId, long sats) {
    return vault.send(cosigners, spendable, requestId, TestHouse.ELSEWHERE, sats);
  }

  /** A code that was not used yet: the app's, or else one of the ten for recovery. */
  String code() {
    long next = Totp.step(Instant.now()) + 1; // a clock may be half a minute ahead
    // not the one before: this may wait for its turn
    long step = Math.max(lastStep + 1, next - 1);
    if (step > next && !recovery.isEmpty()) {
      return recovery.remove();
    }
    lastStep = step;
    return Totp.code(totp, step, Totp.DIGITS);
  }

  /** One of the ten codes for recovery, while there are any; else as {@link #code()}. */
  String recoveryCode() {
    return recovery.isEmpty() ? code() : recovery.remove();
  }

  /** A request of a browser that is signed in. */
  HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = stranger(path);
    return cookie.isEmpty() ? request : request.header("Cookie", cookie);
  }

  /** A request of another browser of theirs. */
  HttpRequest.Builder stranger(String path) {
    return HttpRequest.newBuilder(URI.create(line.site() + path))
        .header("X-Forwarded-For", network);
  }

  /** What the other browser signs in with. */
  Json signIn() {
    return Json.object().put("email", email).put("proof", proof).json();
  }

  String read(String path) throws IOException {
    return answer("GET", path, "", "");
  }

  Json write(String path, Json body) throws IOException {
    String headers =
        "Sec-Fetch-Site: same-origin\r\nX-Trefoil: 1\r\nContent-Type: application/json\r\n";
    return json(answer("POST", path, headers, body.write()));
  }

  private String form(String path, String body) throws IOException {
    String headers =
        "Sec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\n";
    return answer("POST", path, headers, body);
  }

  /** As a script of a page posts. */
  HttpRequest post(HttpRequest.Builder request, Json body) {
    return request
        .header("Origin", line.site())
        .header("Sec-Fetch-Site", "same-origin")
        .header("X-Trefoil", "1")
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body.write()))
        .build();
  }

  private String answer(String method, String path, String more, String body) throws IOException {
    String headers =
        "X-Forwarded-For: "
            + network
            + "\r\nOrigin: "
            + line.site()
            + "\r\n"
            + (cookie.isEmpty() ? "" : "Cookie: " + cookie + "\r\n")
            + more;
    LoadClient.Answer answer = line.call(method, path, headers, body);
    if (answer.status() >= 300) {
      throw new AssertionError(path + ": " + answer.status() + answer.body());
    }
    if (answer.cookie() != null) {
      cookie = answer.cookie();
    }
    return answer.body();
  }

  private static String proof(int number) {
    byte[] proof = new byte[32];
    proof[0] = (byte) number;
    proof[1] = (byte) (number >> 8);
    proof[2] = 1;
    return Base64.getEncoder().encodeToString(proof);
  }

  static Json json(String text) {
    return Json.parse(text, 10_000_000);
  }
}
