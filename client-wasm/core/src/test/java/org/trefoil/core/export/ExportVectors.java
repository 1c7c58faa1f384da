package org.trefoil.core.export;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.trefoil.core.keys.CosignerKey;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.core.units.Network;
import org.trefoil.core.units.Splitter;
import org.trefoil.core.vectors.Outcome;

/** The records of BIP-0129 and the policies of BIP-0388 that our kind of wallet has. */
public final class ExportVectors {
  private ExportVectors() {}

  /** A record is written as the BIP has it, from the keys in it. */
  public static Outcome bip129(Function<String, String> files) {
    Outcome outcome = new Outcome("BIP-0129");
    for (String[] record : Outcome.columns(files.apply("bip-0129/records.txt"), 4)) {
      String inner = record[1].substring("wsh(sortedmulti(2,".length(), record[1].length() - 2);
      List<String> keys = new ArrayList<>();
      for (String key : Splitter.split(inner, ",")) {
        keys.add(key.substring(0, key.length() - "/**".length()));
      }
      String written = ExportForm.BSMS.write(cosigners(keys), "", 0);
      outcome.same(record[3], String.join("|", record), written.replace('\n', '|'));
    }
    return outcome;
  }

  /** Template and keys come from the descriptor's keys, and lead back to it. */
  public static Outcome bip388(Function<String, String> files) {
    Outcome outcome = new Outcome("BIP-0388");
    for (String[] policy : Outcome.columns(files.apply("bip-0388/policies.txt"), 3)) {
      List<String> keys = Splitter.split(policy[1], ",");
      Cosigners cosigners = cosigners(keys);
      outcome.same("template", policy[0], DescriptorForms.template(cosigners));
      outcome.same("keys", keys, DescriptorForms.keysInfo(cosigners));
      String descriptor = cosigners.descriptor();
      outcome.same("again", policy[2], descriptor.substring(0, descriptor.indexOf('#')));
    }
    return outcome;
  }

  private static Cosigners cosigners(List<String> keys) {
    List<CosignerKey> parsed = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      parsed.add(CosignerKey.parse(KeyRole.values()[i], keys.get(i), Network.MAINNET));
    }
    return new Cosigners(Network.MAINNET, ScriptType.P2WSH, 2, parsed);
  }
}
