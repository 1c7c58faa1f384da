package org.trefoil.server.chain;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A real bitcoind on a new regtest chain and free ports, without a wallet. */
public final class RegtestNode implements AutoCloseable {
  private final Path program;
  private final Path data;
  private final int port;
  private final int peerPort;
  private final int zmqPort;
  private Process process;

  private RegtestNode(Path program, Path data, int port, int peerPort, int zmqPort) {
    this.program = program;
    this.data = data;
    this.port = port;
    this.peerPort = peerPort;
    this.zmqPort = zmqPort;
  }

  /** Starts a node, or skips the test aloud when nobody says where its program is. */
  public static RegtestNode start() throws Exception {
    return start(0, 0);
  }

  /** Starts one that also talks to peers, on loopback alone. */
  public static RegtestNode startWithPeers() throws Exception {
    return start(freePort(), 0);
  }

  /** Starts one that also publishes what is new. */
  public static RegtestNode startWithNotices() throws Exception {
    return start(0, freePort());
  }

  /** Where it publishes what is new. */
  public InetSocketAddress zmq() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), zmqPort);
  }

  private static RegtestNode start(int peerPort, int zmqPort) throws Exception {
    String place = System.getProperty("trefoil.bitcoind", "");
    if (place.isEmpty()) {
      String why = "SKIPPED: no real bitcoind (-Dtrefoil.bitcoind=PATH; e2e/verify gives it)";
      System.err.println(why);
      Assumptions.abort(why);
    }
    Path program = Path.of(place);
    if (!Files.isExecutable(program)) {
      throw new AssertionError("-Dtrefoil.bitcoind names no program: " + place);
    }
    Path data = Files.createTempDirectory("trefoil-regtest");
    RegtestNode node = new RegtestNode(program, data, freePort(), peerPort, zmqPort);
    node.run();
    return node;
  }

  /** Starts the program again on the same data. */
  public void run() throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                program.toString(),
                "-regtest",
                "-datadir=" + data,
                "-server=1",
                "-connect=0",
                "-dnsseed=0",
                "-discover=0",
                "-natpmp=0",
                "-rpcbind=127.0.0.1:" + port,
                "-rpcallowip=127.0.0.1/32",
                "-rpcport=" + port,
                "-rpcuser=rt",
                "-rpcpassword=rt",
                "-disablewallet=1",
                "-dbcache=16",
                "-maxmempool=50",
                "-par=1",
                // On regtest a node looks through its whole mempool at each transaction otherwise.
                "-checkmempool=0",
                "-checkblockindex=0",
                "-rpcthreads=2",
                "-printtoconsole=0"));
    if (peerPort == 0) {
      command.add("-listen=0");
    } else {
      // Peers that may not be banned are told of transactions at once, not after some seconds.
      command.addAll(
          List.of(
              "-listen=1",
              "-bind=127.0.0.1:" + peerPort,
              "-listenonion=0",
              "-whitelist=noban,in,out@127.0.0.1"));
    }
    if (zmqPort != 0) {
      command.add("-zmqpubhashblock=tcp://127.0.0.1:" + zmqPort);
      command.add("-zmqpubhashtx=tcp://127.0.0.1:" + zmqPort);
    }
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(data.resolve("out.log").toFile())
            .start();
    cli("-rpcwait", "-rpcwaittimeout=30", "getblockcount");
  }

  /** Its process. */
  public ProcessHandle handle() {
    return process.toHandle();
  }

  /** Where it takes peers. */
  public InetSocketAddress peer() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), peerPort);
  }

  public URI rpc() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** Calls {@code bitcoin-cli}; an error is a failure. */
  public String cli(String... arguments) throws Exception {
    Answer answer = call(arguments);
    if (answer.exit() != 0) {
      throw new AssertionError("bitcoin-cli " + List.of(arguments) + ": " + answer.text());
    }
    return answer.text();
  }

  public record Answer(int exit, String text) {}

  public Answer call(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(program.resolveSibling("bitcoin-cli").toString());
    command.addAll(List.of("-regtest", "-datadir=" + data, "-rpcport=" + port));
    command.addAll(List.of("-rpcuser=rt", "-rpcpassword=rt"));
    List<String> words = new ArrayList<>();
    for (String argument : arguments) {
      (argument.startsWith("-rpc") ? command : words).add(argument);
    }
    command.add("-stdin"); // a block is longer than a command line may be
    Process cli = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (var out = cli.getOutputStream()) {
      out.write(String.join("\n", words).getBytes(StandardCharsets.UTF_8));
    }
    String text = new String(cli.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    return new Answer(cli.waitFor(), text);
  }

  /** Stops the program and keeps its data. */
  public void halt() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    halt();
    try (var files = Files.walk(data)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
