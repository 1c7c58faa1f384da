package org.trefoil.server.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The packaged server ({@code -Dtrefoil.jar}) as a process of its own, which believes this machine
 * as its proxy. {@code -Dtrefoil.java} holds what its Java is told.
 *
 * @param site its address, without a slash at the end
 */
record PackagedServer(Process process, String site, Path log) implements AutoCloseable {
  /** Of {@code /proc}'s times in a second, on every Linux of today. */
  private static final double TICKS = 100;

  private static final Pattern OPEN = Pattern.compile("Open (http://\\S+?)/\\s");

  static PackagedServer start(Path folder, List<String> flags)
      throws IOException, InterruptedException {
    Path log = folder.resolve("log");
    List<String> command = new ArrayList<>();
    command.add(tool("java"));
    command.addAll(Arrays.asList(System.getProperty("trefoil.java", "-Xmx1g").split(" ")));
    command.addAll(List.of("-jar", System.getProperty("trefoil.jar")));
    command.addAll(List.of("--data", folder.resolve("data").toString(), "--port", "0"));
    command.addAll(List.of("--trusted-proxy", "127.0.0.1"));
    command.addAll(flags);
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    Instant end = Instant.now().plus(Duration.ofMinutes(3));
    while (Instant.now().isBefore(end) && process.isAlive()) {
      Matcher open = OPEN.matcher(Files.readString(log));
      if (open.find()) {
        System.out.println("server on " + open.group(1) + ", log " + log);
        return new PackagedServer(process, open.group(1), log);
      }
      Thread.sleep(100);
    }
    process.destroyForcibly();
    throw new AssertionError("The server did not start:\n" + Files.readString(log));
  }

  /** A program of the Java that runs this. */
  static String tool(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name).toString();
  }

  /** What the log has said so far that matches. */
  Matcher said(String pattern) throws IOException {
    return Pattern.compile(pattern).matcher(Files.readString(log));
  }

  /** What {@code jcmd} answers about it. */
  String jcmd(String command) throws IOException, InterruptedException {
    Process asked =
        new ProcessBuilder(tool("jcmd"), Long.toString(process.pid()), command)
            .redirectErrorStream(true)
            .start();
    String answer = new String(asked.getInputStream().readAllBytes());
    asked.waitFor();
    return answer;
  }

  /** Seconds of processor time so far. */
  double cpu() {
    return process.toHandle().info().totalCpuDuration().orElseThrow().toNanos() / 1e9;
  }

  /** Seconds of it that the threads of its just-in-time compiler took. */
  double compilerCpu() throws IOException {
    double ticks = 0;
    try (Stream<Path> threads = Files.list(Path.of("/proc/" + process.pid() + "/task"))) {
      for (Path thread : threads.toList()) {
        String stat = Files.readString(thread.resolve("stat"));
        if (stat.contains("CompilerThre")) {
          String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
          ticks += Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        }
      }
    }
    return ticks / TICKS;
  }

  /** Megabytes resident. */
  long resident() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) >> 10;
      }
    }
    return 0;
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    process.waitFor();
  }
}
