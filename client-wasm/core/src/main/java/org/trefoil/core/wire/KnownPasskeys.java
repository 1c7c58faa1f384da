package org.trefoil.core.wire;

import java.util.List;

/**
 * GET /api/account/passkeys: the account's passkeys, for a question that no server asks.
 *
 * @param site the name that they are made for
 */
public record KnownPasskeys(String site, List<PasskeyQuestion.Candidate> passkeys) {
  public KnownPasskeys {
    passkeys = List.copyOf(passkeys);
  }

  public static KnownPasskeys fromJson(Json json) {
    return json.read(
        f ->
            new KnownPasskeys(
                f.text("site"), f.list("passkeys", PasskeyQuestion.Candidate::fromJson)));
  }

  public Json toJson() {
    return Json.object()
        .put("site", site)
        .put("passkeys", Json.array(passkeys, PasskeyQuestion.Candidate::toJson))
        .json();
  }
}
