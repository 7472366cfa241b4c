package io.drawbar.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.spi.FileSystem.Status;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFileSystemTest {
  private final LocalFileSystem system = new LocalFileSystem();

  @TempDir Path folder;

  @Test
  void listsWhatIsBelowButNotWhatIsHidden() throws IOException {
    Reading.write(folder.resolve("_root/a/b.txt"), "bbb");
    Reading.write(folder.resolve("_root/c"), "");
    Reading.write(folder.resolve("_root/.x/d"), "d");
    Reading.write(folder.resolve("_root/_SUCCESS"), "");
    Files.createSymbolicLink(folder.resolve("_root/link"), folder.resolve("_root/a/b.txt"));
    String root = folder + "/_root";
    assertThat(system.list(root))
        .containsExactlyInAnyOrder(
            new Status(root + "/a/b.txt", "a/b.txt", 3),
            new Status(root + "/c", "c", 0),
            new Status(root + "/link", "link", 3));
    assertThat(system.list(root + "/_SUCCESS"))
        .containsExactly(new Status(root + "/_SUCCESS", "_SUCCESS", 0));
  }

  @Test
  void opensAtAnOffset() throws IOException {
    Path file = Reading.write(folder.resolve("f"), "0123456789");
    try (InputStream in = system.open(file.toString(), 7)) {
      assertThat(new String(in.readAllBytes())).isEqualTo("789");
    }
    assertThatThrownBy(() -> system.open(folder + "/g", 0))
        .isInstanceOf(MissingFileException.class)
        .hasMessage("nothing is at %s/g (%s/g). Its folder has: f.".formatted(folder, folder));
  }

  @Test
  void createsMakesWayButDoesNotOverwrite() throws IOException {
    String path = folder + "/a/b/c";
    try (OutputStream out = system.create(path)) {
      out.write(1);
    }
    assertThat(system.exists(path)).isTrue();
    assertThatThrownBy(() -> system.create(path))
        .isInstanceOf(IOException.class)
        .hasMessage("cannot create %s: a file is already there: %s".formatted(path, path));
    assertThatThrownBy(() -> system.createFolder(path + "/d"))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("cannot create the folder " + path + "/d: ");
  }

  @Test
  void renamesFoldersAndDeletesThem() throws IOException {
    Reading.write(folder.resolve("a/b/c"), "c");
    system.rename(folder + "/a", folder + "/z");
    assertThat(folder.resolve("z/b/c")).exists();
    system.createFolder(folder + "/empty");
    assertThatThrownBy(() -> system.rename(folder + "/z", folder + "/empty"))
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith("the target is already there");
    assertThatThrownBy(() -> system.rename(folder + "/no", folder + "/y"))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("cannot rename %s/no to %s/y: ".formatted(folder, folder));
    Files.createSymbolicLink(folder.resolve("z/link"), folder.resolve("empty"));
    system.delete(folder + "/z");
    system.delete(folder + "/z");
    assertThat(folder.resolve("z")).doesNotExist();
    assertThat(folder.resolve("empty")).exists();
  }
}
