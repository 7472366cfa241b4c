package io.drawbar.testkit;

import static io.drawbar.expr.Functions.col;
import static io.drawbar.expr.Functions.vector;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drawbar.Dataset;
import io.drawbar.RunListener;
import io.drawbar.RunReport;
import io.drawbar.Session;
import io.drawbar.SuperstepProgress;
import io.drawbar.config.Config;
import io.drawbar.io.Records;
import io.drawbar.spi.EngineException;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A training that is broken off after some supersteps and taken up elsewhere: it has to end with
 * the bits of one that was left in peace.
 */
public final class BrokenOffTraining {
  /** When it is broken off. */
  private static final int SUPERSTEPS = 3;

  private static final HuberRegression LINE = new HuberRegression("x", "y", 2, 0.5, 9);

  /** Opens a session with some configuration, of the engine that is meant. */
  public interface Opening extends Function<Config, Session> {}

  /** A row. */
  public record Point(double a, double b, double y) {}

  /** Writes down what it is told, and does something after each superstep. */
  private static final class Watch implements RunListener {
    private final List<String> notices = new ArrayList<>();
    private final LongConsumer afterSuperstep;

    Watch(LongConsumer afterSuperstep) {
      this.afterSuperstep = afterSuperstep;
    }

    @Override
    public void superstep(SuperstepProgress progress) {
      afterSuperstep.accept(progress.supersteps());
    }

    @Override
    public void notice(String notice) {
      notices.add(notice);
    }

    @Override
    public void finished(RunReport report) {}
  }

  private BrokenOffTraining() {}

  /**
   * Interrupts a training on one engine, and takes it up on another.
   *
   * @param folder an empty one
   */
  public static void interruptAndResume(Path folder, Opening one, Opening other) {
    interrupt(one, config(folder), points());
    resume(folder, other, SUPERSTEPS);
  }

  private static void interrupt(Opening one, Config config, List<Point> points) {
    Watch interrupting =
        new Watch(
            superstep -> {
              if (superstep == SUPERSTEPS) {
                Thread.currentThread().interrupt();
              }
            });
    EngineException interrupted =
        assertThrows(EngineException.class, () -> train(one, config, interrupting, points));
    assertTrue(Thread.interrupted(), "the interrupt is kept");
    String message = interrupted.getMessage();
    assertTrue(message.contains("was interrupted after 3 supersteps"), message);
  }

  /**
   * Interrupts a training, and trains of the same rows in another order: that begins anew, since it
   * ends with other bits.
   *
   * @param folder an empty one
   */
  public static void interruptAndReverse(Path folder, Opening engine) {
    Random random = new Random(1);
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      points.add(
          new Point(random.nextGaussian(), random.nextGaussian() * 1e3, random.nextGaussian()));
    }
    List<Point> reversed = new ArrayList<>(points);
    Collections.reverse(reversed);
    Watch watch = new Watch(superstep -> {});
    long[] alone = bits(train(engine, Config.of(), watch, reversed));
    assertFalse(Arrays.equals(bits(train(engine, Config.of(), watch, points)), alone));
    interrupt(engine, config(folder), points);
    assertArrayEquals(alone, bits(train(engine, config(folder), watch, reversed)));
    assertEquals(List.of(), watch.notices);
    train(engine, config(folder), watch, points);
    assertTrue(watch.notices.get(0).contains("goes on after 3 supersteps"));
  }

  /**
   * Kills a process that trains, as a machine that fails does, damages what it has put down last,
   * and takes the training up on another engine.
   *
   * @param folder an empty one
   * @param engine configuration of the engine of the process
   */
  public static void killAndResume(Path folder, List<String> engine, Opening other)
      throws IOException, InterruptedException {
    List<String> settings = new ArrayList<>(engine);
    settings.add("drawbar.checkpoint.folder=" + folder);
    settings.add("drawbar.checkpoint.supersteps=1");
    settings.add("drawbar.gather.bytes=0");
    killAfter(SUPERSTEPS, settings);
    List<Path> states = states(folder);
    assertEquals(2, states.size(), states.toString());
    Path newest = states.get(1);
    byte[] bytes = Files.readAllBytes(newest);
    Files.write(newest, Arrays.copyOf(bytes, bytes.length / 2));
    String before = states.get(0).getFileName().toString().replaceAll("^0+|\\.state", "");
    List<String> notices = resume(folder, other, Integer.parseInt(before));
    assertTrue(notices.get(0).contains(newest + " is not used"), notices.toString());
  }

  private static Config config(Path folder) {
    return Config.of(
        "drawbar.checkpoint.folder",
        folder.toString(),
        "drawbar.checkpoint.supersteps",
        "1",
        "drawbar.gather.bytes",
        "0");
  }

  private static List<String> resume(Path folder, Opening other, int supersteps) {
    Watch watch = new Watch(superstep -> {});
    HuberRegression.Weights resumed = train(other, config(folder), watch);
    String last = watch.notices.get(watch.notices.size() - 1);
    assertTrue(last.contains("goes on after " + supersteps + " supersteps"), last);
    HuberRegression.Weights whole = train(Session::open, Config.of(), new Watch(s -> {}));
    assertArrayEquals(bits(whole), bits(resumed));
    assertEquals(List.of(), states(folder), "what is left in the end");
    return watch.notices;
  }

  private static long[] bits(HuberRegression.Weights weights) {
    return Arrays.stream(weights.values()).mapToLong(Double::doubleToRawLongBits).toArray();
  }

  private static List<Path> states(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static HuberRegression.Weights train(Opening opening, Config config, RunListener watch) {
    return train(opening, config, watch, points());
  }

  private static List<Point> points() {
    return IntStream.range(0, 500)
        .mapToObj(i -> new Point(i % 17 / 7.0, i % 23 / 9.0, i % 29 / 11.0))
        .toList();
  }

  private static HuberRegression.Weights train(
      Opening opening, Config config, RunListener watch, List<Point> points) {
    Config small = config.with("drawbar.leaf.rows", "60").with("drawbar.block.rows", "25");
    try (Session session = opening.apply(small)) {
      session.listen(watch);
      Dataset rows =
          session
              .read(Records.of(points, Point.class))
              .select(vector(col("a"), col("b")).as("x"), col("y"));
      return rows.iterate(LINE, HuberRegression.Weights.zero(2));
    }
  }

  /** Starts a process of {@link #main}, which goes on at each word, and kills it while it waits. */
  private static void killAfter(int supersteps, List<String> settings)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx512m");
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-"))
        .forEach(command::add);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(BrokenOffTraining.class.getName());
    command.addAll(settings);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try {
      BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
      OutputStream in = process.getOutputStream(); // closed by the kill: it would go on before
      String wanted = "superstep " + supersteps;
      String line = out.readLine();
      while (line != null && !line.equals(wanted)) {
        if (line.startsWith("superstep ")) {
          in.write('\n');
          in.flush();
        }
        line = out.readLine();
      }
      assertEquals(wanted, line, "what the process said last");
    } finally {
      process.destroyForcibly();
    }
    assertTrue(process.waitFor() != 0);
  }

  /** Trains, and says after each superstep which it was; then it waits until it may go on. */
  public static void main(String[] settings) {
    Config config = Config.of();
    for (String setting : settings) {
      String[] pair = setting.split("=", 2);
      config = config.with(pair[0], pair[1]);
    }
    Watch watch =
        new Watch(
            superstep -> {
              System.out.println("superstep " + superstep);
              System.out.flush();
              awaitWord();
            });
    train(Session::open, config, watch);
  }

  private static void awaitWord() {
    try {
      if (System.in.read() < 0) {
        throw new EOFException("nobody is there to go on for");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
