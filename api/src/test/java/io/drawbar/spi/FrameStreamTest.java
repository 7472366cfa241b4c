package io.drawbar.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameStreamTest {
  private static final List<byte[]> FRAMES =
      List.of(new byte[0], new byte[] {1, 2, 3}, filled(70_000), filled((1 << 20) + 7));

  private static byte[] filled(int length) {
    byte[] frame = new byte[length];
    Arrays.fill(frame, (byte) 0x5A);
    return frame;
  }

  private static byte[] written() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (FrameStream.Writer writer = new FrameStream.Writer(bytes)) {
      for (int i = 0; i < FRAMES.size(); i++) {
        writer.emit(i * 1000, FRAMES.get(i));
      }
      assertThat(writer.frames()).isEqualTo(4);
      writer.flush();
      assertThat(writer.bytes()).isEqualTo(bytes.size());
    }
    return bytes.toByteArray();
  }

  private static List<byte[]> read(byte[] bytes) throws IOException {
    List<byte[]> frames = new ArrayList<>();
    try (FrameStream.Reader reader =
        new FrameStream.Reader(new ByteArrayInputStream(bytes), "here")) {
      reader.copyTo(
          (receiver, frame) -> {
            assertThat(receiver).isEqualTo(frames.size() % FRAMES.size() * 1000);
            frames.add(frame);
          });
    }
    return frames;
  }

  @Test
  void givesBackWhatWasWritten() throws IOException {
    assertThat(read(written())).containsExactlyElementsOf(FRAMES);
    assertThat(read(new byte[0])).isEmpty();
  }

  @Test
  void streamsInARowAreOne() throws IOException {
    byte[] once = written();
    byte[] twice = Arrays.copyOf(once, 2 * once.length);
    System.arraycopy(once, 0, twice, once.length, once.length);
    assertThat(read(twice)).hasSize(8);
  }

  @Test
  void aCutInsideAFrameIsNotTheEnd() throws IOException {
    byte[] whole = written();
    int whereAFrameEnds = FrameStream.HEADER_BYTES;
    for (int length = 1; length < 24; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      boolean between = length == whereAFrameEnds || length == 2 * FrameStream.HEADER_BYTES + 3;
      if (between) {
        assertThat(read(cut)).isNotEmpty();
      } else {
        assertThatThrownBy(() -> read(cut)).hasMessage("here ends inside a frame");
      }
    }
    byte[] cut = Arrays.copyOf(whole, whole.length - 1);
    assertThatThrownBy(() -> read(cut)).hasMessage("here ends inside a frame");
  }

  /** Two gibibytes are announced, and eight bytes are there: nothing of that size is allocated. */
  @Test
  void lengthsAreNotBelieved() {
    byte[] announced =
        ByteBuffer.allocate(16).putInt(0).putInt(Integer.MAX_VALUE).putLong(7).array();
    assertThatThrownBy(() -> read(announced)).hasMessage("here ends inside a frame");
    for (int header : new int[] {-1, Integer.MIN_VALUE}) {
      byte[] negative = ByteBuffer.allocate(16).putInt(0).putInt(header).array();
      assertThatThrownBy(() -> read(negative))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("here does not hold frames");
      byte[] nobody = ByteBuffer.allocate(16).putInt(header).putInt(4).array();
      assertThatThrownBy(() -> read(nobody)).hasMessageContaining("here does not hold frames");
    }
  }
}
