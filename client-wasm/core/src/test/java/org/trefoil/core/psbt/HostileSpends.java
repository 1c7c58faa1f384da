package org.trefoil.core.psbt;

import java.util.Collections;
import java.util.List;
import java.util.Random;

/** What the transaction does is not what was asked for. */
final class HostileSpends extends HostileGroup {
  HostileSpends(Psbt good, Random random, List<HostilePsbt> corpus) {
    super(good, random, corpus);
  }

  @Override
  void round() {
    payments();
    change();
    coins();
    frame();
  }

  private void payments() {
    add("recipient-swapped", p -> p.scripts.set(p.payment(), script()), "surprise-output");
    add("payment-raised", p -> shift(p, p.payment(), 1 + pick(50)), "wrong-amount");
    add("payment-lowered", p -> shift(p, p.payment(), -1 - pick(50)), "wrong-amount");
    add("payment-dropped", p -> p.dropOutput(p.payment()), "missing-output");
    add(
        "output-added",
        p -> p.addOutput(1_000 + pick(9_000), script(), List.of()),
        "surprise-output");
    add(
        "payment-twice",
        p -> {
          int payment = p.payment();
          p.addOutput(p.amounts.get(payment), p.scripts.get(payment), List.of());
        },
        "surprise-output");
    add(
        "data-output-added",
        p -> p.addOutput(0, new byte[] {0x6a, 1, 7}, List.of()),
        "surprise-output");
    add(
        "outputs-reordered",
        p -> {
          Collections.swap(p.amounts, 0, 1);
          Collections.swap(p.scripts, 0, 1);
          Collections.swap(p.outputs, 0, 1);
        },
        SIGNATURE_WRONG);
  }

  private void change() {
    add("change-swapped", p -> p.scripts.set(p.change(), script()), "foreign-change");
    add(
        "change-swapped-silently",
        p -> {
          int change = p.change();
          p.scripts.set(change, script());
          p.outputs.get(change).clear();
        },
        "surprise-output");
    add("change-lowered", p -> shift(p, p.change(), -5_000 - pick(5_000)), "fee-too-high");
    add("change-raised", p -> shift(p, p.change(), 1 + pick(3_000)), "fee-too-low");
    add("change-dust", p -> p.amounts.set(p.change(), (long) pick(300)), "dust");
    add(
        "change-twice",
        p -> {
          int change = p.change();
          shift(p, change, -5_000);
          p.addOutput(5_000, p.scripts.get(change), p.outputs.get(change));
        },
        "surprise-output");
    add("change-dropped", p -> p.dropOutput(p.change()), "fee-too-high");
    add(
        "change-claims-wrong",
        p -> flip(p.outputs.get(p.change()), 2, 0),
        "change-wrong",
        "foreign-change");
    add("change-script-wrong", p -> flip(p.outputs.get(p.change()), 1, 5), "change-wrong");
  }

  private void coins() {
    int input = pick(good.inputs().size());
    add(
        "input-twice",
        p -> p.addInput(p.outpoints.get(input), p.inputs.get(input)),
        "duplicate-input");
    add("input-foreign", p -> p.addInput(bytes(36, 32), p.inputs.get(input)), "foreign-input");
    add(
        "input-replaced",
        p -> p.outpoints.get(input)[pick(32)] ^= (byte) (1 << pick(8)),
        "foreign-input");
    add("input-other-output", p -> p.outpoints.get(input)[32] ^= 0x40, "foreign-input");
    add("input-dropped", p -> p.dropInput(input), "fee-too-low");
    add(
        "inputs-none",
        p -> {
          while (!p.outpoints.isEmpty()) {
            p.dropInput(0);
          }
        },
        "nothing-to-send");
    add(
        "inputs-without-end",
        p -> {
          for (int i = 0; i < 1_200; i++) {
            p.addInput(bytes(36, 32), List.of());
          }
        },
        "too-many-inputs");
    add(
        "inputs-reordered",
        p -> {
          Collections.swap(p.outpoints, 0, 1);
          Collections.swap(p.inputs, 0, 1);
        },
        SIGNATURE_WRONG);
    add(
        "input-maps-swapped",
        p -> Collections.swap(p.inputs, 0, 1),
        "foreign-input",
        "wrong-input-amount",
        MALFORMED);
  }

  private void frame() {
    add("version-other", p -> p.version = pick(2) == 0 ? 1 : 3 + pick(1_000), "version-surprise");
    add("locked-by-time", p -> p.lockTime = 500_000_000 + pick(1_000_000_000), "locktime-surprise");
    add("locked-by-height", p -> p.lockTime = 10_000_000 + pick(100_000), "locktime-surprise");
    add("lock-lowered", p -> p.lockTime -= 1 + pick(100), SIGNATURE_WRONG);
    add("sequence-final", p -> p.sequences.set(0, -1), "sequence-surprise");
    add("sequence-relative", p -> p.sequences.set(0, pick(65_536)), "sequence-surprise");
    add("script-sig-filled", p -> p.scriptSigs.set(0, bytes(5, 5)), MALFORMED);
    add("amount-negative", p -> p.amounts.set(0, -1L - pick(1_000)), MALFORMED);
    add("amount-too-large", p -> p.amounts.set(0, 2_100_000_000_000_001L + pick(99)), MALFORMED);
    add(
        "amounts-too-large",
        p -> {
          p.amounts.set(0, 2_100_000_000_000_000L);
          p.amounts.set(1, 2_100_000_000_000_000L);
        },
        MALFORMED);
  }
}
