package io.drawbar.engine.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.config.Config;
import io.drawbar.spi.EngineException;
import io.drawbar.spi.Split;
import io.drawbar.testkit.Graphs;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.serializer.SerializationStream;
import org.apache.spark.serializer.SerializerInstance;
import org.junit.jupiter.api.Test;
import scala.Tuple2;
import scala.collection.Iterator;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** What can be seen without starting Spark. */
class SparkSettingsTest {
  private static final ClassTag<Object> ANY = ClassTag$.MODULE$.apply(Object.class);

  @Test
  void triesTasksAgainOnALocalMaster() {
    assertThat(SharedContext.withRetries("local", 7)).isEqualTo("local[1,4]");
    assertThat(SharedContext.withRetries("local[*]", 0)).isEqualTo("local[*,4]");
    assertThat(SharedContext.withRetries("local[*]", 7)).isEqualTo("local[7,4]");
    assertThat(SharedContext.withRetries("local[2]", 7)).isEqualTo("local[2,4]");
    assertThat(SharedContext.withRetries("local[2,1]", 7)).isEqualTo("local[2,1]");
    assertThat(SharedContext.withRetries("yarn", 7)).isEqualTo("yarn");
  }

  @Test
  void staysOnTheLoopbackWithALocalMasterOnly() {
    SparkConf local = SharedContext.conf(Config.of());
    assertThat(local.get("spark.driver.bindAddress")).isEqualTo("127.0.0.1");
    assertThat(local.get("spark.ui.enabled")).isEqualTo("false");
    SparkConf cluster = SharedContext.conf(Config.of("drawbar.spark.master", "yarn"));
    assertThat(cluster.contains("spark.driver.bindAddress")).isFalse();
  }

  @Test
  void handsSettingsToSpark() {
    SparkConf conf =
        SharedContext.conf(
            Config.of(
                "drawbar.spark.conf.spark.ui.enabled", "true",
                "drawbar.spark.conf.spark.executor.memory", "3g"));
    assertThat(conf.get("spark.ui.enabled")).isEqualTo("true");
    assertThat(conf.get("spark.executor.memory")).isEqualTo("3g");
    assertThatThrownBy(
            () -> SharedContext.conf(Config.of("drawbar.spark.conf.executor.memory", "3g")))
        .isInstanceOf(EngineException.class)
        .hasMessageEndingWith("Did you mean 'drawbar.spark.conf.spark.executor.memory'?");
  }

  @Test
  void namesTheFlagsThatAreMissing() {
    assertThat(Preflight.missing(SparkConf.class.getModule())).isEmpty();
    // A module with a name, which ALL-UNNAMED does not mean.
    assertThat(Preflight.missing(java.util.logging.Logger.class.getModule()))
        .contains("--add-opens=java.base/sun.nio.ch=ALL-UNNAMED");
  }

  @Test
  void saysThatNoMasterAnswers() throws Exception {
    String silent;
    try (ServerSocket socket = new ServerSocket(0)) {
      silent = "localhost:" + socket.getLocalPort();
      Preflight.checkMaster("spark://" + silent);
    }
    assertThatThrownBy(() -> Preflight.checkMaster("spark://" + silent))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("no Spark master answers at " + silent + " (Connection refused)");
  }

  @Test
  void prefersTheHostsWithMostBytes() {
    List<Split> splits =
        List.of(
            new Graphs.Number(0, new byte[0], List.of("d", "b")),
            new Graphs.Number(1, new byte[0], List.of("c", "b")),
            new Graphs.Number(2, new byte[0], List.of("c", "a", "b")));
    assertThat(LeafRdd.hosts(splits)).containsExactly("b", "c", "a");
  }

  @Test
  void sharesTheHeapAmongTheTasksThatRunAtOnce() {
    assertThat(slots("local")).isEqualTo(1);
    assertThat(slots("local[3]")).isEqualTo(3);
    assertThat(slots("local[*]")).isEqualTo(8);
    assertThat(slots("local[*,4]")).isEqualTo(8);
    assertThat(slots("local[2,4]", "spark.task.cpus", "2")).isEqualTo(1);
    assertThat(slots("local-cluster[2,4,1024]", "spark.executor.cores", "4")).isEqualTo(4);
    assertThat(slots("yarn", "spark.executor.cores", "5")).isEqualTo(5);
    assertThat(slots("yarn")).isEqualTo(8);
    long mebibyte = 1 << 20;
    assertThat(TaskMemory.bytes(spark("local[2]"), 1300 * mebibyte, 8)).isEqualTo(300 * mebibyte);
    assertThat(TaskMemory.bytes(spark("local[2]"), 8000 * mebibyte, 8)).isEqualTo(2000 * mebibyte);
    assertThat(TaskMemory.bytes(spark("local[2]"), 100 * mebibyte, 8)).isEqualTo(1);
    assertThat(
            TaskMemory.bytes(
                spark("local[1]", "spark.memory.fraction", "0.25"), 1300 * mebibyte, 8))
        .isEqualTo(250 * mebibyte);
  }

  private static int slots(String master, String... settings) {
    return TaskMemory.slots(spark(master, settings), 8);
  }

  private static SparkConf spark(String master, String... settings) {
    SparkConf conf = new SparkConf(false).setMaster(master);
    for (int i = 0; i < settings.length; i += 2) {
      conf.set(settings[i], settings[i + 1]);
    }
    return conf;
  }

  @Test
  void noticesFramesThatWereCut() {
    SerializerInstance serializer = new FrameSerializer().newInstance();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    SerializationStream out = serializer.serializeStream(bytes);
    out.writeKey(0x01020304, ANY).writeValue(new byte[] {1, 2, 3}, ANY);
    out.writeKey(5, ANY).writeValue(new byte[0], ANY).flush();
    Iterator<Tuple2<Object, Object>> in = frames(serializer, bytes.toByteArray(), 0);
    Tuple2<Object, Object> first = in.next();
    assertThat(first._1()).isEqualTo(0x01020304);
    assertThat((byte[]) first._2()).containsExactly(1, 2, 3);
    assertThat(in.next()._1()).isEqualTo(5);
    assertThat(in.hasNext()).isFalse();
    assertThatThrownBy(() -> frames(serializer, bytes.toByteArray(), 1).size())
        .hasMessageContaining("ends inside a frame");
  }

  private static Iterator<Tuple2<Object, Object>> frames(
      SerializerInstance serializer, byte[] bytes, int cut) {
    byte[] there = Arrays.copyOf(bytes, bytes.length - cut);
    return serializer.deserializeStream(new ByteArrayInputStream(there)).asKeyValueIterator();
  }
}
