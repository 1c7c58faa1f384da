package org.trefoil.core.units;

import org.bitcoinj.base.BitcoinNetwork;

/** The four chains a wallet can live on; a key or address of one is refused on another. */
public enum Network {
  MAINNET("mainnet", 0, "bc", 0x00, 0x05),
  TESTNET("testnet", 1, "tb", 0x6f, 0xc4),
  SIGNET("signet", 1, "tb", 0x6f, 0xc4),
  REGTEST("regtest", 1, "bcrt", 0x6f, 0xc4);

  private final String id;
  private final int coinType;
  private final String hrp;
  private final int p2pkhVersion;
  private final int p2shVersion;

  Network(String id, int coinType, String hrp, int p2pkhVersion, int p2shVersion) {
    this.id = id;
    this.coinType = coinType;
    this.hrp = hrp;
    this.p2pkhVersion = p2pkhVersion;
    this.p2shVersion = p2shVersion;
  }

  /** The network called {@code id}; an id of ours is never typed by a person. */
  public static Network of(String id) {
    for (Network network : values()) {
      if (network.id.equals(id)) {
        return network;
      }
    }
    throw new IllegalArgumentException("no network of that name");
  }

  /** {@code mainnet}, {@code testnet}, {@code signet} or {@code regtest}. */
  public String id() {
    return id;
  }

  /** SLIP-0044 coin type, the second step of a BIP-0048 path: 0, or 1 for every test network. */
  public int coinType() {
    return coinType;
  }

  /** Human-readable part of its bech32 addresses. */
  public String hrp() {
    return hrp;
  }

  public int p2pkhVersion() {
    return p2pkhVersion;
  }

  public int p2shVersion() {
    return p2shVersion;
  }

  /** Version bytes of an extended public key (BIP-0032): {@code xpub} or {@code tpub}. */
  public int xpubVersion() {
    return this == MAINNET ? 0x0488b21e : 0x043587cf;
  }

  /** The same in bitcoinj's terms; asked for by the server only, so the vault has none of it. */
  public BitcoinNetwork bitcoinj() {
    return BitcoinNetwork.valueOf(name());
  }
}
