package org.trefoil.core;

/**
 * Every reason for which the product says no. The text is stable: it is the {@code code} of a
 * problem answer, the key of the sentence in {@code web/refusals.properties}, and what tests name.
 */
public enum Token {
  // amounts
  AMOUNT_MALFORMED("amount-malformed"),
  AMOUNT_TOO_PRECISE("amount-too-precise"),
  AMOUNT_TOO_LARGE("amount-too-large"),
  FEE_RATE_MALFORMED("fee-rate-malformed"),

  // addresses and payment URIs
  ADDRESS_OTHER_NETWORK("address-other-network"),
  ADDRESS_MISTYPED("address-mistyped"),
  ADDRESS_CHECKSUM("address-checksum"),
  ADDRESS_MIXED_CASE("address-mixed-case"),
  ADDRESS_UNKNOWN_FORM("address-unknown-form"),
  ADDRESS_FUTURE_VERSION("address-future-version"),
  ADDRESS_MISSING("address-missing"),
  URI_MALFORMED("uri-malformed"),
  URI_REPEATED("uri-repeated"),
  URI_NO_ADDRESS("uri-no-address"),
  URI_UNKNOWN_REQUIREMENT("uri-unknown-requirement"),

  // keys and descriptors
  KEY_MALFORMED("key-malformed"),
  KEY_CHARACTER("key-character"),
  KEY_CHECKSUM("key-checksum"),
  KEY_OTHER_NETWORK("key-other-network"),
  KEY_DEPTH("key-depth"),
  KEY_NOT_ON_CURVE("key-not-on-curve"),
  KEY_ORIGIN_MISSING("key-origin-missing"),
  KEY_ORIGIN_MALFORMED("key-origin-malformed"),
  KEY_REPEATED("key-repeated"),
  KEY_UNUSABLE("key-unusable"),
  KEY_PATH_MALFORMED("key-path-malformed"),
  PRIVATE_KEY_PASTED("private-key-pasted"),
  DESCRIPTOR_MALFORMED("descriptor-malformed"),
  DESCRIPTOR_CHECKSUM("descriptor-checksum"),
  DESCRIPTOR_MISTYPED("descriptor-mistyped"),
  DESCRIPTOR_UNSORTED("descriptor-unsorted"),
  DESCRIPTOR_UNSUPPORTED("descriptor-unsupported"),
  DESCRIPTOR_THRESHOLD("descriptor-threshold"),
  DESCRIPTOR_TOO_MANY_KEYS("descriptor-too-many-keys"),
  ENDORSEMENT_WRONG("endorsement-wrong"),
  STATEMENT_WRONG("statement-wrong"),

  // paper
  PDF_PASSWORD_LENGTH("pdf-password-length"),
  PDF_PASSWORD_CHARACTER("pdf-password-character"),
  PDF_PASSWORD_NEEDED("pdf-password-needed"),
  PDF_PASSWORD_WRONG("pdf-password-wrong"),
  PDF_NOT_OURS("pdf-not-ours"),

  // messages
  JSON_MALFORMED("json-malformed"),
  TOO_DEEP("too-deep"),
  TOO_LARGE("too-large"),
  UNKNOWN_FIELD("unknown-field"),
  MISSING_FIELD("missing-field"),
  WRONG_TYPE("wrong-type"),
  RESCAN_FROM("rescan-from"),
  WRONG_VALUE("wrong-value"),
  UNKNOWN_MESSAGE("unknown-message"),

  // coins named by other programs
  COINS_UNRECOGNISED("coins-unrecognised"),
  COINS_MALFORMED("coins-malformed"),
  COINS_NEED_ADDRESS("coins-need-address"),

  // transactions
  PSBT_MALFORMED("psbt-malformed"),
  PSBT_VERSION("psbt-version"),
  SURPRISE_OUTPUT("surprise-output"),
  MISSING_OUTPUT("missing-output"),
  WRONG_AMOUNT("wrong-amount"),
  FOREIGN_INPUT("foreign-input"),
  DUPLICATE_INPUT("duplicate-input"),
  WRONG_INPUT_AMOUNT("wrong-input-amount"),
  FOREIGN_CHANGE("foreign-change"),
  FEE_TOO_HIGH("fee-too-high"),
  FEE_TOO_LOW("fee-too-low"),
  DUST("dust"),
  SIGHASH_NOT_ALL("sighash-not-all"),
  OTHER_NETWORK("other-network"),
  LOCKTIME_SURPRISE("locktime-surprise"),
  SEQUENCE_SURPRISE("sequence-surprise"),
  VERSION_SURPRISE("version-surprise"),
  TOO_MANY_INPUTS("too-many-inputs"),
  NOTHING_TO_SEND("nothing-to-send"),
  INSUFFICIENT_FUNDS("insufficient-funds"),
  CHANGE_WRONG("change-wrong"),
  SIGNATURE_MISSING("signature-missing"),
  SIGNATURE_WRONG("signature-wrong"),
  NONCE_REPEATED("nonce-repeated"),
  NOT_FINAL("not-final"),
  OTHER_SPEND("other-spend"),
  NOT_SIGNED_YET("not-signed-yet"),
  SPEND_COMPLETE("spend-complete"),
  UR_MALFORMED("ur-malformed"),
  REPLACEMENT_OTHER_COINS("replacement-other-coins"),
  REPLACEMENT_OTHER_RECIPIENTS("replacement-other-recipients"),
  REPLACEMENT_FEE_TOO_LOW("replacement-fee-too-low"),
  REPLACEMENT_NO_ROOM("replacement-no-room"),

  // passcodes, sealed keys, paper
  ENTROPY_MISSING("entropy-missing"),
  PASSCODE_WRONG("passcode-wrong"),
  PASSCODE_WEAK_SHORT("passcode-weak-short"),
  PASSCODE_WEAK_COMMON("passcode-weak-common"),
  PASSCODE_WEAK_CONTEXT("passcode-weak-context"),
  PASSCODE_WEAK_PATTERN("passcode-weak-pattern"),
  PASSCODE_MISMATCH("passcode-mismatch"),
  PASSCODE_UNSUPPORTED_CHARACTER("passcode-unsupported-character"),
  PASSWORD_WEAK_SHORT("password-weak-short"),
  PASSWORD_WEAK_COMMON("password-weak-common"),
  PASSWORD_WEAK_CONTEXT("password-weak-context"),
  PASSWORD_WEAK_PATTERN("password-weak-pattern"),
  PASSWORD_MISMATCH("password-mismatch"),
  ENVELOPE_DAMAGED("envelope-damaged"),
  ENVELOPE_MISTYPED("envelope-mistyped"),
  ENVELOPE_VERSION("envelope-version"),
  KEY_SET_CHANGED("key-set-changed"),
  COLD_KEY_PATH("cold-key-path"),
  WORDS_COUNT("words-count"),
  WORD_UNKNOWN("word-unknown"),
  WORDS_CHECKSUM("words-checksum"),
  WORDS_MISTYPED("words-mistyped"),
  PAPER_WORD_WRONG("paper-word-wrong"),
  PAPER_OTHER_KEY("paper-other-key"),
  ADDRESS_NOT_OURS("address-not-ours"),
  VAULT_SELFTEST_FAILED("vault-selftest-failed"),
  VAULT_COVERED("vault-covered"),
  VAULT_TAMPERED("vault-tampered"),
  VAULT_LATE("vault-late"),
  VAULT_CLOSED("vault-closed"),
  BROWSER_TOO_OLD("browser-too-old"),

  // account and session
  EMAIL_MALFORMED("email-malformed"),
  EMAIL_TAKEN("email-taken"),
  PROOF_MALFORMED("proof-malformed"),
  KDF_TOO_WEAK("kdf-too-weak"),
  KDF_TOO_COSTLY("kdf-too-costly"),
  SIGNIN_WRONG("signin-wrong"),
  PASSWORD_WRONG("password-wrong"),
  NOT_SIGNED_IN("not-signed-in"),
  FACTOR_MISSING("factor-missing"),
  FACTOR_ALREADY_ENROLLED("factor-already-enrolled"),
  CODE_WRONG("code-wrong"),
  CODE_USED("code-used"),
  TOO_MANY_TRIES("too-many-tries"),

  // wallets and sends
  NOT_FOUND("not-found"),
  NAME_MALFORMED("name-malformed"),
  REQUEST_ID_MALFORMED("request-id-malformed"),
  REQUEST_REUSED("request-reused"),
  TOO_MANY_WALLETS("too-many-wallets"),
  WALLET_NOT_ACTIVE("wallet-not-active"),
  ADDRESSES_WAITING("addresses-waiting"),
  ADDRESSES_USED_UP("addresses-used-up"),
  WALLET_ALREADY_ACTIVE("wallet-already-active"),
  WALLET_ALREADY_STORED("wallet-already-stored"),
  WRONG_STATE("wrong-state"),
  KEYS_DO_NOT_MATCH("keys-do-not-match"),
  FIRST_ADDRESS_WRONG("first-address-wrong"),
  NOTE_TOO_LONG("note-too-long"),
  COINS_TAKEN("coins-taken"),
  SEND_DIFFERS("send-differs"),
  SEND_EXPIRED("send-expired"),
  SEND_NOT_PENDING("send-not-pending"),
  ALREADY_CONFIRMED("already-confirmed"),
  NOT_REPLACEABLE("not-replaceable"),
  LIMIT_DAILY("limit-daily"),
  CHAIN_UNAVAILABLE("chain-unavailable"),
  PRACTICE_ONLY("practice-only"),

  // transport
  WRONG_ORIGIN("wrong-origin"),
  WRONG_CONTENT_TYPE("wrong-content-type"),
  METHOD_NOT_ALLOWED("method-not-allowed"),
  NOT_ACCEPTABLE("not-acceptable"),
  INTERNAL_ERROR("internal-error"),
  STORE_UNAVAILABLE("store-unavailable"),
  STORE_BUSY("store-busy"),
  SHUTTING_DOWN("shutting-down"),
  SERVER_FENCED("server-fenced"),
  SERVER_RETIRED("server-retired"),
  UNREACHABLE("unreachable");

  private final String token;

  Token(String token) {
    this.token = token;
  }

  /** Kebab-case text, for example {@code fee-too-high}. */
  public String token() {
    return token;
  }
}
