package io.drawbar;

import io.drawbar.error.DrawbarException;
import io.drawbar.internal.kernel.Feed;
import io.drawbar.internal.kernel.PartNames;
import io.drawbar.internal.kernel.StageChain;
import io.drawbar.internal.kernel.StageReport;
import io.drawbar.spi.BadRow;
import io.drawbar.spi.CommitProtocol;
import io.drawbar.spi.EngineException;
import io.drawbar.spi.LeafInput;
import io.drawbar.spi.PartReceipt;
import io.drawbar.spi.Sink;
import io.drawbar.spi.Source;
import io.drawbar.spi.Stage;
import io.drawbar.spi.StageGraph;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * The quarantines of the sources of a run: begun before it, and committed before its output is, so
 * that there is never an output without the rows that it lacks.
 */
final class Quarantines implements AutoCloseable {
  /** A quarantine that has begun. */
  private record Begun(Source source, int stage, CommitProtocol protocol) {}

  private final Map<String, Begun> begun = new LinkedHashMap<>();
  private final StageGraph graph;

  private Quarantines(StageGraph planned) {
    List<Stage> stages = new ArrayList<>();
    boolean isWhole = false;
    try {
      for (Stage stage : planned.stages()) {
        stages.add(begin(stage));
      }
      graph = new StageGraph(planned.name(), stages, planned.terminal());
      isWhole = true;
    } finally {
      if (!isWhole) {
        close();
      }
    }
  }

  /**
   * Begins those of the sources that a graph reads.
   *
   * @throws DrawbarException if two sources have one, or it cannot be written
   */
  static Quarantines of(StageGraph planned) {
    return new Quarantines(planned);
  }

  /** The graph whose tasks know where bad rows go. */
  StageGraph graph() {
    return graph;
  }

  /** A source that is read twice has the same bad rows each time: the first stage writes them. */
  private Stage begin(Stage stage) {
    if (!(stage.input() instanceof LeafInput leaves)
        || leaves.source().tolerance().quarantine().isEmpty()) {
      return stage;
    }
    Sink sink = leaves.source().tolerance().quarantine().get();
    Begun other = begun.get(sink.describe());
    if (other != null) {
      refuse(other.source(), leaves.source(), sink);
      return stage;
    }
    CommitProtocol protocol = sink.commitProtocol(BadRow.SCHEMA);
    protocol.begin();
    begun.put(sink.describe(), new Begun(leaves.source(), stage.id(), protocol));
    StageChain chain = (StageChain) stage.program();
    Feed feed =
        ((Feed.FromSource) chain.feed()).with(new Feed.Quarantine(sink.describe(), sink, protocol));
    return new Stage(
        stage.id(),
        stage.name(),
        // Tasks own whole parts, so that these depend on the data alone.
        new LeafInput(leaves.source(), leaves.layout(), PartNames.LEAVES),
        new StageChain(chain.stage(), feed, chain.steps(), chain.spilling()));
  }

  private static void refuse(Source one, Source other, Sink sink) {
    // A source that was surveyed is another object with the same tolerance.
    if (one.tolerance() != other.tolerance()) {
      throw new DrawbarException(
          ("the bad rows of %s and of %s both go to %s, and would replace each other: give each a"
                  + " folder of its own. If they are the same files, read them once, and use the"
                  + " dataset twice.")
              .formatted(one.describe(), other.describe(), sink.describe()));
    }
  }

  /**
   * Checks what has been read against what the sources tolerate, and has the bad rows appear.
   *
   * @param reports of all tasks that counted, by stage
   * @param parts what they have written, by quarantine
   * @throws io.drawbar.spi.TooManyBadRowsException if there are too many
   */
  void commit(SortedMap<Integer, StageReport> reports, SortedMap<String, List<PartReceipt>> parts) {
    BadRowLimits.check(graph, reports);
    List<String> names = List.copyOf(begun.keySet());
    for (String name : names) {
      List<PartReceipt> written = new ArrayList<>(parts.getOrDefault(name, List.of()));
      written.sort(Comparator.comparing(PartReceipt::name));
      Begun quarantine = begun.get(name);
      checkRows(name, written, reports.get(quarantine.stage()).rowsBad());
      begun.remove(name);
      quarantine.protocol().commit(written);
    }
  }

  private static void checkRows(String name, List<PartReceipt> parts, long rowsBad) {
    long rows = parts.stream().mapToLong(PartReceipt::rows).sum();
    if (rows != rowsBad) {
      throw new EngineException(
          ("%s bad rows were read, and %s written to %s: the engine lost some or counted them twice,"
                  + " so there is no result: run again, and report it")
              .formatted(rowsBad, rows, name));
    }
  }

  /** Removes what has been written and not committed. */
  @Override
  public void close() {
    begun.values().forEach(quarantine -> quarantine.protocol().abort());
    begun.clear();
  }
}
