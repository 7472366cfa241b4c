package io.drawbar.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.iterate.BlockFold;
import io.drawbar.iterate.LeafKernel;
import io.drawbar.math.ExactSum;
import java.io.DataInput;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PartialLawsTest {
  private static final int COUNT = 50;

  /** Values whose plain sum depends on the order. */
  private static double value(int i) {
    return Math.scalb((i % 2 == 0 ? 1 : -1) * (1 + i / 64.0), i * 37 % 90 - 45);
  }

  private static BlockFolds.Total total(int i) {
    BlockFolds.Total total = new BlockFolds.Total();
    total.add(value(i), i);
    return total;
  }

  @Test
  void lawfulPartialPasses() {
    PartialLaws.of(new BlockFolds("x"), BlockFolds.Total::canonical)
        .hold(COUNT, PartialLawsTest::total);
  }

  @Test
  void plainSumsFail() {
    PartialLaws<PlainSums.Sum> laws = PartialLaws.of(new PlainSums("x"), PlainSums.Sum::value);
    assertThatThrownBy(() -> laws.hold(COUNT, i -> new PlainSums.Sum(value(i))))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("PlainSums[column=x] merged in a random tree, seed ");
  }

  @Test
  void bytesThatLoseSomethingFail() {
    PartialLaws<BlockFolds.Total> laws =
        PartialLaws.of(new Forgetful(new BlockFolds("x")), BlockFolds.Total::canonical);
    assertThatThrownBy(() -> laws.hold(COUNT, PartialLawsTest::total))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("through its own bytes");
  }

  @Test
  void bytesThatAreNotReadFail() {
    PartialLaws<BlockFolds.Total> laws =
        PartialLaws.of(new Hasty(new BlockFolds("x")), BlockFolds.Total::canonical);
    assertThatThrownBy(() -> laws.hold(COUNT, PartialLawsTest::total))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("of which decode left 8");
  }

  /** A kernel that is another one but for its codec. */
  private interface Copy extends LeafKernel<BlockFolds.Total> {
    BlockFolds sound();

    @Override
    default List<String> columns() {
      return sound().columns();
    }

    @Override
    default BlockFolds.Total identity() {
      return sound().identity();
    }

    @Override
    default BlockFold<BlockFolds.Total> open() {
      return sound().open();
    }
  }

  private record Forgetful(BlockFolds sound) implements Copy {
    @Override
    public BlockFolds.Total decode(DataInput in) throws IOException {
      sound.decode(in);
      return sound.identity();
    }
  }

  private record Hasty(BlockFolds sound) implements Copy {
    @Override
    public BlockFolds.Total decode(DataInput in) throws IOException {
      ExactSum.decode(in);
      in.readLong();
      in.readLong();
      return sound.identity();
    }
  }
}
