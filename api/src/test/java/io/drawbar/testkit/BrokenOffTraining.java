package io.drawbar.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
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
import io.drawbar.testkit.HeldTraining.Point;
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
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A training that is broken off after some supersteps and taken up elsewhere: it has to end with
 * the bits of one that was left in peace.
 */
public final class BrokenOffTraining {
  /** Opens a session with some configuration, of the engine that is meant. */
  public interface Opening extends Function<Config, Session> {}

  /** Writes down what it is told, and does something after each superstep. */
  private static final class Watch implements RunListener {
    private final List<String> notices = new ArrayList<>();
    private final Consumer<Place> afterSuperstep;

    Watch(Consumer<Place> afterSuperstep) {
      this.afterSuperstep = afterSuperstep;
    }

    @Override
    public void superstep(SuperstepProgress progress) {
      afterSuperstep.accept(new Place(progress.name(), progress.supersteps()));
    }

    @Override
    public void notice(String notice) {
      notices.add(notice);
    }

    @Override
    public void finished(RunReport report) {}
  }

  /** Where in its last iteration a training is broken off. */
  public enum Break {
    /** When little but the start is known. */
    EARLY,
    /** When the superstep has learnt from those before. */
    MIDDLE
  }

  /** How far a training has come: some have several iterations, one after the other. */
  private record Place(String name, long supersteps) {}

  /**
   * A training that was left in peace.
   *
   * @param last where its last iteration ended
   */
  private record Undisturbed(String result, Place last) {
    static Undisturbed of(HeldTraining training) {
      List<Place> places = new ArrayList<>();
      String result = train(Session::open, Config.of(), new Watch(places::add), training);
      Place last = places.get(places.size() - 1);
      assertTrue(last.supersteps() >= 4, last + " is too little to be broken off");
      return new Undisturbed(result, last);
    }

    Place at(Break where) {
      return new Place(last.name(), where == Break.EARLY ? 2 : last.supersteps() / 2);
    }
  }

  private BrokenOffTraining() {}

  /**
   * Interrupts a training on one engine, and takes it up on another.
   *
   * @param folder an empty one
   */
  public static void interruptAndResume(
      Path folder, HeldTraining training, Break where, Opening one, Opening other) {
    Undisturbed undisturbed = Undisturbed.of(training);
    Place place = undisturbed.at(where);
    interrupt(one, config(folder), training, place, HeldTraining.points());
    resume(folder, other, training, undisturbed, place.supersteps());
  }

  private static void interrupt(
      Opening one, Config config, HeldTraining training, Place where, List<Point> points) {
    Watch interrupting =
        new Watch(
            place -> {
              if (place.equals(where)) {
                Thread.currentThread().interrupt();
              }
            });
    EngineException interrupted =
        assertThrows(
            EngineException.class, () -> train(one, config, interrupting, training, points));
    assertTrue(Thread.interrupted(), "the interrupt is kept");
    String message = interrupted.getMessage();
    String wanted = "was interrupted after %s supersteps".formatted(where.supersteps());
    assertTrue(message.contains(wanted), message);
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
    Watch watch = new Watch(place -> {});
    String alone = train(engine, Config.of(), watch, HeldTraining.LINE, reversed);
    assertNotEquals(train(engine, Config.of(), watch, HeldTraining.LINE, points), alone);
    Place third = new Place(HeldTraining.HUBER.describe(), 3);
    interrupt(engine, config(folder), HeldTraining.LINE, third, points);
    assertEquals(alone, train(engine, config(folder), watch, HeldTraining.LINE, reversed));
    assertEquals(List.of(), watch.notices);
    train(engine, config(folder), watch, HeldTraining.LINE, points);
    assertTrue(watch.notices.get(0).contains("goes on after 3 supersteps"));
  }

  /**
   * Kills a process that trains, as a machine that fails does, damages what it has put down last,
   * and takes the training up on another engine.
   *
   * @param folder an empty one
   * @param engine configuration of the engine of the process
   */
  public static void killAndResume(
      Path folder, HeldTraining training, List<String> engine, Opening other)
      throws IOException, InterruptedException {
    Undisturbed undisturbed = Undisturbed.of(training);
    Path checkpoints = Files.createDirectory(folder.resolve("checkpoints"));
    Path litter = Files.createDirectory(folder.resolve("litter"));
    List<String> settings = new ArrayList<>(engine);
    settings.add("drawbar.checkpoint.folder=" + checkpoints);
    settings.add("drawbar.checkpoint.supersteps=1");
    settings.add("drawbar.gather.bytes=0");
    Place middle = undisturbed.at(Break.MIDDLE);
    killAt(middle, training, litter, settings);
    List<Path> states = states(checkpoints);
    assertEquals(2, states.size(), states.toString());
    Path newest = states.get(1);
    byte[] bytes = Files.readAllBytes(newest);
    Files.write(newest, Arrays.copyOf(bytes, bytes.length / 2));
    long before = middle.supersteps() - 1;
    List<String> notices = resume(checkpoints, other, training, undisturbed, before);
    assertTrue(notices.get(0).contains(newest + " is not used"), notices.toString());
  }

  /** Of a pace at which none is due: what is there was put down when it was broken off. */
  private static Config config(Path folder) {
    return Config.of(
        "drawbar.checkpoint.folder",
        folder.toString(),
        "drawbar.checkpoint.supersteps",
        "100",
        "drawbar.checkpoint.seconds",
        "3600",
        "drawbar.gather.bytes",
        "0");
  }

  private static List<String> resume(
      Path folder, Opening other, HeldTraining training, Undisturbed undisturbed, long supersteps) {
    Watch watch = new Watch(place -> {});
    String resumed = train(other, config(folder), watch, training);
    List<String> resumptions =
        watch.notices.stream().filter(notice -> notice.contains("goes on after")).toList();
    String last = resumptions.get(resumptions.size() - 1);
    assertTrue(last.contains("goes on after " + supersteps + " supersteps"), last);
    assertEquals(undisturbed.result(), resumed, "what " + training + " ends with");
    assertEquals(List.of(), states(folder), "what is left in the end");
    return watch.notices;
  }

  private static List<Path> states(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String train(
      Opening opening, Config config, RunListener watch, HeldTraining training) {
    return train(opening, config, watch, training, HeldTraining.points());
  }

  private static String train(
      Opening opening,
      Config config,
      RunListener watch,
      HeldTraining training,
      List<Point> points) {
    Config small = config.with("drawbar.leaf.rows", "60").with("drawbar.block.rows", "25");
    try (Session session = opening.apply(small)) {
      session.listen(watch);
      Dataset rows = session.read(Records.of(points, Point.class));
      return training.on(HeldTraining.columns(rows));
    }
  }

  /**
   * Starts a process of {@link #main}, which goes on at each word, and kills it while it waits.
   *
   * @param litter where it leaves what it had no time to remove
   */
  private static void killAt(Place where, HeldTraining training, Path litter, List<String> settings)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx512m");
    command.add("-Djava.io.tmpdir=" + litter);
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-"))
        .forEach(command::add);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(BrokenOffTraining.class.getName());
    command.add(training.name());
    command.addAll(settings);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try {
      BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
      OutputStream in = process.getOutputStream(); // closed by the kill: it would go on before
      String wanted = where.toString();
      String line = out.readLine();
      while (line != null && !line.equals(wanted)) {
        if (line.startsWith("Place[")) {
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
  public static void main(String[] arguments) {
    Config config = Config.of();
    for (String setting : List.of(arguments).subList(1, arguments.length)) {
      String[] pair = setting.split("=", 2);
      config = config.with(pair[0], pair[1]);
    }
    Watch watch =
        new Watch(
            place -> {
              System.out.println(place);
              System.out.flush();
              awaitWord();
            });
    train(Session::open, config, watch, HeldTraining.valueOf(arguments[0]));
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
