package org.trefoil.core.export;

import java.util.List;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.wire.Json;

/**
 * Commands for {@code bitcoin-cli}, ready to paste into a shell. Hardened steps are marked {@code
 * h}, so that no quotation mark stands between the shell's own.
 */
final class BitcoinCoreCommands {
  private static final long FIRST_LOOK = 999;

  private BitcoinCoreCommands() {}

  static String write(Cosigners cosigners, String name, long bornAt) {
    String wallet = "trefoil-" + PlainName.slug(name);
    Json descriptors =
        Json.array(
            List.of(Cosigners.RECEIVE, Cosigners.CHANGE),
            branch ->
                Json.object()
                    .put("desc", descriptor(cosigners, branch))
                    .put("timestamp", bornAt)
                    .put("active", true)
                    .put("internal", branch == Cosigners.CHANGE)
                    .put("range", Json.array(List.of(0L, FIRST_LOOK), Json::number))
                    .json());
    return "bitcoin-cli -named createwallet wallet_name="
        + wallet
        + " disable_private_keys=true blank=true\n"
        + "bitcoin-cli -rpcwallet="
        + wallet
        + " importdescriptors '"
        + descriptors.write()
        + "'\n";
  }

  private static String descriptor(Cosigners cosigners, int branch) {
    String body = DescriptorForms.body(cosigners, branch == Cosigners.RECEIVE ? "/0/*" : "/1/*");
    return DescriptorForms.withChecksum(body.replace('\'', 'h'));
  }
}
