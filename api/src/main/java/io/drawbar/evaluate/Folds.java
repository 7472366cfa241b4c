package io.drawbar.evaluate;

import static io.drawbar.expr.Functions.col;
import static io.drawbar.expr.Functions.not;
import static io.drawbar.expr.Functions.sum;

import io.drawbar.Dataset;
import io.drawbar.Model;
import io.drawbar.Trainer;
import io.drawbar.UnusableDataException;
import io.drawbar.error.DrawbarException;
import io.drawbar.expr.Aggregate;
import io.drawbar.expr.Expr;
import io.drawbar.type.DataType;
import io.drawbar.type.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/*
 * A fold is a condition on a number that is drawn for each row and kept beside it. So folds need no
 * column of their own, any number of trainers share the rows that are kept, and rows stay in their
 * blocks, as after any where(...).
 */
/** Rows that are kept, and which of them are in which fold. */
final class Folds implements AutoCloseable {
  private final CrossValidation how;
  private final Dataset rows;
  private final String draw;
  private final List<Expr> folds;
  private final long[] sizes;

  private Folds(CrossValidation how, Dataset rows, String draw, List<Expr> folds, long[] sizes) {
    this.how = how;
    this.rows = rows;
    this.draw = draw;
    this.folds = folds;
    this.sizes = sizes;
  }

  /** Reads the rows, keeps them, and divides them. */
  static Folds of(CrossValidation how, Dataset rows) {
    String draw = "draw";
    while (rows.schema().find(draw).isPresent()) {
      draw += "_";
    }
    Dataset drawn =
        how.by() == CrossValidation.By.GROUP
            ? rows.withRandom(draw, how.seed(), how.column())
            : rows.withRandom(draw, how.seed());
    if (how.by() == CrossValidation.By.STRATUM) {
      Strata.check(how, rows);
    }
    Dataset kept = drawn.cache();
    boolean isDivided = false;
    try {
      List<Expr> folds =
          how.by() == CrossValidation.By.STRATUM
              ? Strata.of(how, kept, draw).folds()
              : shares(how.folds(), col(draw));
      Folds divided = new Folds(how, kept, draw, folds, sizes(how, kept, folds));
      isDivided = true;
      return divided;
    } finally {
      if (!isDivided) {
        kept.release();
      }
    }
  }

  /** The numbers from 0 to less than 1 in equal parts; neighbours share the bound to the bit. */
  private static List<Expr> shares(int parts, Expr number) {
    List<Expr> shares = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      shares.add(number.ge((double) part / parts).and(number.lt((double) (part + 1) / parts)));
    }
    return shares;
  }

  /** Counts the rows of all folds in one pass. */
  private static long[] sizes(CrossValidation how, Dataset rows, List<Expr> folds) {
    Aggregate[] counts = new Aggregate[folds.size()];
    for (int fold = 0; fold < counts.length; fold++) {
      counts[fold] = sum(folds.get(fold).cast(DataType.LONG)).as("fold" + fold);
    }
    Row counted = rows.agg(counts).collect().get(0);
    long[] found = new long[counts.length];
    long all = 0;
    for (int fold = 0; fold < found.length; fold++) {
      Long size = (Long) counted.value(fold);
      found[fold] = size == null ? 0 : size;
      all += found[fold];
    }
    for (int fold = 0; fold < found.length; fold++) {
      if (found[fold] == 0) {
        throw new UnusableDataException(
            String.format(
                Locale.ROOT,
                "%s: none of %,d rows is in fold %d; take fewer folds%s",
                how,
                all,
                fold + 1,
                how.by() == CrossValidation.By.ROW ? ", or stratifiedBy(...)" : ""));
      }
    }
    return found;
  }

  /** Lets go of the rows. */
  @Override
  public void close() {
    rows.release();
  }

  /** All rows, as they were given. */
  Dataset all() {
    return rows.drop(draw);
  }

  /** One fold to test with, from 0, and the others to train with. */
  Dataset.Split split(int fold) {
    Expr isIn = folds.get(fold);
    return new Dataset.Split(rows.where(not(isIn)).drop(draw), rows.where(isIn).drop(draw));
  }

  /** Fits a trainer for each fold, and measures. */
  CrossValidated evaluate(Trainer<?> trainer, ToDoubleFunction<Dataset> metric) {
    long all = 0;
    for (long size : sizes) {
      all += size;
    }
    List<CrossValidated.Fold> results = new ArrayList<>();
    for (int fold = 0; fold < sizes.length; fold++) {
      Dataset.Split split = split(fold);
      double value;
      try {
        Model model = trainer.fit(split.train());
        value = metric.applyAsDouble(model.transform(split.test()));
      } catch (DrawbarException e) {
        String who = TextTable.cut(trainer.toString());
        e.in("fold %s of %s, %s".formatted(fold + 1, sizes.length, who));
        throw e;
      }
      results.add(new CrossValidated.Fold(all - sizes[fold], sizes[fold], value));
    }
    return new CrossValidated(how, results);
  }
}
