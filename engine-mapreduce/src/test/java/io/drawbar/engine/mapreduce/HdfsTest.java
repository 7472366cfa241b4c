package io.drawbar.engine.mapreduce;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbar.Session;
import io.drawbar.config.Config;
import io.drawbar.io.Csv;
import io.drawbar.io.TextFiles;
import io.drawbar.io.UriFileSystem;
import io.drawbar.spi.FileSystem;
import io.drawbar.spi.Layout;
import io.drawbar.spi.Source;
import io.drawbar.spi.Split;
import io.drawbar.testkit.FilesByUriTest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of an HDFS with a name node and three data nodes in this process. */
final class HdfsTest extends FilesByUriTest {
  private static final int BLOCK = 1 << 20;

  private static MiniDFSCluster cluster;
  private static int folders;

  @BeforeAll
  static void start(@TempDir Path base) throws IOException {
    Configuration conf = new Configuration();
    conf.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, base.toString());
    conf.setInt("dfs.blocksize", BLOCK);
    conf.setInt("dfs.replication", 2);
    cluster =
        new MiniDFSCluster.Builder(conf)
            .numDataNodes(3)
            .racks(new String[] {"/one", "/one", "/two"})
            .hosts(new String[] {"a.test", "b.test", "c.test"})
            .build();
    cluster.waitActive();
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.shutdown();
    }
  }

  @Override
  protected String engine() {
    return MapReduceEngineFactory.NAME;
  }

  @Override
  protected String root() throws IOException {
    String root = cluster.getURI() + "/test-" + folders++;
    cluster.getFileSystem().mkdirs(new org.apache.hadoop.fs.Path(root));
    return root;
  }

  @Override
  protected Map<String, String> settings() {
    return Map.of(
        "drawbar.hadoop.dfs.blocksize",
        Integer.toString(BLOCK),
        "drawbar.hadoop.dfs.replication",
        "2");
  }

  @Test
  void tasksAreToldWhereTheirBytesAre() throws IOException {
    String file = root() + "/a.csv";
    Config config = Config.of();
    for (Map.Entry<String, String> setting : settings().entrySet()) {
      config = config.with(setting.getKey(), setting.getValue());
    }
    FileSystem system = new UriFileSystem().configured(config, List.of(file));
    try (OutputStream out = system.create(file)) {
      byte[] line = "1,2,3,4,5,6,7\n".repeat(1 << 10).getBytes(StandardCharsets.UTF_8);
      for (int i = 0; i < 5 * BLOCK / line.length; i++) {
        out.write(line);
      }
    }
    Map<Long, Set<String>> kept = new TreeMap<>();
    system
        .list(file)
        .get(0)
        .placements()
        .forEach(p -> kept.put(p.offset(), new TreeSet<>(p.hosts())));
    assertThat(kept).hasSize(5);
    assertThat(kept.values()).allSatisfy(hosts -> assertThat(hosts).hasSize(2));
    Source source = TextFiles.at(file).configured(Config.of());
    // A split for each block of HDFS.
    List<Split> splits = source.splits(new Layout(BLOCK, 1, 64), 5, 1);
    assertThat(splits).hasSize(5);
    List<TaskSplit> tasks = TaskSplit.ofTasks(0, splits.stream().map(List::of).toList());
    for (int t = 0; t < tasks.size(); t++) {
      assertThat(tasks.get(t).getLocations())
          .containsExactlyInAnyOrderElementsOf(kept.get((long) t * BLOCK));
    }
  }

  @Test
  void anEnginesOwnConfigurationIsTheBaseOfPaths() throws IOException {
    String root = root();
    Configuration own = new Configuration();
    own.set("fs.defaultFS", cluster.getURI().toString());
    FileSystem system = new UriFileSystem().configured(Config.of(), List.of(root));
    try (OutputStream out = system.create(root + "/a.csv")) {
      out.write("1\n2\n".getBytes(StandardCharsets.UTF_8));
    }
    String withoutHost = "hdfs://" + new org.apache.hadoop.fs.Path(root).toUri().getPath();
    try (Session session = MapReduceDrawbar.session(own)) {
      assertThat(session.read(TextFiles.at(withoutHost)).count()).isEqualTo(2);
      session.read(TextFiles.at(withoutHost)).write(Csv.to(withoutHost + "/out"));
    }
    assertThat(system.exists(root + "/out/_SUCCESS")).isTrue();
  }
}
