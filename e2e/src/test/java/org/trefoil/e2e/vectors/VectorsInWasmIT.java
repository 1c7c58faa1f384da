package org.trefoil.e2e.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.trefoil.core.VectorFiles;
import org.trefoil.core.vectors.Outcome;
import org.trefoil.custody.vectors.CustodyVectors;
import org.trefoil.custody.vectors.SeededCases;

/**
 * The standards' own vectors pass inside WebAssembly in a browser: the files that the JVM's tests
 * read go in over the port, and each standard must come to as many checks as on the JVM.
 */
final class VectorsInWasmIT {
  private static final String SEEDED = "seeded/outcomes.txt";

  /** A file, what stands in it, and what is put there: one expected result a standard. */
  private static final List<String[]> BENT =
      List.of(
          new String[] {"bip-0067/sorted.txt", "ae 39bgKC7", "ae 39bgKC8"},
          new String[] {"bip-0173/valid-addresses.txt", "0014751e76e8", "0014751e76e9"},
          new String[] {"bip-0380/checksums.txt", "valid raw(deadbeef)#89f8spxm", "valid raw(d)#8"},
          new String[] {"bip-0383/sortedmulti.txt", " 5221025d5fc65e", " 5221025d5fc65f"},
          new String[] {"key-set-words/words.txt", " patrol noodle", " noodle patrol"},
          new String[] {"bip-0129/records.txt", "amcsv948ej", "amcsv948ek"},
          new String[] {"bip-0388/policies.txt", "@1/**", "@2/**"},
          new String[] {"bc-ur/parts.txt", "sbrdzcrtas", "sbrdzcrtae"},
          new String[] {"bip-0039/english.txt", "c55257c360c07c72", "c55257c360c07c73"},
          new String[] {"rfc-6979/secp256k1.txt", "934b1ea10a4b3c17", "934b1ea10a4b3c18"},
          new String[] {"rfc-9106/argon2id.txt", "0d640df58d78766c", "0d640df58d78766d"},
          new String[] {"rfc-5869/sha256.txt", "3cb25f25faacd57a", "3cb25f25faacd57b"},
          new String[] {"aes-gcm/gcm-spec-256.txt", "530f8afbc74536b9", "530f8afbc74536ba"},
          new String[] {
            "bip-0038/of-each.txt",
            "5JLdxTtcTHcfYcmJsNVy1v2PMDx432JPoYcBTVVRHpPaxUrdtf8",
            "5KMKKuUmAkiNbA3DazMQiLfDq47qs8MAEThm4yL8R2PhV1ov33D"
          },
          new String[] {"slip-0039/vectors.txt", "|bb54aac4b89dc868", "|bb54aac4b89dc869"},
          new String[] {"slip-0039/splits.txt", "f559faf7d749b312", "f559faf7d749b313"});

  @Test
  void theStandardsVectorsPassInWebAssemblyAndABentOneFails() throws Exception {
    Map<String, String> files = new LinkedHashMap<>();
    Map<String, Integer> expected = new TreeMap<>();
    for (Outcome outcome : CustodyVectors.withCores(reading(files))) {
      expected.put(outcome.standard(), outcome.run());
    }
    expected.put("2,000 seeded cases", 1 + SeededCases.COUNT / SeededCases.PER_LINE);
    try (ProofPage page = ProofPage.open()) {
      Map<String, Integer> inTheBrowser = new TreeMap<>();
      for (String[] line : run(page, files)) {
        System.out.println("in WebAssembly: " + line[0] + ": " + line[1] + " checks");
        assertThat(line[2]).as(line[0]).isEmpty();
        inTheBrowser.put(line[0], Integer.valueOf(line[1]));
      }
      assertThat(inTheBrowser).isEqualTo(expected).hasSizeGreaterThanOrEqualTo(18);

      files.put(SEEDED, firstLine(files.get(SEEDED)));
      for (String[] bend : BENT) {
        String text = files.get(bend[0]);
        assertThat(text).contains(bend[1]);
        files.put(bend[0], text.replace(bend[1], bend[2]));
      }
      List<String> failed = new ArrayList<>();
      for (String[] line : run(page, files)) {
        if (!line[2].isEmpty()) {
          failed.add(line[0]);
        }
      }
      assertThat(failed)
          .containsExactly(
              "BIP-0067",
              "BIP-0173/0350",
              "BIP-0380",
              "BIP-0381/0382/0383/0389",
              "Key set words",
              "BIP-0129",
              "BIP-0388",
              "BCR-2020-005/012",
              "BIP-0039",
              "RFC 6979",
              "RFC 9106",
              "RFC 5869",
              "AES-256-GCM",
              "BIP-0038",
              "SLIP-0039",
              "SLIP-0039, seeded splits",
              "2,000 seeded cases");
    }
  }

  /** Notes each file that is read; custody's own tests run the seeded cases on the JVM. */
  private static Function<String, String> reading(Map<String, String> files) {
    return name -> {
      String text = files.computeIfAbsent(name, VectorFiles::text);
      return name.equals(SEEDED) ? firstLine(text) : text;
    };
  }

  private static String firstLine(String text) {
    return text.substring(0, text.indexOf('\n'));
  }

  private static List<String[]> run(ProofPage page, Map<String, String> files) {
    List<String> names = List.copyOf(files.keySet());
    List<String> texts = names.stream().map(files::get).toList();
    String answer = page.ask(Map.of("do", "vectors", "names", names, "texts", texts));
    return answer.lines().map(line -> line.split("\t", 3)).toList();
  }
}
