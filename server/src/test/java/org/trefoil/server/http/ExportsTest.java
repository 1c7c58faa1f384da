package org.trefoil.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trefoil.core.export.ExportForm;
import org.trefoil.core.keys.TestKeys;
import org.trefoil.core.units.Network;

/** A wallet as files for other software, as a browser gets them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExportsTest {
  @AutoClose private final OpenDoor door = new OpenDoor();

  private static String export(String wallet) {
    return "/wallets/" + wallet + "/export";
  }

  @ParameterizedTest
  @EnumSource(ExportForm.class)
  void eachFormIsOfferedWithASentenceAndSavedUnderAPlainName(ExportForm form) {
    assertThat(door.page(export(FakeHouse.WALLET)).ada().send().body())
        .contains("data-testid=\"export-" + form.id() + "\"")
        .contains(form.title());
    String path = export(FakeHouse.WALLET) + "/" + form.id();
    HttpResponse<String> file = door.page(path).ada().send();
    assertThat(file.statusCode()).isEqualTo(200);
    assertThat(file.headers().firstValue("Content-Disposition").orElse(""))
        .isEqualTo("attachment; filename=\"" + form.fileName("Savings") + "\"");
    assertThat(file.headers().firstValue("Content-Type").orElse("")).startsWith(form.mediaType());
    assertThat(file.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
    assertThat(file.body())
        .isEqualTo(form.write(TestKeys.twoOfThree(Network.REGTEST), "Savings", FakeHouse.NOW));
  }

  @ParameterizedTest
  @ValueSource(strings = {FakeHouse.DRAFT, FakeHouse.UNCHECKED})
  void beforeThePaperIsCheckedThereIsNothingToUseElsewhere(String wallet) {
    assertThat(door.page(export(wallet)).ada().send().headers().firstValue("Location"))
        .contains("/wallets/" + wallet);
    HttpResponse<String> file = door.page(export(wallet) + "/descriptor").ada().send();
    assertThat(file.statusCode()).isEqualTo(409);
    assertThat(file.body()).contains("data-token=\"wallet-not-active\"").doesNotContain("tpub");
  }

  @Test
  void anUnknownFormIsNotThere() {
    String path = export(FakeHouse.WALLET) + "/wallet.dat";
    assertThat(door.page(path).ada().send().statusCode()).isEqualTo(404);
  }
}
