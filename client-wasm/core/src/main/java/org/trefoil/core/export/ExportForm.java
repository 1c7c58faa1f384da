package org.trefoil.core.export;

import org.trefoil.core.keys.Cosigners;

/** A form in which other software takes a wallet. */
public enum ExportForm {
  /** One multipath descriptor (BIP-0389), and the same as two. */
  DESCRIPTOR(
      "descriptor",
      ".descriptor.txt",
      "Descriptor",
      "The whole wallet in one line, for Sparrow (Import Wallet, Output Descriptor), Nunchuk,"
          + " Specter and whatever else takes descriptors; below it as two lines, for software that"
          + " wants receive and change apart."),
  /** BIP-0129, the record of the second round, not encrypted. */
  BSMS(
      "bsms",
      ".bsms",
      "BSMS file (BIP-0129)",
      "For Sparrow, Nunchuk, Bitcoin Keeper and signing devices that take the common file of"
          + " multi-signature wallets. Its last line is the wallet's first address."),
  /** BIP-0388. */
  POLICY(
      "policy",
      ".policy.json",
      "Wallet policy (BIP-0388)",
      "What Ledger, BitBox02 and Jade have you register before they sign for a wallet of several"
          + " keys."),
  /** Commands for bitcoin-cli. */
  BITCOIN_CORE(
      "bitcoin-core",
      ".bitcoin-core.txt",
      "Bitcoin Core",
      "Two commands for your own node: the first makes a wallet that only watches, the second"
          + " gives it your addresses and looks through the chain for your coins."),
  /** A wallet file of Electrum 4.0 and newer. */
  ELECTRUM(
      "electrum",
      ".electrum.json",
      "Electrum wallet file",
      "Open it with Electrum (File, Open): it watches, and makes transactions that your keys sign"
          + " elsewhere."),
  /** A wallet configuration of Caravan. */
  CARAVAN(
      "caravan",
      ".caravan.json",
      "Caravan configuration",
      "For Caravan and Unchained (Import Wallet Configuration), and Sparrow."),
  /** The text file that Coldcard began with and many devices read. */
  MULTISIG_TEXT(
      "multisig-text",
      ".multisig.txt",
      "Multisig set-up text",
      "For Coldcard, Keystone, Passport and Sparrow (Coldcard Multisig): the device needs it once"
          + " before it signs.");

  private final String id;
  private final String ending;
  private final String title;
  private final String use;

  ExportForm(String id, String ending, String title, String use) {
    this.id = id;
    this.ending = ending;
    this.title = title;
    this.use = use;
  }

  /** The form called {@code id}; {@link IllegalArgumentException} when there is none. */
  public static ExportForm of(String id) {
    for (ExportForm form : values()) {
      if (form.id.equals(id)) {
        return form;
      }
    }
    throw new IllegalArgumentException("no form of that name");
  }

  /** How links name it. */
  public String id() {
    return id;
  }

  /** What people call it. */
  public String title() {
    return title;
  }

  /** What it is for, one plain sentence or two. */
  public String use() {
    return use;
  }

  /** {@code trefoil-savings.bsms}: plain letters and digits of the wallet's name only. */
  public String fileName(String name) {
    return "trefoil-" + PlainName.slug(name) + ending;
  }

  /** {@code text/plain} or {@code application/json}. */
  public String mediaType() {
    return ending.endsWith(".json") ? "application/json" : "text/plain";
  }

  /**
   * The file's text.
   *
   * @param name as the person chose it
   * @param bornAt epoch seconds before which the wallet had no coins; 0 when nobody knows
   */
  public String write(Cosigners cosigners, String name, long bornAt) {
    return switch (this) {
      case DESCRIPTOR -> DescriptorForms.file(cosigners);
      case BSMS -> DescriptorForms.bsms(cosigners);
      case POLICY -> DescriptorForms.policy(cosigners, name);
      case BITCOIN_CORE -> BitcoinCoreCommands.write(cosigners, name, bornAt);
      case ELECTRUM -> ElectrumWallet.write(cosigners);
      case CARAVAN -> CaravanFile.write(cosigners, name);
      case MULTISIG_TEXT -> MultisigText.write(cosigners, name);
    };
  }
}
