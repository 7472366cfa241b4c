package io.drawbar;

import io.drawbar.expr.Alias;
import io.drawbar.expr.ColumnRef;
import io.drawbar.expr.Expr;
import io.drawbar.expr.ExprTypes;
import io.drawbar.expr.IndexOf;
import io.drawbar.expr.Interpolate;
import io.drawbar.expr.Monomials;
import io.drawbar.expr.OneHot;
import io.drawbar.expr.Polynomial;
import io.drawbar.expr.Rescale;
import io.drawbar.expr.VectorOf;
import io.drawbar.internal.plan.Cache;
import io.drawbar.internal.plan.Draw;
import io.drawbar.internal.plan.Filter;
import io.drawbar.internal.plan.Join;
import io.drawbar.internal.plan.Limit;
import io.drawbar.internal.plan.LogicalPlan;
import io.drawbar.internal.plan.Lookup;
import io.drawbar.internal.plan.Project;
import io.drawbar.internal.plan.Sample;
import io.drawbar.internal.plan.Sort;
import io.drawbar.internal.plan.Union;
import io.drawbar.type.VectorType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/*
 * What the elements of a vector are called is in the plan: the expressions that made it say so. A
 * type or a column that carried names along would need them in each frame, each saved schema and
 * each comparison of types, and the one place that wants them, a trainer, has the plan at hand.
 */
/** The names of the elements of vectors, from the steps that made those. */
final class ElementNames {
  /** Where a value comes from: an expression over the rows of a plan. */
  private record Origin(LogicalPlan rows, Expr value) {}

  private ElementNames() {}

  /** The names of a vector column's elements, as many as it has. */
  static List<String> of(LogicalPlan plan, String column) {
    int size = ((VectorType) plan.schema().field(column).type()).size();
    return names(new Origin(plan, new ColumnRef(column))).orElseGet(() -> numbered(column, size));
  }

  private static List<String> numbered(String vector, int size) {
    return IntStream.range(0, size).mapToObj(i -> vector + "[" + i + "]").toList();
  }

  private static Optional<List<String>> names(Origin vector) {
    Origin origin = origin(vector);
    if (origin.value() instanceof VectorOf assembled) {
      List<String> names = new ArrayList<>();
      assembled.elements().forEach(e -> names.addAll(parts(origin.rows(), e)));
      return Optional.of(names);
    }
    if (origin.value() instanceof Rescale rescaled) {
      return names(new Origin(origin.rows(), rescaled.vector()));
    }
    if (origin.value() instanceof Interpolate interpolated) {
      return names(new Origin(origin.rows(), interpolated.vector()));
    }
    if (origin.value() instanceof Polynomial polynomial) {
      return Optional.of(products(origin.rows(), polynomial));
    }
    if (origin.value() instanceof OneHot oneHot) {
      return Optional.of(categories(origin.rows(), oneHot));
    }
    return origin.rows() instanceof Union union
        ? ofBranches(union, origin.value())
        : Optional.empty();
  }

  /** Those of a union, if its branches agree. */
  private static Optional<List<String>> ofBranches(Union union, Expr value) {
    List<Optional<List<String>>> branches =
        union.inputs().stream().map(branch -> names(new Origin(branch, value))).distinct().toList();
    return branches.size() == 1 ? branches.get(0) : Optional.empty();
  }

  /** What is put side by side: a number, or a vector with names of its own. */
  private static List<String> parts(LogicalPlan rows, Expr element) {
    if (ExprTypes.of(element, rows.schema()) instanceof VectorType vector) {
      return names(new Origin(rows, element))
          .orElseGet(() -> numbered(element.name(), vector.size()));
    }
    return List.of(element.name());
  }

  /** {@code age, age^2, income, age*income}, and so on. */
  private static List<String> products(LogicalPlan rows, Polynomial polynomial) {
    List<String> factors = parts(rows, polynomial.vector());
    Monomials products = Monomials.of(factors.size(), polynomial.degree());
    return IntStream.range(0, products.size()).mapToObj(i -> products.name(i, factors)).toList();
  }

  /** {@code city=Bern}; where no index of labels was made, {@code cityIndex=0}. */
  private static List<String> categories(LogicalPlan rows, OneHot oneHot) {
    Origin index = origin(new Origin(rows, oneHot.index()));
    List<String> names = new ArrayList<>();
    for (int i = 0; i < oneHot.elements(); i++) {
      if (index.value() instanceof IndexOf labels) {
        boolean isKnown = i < labels.labels().size();
        names.add(labels.text() + "=" + (isKnown ? labels.labels().get(i) : "(unknown)"));
      } else {
        names.add(oneHot.index() + "=" + i);
      }
    }
    return names;
  }

  /**
   * The columns of a plan's own rows that a column of it was made of, in the order of their first
   * use; none of what is no longer there as it was read.
   */
  static List<String> columns(LogicalPlan plan, String made) {
    List<Origin> sources = new ArrayList<>();
    sources(plan, made, new IdentityHashMap<>(), sources);
    List<String> names = new ArrayList<>();
    for (Origin source : sources) {
      plan.schema().names().stream()
          .filter(name -> !name.equals(made) && !names.contains(name))
          .filter(name -> isSame(origin(new Origin(plan, new ColumnRef(name))), source))
          .findFirst()
          .ifPresent(names::add);
    }
    return names;
  }

  /**
   * Goes back through all that a column is computed from, once through each column of a plan:
   * several ways may lead there, and at each step there may be twice as many.
   */
  private static void sources(
      LogicalPlan rows,
      String column,
      IdentityHashMap<LogicalPlan, Set<String>> seen,
      List<Origin> found) {
    if (!seen.computeIfAbsent(rows, plan -> new HashSet<>()).add(column)) {
      return;
    }
    Origin origin = origin(new Origin(rows, new ColumnRef(column)));
    if (!(origin.value() instanceof ColumnRef)) {
      ExprTypes.columnsOf(origin.value())
          .forEach(name -> sources(origin.rows(), name, seen, found));
    } else if (found.stream().noneMatch(known -> isSame(known, origin))) {
      found.add(origin);
    }
  }

  /** Whether both are the same column of the same step, not of one that is equal. */
  private static boolean isSame(Origin one, Origin other) {
    return one.rows() == other.rows()
        && one.value() instanceof ColumnRef
        && one.value().equals(other.value());
  }

  /** Goes back through columns that are handed on, to the expression that made the value. */
  private static Origin origin(Origin from) {
    Origin origin = from;
    while (true) {
      LogicalPlan rows = origin.rows();
      if (origin.value() instanceof Alias alias) {
        origin = new Origin(rows, alias.expr());
      } else if (!(origin.value() instanceof ColumnRef column)) {
        return origin;
      } else if (rows instanceof Project project) {
        origin = new Origin(project.input(), output(project, column));
      } else if (hands(rows, column)) {
        origin = new Origin(rows.inputs().get(0), column);
      } else {
        return origin;
      }
    }
  }

  private static Expr output(Project project, ColumnRef column) {
    return project.outputs().get(project.schema().indexOf(column.name()));
  }

  /** Whether a step hands a column of its first input on. */
  private static boolean hands(LogicalPlan rows, ColumnRef column) {
    boolean isSame =
        rows instanceof Filter
            || rows instanceof Sort
            || rows instanceof Limit
            || rows instanceof Sample
            || rows instanceof Cache && !rows.inputs().isEmpty();
    boolean adds = rows instanceof Join || rows instanceof Lookup || rows instanceof Draw;
    return isSame || adds && rows.inputs().get(0).schema().find(column.name()).isPresent();
  }
}
