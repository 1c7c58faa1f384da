package org.trefoil.core.keys;

/** How the m-of-n script of a wallet is wrapped into its outputs. */
public enum ScriptType {
  /** {@code wsh(…)}: native SegWit (BIP-0141), the default. */
  P2WSH,
  /** {@code sh(wsh(…))}: SegWit inside a BIP-0016 output. */
  P2SH_P2WSH,
  /** {@code sh(…)}: BIP-0016 as before SegWit; the script is at most 520 bytes. */
  P2SH
}
