package io.drawbar.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HoldingsTest {
  private final Holdings holdings = new Holdings();
  private final List<String> closed = new ArrayList<>();

  /** Rows of a name; if that is "bad", they fail to be closed. */
  private final class Rows implements HeldData {
    private final String name;

    Rows(String name) {
      this.name = name;
    }

    @Override
    public Run loading() {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<byte[]> superstep(SuperstepProgram program, byte[] state) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
      closed.add(name);
      if (name.startsWith("bad")) {
        throw new IllegalStateException(name);
      }
      holdings.remove(this);
    }
  }

  @Test
  void closesWhatHasNotBeenClosed() {
    Rows one = new Rows("one");
    holdings.add(one);
    holdings.add(new Rows("two"));
    assertThat(holdings.count()).isEqualTo(2);
    one.close();
    assertThat(holdings.count()).isEqualTo(1);
    holdings.close();
    assertThat(closed).containsExactly("one", "two");
    assertThat(holdings.count()).isZero();
    assertThatCode(holdings::close).doesNotThrowAnyException();
  }

  @Test
  void oneThatFailsKeepsNoOtherFromBeingClosed() {
    holdings.add(new Rows("bad"));
    holdings.add(new Rows("two"));
    holdings.add(new Rows("bad, too"));
    holdings.add(new Rows("four"));
    assertThatThrownBy(holdings::close)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("bad")
        .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
    assertThat(closed).containsExactly("bad", "two", "bad, too", "four");
  }

  @Test
  void whatComesLateIsClosedAtOnce() {
    holdings.close();
    holdings.add(new Rows("late"));
    assertThat(closed).containsExactly("late");
    assertThat(holdings.count()).isZero();
  }
}
