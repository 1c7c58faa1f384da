package org.trefoil.e2e.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.trefoil.e2e.harness.RunningServer;

/** What Trefoil is built with: nobody's dependency, and no byte that changed, gets in. */
final class DependenciesIT {
  private static final Path TOP = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern NAME = Pattern.compile("`([a-z][\\w.*-]*:[\\w.*@/-]+)`");

  /** A plugin, or a path of processors, with or without a group of its own. */
  private static final Pattern TOOL =
      Pattern.compile(
          "<(plugin|path)>\\s*(?:<!--[^>]*-->\\s*)?(?:<groupId>([^<]+)</groupId>\\s*)?"
              + "<artifactId>([^<]+)</artifactId>");

  private static final Pattern PACKAGE = Pattern.compile("\n    \"([^\"]+)\": \"");

  private static final Pattern ENTRY = Pattern.compile("\\{([^{}]+)\\}");
  private static final Pattern SHA512 =
      Pattern.compile("\"SHA-512\",\\s*\"content\" : \"([0-9a-f]{128})\"");
  private static final Pattern FIELD = Pattern.compile("\"(\\w+)\" : \"([^\"]*)\"");

  /** What a lock file says of a dependency that is not ours. */
  private record Locked(String name, String version, String scope, String integrity) {
    String hash() {
      byte[] sha512 = Base64.getDecoder().decode(integrity.substring("sha512:".length()));
      return HexFormat.of().formatHex(sha512);
    }
  }

  private static List<Locked> in(Path lock) throws IOException {
    List<Locked> all = new ArrayList<>();
    for (Matcher entry = ENTRY.matcher(Files.readString(lock)); entry.find(); ) {
      Map<String, String> said = new HashMap<>();
      for (Matcher field = FIELD.matcher(entry.group(1)); field.find(); ) {
        said.put(field.group(1), field.group(2));
      }
      if (!said.get("groupId").equals("org.trefoil")) {
        all.add(
            new Locked(
                said.get("groupId") + ":" + said.get("artifactId"),
                said.get("version"),
                said.get("scope"),
                said.getOrDefault("integrity", "")));
      }
    }
    return all;
  }

  private static List<Locked> locked() throws IOException {
    List<Locked> all = new ArrayList<>();
    try (Stream<Path> files = Files.walk(TOP, 4)) {
      for (Path lock : files.filter(file -> file.endsWith(".dependencies-lock.json")).toList()) {
        all.addAll(in(lock));
      }
    }
    assertThat(all).hasSizeGreaterThan(200);
    return all;
  }

  /** What Maven, javac and SpotBugs load to build and to judge, and what comes from npm. */
  private static Set<String> tools() throws IOException {
    Set<String> tools = new TreeSet<>();
    try (Stream<Path> files = Files.walk(TOP, 4)) {
      for (Path pom : files.filter(file -> file.endsWith("pom.xml")).toList()) {
        for (Matcher tool = TOOL.matcher(Files.readString(pom)); tool.find(); ) {
          String group = tool.group(2) == null ? "org.apache.maven.plugins" : tool.group(2);
          tools.add(group + ":" + tool.group(3));
        }
      }
    }
    String graders = Files.readString(TOP.resolve("e2e/grade/package.json"));
    String named = graders.substring(graders.indexOf("\"dependencies\""));
    for (Matcher name = PACKAGE.matcher(named.substring(0, named.indexOf('}'))); name.find(); ) {
      tools.add("npm:" + name.group(1));
    }
    assertThat(tools)
        .contains(
            "com.google.errorprone:error_prone_core",
            "com.uber.nullaway:nullaway",
            "npm:csp_evaluator",
            "org.teavm:teavm-maven-plugin");
    return tools;
  }

  private static Set<String> names() throws IOException {
    Set<String> names = tools();
    locked().forEach(each -> names.add(each.name));
    return names;
  }

  /** What is in the nth table: what people run, what tests take, what builds and judges. */
  private record Row(int table, List<String> names, List<String> cells) {
    boolean covers(String name) {
      return names.stream()
          .anyMatch(each -> name.matches(each.replace(".", "\\.").replace("*", ".*")));
    }
  }

  private static List<Row> rows() throws IOException {
    String readme = Files.readString(TOP.resolve("README.md"));
    String section = readme.substring(readme.indexOf("## What it is made of"));
    List<Row> rows = new ArrayList<>();
    int table = 0;
    for (String line : section.lines().toList()) {
      if (line.startsWith("| --- ")) {
        table++;
      } else if (line.startsWith("| `")) {
        List<String> cells = Stream.of(line.split("\\|")).skip(1).map(String::strip).toList();
        Matcher name = NAME.matcher(cells.get(0));
        rows.add(new Row(table, name.results().map(each -> each.group(1)).toList(), cells));
      }
    }
    assertThat(table).isEqualTo(3);
    return rows;
  }

  @Test
  void eachDependencyHasAnOwner() throws IOException {
    List<Row> rows = rows();
    assertThat(names())
        .allSatisfy(name -> assertThat(rows).as(name).anyMatch(row -> row.covers(name)));
    assertThat(rows)
        .allSatisfy(
            row -> {
              assertThat(row.names).isNotEmpty();
              assertThat(row.cells).as("what, owner, for, why this one").hasSize(4);
              assertThat(row.cells).as(row.cells.get(0)).allMatch(cell -> !cell.isEmpty());
            });
  }

  /** A row of the tests or tools is no leave to run something. */
  @Test
  void whatIsNotForTestsAloneIsInTheFirstTable() throws IOException {
    List<Row> rows = rows();
    assertThat(locked().stream().filter(each -> !each.scope.equals("test")))
        .hasSizeGreaterThan(100)
        .allSatisfy(
            each ->
                assertThat(rows)
                    .as(each.name)
                    .anyMatch(row -> row.table == 1 && row.covers(each.name)));
  }

  @Test
  void noRowIsOfADependencyThatIsGone() throws IOException {
    Set<String> names = names();
    assertThat(rows())
        .hasSizeGreaterThan(30)
        .allSatisfy(
            row ->
                assertThat(row.names)
                    .allSatisfy(
                        name ->
                            assertThat(names)
                                .as(name)
                                .anyMatch(new Row(0, List.of(name), List.of())::covers)));
  }

  /** What Maven loads to write the vault's WebAssembly is compared before it runs. */
  @Test
  void whatWritesTheVaultIsLocked() throws IOException {
    assertThat(in(TOP.resolve("client-wasm/vault/compiler/.dependencies-lock.json")))
        .extracting(Locked::name)
        .contains(
            "org.teavm:teavm-maven-plugin",
            "org.teavm:teavm-core",
            "org.teavm:teavm-tooling",
            "org.teavm:teavm-wasm-gc-deobfuscator");
  }

  /** All that npm installs is named with its hash, however deep. */
  @Test
  void whatComesFromNpmIsLocked() throws IOException {
    String lock = Files.readString(TOP.resolve("e2e/grade/package-lock.json"));
    String[] packages = lock.split("\n    \"node_modules/");
    assertThat(packages).hasSizeGreaterThan(1);
    assertThat(List.of(packages).subList(1, packages.length))
        .allSatisfy(each -> assertThat(each).contains("\"integrity\": \"sha512-"));
  }

  @Test
  void everyForeignByteIsLocked() throws IOException {
    assertThat(locked())
        .allSatisfy(each -> assertThat(each.integrity).as(each.name).startsWith("sha512:"));
  }

  /** The lists that are handed out name all that runs, here and in the browser, by its bytes. */
  @Test
  void theBillsOfMaterialsNameAllThatRuns() throws IOException {
    Set<String> run = Set.of("compile", "runtime");
    Path server = RunningServer.jar().resolveSibling("trefoil.cdx.json");
    assertThat(names(server, "server", run)).isGreaterThan(50);
    Path vault = TOP.resolve("client-wasm/vault/target/vault.cdx.json");
    assertThat(names(vault, "client-wasm/custody", run)).isGreaterThan(10);
    // Its class library is given to TeaVM to compile, and to nobody to run.
    Set<String> compiled = Set.of("compile", "runtime", "provided");
    assertThat(names(vault, "client-wasm/vault", compiled)).isGreaterThan(30);
  }

  /** How many dependencies of a module in these scopes are in a bill, which are all. */
  private static int names(Path bill, String module, Set<String> scopes) throws IOException {
    String named = Files.readString(bill);
    assertThat(named).contains("\"bomFormat\" : \"CycloneDX\"").doesNotContain("serialNumber");
    Map<String, String> hashes = new HashMap<>();
    String[] parts = named.split("\"bom-ref\" : \"pkg:maven/");
    for (String component : List.of(parts).subList(1, parts.length)) {
      Matcher hash = SHA512.matcher(component);
      if (hash.find()) {
        hashes.put(component.substring(0, component.indexOf('?')), hash.group(1));
      }
    }
    List<Locked> run =
        in(TOP.resolve(module + "/.dependencies-lock.json")).stream()
            .filter(each -> scopes.contains(each.scope))
            .toList();
    assertThat(run)
        .allSatisfy(
            each ->
                assertThat(hashes)
                    .as(module)
                    .containsEntry(each.name.replace(':', '/') + "@" + each.version, each.hash()));
    return run.size();
  }
}
