package org.trefoil.custody.recover.terminal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.custody.recover.CoinReport;
import org.trefoil.custody.recover.EsploraQuestions;
import org.trefoil.custody.recover.EsploraWalk;

/** An Esplora server, which is asked address by address and so learns them all. */
record EsploraSource(Line line) implements CoinSource {
  @Override
  public String name() {
    return line.name();
  }

  @Override
  public List<CoinReport> coins(Cosigners cosigners) throws IOException {
    EsploraWalk walk = new EsploraWalk(cosigners);
    for (String path = walk.path(); path != null; path = walk.path()) {
      walk.answered(answer(path, ""));
    }
    List<CoinReport> reports = new ArrayList<>();
    for (String text : walk.reports()) {
      reports.add(CoinReport.read(text));
    }
    return reports;
  }

  @Override
  public void send(String hex) throws IOException {
    answer(EsploraQuestions.broadcastPath(), hex);
  }

  private String answer(String path, String body) throws IOException {
    Line.Reply reply = line.ask(path, body);
    if (!reply.isGood()) {
      throw CoinSource.refused(reply);
    }
    return reply.text();
  }
}
