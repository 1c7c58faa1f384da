package org.trefoil.custody.scan;

import com.google.zxing.NotFoundException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.common.DetectorResult;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.multi.qrcode.detector.MultiDetector;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the QR codes of a picture. Numbers, capital letters and bytes are read, and that is all our
 * sheets, other wallets and animated codes use; kanji and codes in parts are passed over.
 */
public final class QrReader {
  /** Larger than this, a photo shows more grain than a code has modules. */
  private static final int WIDE = 1_600;

  private static final int SMALLEST = 200;

  private QrReader() {}

  /**
   * The texts of the codes that are found, each once; none when there is nothing to read. Bytes are
   * UTF-8 where they can be, else ISO 8859-1.
   */
  public static List<String> read(GreyPicture picture) {
    GreyPicture tried = picture;
    while (tried.longestSide() > WIDE) {
      tried = tried.halved();
    }
    List<String> found = once(tried);
    if (found.isEmpty() && tried != picture) {
      found = once(picture);
    }
    if (found.isEmpty() && tried.longestSide() > 2 * SMALLEST) {
      found = once(tried.halved());
    }
    return found;
  }

  private static List<String> once(GreyPicture picture) {
    List<String> texts = new ArrayList<>();
    for (DetectorResult code : codes(picture)) {
      String text = text(code.getBits());
      if (text != null && !texts.contains(text)) {
        texts.add(text);
      }
    }
    return texts;
  }

  private static DetectorResult[] codes(GreyPicture picture) {
    try {
      BitMatrix black = new HybridBinarizer(picture.source()).getBlackMatrix();
      return new MultiDetector(black).detectMulti(null);
    } catch (NotFoundException e) {
      return new DetectorResult[0];
    }
  }

  private static @Nullable String text(BitMatrix modules) {
    byte[] data = QrModules.data(modules);
    return data == null ? null : QrContent.text(data, (modules.getWidth() - 17) / 4);
  }
}
