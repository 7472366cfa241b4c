package io.drawbar.internal.plan;

import io.drawbar.expect.Expectation;
import io.drawbar.expect.Expectations;
import java.util.List;

/**
 * All rows, as they come, while it is counted which of them are not as expected.
 *
 * @param number which of a plan's it is; branches of a union that it is done in have the same one;
 *     negative as long as it is not known
 * @param isDivided whether it sees some of the rows that it is about, others being in another
 *     branch of a union
 */
public record Expect(LogicalPlan input, Expectations expectations, int number, boolean isDivided)
    implements Narrow, OneInput {
  public Expect {
    expectations.all().forEach(expectation -> expectation.check(input.schema()));
  }

  /** What is expected of rows, as a program says it. */
  public static Expect of(LogicalPlan input, Expectations expectations) {
    return new Expect(input, expectations, -1, false);
  }

  /** The same, numbered. */
  public Expect numbered(int other) {
    return new Expect(input, expectations, other, isDivided);
  }

  /** The same in a branch of a union. */
  public Expect divided() {
    return new Expect(input, expectations, number, true);
  }

  /** The columns that are looked at. */
  public List<String> reads() {
    return expectations.all().stream()
        .map(Expectation::columns)
        .flatMap(List::stream)
        .distinct()
        .toList();
  }

  @Override
  public LogicalPlan over(LogicalPlan other) {
    return new Expect(other, expectations, number, isDivided);
  }

  @Override
  public String describe() {
    return "expect " + expectations;
  }
}
