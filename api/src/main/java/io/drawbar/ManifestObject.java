package io.drawbar;

import io.drawbar.internal.model.Damage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An object of a manifest being read: each key is taken once, and none may be left. */
final class ManifestObject {
  private final String name;
  private final Map<String, Object> left;

  @SuppressWarnings("unchecked")
  ManifestObject(String name, Object value) throws Damage {
    this.name = name;
    if (!(value instanceof Map)) {
      throw new Damage("the manifest's %s is no object".formatted(name));
    }
    left = new LinkedHashMap<>((Map<String, Object>) value);
  }

  private <T> T take(String key, Class<T> wanted) throws Damage {
    Object value = left.remove(key);
    if (!wanted.isInstance(value)) {
      throw new Damage(
          "the manifest's %s has no '%s' that is a %s"
              .formatted(name, key, wanted.getSimpleName()));
    }
    return wanted.cast(value);
  }

  String text(String key) throws Damage {
    return take(key, String.class);
  }

  long whole(String key) throws Damage {
    return take(key, Long.class);
  }

  ManifestObject object(String key) throws Damage {
    return new ManifestObject(key, take(key, Map.class));
  }

  List<?> list(String key) throws Damage {
    return take(key, List.class);
  }

  List<String> texts(String key) throws Damage {
    List<?> list = list(key);
    for (Object item : list) {
      if (!(item instanceof String)) {
        throw new Damage("in the manifest's %s, '%s' is not all texts".formatted(name, key));
      }
    }
    return list.stream().map(String.class::cast).toList();
  }

  /** All that is left, in order. */
  Map<String, Object> rest() {
    Map<String, Object> rest = new LinkedHashMap<>(left);
    left.clear();
    return rest;
  }

  /** Ends the object. */
  void end() throws Damage {
    if (!left.isEmpty()) {
      throw new Damage("the manifest's %s also has %s".formatted(name, left.keySet()));
    }
  }
}
