package org.trefoil.core.keys;

/** What the four version bytes of an extended key say (BIP-0032, SLIP-0132). */
enum XpubVersion {
  MAIN,
  TEST,
  PRIVATE,
  UNKNOWN;

  static XpubVersion of(int version) {
    return switch (version) {
      // xpub ypub zpub Ypub Zpub
      case 0x0488b21e, 0x049d7cb2, 0x04b24746, 0x0295b43f, 0x02aa7ed3 -> MAIN;
      // tpub upub vpub Upub Vpub
      case 0x043587cf, 0x044a5262, 0x045f1cf6, 0x024289ef, 0x02575483 -> TEST;
      // xprv yprv zprv Yprv Zprv, tprv uprv vprv Uprv Vprv
      case 0x0488ade4, 0x049d7878, 0x04b2430c, 0x0295b005, 0x02aa7a99 -> PRIVATE;
      case 0x04358394, 0x044a4e28, 0x045f18bc, 0x024285b5, 0x02575048 -> PRIVATE;
      default -> UNKNOWN;
    };
  }
}
