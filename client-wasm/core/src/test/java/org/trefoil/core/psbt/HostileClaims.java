package org.trefoil.core.psbt;

import java.util.List;
import java.util.Random;

/** What the PSBT says beside its transaction is wrong, there twice, or does not belong there. */
final class HostileClaims extends HostileGroup {
  HostileClaims(Psbt good, Random random, List<HostilePsbt> corpus) {
    super(good, random, corpus);
  }

  @Override
  void round() {
    claims();
    maps();
  }

  private void claims() {
    int input = pick(good.inputs().size());
    add(
        "input-amount-wrong",
        p -> flip(p.inputs.get(input), FieldRules.WITNESS_UTXO, pick(4)),
        "wrong-input-amount",
        MALFORMED);
    add(
        "input-script-wrong",
        p -> flip(p.inputs.get(input), FieldRules.WITNESS_UTXO, 12),
        "foreign-input",
        MALFORMED);
    add("utxo-missing", p -> p.inputs.get(input).removeIf(f -> f.type() <= 1), MALFORMED);
    add(
        "witness-script-wrong",
        p -> flip(p.inputs.get(input), FieldRules.WITNESS_SCRIPT, 3 + pick(90)),
        MALFORMED);
    add(
        "redeem-script-added",
        p -> p.inputs.get(input).add(PsbtField.of(FieldRules.REDEEM_SCRIPT, bytes(34, 34))),
        MALFORMED);
    add(
        "derivation-wrong",
        p -> flip(p.inputs.get(input), FieldRules.BIP32_DERIVATION, pick(28)),
        MALFORMED);
    add(
        "final-already",
        p ->
            p.inputs
                .get(input)
                .add(PsbtField.of(FieldRules.FINAL_SCRIPT_WITNESS, new byte[] {1, 0})),
        MALFORMED);
    add(
        "previous-transaction-wrong",
        p -> {
          p.inputs.get(input).removeIf(f -> f.type() == 0);
          p.inputs.get(input).add(0, PsbtField.of(0, good.unsignedTx().bytes()));
        },
        MALFORMED);
  }

  private void maps() {
    int input = pick(good.inputs().size());
    add("key-twice", p -> p.inputs.get(input).add(p.inputs.get(input).get(0)), MALFORMED);
    add(
        "key-twice-among-many",
        p -> {
          for (int i = 0; i < 40; i++) {
            p.inputs.get(input).add(PsbtField.of(0xf0, new byte[] {(byte) (i % 39)}, new byte[0]));
          }
        },
        MALFORMED);
    add(
        "fields-without-end",
        p -> {
          for (int i = 0; i < 2_000; i++) {
            p.inputs
                .get(input)
                .add(PsbtField.of(0xf0, new byte[] {(byte) i, (byte) (i >> 8)}, new byte[0]));
          }
        },
        MALFORMED);
    add("map-missing", p -> p.inputs.remove(input), MALFORMED);
    add("map-more", p -> p.outputs.add(List.of()), MALFORMED);
    add(
        "version-2",
        p -> p.global.add(PsbtField.of(0xfb, new byte[] {2, 0, 0, 0})),
        "psbt-version");
    add(
        "version-2-field",
        p -> p.inputs.get(input).add(PsbtField.of(0x0e, bytes(32, 32))),
        MALFORMED);
    add(
        "key-with-data",
        p -> p.inputs.get(input).add(PsbtField.of(5, bytes(1, 1), bytes(9, 9))),
        MALFORMED);
    add(
        "public-key-short",
        p -> p.inputs.get(input).add(PsbtField.of(6, bytes(32, 32), bytes(4, 4))),
        MALFORMED);
  }
}
