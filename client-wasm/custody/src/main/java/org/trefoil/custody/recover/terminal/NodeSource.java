package org.trefoil.custody.recover.terminal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.custody.recover.CoinReport;
import org.trefoil.custody.recover.CoreQuestions;
import org.trefoil.custody.recover.NodeWalk;

/** A Bitcoin Core of one's own. */
record NodeSource(Line line) implements CoinSource {
  @Override
  public String name() {
    return line.name();
  }

  @Override
  public List<CoinReport> coins(Cosigners cosigners) throws IOException {
    NodeWalk walk = new NodeWalk(cosigners);
    for (String body = walk.body(); body != null; body = walk.body()) {
      walk.answered(answer(body));
    }
    List<CoinReport> reports = new ArrayList<>();
    for (String text : walk.reports()) {
      reports.add(CoinReport.read(text));
    }
    return reports;
  }

  @Override
  public void send(String hex) throws IOException {
    answer(CoreQuestions.broadcastBody(hex));
  }

  private String answer(String body) throws IOException {
    Line.Reply reply = line.ask("/", body);
    if (!reply.isGood()) {
      throw CoinSource.refused(reply);
    }
    return reply.text();
  }
}
