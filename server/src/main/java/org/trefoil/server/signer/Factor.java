package org.trefoil.server.signer;

import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.trefoil.core.wire.Fields;
import org.trefoil.core.wire.Json;
import org.trefoil.core.wire.JsonObject;
import org.trefoil.server.keyfile.Sealed;
import org.trefoil.server.secondfactor.Tries;

/**
 * The second factor of an account.
 *
 * @param secret of its app, sealed for the account
 * @param lastStep the latest step that was used
 * @param tries that were taken in vain
 * @param recovery hashes of its recovery codes
 */
record Factor(
    Sealed secret,
    boolean confirmed,
    long lastStep,
    Map<Tries, Vain> tries,
    List<Recovery> recovery) {

  /**
   * Tries of one kind.
   *
   * @param since epoch seconds of the first
   */
  record Vain(int many, long since) {
    static final Vain NONE = new Vain(0, 0);
  }

  /** One recovery code. */
  record Recovery(String hash, boolean used) {
    static Recovery read(Json json) {
      return json.read(f -> new Recovery(f.base64("hash"), f.bool("used")));
    }

    Json json() {
      return Json.object().put("hash", hash).put("used", used).json();
    }
  }

  Factor {
    tries = Map.copyOf(tries);
    recovery = List.copyOf(recovery);
  }

  Vain vain(Tries kind) {
    return tries.getOrDefault(kind, Vain.NONE);
  }

  Factor with(Sealed other, long step) {
    return new Factor(other, true, step, Map.of(), recovery);
  }

  Factor at(long step) {
    return new Factor(secret, true, step, tries, recovery);
  }

  Factor with(Tries kind, Vain vain) {
    Map<Tries, Vain> all = new EnumMap<>(Tries.class);
    all.putAll(tries);
    all.put(kind, vain);
    return new Factor(secret, confirmed, lastStep, all, recovery);
  }

  Factor with(List<Recovery> others) {
    return new Factor(secret, confirmed, lastStep, tries, others);
  }

  static Factor read(Fields f) {
    Sealed secret = new Sealed(Base64.getDecoder().decode(f.base64("secret")));
    boolean confirmed = f.bool("confirmed");
    long step = f.number("lastStep");
    List<Recovery> recovery = f.list("recovery", Recovery::read);
    Map<Tries, Vain> tries = new EnumMap<>(Tries.class);
    for (Tries kind : Tries.values()) {
      Vain vain = f.optionalValue(kind.name(), Factor::vain);
      if (vain != null) {
        tries.put(kind, vain);
      }
    }
    return new Factor(secret, confirmed, step, tries, recovery);
  }

  private static Vain vain(Json json) {
    return json.read(f -> new Vain(f.count("many"), f.number("since")));
  }

  Json json() {
    JsonObject json =
        Json.object()
            .put("secret", Base64.getEncoder().encodeToString(secret.bytes()))
            .put("confirmed", confirmed)
            .put("lastStep", lastStep)
            .put("recovery", Json.array(recovery, Recovery::json));
    tries.forEach(
        (kind, vain) ->
            json.put(
                kind.name(),
                Json.object().put("many", vain.many()).put("since", vain.since()).json()));
    return json.json();
  }
}
