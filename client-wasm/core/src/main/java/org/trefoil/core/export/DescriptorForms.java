package org.trefoil.core.export;

import java.util.ArrayList;
import java.util.List;
import org.trefoil.core.keys.CosignerKey;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.DescriptorChecksum;
import org.trefoil.core.wire.Json;

/** What is written with the language of descriptors, or close to it. */
public final class DescriptorForms {
  private static final String BOTH = "/<0;1>/*";

  private DescriptorForms() {}

  /** The descriptor of one branch alone, {@code …/0/*} or {@code …/1/*}, with its checksum. */
  public static String branch(Cosigners cosigners, int branch) {
    return withChecksum(body(cosigners, branch == Cosigners.RECEIVE ? "/0/*" : "/1/*"));
  }

  /** Without its checksum, and with other steps at the end of each key. */
  static String body(Cosigners cosigners, String steps) {
    String text = cosigners.descriptor();
    return text.substring(0, text.lastIndexOf('#')).replace(BOTH, steps);
  }

  static String withChecksum(String body) {
    return body + "#" + DescriptorChecksum.of(body);
  }

  /** One paragraph for each, under a comment; readers take the first. */
  static String file(Cosigners cosigners) {
    return "# Receive and change in one (BIP-0389)\n"
        + cosigners.descriptor()
        + "\n\n# Receive\n"
        + branch(cosigners, Cosigners.RECEIVE)
        + "\n\n# Change\n"
        + branch(cosigners, Cosigners.CHANGE)
        + "\n";
  }

  /** BIP-0129: version, template, the paths it is used with, the first address. */
  static String bsms(Cosigners cosigners) {
    return "BSMS 1.0\n"
        + body(cosigners, "/**")
        + "\n/0/*,/1/*\n"
        + cosigners.address(Cosigners.RECEIVE, 0);
  }

  /** BIP-0388's two parts, and the name that a device shows. */
  static String policy(Cosigners cosigners, String name) {
    return Json.object()
            .put("name", PlainName.slug(name))
            .put("descriptor_template", template(cosigners))
            .putTexts("keys_info", keysInfo(cosigners))
            .json()
            .write()
        + "\n";
  }

  /** {@code wsh(sortedmulti(2,@0/**,@1/**,@2/**))}. */
  static String template(Cosigners cosigners) {
    String text = body(cosigners, "/**");
    List<CosignerKey> keys = cosigners.keys();
    for (int i = 0; i < keys.size(); i++) {
      text = text.replace(keys.get(i).expression(), "@" + i);
    }
    return text;
  }

  static List<String> keysInfo(Cosigners cosigners) {
    List<String> info = new ArrayList<>();
    for (CosignerKey key : cosigners.keys()) {
      info.add(key.expression());
    }
    return info;
  }
}
