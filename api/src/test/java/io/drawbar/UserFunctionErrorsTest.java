package io.drawbar;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.config.Config;
import io.drawbar.expr.EvaluationException;
import io.drawbar.io.Csv;
import io.drawbar.io.Records;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of an exception in a user's lambda: which line of the program, which file. */
class UserFunctionErrorsTest {
  record Loan(int age, String amount) {}

  record Share(long share) {}

  @TempDir private Path folder;
  private Session session;

  @BeforeEach
  void open() {
    session = Session.open(Config.of("drawbar.engine", "local"));
  }

  @AfterEach
  void close() {
    session.close();
  }

  /** The line of the statement that calls this, counted on. */
  private static String line(int on) {
    StackTraceElement caller = Thread.currentThread().getStackTrace()[2];
    return " at UserFunctionErrorsTest.java:" + (caller.getLineNumber() + on);
  }

  private Rows<Loan> loans() throws IOException {
    Path file = folder.resolve("loans.csv");
    Files.writeString(file, "33,1\n");
    return session.read(Csv.of(Loan.class).at(file.toString())).as(Loan.class);
  }

  @Test
  void theLineInTheLambdaAndTheFile() throws IOException {
    Rows<Loan> loans = loans();
    String line = line(1);
    Rows<Share> shares = loans.map(Share.class, loan -> new Share(loan.age() / (loan.age() - 33)));
    assertThatThrownBy(shares::collect)
        .isInstanceOf(EvaluationException.class)
        .hasMessage(
            "map Loan to Share failed on (age=33, amount=1): java.lang.ArithmeticException: / by zero"
                + "%s (%s, leaf 0, block 0)",
            line, folder.resolve("loans.csv"));
  }

  private static Share parsed(Loan loan) {
    return new Share(Long.parseLong(loan.amount()));
  }

  @Test
  void theLineThatCallsTheJdkInAHelper() {
    Rows<Loan> loans =
        session.read(Records.of(List.of(new Loan(1, "x")), Loan.class)).as(Loan.class);
    String line = line(-7);
    for (Rows<Share> shares :
        List.of(
            loans.map(Share.class, UserFunctionErrorsTest::parsed),
            loans.flatMap(Share.class, loan -> List.of(parsed(loan))))) {
      assertThatThrownBy(shares::collect)
          .hasMessageEndingWith(
              "For input string: \"x\"" + line + " (the records, leaf 0, block 0)");
    }
  }

  @Test
  void anErrorWithoutALine() {
    Rows<Loan> loans =
        session.read(Records.of(List.of(new Loan(1, "x")), Loan.class)).as(Loan.class);
    assertThatThrownBy(() -> loans.flatMap(Loan.class, loan -> null).collect())
        .hasMessageContaining("flatMap Loan to Loan failed on (age=1, amount=x): ")
        .hasMessageNotContaining(".java:");
  }
}
