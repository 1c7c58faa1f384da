package org.trefoil.e2e.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A real bitcoind on a regtest chain of its own, with a funded wallet. */
public final class Bitcoind implements AutoCloseable {
  private final Process process;
  private final Path program;
  private final Path data;
  private final int rpcPort;

  private Bitcoind(Process process, Path program, Path data, int rpcPort) {
    this.process = process;
    this.program = program;
    this.data = data;
    this.rpcPort = rpcPort;
  }

  /** The node's program, given by {@code e2e/verify}; empty when the tests run without one. */
  public static String program() {
    return System.getProperty("trefoil.bitcoind", "");
  }

  /**
   * Matured coins for its wallet, and beyond all of whose transactions may carry 21 as their lock
   * time: a wallet takes the height, or one of the hundred before it, and Bitcoin Knots refuses 21.
   */
  private static final int FIRST_BLOCKS = 122;

  /** Starts a node whose wallet owns 22 matured coins of 50 BTC. */
  public static Bitcoind start() {
    try {
      Path program = Path.of(program());
      Path data = Files.createTempDirectory("trefoil-bitcoind");
      int port = freePort();
      Process process =
          new ProcessBuilder(
                  program.toString(),
                  "-regtest",
                  "-datadir=" + data,
                  "-server=1",
                  "-listen=0",
                  "-connect=0",
                  "-dnsseed=0",
                  "-discover=0",
                  "-listenonion=0",
                  "-natpmp=0",
                  "-rpcbind=127.0.0.1:" + port,
                  "-rpcallowip=127.0.0.1/32",
                  "-rpcport=" + port,
                  "-txindex=1",
                  "-fallbackfee=0.00002",
                  "-dbcache=16",
                  "-maxmempool=50",
                  "-par=1",
                  "-rpcthreads=4",
                  "-printtoconsole=0")
              .redirectErrorStream(true)
              .redirectOutput(data.resolve("out.log").toFile())
              .start();
      Bitcoind node = new Bitcoind(process, program, data, port);
      node.cli("-rpcwait", "-rpcwaittimeout=30", "getblockcount");
      node.cli("createwallet", "miner");
      node.mine(FIRST_BLOCKS);
      return node;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code http://127.0.0.1:PORT}, for {@code --rpc}. */
  public String rpc() {
    return "http://127.0.0.1:" + rpcPort;
  }

  /** The cookie file, for {@code --rpc-cookie}. */
  public Path cookie() {
    return data.resolve("regtest").resolve(".cookie");
  }

  /** How a shell calls {@code bitcoin-cli} for this node. */
  public String shell() {
    return String.join(" ", client());
  }

  /** Calls {@code bitcoin-cli} and returns its answer without the line end; an RPC error fails. */
  public String cli(String... arguments) {
    Tool.Result result = call(arguments);
    if (result.exit() != 0) {
      throw new AssertionError("bitcoin-cli " + String.join(" ", arguments) + ": " + result.err());
    }
    return result.out().strip();
  }

  /** Calls {@code bitcoin-cli}; an RPC error is part of the answer. */
  public Tool.Result call(String... arguments) {
    List<String> command = new ArrayList<>(client());
    command.addAll(List.of(arguments));
    return Tool.run(command);
  }

  private List<String> client() {
    String client = program.resolveSibling("bitcoin-cli").toString();
    return List.of(client, "-regtest", "-datadir=" + data, "-rpcport=" + rpcPort);
  }

  /** Mines {@code blocks} to the node's own wallet. */
  public void mine(int blocks) {
    cli("-rpcwallet=miner", "-generate", Integer.toString(blocks));
  }

  @Override
  public void close() {
    process.destroy();
    Tool.awaitEnd(process);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
