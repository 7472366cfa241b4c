package io.drawbar.examples;

import java.util.List;

/** What an example is given on the command line: as many words as it wants. */
final class Arguments {
  private final String example;
  private final List<String> wanted;
  private final String[] given;

  private Arguments(String example, List<String> wanted, String... given) {
    this.example = example;
    this.wanted = wanted;
    this.given = given;
  }

  /**
   * Checks how many there are.
   *
   * @param wanted what each is, in a few words
   * @throws UsageException if there are more or fewer
   */
  static Arguments of(String[] given, Class<?> example, String... wanted) {
    Arguments arguments = new Arguments(example.getSimpleName(), List.of(wanted), given);
    if (given.length != wanted.length) {
      throw arguments.wrong(given.length + " given");
    }
    return arguments;
  }

  private UsageException wrong(String found) {
    return new UsageException(
        "%s takes <%s>; %s. Run it with%n  -Dexample=%s -Dargs=\"<%s>\""
            .formatted(
                example, String.join("> <", wanted), found, example, String.join("> <", wanted)));
  }

  String text(int index) {
    return given[index];
  }

  int whole(int index) {
    try {
      return Integer.parseInt(given[index]);
    } catch (NumberFormatException e) {
      throw wrong("'%s' is no whole number".formatted(given[index]));
    }
  }

  double number(int index) {
    try {
      return Double.parseDouble(given[index]);
    } catch (NumberFormatException e) {
      throw wrong("'%s' is no number".formatted(given[index]));
    }
  }
}
