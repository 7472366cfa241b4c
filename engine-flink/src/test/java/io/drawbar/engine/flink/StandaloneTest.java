package io.drawbar.engine.flink;

import static io.drawbar.expr.Functions.col;
import static io.drawbar.expr.Functions.vector;
import static io.drawbar.testkit.HeldNumbers.expected;
import static io.drawbar.testkit.HeldNumbers.graph;
import static io.drawbar.testkit.HeldNumbers.state;
import static io.drawbar.testkit.HeldNumbers.total;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawbar.Dataset;
import io.drawbar.HeldDataset;
import io.drawbar.Session;
import io.drawbar.config.Config;
import io.drawbar.io.Csv;
import io.drawbar.spi.Engine;
import io.drawbar.spi.FrameStream;
import io.drawbar.spi.HeldData;
import io.drawbar.testkit.HeldNumbers.Sum;
import io.drawbar.testkit.HeldTraining;
import io.drawbar.testkit.HuberRegression;
import io.drawbar.testkit.OnlyHolding;
import io.drawbar.testkit.StumblingEngine;
import io.drawbar.testkit.WideState;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A job manager and task managers in JVMs of their own, which know Flink and get Drawbar and the
 * functions of this test as a jar; the driver is here. Asked for by {@code -Pstandalone}.
 */
@Timeout(300)
@EnabledIfSystemProperty(named = "standalone", matches = "true")
public class StandaloneTest {
  private static final int NUMBERS = 100;

  /** Of one slot each. */
  private static final int TASK_MANAGERS = 3;

  private static final List<String> MEMORY =
      List.of(
          "cpu.cores=1.0",
          "memory.task.heap.size=900m",
          "memory.task.off-heap.size=0b",
          "memory.framework.heap.size=100m",
          "memory.framework.off-heap.size=64m",
          "memory.network.min=64m",
          "memory.network.max=64m",
          "memory.managed.size=0b",
          "memory.jvm-metaspace.size=256m",
          "memory.jvm-overhead.min=128m",
          "memory.jvm-overhead.max=128m");

  private static final List<Process> PROCESSES = new CopyOnWriteArrayList<>();

  private static volatile boolean stopping;

  @TempDir static Path folder;

  private static Path scratch;
  private static List<Path> jars;
  private static StreamExecutionEnvironment environment;

  @BeforeAll
  static void start() throws Exception {
    jars = new ArrayList<>();
    List<Path> classes = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      boolean jar = entry.endsWith(".jar") && !entry.contains("drawbar-");
      (jar ? jars : classes).add(Path.of(entry));
    }
    Path program = folder.resolve("program.jar");
    pack(classes, program);
    scratch = Files.createDirectory(folder.resolve("scratch"));
    int port = freePort();
    configure(port);
    launch("job-manager", "-Xmx256m", StandaloneSessionClusterEntrypoint.class);
    for (int i = 0; i < TASK_MANAGERS; i++) {
      launchTaskManager(i);
    }
    environment =
        StreamExecutionEnvironment.createRemoteEnvironment("localhost", port, program.toString());
    environment.setParallelism(2);
    awaitSlots();
  }

  private static void configure(int port) throws IOException {
    String settings =
        """
        jobmanager.rpc.address: localhost
        jobmanager.rpc.port: %s
        jobmanager.memory.process.size: 1024m
        rest.address: localhost
        rest.port: %s
        rest.bind-port: %s
        taskmanager.host: localhost
        taskmanager.numberOfTaskSlots: 1
        heartbeat.interval: 1000
        heartbeat.timeout: 8000
        io.tmp.dirs: %s
        """
            .formatted(freePort(), port, port, folder);
    Files.writeString(folder.resolve("config.yaml"), settings);
  }

  /** Starts another in place of one that dies, as whoever looks after a cluster does. */
  private static void launchTaskManager(int number) {
    List<String> options =
        MEMORY.stream().flatMap(o -> Stream.of("-D", "taskmanager." + o)).toList();
    try {
      Process process =
          launch(
              "task-manager-" + number,
              "-Xmx1000m",
              TaskManagerRunner.class,
              options.toArray(String[]::new));
      process.onExit().thenRun(() -> launchUnlessStopping(number + TASK_MANAGERS));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static synchronized void launchUnlessStopping(int number) {
    if (!stopping) {
      launchTaskManager(number);
    }
  }

  private static Process launch(String name, String heap, Class<?> main, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.add(heap);
    String path = jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    command.addAll(List.of("-cp", path, main.getName(), "--configDir", folder.toString()));
    Collections.addAll(command, arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectErrorStream(true).redirectOutput(folder.resolve(name + ".log").toFile());
    Process process = builder.start();
    PROCESSES.add(process);
    return process;
  }

  private static void awaitSlots() throws Exception {
    try (SessionCluster cluster = SessionCluster.of(environment)) {
      for (int tries = 0; ; tries++) {
        try {
          if (cluster.room(TASK_MANAGERS, 0) == TASK_MANAGERS - 1) {
            return;
          }
        } catch (io.drawbar.spi.EngineException e) {
          assertThat(tries).as("it starts").isLessThan(200);
        }
        Thread.sleep(300);
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static void pack(List<Path> roots, Path jar) throws IOException {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      List<String> packed = new ArrayList<>();
      for (Path root : roots.stream().filter(Files::isDirectory).toList()) {
        try (Stream<Path> files = Files.walk(root)) {
          for (Path file : files.filter(Files::isRegularFile).toList()) {
            String name = root.relativize(file).toString().replace(File.separatorChar, '/');
            if (!packed.contains(name)) {
              packed.add(name);
              out.putNextEntry(new JarEntry(name));
              Files.copy(file, out);
            }
          }
        }
      }
    }
  }

  @AfterAll
  static void stop() throws InterruptedException {
    synchronized (StandaloneTest.class) {
      stopping = true;
    }
    for (Process process : PROCESSES) {
      process.destroy();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    }
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    try (var files = Files.list(scratch)) {
      assertThat(files).as("what runs left in the scratch folder").isEmpty();
    }
  }

  private static Config config() {
    return Config.of("drawbar.flink.scratch.folder", scratch.toString());
  }

  @Test
  void theSlotsButOneHoldRows() throws Exception {
    try (Engine engine = FlinkEngine.attached(environment, config());
        HeldData held = engine.hold(graph(NUMBERS)).orElseThrow()) {
      held.loading().await();
      List<byte[]> frames = held.superstep(Sum.plain(), state(3, 1000));
      assertThat(frames).hasSize(TASK_MANAGERS - 1);
      assertThat(total(frames)).isEqualTo(expected(NUMBERS, 3));
    }
  }

  /** By message and by file, and at both sides of where one becomes the other. */
  private static final int[] STATE_BYTES = {
    1 << 10,
    1 << 16,
    1 << 20,
    (4 << 20) - 1,
    4 << 20,
    (4 << 20) + 1,
    Parcel.MOST_BYTES - FrameStream.HEADER_BYTES,
    Parcel.MOST_BYTES - FrameStream.HEADER_BYTES + 1,
    16 << 20,
    100 << 20
  };

  /** Held rows of small units. */
  private static Config held() {
    return config()
        .with("drawbar.gather.bytes", "0")
        .with("drawbar.leaf.bytes", "2048")
        .with("drawbar.block.rows", "50");
  }

  private static Session local() {
    return Session.open(held().with("drawbar.parallelism", "1"));
  }

  @Test
  void statesOfAllSizesGoThereAndBackToTheSameBits() throws Exception {
    try (Session local = local();
        HeldDataset here = points(local).hold(List.of("y"));
        Engine engine = FlinkEngine.attached(environment, config());
        Session session = Session.attach(new OnlyHolding(engine), held());
        HeldDataset there = points(session).hold(List.of("y"))) {
      for (int bytes : STATE_BYTES) {
        WideState wide = new WideState("y", bytes, 3);
        WideState.Numbers found = there.iterate(wide, wide.start());
        assertThat(found).as("a state of %s bytes", bytes).isNotEqualTo(wide.start());
        assertThat(found).isEqualTo(here.iterate(wide, wide.start()));
      }
    }
  }

  /** One after the other, each with a task manager that dies whenever rows are gone over anew. */
  @ParameterizedTest
  @EnumSource
  void trainings(HeldTraining training) throws IOException {
    Path file = folder.resolve("training.csv");
    String expected;
    try (Session local = local()) {
      expected = training.on(local, file);
    }
    try (Engine engine = FlinkEngine.attached(environment, config())) {
      Path marks = Files.createTempDirectory(folder, "stumbles-");
      StumblingEngine stumbling =
          new StumblingEngine(new OnlyHolding(engine), marks, StumblingEngine.Fall.HALT);
      try (Session session = Session.attach(stumbling, held())) {
        assertThat(training.on(session, file)).isEqualTo(expected);
      }
      assertThat(stumbling.stumbles()).as("task managers that died").isGreaterThan(2);
    }
  }

  /** Flink has the slots of one back only after it has said that it has ended. */
  @Test
  void oneTrainingRightAfterAnother() throws Exception {
    try (Engine engine = FlinkEngine.attached(environment, config());
        Session session = Session.attach(new OnlyHolding(engine), held())) {
      for (int n = 0; n < 10; n++) {
        HeldTraining.LINE.on(session, folder.resolve("training.csv"));
      }
    }
  }

  @Test
  void aTrainingBesideOtherRuns() throws Exception {
    Config config = config().with("drawbar.gather.bytes", "0").with("drawbar.leaf.bytes", "2048");
    HuberRegression line = new HuberRegression("x", "y", 1, 1.5, 30);
    HuberRegression.Weights start =
        new HuberRegression.Weights(new double[2], 0, Double.POSITIVE_INFINITY, false);
    HuberRegression.Weights expected;
    try (Session local = Session.open(Config.of("drawbar.leaf.bytes", "2048"))) {
      expected = points(local).iterate(line, start);
    }
    try (Session session = FlinkDrawbar.session(environment, config)) {
      Dataset points = points(session);
      try (HeldDataset held = points.hold(List.of("x", "y"))) {
        assertThat(points.count()).isEqualTo(3000);
        HuberRegression.Weights found = held.iterate(line, start);
        assertThat(found.values()).containsExactly(expected.values());
        assertThat(found.supersteps()).isEqualTo(expected.supersteps());
      }
    }
  }

  public record Point(double a, double y) {}

  private static Dataset points(Session session) throws IOException {
    Path file = folder.resolve("points.csv");
    if (!Files.exists(file)) {
      String lines =
          IntStream.range(0, 3000)
              .mapToObj(i -> String.format(Locale.ROOT, "%s,%s%n", i % 17, 3 * (i % 17) + i % 5))
              .collect(Collectors.joining());
      Files.writeString(file, lines);
    }
    return session
        .read(Csv.of(Point.class).at(file.toString()))
        .select(vector(col("a")).as("x"), col("y"));
  }

  @Test
  void aTaskManagerThatDiesIsReplaced() throws Exception {
    String mark = folder.resolve("died").toString();
    try (Engine engine = FlinkEngine.attached(environment, config());
        HeldData held = engine.hold(graph(NUMBERS)).orElseThrow()) {
      held.loading().await();
      Sum deadly =
          new Sum(
              number -> {
                if (number == NUMBERS - 1 && new File(mark).createNewFile()) {
                  Runtime.getRuntime().halt(1);
                }
              },
              8);
      for (int factor = 1; factor < 4; factor++) {
        assertThat(total(held.superstep(deadly, state(factor, 1000))))
            .isEqualTo(expected(NUMBERS, factor));
      }
      assertThat(new File(mark)).exists();
    } finally {
      awaitSlots();
    }
  }
}
