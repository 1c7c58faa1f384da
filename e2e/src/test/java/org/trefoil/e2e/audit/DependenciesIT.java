package org.trefoil.e2e.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
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
  private static final Pattern NAME = Pattern.compile("`([a-z][\\w.*-]*:[\\w.*-]+)`");

  private static final Pattern ENTRY = Pattern.compile("\\{([^{}]+)\\}");
  private static final Pattern FIELD = Pattern.compile("\"(\\w+)\" : \"([^\"]*)\"");

  /** What a lock file says of a dependency that is not ours. */
  private record Locked(String name, String version, String scope, String integrity) {}

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

  private static Set<String> rows() throws IOException {
    String readme = Files.readString(TOP.resolve("README.md"));
    String section = readme.substring(readme.indexOf("## What it is made of"));
    Set<String> rows = new TreeSet<>();
    for (Matcher name = NAME.matcher(section); name.find(); ) {
      rows.add(name.group(1));
    }
    return rows;
  }

  private static boolean covers(String row, String name) {
    return name.matches(row.replace(".", "\\.").replace("*", ".*"));
  }

  @Test
  void eachDependencyHasAnOwner() throws IOException {
    Set<String> rows = rows();
    assertThat(locked())
        .extracting(Locked::name)
        .allSatisfy(name -> assertThat(rows).as(name).anyMatch(row -> covers(row, name)));
  }

  @Test
  void noRowIsOfADependencyThatIsGone() throws IOException {
    List<Locked> locked = locked();
    assertThat(rows())
        .hasSizeGreaterThan(30)
        .allSatisfy(row -> assertThat(locked).as(row).anyMatch(each -> covers(row, each.name)));
  }

  @Test
  void everyForeignByteIsLocked() throws IOException {
    assertThat(locked())
        .allSatisfy(each -> assertThat(each.integrity).as(each.name).startsWith("sha512:"));
  }

  /** The list that is handed out with the jar names all that runs in it. */
  @Test
  void theBillOfMaterialsNamesAllThatRuns() throws IOException {
    String bill = Files.readString(RunningServer.jar().resolveSibling("trefoil.cdx.json"));
    assertThat(bill).contains("\"bomFormat\" : \"CycloneDX\"").doesNotContain("serialNumber");
    List<String> run =
        in(TOP.resolve("server/.dependencies-lock.json")).stream()
            .filter(each -> Set.of("compile", "runtime").contains(each.scope))
            .map(each -> "pkg:maven/" + each.name.replace(':', '/') + "@" + each.version)
            .toList();
    assertThat(run)
        .hasSizeGreaterThan(50)
        .allSatisfy(each -> assertThat(bill).contains("\"purl\" : \"" + each));
  }
}
