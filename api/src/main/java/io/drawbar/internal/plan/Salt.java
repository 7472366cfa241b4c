package io.drawbar.internal.plan;

/**
 * The rows of a branch of a union with the number of the branch mixed into their ids, which equal
 * places of different branches share.
 *
 * @param input rows that carry their {@link Identify ids}
 * @param branch from 1: the first branch's ids change, too, so that those of unions of unions
 *     differ
 */
public record Salt(LogicalPlan input, int branch) implements Narrow, OneInput {
  public Salt {
    input.schema().indexOf(Identify.ID);
  }

  @Override
  public LogicalPlan over(LogicalPlan other) {
    return new Salt(other, branch);
  }

  @Override
  public String describe() {
    return "ids of branch " + branch;
  }
}
