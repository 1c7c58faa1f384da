package org.trefoil.custody.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.nayuki.qrcodegen.QrCode;
import io.nayuki.qrcodegen.QrSegment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.custody.recover.PaperWallet;

/** QR codes as cameras and scanners see them: turned, soft, grainy, unevenly lit. */
class QrReaderTest {
  private static final PaperWallet WALLET = new PaperWallet("scanned", ScriptType.P2WSH);
  private static final String DESCRIPTOR = WALLET.cosigners().descriptor();

  @ParameterizedTest
  @CsvSource({"3,0,0", "4,7,0", "5,-12,20", "4,45,10", "3.6,90,25", "4.3,181,30", "6,-33,40"})
  void aCodeOfASheetIsReadHoweverItIsTurned(double scale, double degrees, int noise) {
    GreyPicture picture = new Camera(code(DESCRIPTOR), scale, degrees, noise).picture();
    assertThat(QrReader.read(picture)).containsExactly(DESCRIPTOR);
  }

  @ParameterizedTest
  @CsvSource({"4,0,0.2", "5,20,0.3", "5,-70,0.15"})
  void aCodeThatIsSeenAtASlantIsReadToo(double scale, double degrees, double tilt) {
    GreyPicture picture = new Camera(code(DESCRIPTOR), scale, degrees, 15).tilted(tilt).picture();
    assertThat(QrReader.read(picture)).containsExactly(DESCRIPTOR);
  }

  @Test
  void bothCodesOfSheetBAreReadAtOnce() {
    String sealed = WALLET.sealed().text();
    GreyPicture one = new Camera(code(DESCRIPTOR), 4, 0, 10).picture();
    GreyPicture two = new Camera(code(sealed), 4, 0, 10).picture();
    assertThat(QrReader.read(Camera.below(one, two))).containsExactlyInAnyOrder(DESCRIPTOR, sealed);
  }

  @Test
  void aLargePhotoIsReadToo() {
    GreyPicture picture = new Camera(code(DESCRIPTOR), 22, 3, 30).picture();
    assertThat(picture.longestSide()).isGreaterThan(1_600);
    assertThat(QrReader.read(picture)).containsExactly(DESCRIPTOR);
  }

  @Test
  void everySizeLevelAndKindOfTextIsRead() {
    Random random = new Random(18004);
    for (int version = 1; version <= 40; version += version < 10 ? 1 : 5) {
      for (QrCode.Ecc level : QrCode.Ecc.values()) {
        if (version > 9 && level.ordinal() != version / 5 % 4) {
          continue;
        }
        String text = text(version + level.ordinal(), random);
        QrCode code =
            QrCode.encodeSegments(
                QrSegment.makeSegments(text), level, Math.max(version, 3), 40, -1, false);
        GreyPicture picture = new Camera(code, 3, 0, 0).picture();
        assertThat(QrReader.read(picture)).as(version + " " + level).containsExactly(text);
      }
    }
  }

  /** Digits, capitals, bytes; short enough for the smallest code. */
  private static String text(int kind, Random random) {
    String from =
        switch (kind % 3) {
          case 0 -> "0123456789";
          case 1 -> "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
          default -> "abcdefghij\u00e9\u20ac_~";
        };
    StringBuilder text = new StringBuilder();
    for (int i = 1 + random.nextInt(8); i > 0; i--) {
      text.append(from.charAt(random.nextInt(from.length())));
    }
    return text.toString();
  }

  @Test
  void aDamagedCodeIsReadOrNotButNeverMisread() {
    Random random = new Random(42);
    int read = 0;
    for (int i = 0; i < 10; i++) {
      GreyPicture picture = new Camera(code(DESCRIPTOR), 3, 0, 0).blotted(random, 15 * i).picture();
      List<String> texts = QrReader.read(picture);
      assertThat(texts).isSubsetOf(DESCRIPTOR);
      read += texts.size();
    }
    assertThat(read).isBetween(2, 9);
  }

  @Test
  void picturesWithoutACodeGiveNothing() {
    Random random = new Random(7);
    byte[] grain = new byte[300 * 200];
    random.nextBytes(grain);
    byte[] white = new byte[300 * 200];
    Arrays.fill(white, (byte) 255);
    assertThat(QrReader.read(new GreyPicture(300, 200, grain))).isEmpty();
    assertThat(QrReader.read(new GreyPicture(300, 200, white))).isEmpty();
    assertThat(QrReader.read(new GreyPicture(1, 1, new byte[1]))).isEmpty();
  }

  private static QrCode code(String text) {
    return QrCode.encodeBinary(text.getBytes(StandardCharsets.US_ASCII), QrCode.Ecc.MEDIUM);
  }
}
