package org.trefoil.core.wire;

import java.util.List;

/**
 * What a browser asks a passkey to sign; all in base64.
 *
 * @param challenge 32 bytes
 * @param site the name that passkeys are made for
 * @param passkeys those that may answer; empty where any may that the browser finds
 */
public record PasskeyQuestion(String challenge, String site, List<Candidate> passkeys) {
  public PasskeyQuestion {
    passkeys = List.copyOf(passkeys);
  }

  /**
   * A passkey that may answer.
   *
   * @param transports how it is reached, as it said when it was made
   */
  public record Candidate(String credential, List<String> transports) {
    public Candidate {
      transports = List.copyOf(transports);
    }

    static Candidate fromJson(Json json) {
      return json.read(f -> new Candidate(f.base64("credential"), f.texts("transports")));
    }

    Json toJson() {
      return Json.object().put("credential", credential).putTexts("transports", transports).json();
    }
  }

  public static PasskeyQuestion fromJson(Json json) {
    return json.read(
        f ->
            new PasskeyQuestion(
                f.base64("challenge"), f.text("site"), f.list("passkeys", Candidate::fromJson)));
  }

  public Json toJson() {
    return Json.object()
        .put("challenge", challenge)
        .put("site", site)
        .put("passkeys", Json.array(passkeys, Candidate::toJson))
        .json();
  }
}
