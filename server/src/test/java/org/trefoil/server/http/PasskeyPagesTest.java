package org.trefoil.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What pages say of passkeys that do not count yet, and of those that a signer forgets later. */
class PasskeyPagesTest {
  private static final String SEND = "/wallets/" + FakeHouse.WALLET + "/sends/" + FakeHouse.SEND;

  @AutoClose private final OpenDoor door = new OpenDoor();

  private String get(String path) {
    return door.page(path).ada().send().body();
  }

  @Test
  void aPasskeyIsOfferedForASendWhereOneCountsAndElseItIsSaidFromWhenOn() {
    assertThat(get(SEND)).contains("Confirm with a passkey").doesNotContain("passkey-later");
    door.house.passkeyCountsFrom = FakeHouse.NOW + 3_600;
    assertThat(get(SEND))
        .contains("data-testid=\"passkey-later\"", "a new one waits until then")
        .doesNotContain("Confirm with a passkey");
    assertThat(get("/account")).as("it stands in for a code all the same").contains("use-passkey");
  }

  @Test
  void itStandsInForNoCodeWhereASignerWouldRefuseIt() {
    String rules = "/wallets/" + FakeHouse.WALLET + "/rules";
    String adding = "Add a passkey</button><button";
    assertThat(get("/account/passkeys")).contains(adding);
    assertThat(get(rules)).contains("use-passkey");
    assertThat(times("use-passkey", get("/account"))).isEqualTo(2);
    door.house.signer = true;
    assertThat(get("/account/passkeys")).doesNotContain(adding).contains("use-passkey");
    assertThat(get(rules)).doesNotContain("use-passkey");
    assertThat(times("use-passkey", get("/account"))).as("for the password").isEqualTo(1);
  }

  private static int times(String part, String page) {
    return page.split(part, -1).length - 1;
  }

  @Test
  void whatRemovingOneIsWorthIsSaidWithASignerAndOfOneThatCounts() {
    String page = "/account/passkeys";
    assertThat(get(page)).doesNotContain("leaves-late");
    door.house.signer = true;
    assertThat(get(page)).contains("from the machine that signs only after a wait");
    door.house.passkeyCountsFrom = FakeHouse.NOW + 3_600;
    assertThat(get(page)).doesNotContain("leaves-late");
  }

  @Test
  void codesThatWereMadeAnewSayFromWhenTheyCountWithASigner() {
    assertThat(renewed()).contains("recovery-codes").doesNotContain("codes-from");
    door.house.signer = true;
    assertThat(renewed()).contains("recovery-codes", "confirm sends and changes from <time");
  }

  private String renewed() {
    HttpResponse<String> answer = door.form("/account/codes", "code=123456").ada().send();
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.body();
  }
}
