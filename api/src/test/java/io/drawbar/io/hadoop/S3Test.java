package io.drawbar.io.hadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.Dataset;
import io.drawbar.Session;
import io.drawbar.config.Config;
import io.drawbar.io.Csv;
import io.drawbar.io.Json;
import io.drawbar.io.TargetExistsException;
import io.drawbar.io.TextFiles;
import io.drawbar.io.UriFileSystem;
import io.drawbar.io.compression.Compression;
import io.drawbar.spi.FileSystem;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files of an S3 server in a process of its own, through Hadoop's {@code s3a}; only with {@code
 * -Ps3}, which puts both on the class path.
 */
@Tag("s3")
@EnabledIfSystemProperty(named = "test.s3", matches = "true")
class S3Test {
  record Point(long n, double x) {}

  private static final String SECRET = "wJalrXUtnFEMI";
  private static final int SECONDS_TO_START = 120;
  private static final List<String> NOT_THE_SERVERS =
      List.of("slf4j-simple", "hadoop-", "/target/classes", "/target/test-classes");

  private static Process server;
  private static int port;

  @TempDir static Path logs;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    String classPath =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> NOT_THE_SERVERS.stream().noneMatch(entry::contains))
            .collect(Collectors.joining(File.pathSeparator));
    server =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                classPath,
                "-Dserver.address=127.0.0.1",
                "-Dserver.port=0",
                "-Dcom.adobe.testing.s3mock.controller.http-port=" + port,
                "-Dcom.adobe.testing.s3mock.http-port=" + port,
                "-Dhttp.port=" + port,
                "-Dcom.adobe.testing.s3mock.store.initial-buckets=bucket",
                "-Dcom.adobe.testing.s3mock.store.root=" + logs.resolve("store"),
                "com.adobe.testing.s3mock.S3MockApplication")
            .redirectErrorStream(true)
            .redirectOutput(logs.resolve("log").toFile())
            .start();
    for (int second = 0; !isUp(); second++) {
      if (second > SECONDS_TO_START || !server.isAlive()) {
        server.destroyForcibly();
        throw new IllegalStateException(
            "the server does not answer:\n" + Files.readString(logs.resolve("log")));
      }
      TimeUnit.SECONDS.sleep(1);
    }
  }

  private static boolean isUp() {
    try {
      HttpURLConnection bucket =
          (HttpURLConnection)
              URI.create("http://127.0.0.1:" + port + "/bucket?list-type=2")
                  .toURL()
                  .openConnection();
      return bucket.getResponseCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  @AfterAll
  static void stop() throws InterruptedException {
    if (server != null) {
      server.destroy();
      if (!server.waitFor(10, TimeUnit.SECONDS)) {
        server.destroyForcibly();
      }
    }
  }

  private static Config config() {
    return Config.of(
        "drawbar.hadoop.fs.s3a.endpoint", "http://127.0.0.1:" + port,
        "drawbar.hadoop.fs.s3a.endpoint.region", "us-east-1",
        "drawbar.hadoop.fs.s3a.path.style.access", "true",
        "drawbar.hadoop.fs.s3a.connection.ssl.enabled", "false",
        "drawbar.hadoop.fs.s3a.access.key", "AKIAIOSFODNN7",
        "drawbar.hadoop.fs.s3a.secret.key", SECRET,
        "drawbar.leaf.bytes", "4096");
  }

  private static FileSystem system() {
    return new UriFileSystem().configured(config(), List.of("s3a://bucket/"));
  }

  private static void write(String path, String text, Compression compression) throws IOException {
    try (OutputStream out = compression.compressed(system().create(path))) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static String lines(int first, int count) {
    StringBuilder text = new StringBuilder();
    for (int i = first; i < first + count; i++) {
      text.append(i).append(',').append(i / 8.0).append('\n');
    }
    return text.toString();
  }

  @Test
  void rowsGoInAndOut() throws IOException {
    write("s3a://bucket/in/a.csv", lines(0, 2_000), Compression.NONE);
    write("s3a://bucket/in/b.csv.zst", lines(2_000, 2_000), Compression.ZSTD);
    write("s3a://bucket/in/deep/c d.csv.gz", lines(4_000, 2_000), Compression.GZIP);
    write("s3a://bucket/in/_hidden/d.csv", "no row", Compression.NONE);
    try (Session session = Session.open(config())) {
      Dataset points = session.read(Csv.of(Point.class).at("s3a://bucket/in"));
      List<Point> rows = points.collect(Point.class);
      assertThat(rows).hasSize(6_000);
      assertThat(rows.get(4_321)).isEqualTo(new Point(4_321, 4_321 / 8.0));
      points.write(Json.to("s3a://bucket/out").compressed(Compression.ZSTD));
      assertThat(session.read(Json.of(Point.class).at("s3a://bucket/out")).collect(Point.class))
          .isEqualTo(rows);
      assertThat(
              session.read(Csv.of(Point.class).at("s3a://bucket/i*/?.csv*")).collect(Point.class))
          .isEqualTo(rows.subList(0, 4_000));
      assertThatThrownBy(() -> points.write(Json.to("s3a://bucket/out")))
          .isInstanceOf(TargetExistsException.class);
      assertThat(system().list("s3a://bucket/").stream().map(FileSystem.Status::relativePath))
          .as("nothing is left behind")
          .allMatch(name -> name.matches("(in|out|claims|wrong)/.*"));
    }
  }

  @Test
  void ofTwoWhoCreateAFileOneDoes() throws IOException {
    FileSystem system = system();
    OutputStream first = system.create("s3a://bucket/claims/x");
    OutputStream second = system.create("s3a://bucket/claims/x");
    first.write('1');
    second.write('2');
    first.close();
    assertThatThrownBy(second::close).isInstanceOf(IOException.class);
    try (var in = system.open("s3a://bucket/claims/x", 0)) {
      assertThat(in.readAllBytes()).containsExactly('1');
    }
  }

  @Test
  void nothingTellsTheSecret() throws IOException {
    write("s3a://bucket/wrong/a.csv", "1,x\n", Compression.NONE);
    try (Session session = Session.open(config())) {
      Dataset wrong = session.read(Csv.of(Point.class).at("s3a://bucket/wrong"));
      assertThat(wrong.explain()).contains("s3a://bucket/wrong").doesNotContain(SECRET);
      assertThatThrownBy(wrong::collect)
          .hasMessageContaining("s3a://bucket/wrong/a.csv")
          .hasMessageNotContaining(SECRET);
      assertThatThrownBy(() -> session.read(TextFiles.at("s3a://bucket/gone")).count())
          .hasMessageContaining("nothing is at s3a://bucket/gone");
      assertThatThrownBy(() -> session.read(TextFiles.at("s3a://nowhere/x")).count())
          .hasMessageContaining("s3a://nowhere/x")
          .hasMessageNotContaining(SECRET);
    }
  }
}
