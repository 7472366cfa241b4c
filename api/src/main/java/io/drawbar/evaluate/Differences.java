package io.drawbar.evaluate;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What tells things of one kind apart, in few words: of records the components that are not the
 * same in all, as in {@code LinearRegression l2=0.01}; of lists, such as a pipeline's stages, the
 * items that are not.
 */
final class Differences {
  private Differences() {}

  /** A text for each thing; an empty one for all if nothing differs. */
  static List<String> of(List<?> things) {
    if (things.stream().distinct().count() < 2) {
      return Collections.nCopies(things.size(), "");
    }
    if (things.stream().allMatch(thing -> thing instanceof List<?>)) {
      return ofLists(things);
    }
    if (things.stream().allMatch(thing -> thing instanceof Record)) {
      return ofRecords(things);
    }
    return things.stream().map(Differences::text).toList();
  }

  private static List<String> ofLists(List<?> lists) {
    int size = ((List<?>) lists.get(0)).size();
    if (lists.stream().anyMatch(list -> ((List<?>) list).size() != size)) {
      return lists.stream().map(Differences::text).toList();
    }
    List<List<String>> parts = new ArrayList<>();
    for (int item = 0; item < size; item++) {
      int index = item;
      parts.add(of(lists.stream().<Object>map(list -> ((List<?>) list).get(index)).toList()));
    }
    return joined(parts, lists.size(), ", ");
  }

  private static List<String> ofRecords(List<?> records) {
    List<String> texts = new ArrayList<>(Collections.nCopies(records.size(), ""));
    for (Class<?> type :
        new LinkedHashSet<>(records.stream().<Class<?>>map(Object::getClass).toList())) {
      List<Integer> places = new ArrayList<>();
      for (int i = 0; i < records.size(); i++) {
        if (records.get(i).getClass() == type) {
          places.add(i);
        }
      }
      List<String> found = ofOneType(type, places.stream().<Object>map(records::get).toList());
      for (int k = 0; k < places.size(); k++) {
        // Records of several types are told apart by their names.
        String text = found.get(k).isEmpty() ? type.getSimpleName() : found.get(k);
        texts.set(places.get(k), text);
      }
    }
    return texts;
  }

  private static List<String> ofOneType(Class<?> type, List<Object> records) {
    List<List<String>> own = new ArrayList<>();
    List<List<String>> inner = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      List<Object> values = new ArrayList<>();
      for (Object record : records) {
        values.add(value(component, record));
      }
      if (values.stream().distinct().count() < 2) {
        continue;
      }
      if (values.stream().allMatch(Differences::hasParts)) {
        inner.add(of(values));
      } else {
        String name = component.getName();
        own.add(values.stream().map(value -> name + "=" + text(value)).toList());
      }
    }
    List<List<String>> parts = new ArrayList<>();
    if (!own.isEmpty()) {
      parts.add(
          joined(own, records.size(), " ").stream()
              .map(text -> type.getSimpleName() + " " + text)
              .toList());
    }
    parts.addAll(inner);
    return joined(parts, records.size(), ", ");
  }

  /** Whether a value is looked into: a record, or a list of such. */
  private static boolean hasParts(Object value) {
    return value instanceof Record
        || value instanceof List<?> list
            && !list.isEmpty()
            && list.stream().allMatch(item -> item instanceof Record || isCode(item));
  }

  /** Lambdas among a pipeline's stages have no name that says anything. */
  private static boolean isCode(Object value) {
    return value != null && value.getClass().isHidden();
  }

  private static Object value(RecordComponent component, Object record) {
    try {
      Method accessor = component.getAccessor();
      accessor.setAccessible(true);
      return accessor.invoke(record);
    } catch (ReflectiveOperationException | RuntimeException e) {
      // A record of a closed module: its own text has to do.
      return record.toString();
    }
  }

  private static String text(Object value) {
    if (isCode(value)) {
      return "a function";
    }
    if (value instanceof Record) {
      return value.getClass().getSimpleName();
    }
    return value instanceof List<?> list
        ? list.stream().map(Differences::text).collect(Collectors.joining(", ", "[", "]"))
        : Objects.toString(value);
  }

  /** The parts of each thing in one text. */
  private static List<String> joined(List<List<String>> parts, int things, String separator) {
    List<String> joined = new ArrayList<>();
    for (int i = 0; i < things; i++) {
      int thing = i;
      joined.add(
          parts.stream()
              .map(part -> part.get(thing))
              .filter(text -> !text.isEmpty())
              .collect(Collectors.joining(separator)));
    }
    return joined;
  }
}
