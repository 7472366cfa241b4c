package io.drawbar.io.hadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.Dataset;
import io.drawbar.Session;
import io.drawbar.config.Config;
import io.drawbar.error.DrawbarException;
import io.drawbar.expr.Functions;
import io.drawbar.io.Csv;
import io.drawbar.io.Json;
import io.drawbar.io.MissingFileException;
import io.drawbar.io.TextFiles;
import io.drawbar.io.UriFileSystem;
import io.drawbar.spi.FileSystem;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Hadoop's file systems in process: {@code viewfs} over folders of this machine, which are Hadoop's
 * own classes and need no server.
 */
class HadoopFileSystemTest {
  record Customer(String name, long visits) {}

  private static final String SECRET = "wJalrXUtnFEMI";

  @TempDir Path folder;

  private Config config() throws IOException {
    Files.createDirectories(folder.resolve("mounted"));
    return Config.of(
        "drawbar.hadoop.fs.viewfs.mounttable.here.link./m",
        folder.resolve("mounted").toUri().toString(),
        "drawbar.hadoop.fs.s3a.secret.key",
        SECRET);
  }

  private FileSystem system() throws IOException {
    return new UriFileSystem().configured(config(), List.of("viewfs://here/m"));
  }

  private static void write(FileSystem system, String path, String text) throws IOException {
    try (var out = system.create(path)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void aPathMayBeAUri() throws IOException {
    Files.createDirectories(folder.resolve("mounted/in/deep"));
    Files.createDirectories(folder.resolve("mounted/in/_hidden"));
    Files.writeString(folder.resolve("mounted/in/a.csv"), "ann,1\nbob,2\n");
    Files.writeString(folder.resolve("mounted/in/deep/b.csv"), "cid,3\n");
    Files.writeString(folder.resolve("mounted/in/_hidden/c.csv"), "no row");
    try (Session session = Session.open(config())) {
      Dataset all = session.read(Csv.of(Customer.class).at("viewfs://here/m/in"));
      assertThat(all.collect(Customer.class))
          .containsExactly(new Customer("ann", 1), new Customer("bob", 2), new Customer("cid", 3));
      all.where(Functions.col("visits").gt(1)).write(Json.to("viewfs://here/m/out"));
      assertThat(Files.exists(folder.resolve("mounted/out/_SUCCESS"))).isTrue();
      assertThat(
              session
                  .read(Json.of(Customer.class).at("viewfs://here/m/o*/*.json"))
                  .collect(Customer.class))
          .containsExactly(new Customer("bob", 2), new Customer("cid", 3));
      assertThat(session.infer(Csv.at("viewfs://here/m/in/a.csv")).toString())
          .contains("viewfs://here/m/in/a.csv");
      // One list of paths, two file systems.
      String plain = folder.resolve("mounted/in/a.csv").toUri().toString();
      assertThat(session.read(TextFiles.at(plain, "viewfs://here/m/in/deep")).count()).isEqualTo(3);
      // Nothing but the output is left behind.
      try (var names = Files.list(folder.resolve("mounted"))) {
        assertThat(names.map(name -> name.getFileName().toString()))
            .containsExactlyInAnyOrder("in", "out");
      }
    }
  }

  @Test
  void filesAreOpenedAnywhereAndNotWrittenTwice() throws IOException {
    FileSystem system = system();
    write(system, "viewfs://here/m/new/a.txt", "0123456789");
    try (InputStream in = system.open("viewfs://here/m/new/a.txt", 7)) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("789");
    }
    assertThatThrownBy(() -> system.create("viewfs://here/m/new/a.txt"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("viewfs://here/m/new/a.txt");
    write(system, "viewfs://here/m/new/b.txt", "");
    assertThatThrownBy(
            () -> system.rename("viewfs://here/m/new/a.txt", "viewfs://here/m/new/b.txt"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("already there");
    system.rename("viewfs://here/m/new/a.txt", "viewfs://here/m/c.txt");
    assertThat(system.exists("viewfs://here/m/new/a.txt")).isFalse();
    assertThat(system.list("viewfs://here/m/c.txt"))
        .singleElement()
        .satisfies(
            status -> {
              assertThat(status.relativePath()).isEqualTo("c.txt");
              assertThat(status.bytes()).isEqualTo(10);
            });
    system.delete("viewfs://here/m/new");
    system.delete("viewfs://here/m/new");
    assertThat(system.exists("viewfs://here/m/new")).isFalse();
    assertThatThrownBy(() -> system.open("viewfs://here/m/gone", 0))
        .isInstanceOf(MissingFileException.class)
        .hasMessageContaining("viewfs://here/m/gone");
    assertThatThrownBy(() -> system.list("viewfs://here/m/gone"))
        .isInstanceOf(MissingFileException.class);
  }

  @Test
  void settingsGoAlongToTasksAndAreNotPrinted() throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(system());
    }
    FileSystem shipped;
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      shipped = (FileSystem) in.readObject();
    }
    write(shipped, "viewfs://here/m/x", "y");
    assertThat(Files.readString(folder.resolve("mounted/x"))).isEqualTo("y");
    assertThat(bytes.size()).as("no defaults of Hadoop's are shipped").isLessThan(4_000);
    assertThat(shipped.toString() + config()).doesNotContain(SECRET);
    try (Session session = Session.open(config())) {
      Dataset rows = session.read(TextFiles.at("viewfs://here/m/x"));
      assertThat(rows.explain()).contains("viewfs://here/m/x").doesNotContain(SECRET);
      assertThatThrownBy(() -> session.read(TextFiles.at("viewfs://here/m/z")).count())
          .hasMessageContaining("viewfs://here/m/z")
          .hasMessageNotContaining(SECRET);
    }
  }

  @Test
  void anAddressThatIsNoneIsNoRiddle() {
    try (Session session = Session.open()) {
      Dataset rows = session.read(TextFiles.at("hdfs:///in"));
      assertThatThrownBy(rows::count)
          .isInstanceOf(DrawbarException.class)
          .hasMessageContaining("hdfs:///in")
          .hasMessageContaining("no host");
    }
  }

  @Test
  void aPasswordHasNoPlaceInAPath() {
    try (Session session = Session.open()) {
      assertThatThrownBy(() -> session.read(TextFiles.at("s3a://key:" + SECRET + "@bucket/in")))
          .isInstanceOf(DrawbarException.class)
          .hasMessageContaining("password")
          .hasMessageNotContaining(SECRET);
    }
  }

  @Test
  void whatIsMissingIsNamed() {
    try (Session session = Session.open()) {
      assertThatThrownBy(() -> session.read(TextFiles.at("s3a://bucket/in")))
          .isInstanceOf(DrawbarException.class)
          .hasMessageContaining("org.apache.hadoop:hadoop-aws");
      assertThatThrownBy(() -> session.read(TextFiles.at("hfds://host/in")))
          .hasMessageContaining("Did you mean hdfs://?");
      assertThatThrownBy(() -> session.read(TextFiles.at("s3://bucket/in")))
          .hasMessageContaining("Did you mean s3a://?");
      assertThatThrownBy(() -> session.read(TextFiles.at("https://host/in.csv")))
          .hasMessageContaining("Download");
      assertThatThrownBy(() -> session.read(TextFiles.at("magnetic://tape/7")))
          .hasMessageContaining("fs.magnetic.impl");
    }
  }
}
