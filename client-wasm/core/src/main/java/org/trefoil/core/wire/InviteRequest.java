package org.trefoil.core.wire;

/**
 * POST /api/wallets/{id}/invitations: somebody is asked to become a member.
 *
 * @param code of the authenticator app, or a recovery code
 */
public record InviteRequest(String email, MemberRole role, String code) {
  public static InviteRequest fromJson(Json json) {
    return json.read(
        f ->
            new InviteRequest(
                f.text("email"), f.choice("role", MemberRole.values()), f.text("code")));
  }

  public Json toJson() {
    return Json.object().put("email", email).put("role", role.name()).put("code", code).json();
  }
}
