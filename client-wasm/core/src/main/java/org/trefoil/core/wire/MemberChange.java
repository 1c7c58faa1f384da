package org.trefoil.core.wire;

import org.jspecify.annotations.Nullable;

/**
 * POST /api/wallets/{id}/members/{account}: another role for a member.
 *
 * @param role null for none: then it is no member any more
 * @param code of the authenticator app, or a recovery code
 */
public record MemberChange(@Nullable MemberRole role, String code) {
  public static MemberChange fromJson(Json json) {
    return json.read(
        f -> new MemberChange(f.optionalChoice("role", MemberRole.values()), f.text("code")));
  }

  public Json toJson() {
    return Json.object().put("role", role == null ? null : role.name()).put("code", code).json();
  }
}
