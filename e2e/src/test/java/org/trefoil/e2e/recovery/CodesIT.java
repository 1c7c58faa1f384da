package org.trefoil.e2e.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.nayuki.qrcodegen.QrCode;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WrapsDriver;
import org.trefoil.core.address.Address;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.psbt.Psbt;
import org.trefoil.core.units.FeeRate;
import org.trefoil.core.units.Network;
import org.trefoil.core.ur.UrDecoder;
import org.trefoil.core.ur.UrEncoder;
import org.trefoil.custody.recover.CoinReport;
import org.trefoil.custody.recover.CoinSearch;
import org.trefoil.custody.recover.OwnPlaces;
import org.trefoil.custody.recover.Spending;
import org.trefoil.custody.scan.GreyPicture;
import org.trefoil.custody.scan.QrReader;
import org.trefoil.e2e.harness.Browser;
import org.trefoil.e2e.harness.Tool;

/**
 * Codes before a camera and as pictures: those of the printed sheets, and those in which a
 * transaction goes from one device to the other and back.
 */
final class CodesIT {
  private static final int SIDE = 800;

  private final Sheets sheets = Sheets.of("codes");
  private final Cosigners cosigners = sheets.cosigners();

  @Test
  void aCameraAndPicturesReadTheSheetsAndASpendThatComesInManyCodes() throws IOException {
    Path folder = Files.createTempDirectory("trefoil-codes");
    Tool.output("pdftoppm", "-r", "150", "-png", sheets.pdf().toString(), folder + "/sheet");
    BufferedImage sheetA = ImageIO.read(folder.resolve("sheet-1.png").toFile());
    Path film = folder.resolve("film.y4m");
    film(film, List.of(sheetA));
    Path nothing = picture(folder.resolve("nothing.png"), page());
    Path noPicture = Files.writeString(folder.resolve("note.png"), "no picture");
    try (Browser browser = Browser.openWithCamera(film)) {
      RecoveryPage page = RecoveryPage.opened(browser);
      browser.choose("paper-file", noPicture);
      assertThat(browser.refusal("picture-unreadable")).contains("PDF");
      browser.choose("paper-file", nothing);
      assertThat(browser.refusal("no-code-found")).contains("light");
      browser.click("camera");
      assertThat(browser.read("paper-read"))
          .isEqualTo(
              "Read: the descriptor of the wallet “" + String.join(" ", cosigners.words()) + "”.");
      browser.drop("paper-file-drop", folder.resolve("sheet-2.png"));
      browser.until(
          () -> browser.read("paper-read").contains("the sealed user key") ? true : null,
          "sheet B is read");
      assertThat(page.text("descriptor")).isEqualTo(cosigners.descriptor());

      UrEncoder codes = UrEncoder.psbt(unsigned().serialize(), 150);
      assertThat(codes.count()).isGreaterThan(3);
      List<BufferedImage> shown = new ArrayList<>();
      for (int part = 1; part <= 3 * codes.count(); part++) {
        shown.add(coded(codes.part(part)));
      }
      film(film, shown);
      page.goesOn();
      browser.click("recover-psbt");
      browser.click("camera");
      browser.see("review-recipient");
      browser.shot("recovery-psbt-filmed");
      browser.click("review-back");

      List<String> files = new ArrayList<>();
      for (int part = shown.size(); part > 1; part--) {
        Path file = folder.resolve("code-" + part + ".png");
        files.add(picture(file, shown.get(part - 1)).toString());
      }
      WebElement chooser = browser.all("psbt-file").get(0);
      chooser.sendKeys(files.get(0));
      assertThat(browser.read("codes-progress")).matches("Reading the codes: [1-9]\\d? %");
      chooser.sendKeys(String.join("\n", files.subList(1, files.size())));
      browser.see("review-recipient");

      page.opensWords(sheets.words()).has("backup");
      browser.click("sign");
      browser.see("half-signed");
      assertThat(filmed(browser)).isEqualTo(Psbt.parseBase64(page.text("psbt-text")).serialize());
      assertThat(browser.console()).doesNotContain("SEVERE");
    }
  }

  private Psbt unsigned() {
    String address = cosigners.address(Cosigners.CHANGE, 12);
    CoinReport report = CoinReport.read(Sheets.listed("ef".repeat(32), 2, address, "0.7"));
    CoinSearch search = CoinSearch.begin(new OwnPlaces(cosigners), List.of(report));
    String to = cosigners.address(Cosigners.RECEIVE, 9);
    return Spending.everything(
            search.run(), Address.parse(to, Network.REGTEST), FeeRate.ofSatPerVb("2"))
        .psbt();
  }

  /** What another device films of the codes that are shown in turn. */
  static byte[] filmed(Browser browser) {
    UrDecoder decoder = new UrDecoder();
    return browser.until(
        () -> {
          for (String text : scanned(browser, "psbt-qr")) {
            decoder.take(text);
          }
          return decoder.message();
        },
        "all codes were filmed");
  }

  /** What the codes in this element say, as they stand on the screen. */
  static List<String> scanned(Browser browser, String testId) {
    return QrReader.read(grey(browser, testId));
  }

  private static GreyPicture grey(Browser browser, String testId) {
    try {
      WebElement code = browser.see(testId);
      ((JavascriptExecutor) ((WrapsDriver) code).getWrappedDriver())
          .executeScript("arguments[0].scrollIntoView({block:'center'})", code);
      byte[] png = code.getScreenshotAs(OutputType.BYTES);
      BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
      byte[] grey = new byte[image.getWidth() * image.getHeight()];
      for (int i = 0; i < grey.length; i++) {
        grey[i] = (byte) (image.getRGB(i % image.getWidth(), i / image.getWidth()) >> 8);
      }
      return new GreyPicture(image.getWidth(), image.getHeight(), grey);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static BufferedImage page() {
    BufferedImage page = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = page.createGraphics();
    pen.setColor(Color.WHITE);
    pen.fillRect(0, 0, SIDE, SIDE);
    pen.dispose();
    return page;
  }

  private static BufferedImage coded(String text) {
    BufferedImage page = page();
    QrCode code = QrCode.encodeText(text, QrCode.Ecc.MEDIUM);
    int module = 10;
    for (int y = 0; y < code.size * module; y++) {
      for (int x = 0; x < code.size * module; x++) {
        if (code.getModule(x / module, y / module)) {
          page.setRGB(60 + x, 60 + y, 0);
        }
      }
    }
    return page;
  }

  private static Path picture(Path file, BufferedImage image) throws IOException {
    ImageIO.write(image, "png", file.toFile());
    return file;
  }

  /** Pictures of one size as a film: grey in full, colours at a quarter and neutral. */
  private static void film(Path film, List<BufferedImage> pictures) throws IOException {
    int width = pictures.get(0).getWidth() / 2 * 2;
    int height = pictures.get(0).getHeight() / 2 * 2;
    byte[] neutral = new byte[width / 2 * (height / 2) * 2];
    Arrays.fill(neutral, (byte) 128);
    byte[] grey = new byte[width * height];
    try (OutputStream out = Files.newOutputStream(film)) {
      String head = "YUV4MPEG2 W" + width + " H" + height + " F3:1 Ip A1:1 C420jpeg\n";
      out.write(head.getBytes(StandardCharsets.US_ASCII));
      for (BufferedImage picture : pictures) {
        for (int i = 0; i < grey.length; i++) {
          grey[i] = (byte) (picture.getRGB(i % width, i / width) >> 8);
        }
        out.write("FRAME\n".getBytes(StandardCharsets.US_ASCII));
        out.write(grey);
        out.write(neutral);
      }
    }
  }
}
