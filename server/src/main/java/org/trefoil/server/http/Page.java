package org.trefoil.server.http;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.trefoil.csp.PageHeaders;
import org.trefoil.csp.Sha384;

/**
 * Every page: its template, whether it runs the script, whether it embeds the vault, its width; and
 * which of them ask passkeys.
 */
enum Page {
  LANDING("landing", false, false, false),
  SIGNUP("signup", true, true, true),
  SIGNUP_CODE("signup-code", true, true, true),
  SIGNUP_FACTOR("signup-factor", false, false, true),
  SIGNUP_CODES("signup-codes", true, false, true),
  SIGNIN("signin", true, true, true),
  SIGNIN_FACTOR("signin-factor", true, false, true),
  FORGOT("forgot", false, false, true),
  NEW_PASSWORD_CODE("new-password-code", false, false, true),
  NEW_PASSWORD("new-password", true, true, true),
  FACTOR_LOST("factor-lost", true, true, false),
  NEW_FACTOR("new-factor", false, false, true),
  EMAIL("email", true, true, false),
  LINK("link", false, false, true),
  MAIL("mail", true, false, false),
  WALLETS("wallets", true, false, false),
  WALLET_NEW("wallet-new", true, true, false),
  WALLET_CHECK("wallet-check", true, true, false),
  WALLET("wallet", true, false, false),
  RECEIVE("receive", true, true, false),
  SEND("send", true, true, false),
  BUMP("bump", true, true, false),
  BRING_IN("bring-in", true, true, false),
  SEND_STATUS("send-status", true, false, false),
  TRANSACTION("transaction", true, false, false),
  ADDRESSES("addresses", false, false, false),
  EXPORT("export", false, false, false),
  SAFETY("safety", true, false, false),
  RULES("rules", true, true, false),
  MEMBERS("members", true, false, false),
  INVITATION("invitation", false, false, true),
  PASSCODE("passcode", true, true, false),
  REPLACE("replace", true, true, false),
  MOVE("move", true, true, false),
  ACCOUNT("account", true, true, false),
  ACTIVITY("activity", false, false, false),
  PASSKEYS("passkeys", true, false, false),
  RECOVERY("recovery", false, false, true),
  LAUNCHED("launched", true, false, true),
  OPERATOR("operator", false, false, false),
  REFUSED("refused", false, false, true);

  private static final Set<Page> ASK_PASSKEYS =
      EnumSet.of(
          SIGNIN,
          SIGNIN_FACTOR,
          ACCOUNT,
          PASSKEYS,
          EMAIL,
          RECEIVE,
          SEND,
          BUMP,
          BRING_IN,
          PASSCODE,
          RULES,
          MEMBERS,
          REPLACE,
          WALLET_CHECK,
          SEND_STATUS);

  private final String template;
  private final boolean script;
  private final boolean vault;
  private final boolean narrow;

  Page(String template, boolean script, boolean vault, boolean narrow) {
    this.template = template;
    this.script = script;
    this.vault = vault;
    this.narrow = narrow;
  }

  /** The shape of a page as its template sees it. */
  public record Shape(String template, boolean script, boolean vault, boolean narrow) {}

  Shape shape() {
    return new Shape(template, script, vault, narrow);
  }

  String template() {
    return template;
  }

  /** Its headers. */
  Map<String, String> headers(PageHeaders sets, Sha384 ofScript) {
    if (this == LAUNCHED) {
      return sets.openedPage(List.of(ofScript));
    }
    return sets.page(script ? List.of(ofScript) : List.of(), vault, asksPasskeys());
  }

  /** What its headers are called in a release; pages of one kind have the same. */
  String headerSet() {
    if (this == LAUNCHED) {
      return "page-opened";
    }
    String passkeys = asksPasskeys() ? "-passkeys" : "";
    return "page" + (script ? "-script" : "") + (vault ? "-vault" : "") + passkeys;
  }

  boolean script() {
    return script;
  }

  boolean vault() {
    return vault;
  }

  private boolean asksPasskeys() {
    return ASK_PASSKEYS.contains(this);
  }
}
