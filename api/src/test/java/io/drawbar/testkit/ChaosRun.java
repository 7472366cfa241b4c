package io.drawbar.testkit;

import io.drawbar.spi.EngineException;
import io.drawbar.spi.ExchangeInput;
import io.drawbar.spi.LeafInput;
import io.drawbar.spi.RunResult;
import io.drawbar.spi.Split;
import io.drawbar.spi.Stage;
import io.drawbar.spi.StageGraph;
import io.drawbar.spi.Terminal;
import io.drawbar.testkit.ChaosAttempt.Emission;
import io.drawbar.testkit.ChaosAttempt.Item;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/** One graph run by a seed, stage after stage. */
final class ChaosRun {
  private static final int MOST_RANGES = 24;

  private final StageGraph graph;
  private final int parallelism;
  private final Fault fault;
  private final ChaosTally tally;
  private final Random random;
  private final Map<Integer, List<List<byte[]>>> mail = new HashMap<>();
  private final SortedMap<String, Long> counters = new TreeMap<>();
  private int attempts;

  /** Whether the tasks of the stage at work have ranges that follow each other. */
  private boolean isContiguous;

  ChaosRun(StageGraph graph, long seed, int parallelism, Fault fault, ChaosTally tally) {
    this.graph = graph;
    this.parallelism = parallelism;
    this.fault = fault;
    this.tally = tally;
    // Seeds that follow each other make generators that begin alike; these do not.
    random = new Random((seed + 1) * 0x9E3779B97F4A7C15L);
  }

  RunResult execute() {
    tally.runs++;
    List<byte[]> result = new ArrayList<>();
    for (Stage stage : graph.stages()) {
      Optional<Stage> consumer = graph.consumerOf(stage);
      List<List<byte[]>> boxes =
          consumer
              .map(c -> mail.computeIfAbsent(c.id(), id -> boxes(c)))
              .orElseGet(() -> List.of(result));
      for (Emission emission : run(stage, boxes.size())) {
        boxes.get(emission.receiver()).add(emission.frame());
        consumer.ifPresent(
            c ->
                counters.merge(
                    RunResult.exchangeBytes(c.id()), (long) emission.frame().length, Long::sum));
      }
    }
    Collections.shuffle(result, random);
    List<byte[]> frames = new ArrayList<>(fault.deliver(Fault.DRIVER, result, random));
    if (graph.terminal() instanceof Terminal.Reduce reduce) {
      merge(frames, ChaosAttempt.shipped(reduce));
    }
    return new RunResult(frames, counters);
  }

  private List<List<byte[]>> boxes(Stage consumer) {
    int most = ((ExchangeInput) consumer.input()).receivers(2 * parallelism + 1);
    List<List<byte[]>> boxes = new ArrayList<>();
    for (int count = 1 + random.nextInt(most); count > 0; count--) {
      boxes.add(new ArrayList<>());
    }
    return boxes;
  }

  /** Merges any two, until one is left or, now and then, a few. */
  private void merge(List<byte[]> frames, Terminal.Reduce reduce) {
    int left = random.nextInt(4) == 0 ? 1 + random.nextInt(3) : 1;
    while (frames.size() > left) {
      byte[] one = frames.remove(random.nextInt(frames.size()));
      byte[] other = frames.remove(random.nextInt(frames.size()));
      frames.add(random.nextInt(frames.size() + 1), reduce.merger().merge(one, other));
      tally.merges++;
    }
  }

  private List<List<Item>> inputs(Stage stage) {
    isContiguous = true;
    List<List<Item>> inputs = new ArrayList<>();
    if (stage.input() instanceof LeafInput leaves) {
      ranges(leaves).forEach(splits -> inputs.add(splits.stream().map(Item::of).toList()));
      return inputs;
    }
    for (List<byte[]> frames : mail.remove(stage.id())) {
      Collections.shuffle(frames, random);
      List<byte[]> delivered = fault.deliver(stage.id(), frames, random);
      inputs.add(delivered.stream().map(Item::of).toList());
    }
    return inputs;
  }

  /** Cuts leaves into ranges, and gives each to a task; the ranges of a task ascend. */
  private List<List<Split>> ranges(LeafInput leaves) {
    int desired = 1 + random.nextInt(MOST_RANGES);
    List<Split> splits = leaves.source().splits(leaves.layout(), desired, leaves.alignment());
    int count = 1 + random.nextInt(Math.max(1, splits.size()));
    List<List<Split>> tasks = new ArrayList<>();
    for (int task = 0; task < count; task++) {
      tasks.add(new ArrayList<>());
    }
    isContiguous = random.nextInt(3) > 0;
    tally.scattered += isContiguous || count == 1 ? 0 : 1;
    int[] owners = random.ints(splits.size(), 0, count).toArray();
    if (isContiguous) {
      Arrays.sort(owners);
    }
    for (int split = 0; split < owners.length; split++) {
      tasks.get(owners[split]).add(splits.get(split));
    }
    return tasks;
  }

  /** Runs a stage; gives what the attempts that count have emitted. */
  private List<Emission> run(Stage stage, int receivers) {
    List<List<Item>> inputs = inputs(stage);
    List<ChaosAttempt> counted = new ArrayList<>();
    List<ChaosAttempt> waiting = new ArrayList<>();
    for (int task = 0; task < inputs.size(); task++) {
      ChaosAttempt.Place place = new ChaosAttempt.Place(stage, task, inputs.size(), receivers);
      counted.add(new ChaosAttempt(place, name(), inputs.get(task), Integer.MAX_VALUE));
      waiting.add(counted.get(task));
      for (int more = random.nextInt(6) - 3; more > 0; more--) {
        boolean isGivenUp = random.nextBoolean();
        int steps = isGivenUp ? random.nextInt(inputs.get(task).size() + 1) : Integer.MAX_VALUE;
        tally.givenUp += isGivenUp ? 1 : 0;
        tally.dropped += isGivenUp ? 0 : 1;
        waiting.add(new ChaosAttempt(place, name(), inputs.get(task), steps));
      }
    }
    tally.tasks += inputs.size();
    tally.attempts += waiting.size();
    interleave(waiting, counted);
    silence(counted);
    List<Emission> emissions = new ArrayList<>();
    counted.forEach(attempt -> emissions.addAll(attempt.emissions()));
    Collections.shuffle(emissions, random);
    return emissions;
  }

  private String name() {
    return "attempt-" + attempts++;
  }

  private void interleave(List<ChaosAttempt> waiting, List<ChaosAttempt> counted) {
    Collections.shuffle(waiting, random);
    List<ChaosAttempt> open = new ArrayList<>();
    try {
      while (!waiting.isEmpty() || !open.isEmpty()) {
        if (Thread.interrupted()) {
          throw new EngineException("the run was cancelled");
        }
        if (!waiting.isEmpty() && open.size() < parallelism) {
          open.add(waiting.remove(waiting.size() - 1));
        }
        tally.mostTogether = Math.max(tally.mostTogether, open.size());
        ChaosAttempt attempt = open.get(random.nextInt(open.size()));
        if (!step(attempt, counted.contains(attempt))) {
          open.remove(attempt);
        }
      }
    } finally {
      open.forEach(ChaosAttempt::abandon);
    }
  }

  private boolean step(ChaosAttempt attempt, boolean counts) {
    try {
      return attempt.step();
    } catch (IOException | RuntimeException e) {
      attempt.abandon();
      if (!counts) {
        return false;
      }
      throw e instanceof EngineException engine
          ? engine
          : new EngineException("engine 'chaos': " + attempt + " failed: " + e, e);
    }
  }

  /** An engine need not hear the tasks after one that has failed. */
  private void silence(List<ChaosAttempt> counted) {
    boolean afterFailed = false;
    for (ChaosAttempt attempt : counted) {
      if (afterFailed && isContiguous && random.nextBoolean()) {
        attempt.emissions().clear();
        tally.silenced++;
      }
      afterFailed |= attempt.failed();
    }
  }
}
