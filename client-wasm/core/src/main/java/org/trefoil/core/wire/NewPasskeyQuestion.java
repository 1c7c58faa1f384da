package org.trefoil.core.wire;

import java.util.List;

/**
 * What a browser needs to make a passkey; bytes in base64.
 *
 * @param site the name that it is made for
 * @param user what it is to call the account, without meaning to anybody else
 * @param email what it is to show of the account
 * @param known credentials that the account has already
 */
public record NewPasskeyQuestion(
    String challenge, String site, String user, String email, List<String> known) {
  public NewPasskeyQuestion {
    known = List.copyOf(known);
  }

  public static NewPasskeyQuestion fromJson(Json json) {
    return json.read(
        f ->
            new NewPasskeyQuestion(
                f.base64("challenge"),
                f.text("site"),
                f.base64("user"),
                f.text("email"),
                f.texts("known")));
  }

  public Json toJson() {
    return Json.object()
        .put("challenge", challenge)
        .put("site", site)
        .put("user", user)
        .put("email", email)
        .putTexts("known", known)
        .json();
  }
}
