package io.drawbar.io;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.config.Config;
import io.drawbar.error.DrawbarException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths are printed, so none may hold a password. */
class PasswordsInPathsTest {
  private static void configure(String... paths) {
    new UriFileSystem().configured(Config.of(), List.of(paths));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"none://key:secret@bucket/x", "none://AKIA:se/cret@bucket/x", "none://k:@b"})
  void areRefusedAndNotShown(String path) {
    assertThatThrownBy(() -> configure("/plain", path))
        .isInstanceOf(DrawbarException.class)
        .hasMessageStartingWith("a path of none:// holds a password")
        .hasMessageNotContaining("cret");
    assertThatThrownBy(() -> configure("none://bucket/x", path))
        .hasMessageStartingWith("a path of none:// holds a password");
  }

  @Test
  void portsAndColonsAreNoPasswords() {
    for (String path :
        List.of(
            "none://host:8020/a@b:c", "none:///x:y@z", "none://[::1]:8020/x", "none://b/k:v@w")) {
      assertThatThrownBy(() -> configure(path)).hasMessageContaining("no file system");
    }
  }
}
