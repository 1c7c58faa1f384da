package org.trefoil.core.coins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trefoil.core.VectorFiles;
import org.trefoil.core.units.Hex;
import org.trefoil.core.units.Sats;

/** What outpoints and outputs are, and the order in which BIP-0069 puts them. */
class OrderTest {
  private static final String TXID = "ab".repeat(32);

  @ParameterizedTest
  @ValueSource(strings = {"1", "2"})
  void inputsOfTheExamplesAreInTheOrderOfTheStandard(String transaction) {
    List<Outpoint> outpoints = new ArrayList<>();
    for (String[] part : lines("bip-0069/inputs.txt", transaction)) {
      outpoints.add(new Outpoint(part[1], Integer.parseInt(part[2])));
    }
    assertThat(sorted(outpoints)).isEqualTo(outpoints).hasSizeGreaterThan(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "2"})
  void outputsOfTheExamplesAreInTheOrderOfTheStandard(String transaction) {
    List<TxOutput> outputs = new ArrayList<>();
    for (String[] part : lines("bip-0069/outputs.txt", transaction)) {
      outputs.add(output(Long.parseLong(part[1]), part[2]));
    }
    assertThat(sorted(outputs)).isEqualTo(outputs).hasSizeGreaterThan(1);
  }

  @Test
  void outputsOfOneAmountAreInTheOrderOfTheirBytesWithoutSign() {
    List<TxOutput> outputs =
        List.of(
            output(4, "ffff"),
            output(5, ""),
            output(5, "00"),
            output(5, "0001"),
            output(5, "7f00"),
            output(5, "80"),
            output(5, "80ff"),
            output(5, "81"),
            output(5, "ff7f"),
            output(5, "ff80"));
    assertThat(sorted(outputs)).isEqualTo(outputs);
    assertThat(output(5, "80ff")).isEqualByComparingTo(output(5, "80ff"));
  }

  private static <T extends Comparable<T>> List<T> sorted(List<T> inOrder) {
    List<T> sorted = new ArrayList<>(inOrder);
    Collections.shuffle(sorted, new Random(69));
    Collections.reverse(sorted);
    Collections.sort(sorted);
    return sorted;
  }

  private static List<String[]> lines(String file, String transaction) {
    List<String[]> lines = new ArrayList<>();
    for (String line : VectorFiles.text(file).split("\n")) {
      String[] part = line.split(" ");
      if (part[0].equals(transaction)) {
        lines.add(part);
      }
    }
    return lines;
  }

  private static TxOutput output(long value, String script) {
    return new TxOutput(new Sats(value), Hex.parse(script));
  }

  @Test
  void outputsAreEqualThatPayTheSameToTheSameScript() {
    TxOutput output = output(5, "0014ab");
    assertThat(output).isEqualTo(output(5, "0014ab")).hasSameHashCodeAs(output(5, "0014ab"));
    assertThat(output).isNotEqualTo(output(6, "0014ab")).isNotEqualTo(output(5, "0014ac"));
    assertThat(output.equals(new Object())).isFalse();
    assertThat(output.paysTo(Hex.parse("0014ab"))).isTrue();
    assertThat(output.paysTo(Hex.parse("0014"))).isFalse();
  }

  @Test
  void anOutputKeepsItsScriptWhateverBecomesOfTheArray() {
    byte[] script = {0, 20};
    TxOutput output = new TxOutput(new Sats(5), script);
    script[0] = 1;
    output.script()[1] = 1;
    assertThat(output.script()).containsExactly(0, 20);
  }

  @Test
  void anOutpointIsPrintedAsExplorersDo() {
    assertThat(new Outpoint(TXID, 7)).hasToString(TXID + ":7");
    assertThat(new Outpoint("0189af".repeat(10) + "cdef", Integer.MAX_VALUE).vout()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"A", "F", "g", "/", ":", "`", "@", " "})
  void aTransactionIdIsOfLowerCaseHexadecimalDigits(String other) {
    for (String txid : new String[] {other + TXID.substring(1), TXID.substring(1) + other}) {
      assertThatIllegalArgumentException().isThrownBy(() -> new Outpoint(txid, 0));
    }
  }

  @Test
  void anOutpointHasSixtyFourDigitsAndAPlace() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Outpoint(TXID + "a", 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Outpoint(TXID.substring(1), 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Outpoint(TXID, -1));
  }
}
