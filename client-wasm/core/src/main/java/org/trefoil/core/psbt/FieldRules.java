package org.trefoil.core.psbt;

/**
 * The form of each field of BIP-0174 version 0: how long its key and its value may be. Fields we do
 * not know pass; those that only version 2 may have (BIP-0370) are refused.
 *
 * <p>Public keys are checked for length and first byte, not for being on the curve: that costs a
 * square root for each, and a key that matters is compared with one that we derive.
 */
final class FieldRules {
  static final int UNSIGNED_TX = 0x00;
  static final int XPUB = 0x01;
  static final int VERSION = 0xfb;

  static final int NON_WITNESS_UTXO = 0x00;
  static final int WITNESS_UTXO = 0x01;
  static final int PARTIAL_SIG = 0x02;
  static final int SIGHASH_TYPE = 0x03;
  static final int REDEEM_SCRIPT = 0x04;
  static final int WITNESS_SCRIPT = 0x05;
  static final int BIP32_DERIVATION = 0x06;
  static final int FINAL_SCRIPT_SIG = 0x07;
  static final int FINAL_SCRIPT_WITNESS = 0x08;

  static final int OUT_REDEEM_SCRIPT = 0x00;
  static final int OUT_WITNESS_SCRIPT = 0x01;
  static final int OUT_BIP32_DERIVATION = 0x02;

  private FieldRules() {}

  static void checkGlobal(PsbtMap map) {
    for (PsbtField field : map.fields()) {
      int type = field.type();
      if (type == UNSIGNED_TX || type == VERSION || type == 0x07) {
        bareKey(field);
      } else if (type == XPUB) {
        size(field.key.length == 79 && path(field.value, 4), "global-xpub");
      } else if (type >= 0x02 && type <= 0x06) {
        notOfVersion2(field);
      }
    }
  }

  static void checkInput(PsbtMap map) {
    for (PsbtField field : map.fields()) {
      int type = field.type();
      switch (type) {
        case NON_WITNESS_UTXO:
        case WITNESS_UTXO:
        case REDEEM_SCRIPT:
        case WITNESS_SCRIPT:
        case FINAL_SCRIPT_SIG:
        case FINAL_SCRIPT_WITNESS:
        case 0x09:
          bareKey(field);
          break;
        case SIGHASH_TYPE:
          bareKey(field);
          size(field.value.length == 4, "sighash-type");
          break;
        case PARTIAL_SIG:
          publicKey(field);
          break;
        case BIP32_DERIVATION:
          derivation(field);
          break;
        case 0x0a:
        case 0x0c:
          size(field.key.length == 21, "preimage");
          break;
        case 0x0b:
        case 0x0d:
          size(field.key.length == 33, "preimage");
          break;
        case 0x0e:
        case 0x0f:
        case 0x10:
        case 0x11:
        case 0x12:
          notOfVersion2(field);
          break;
        default:
          break;
      }
    }
  }

  static void checkOutput(PsbtMap map) {
    for (PsbtField field : map.fields()) {
      int type = field.type();
      if (type == OUT_REDEEM_SCRIPT || type == OUT_WITNESS_SCRIPT) {
        bareKey(field);
      } else if (type == OUT_BIP32_DERIVATION) {
        derivation(field);
      } else if (type == 0x03 || type == 0x04) {
        notOfVersion2(field);
      }
    }
  }

  private static void bareKey(PsbtField field) {
    size(field.key.length == 1, "key-data-not-allowed");
  }

  /** BIP-0370's fields have no key data; with such data it is one that we do not know. */
  private static void notOfVersion2(PsbtField field) {
    size(field.key.length > 1, "field-of-version-2");
  }

  private static void derivation(PsbtField field) {
    publicKey(field);
    size(path(field.value, 4), "derivation");
  }

  private static boolean path(byte[] value, int least) {
    return value.length >= least && value.length % 4 == 0;
  }

  private static void publicKey(PsbtField field) {
    int length = field.key.length - 1;
    int first = length == 0 ? 0 : field.key[1];
    boolean compressed = length == 33 && (first == 2 || first == 3);
    boolean uncompressed = length == 65 && first == 4;
    size(compressed || uncompressed, "public-key");
  }

  private static void size(boolean right, String reason) {
    if (!right) {
      throw ByteReader.malformed(reason);
    }
  }
}
