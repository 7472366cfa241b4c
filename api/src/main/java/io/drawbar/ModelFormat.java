package io.drawbar;

import java.util.Map;
import java.util.function.Function;

/**
 * Makes transforms of their saved content. Formats are found by {@link java.util.ServiceLoader}:
 * list yours in {@code META-INF/services/io.drawbar.ModelFormat}.
 *
 * <pre>{@code
 * public final class PlantFormat implements ModelFormat {
 *   public Map<String, Function<ModelContent, Saveable>> readers() {
 *     return Map.of("plant-model", content -> new PlantModel(content.doubles("weights")));
 *   }
 * }
 * }</pre>
 */
public interface ModelFormat {
  /**
   * Readers by type id. A reader refuses what no transform of its type has with a {@link
   * DamagedModelException}: a length that does not fit another, say. What it raises as {@code
   * IllegalArgumentException} is taken for that, too.
   */
  Map<String, Function<ModelContent, Saveable>> readers();

  /**
   * The latest {@link ModelContent#revision} of a type's content that its reader knows; it reads
   * all before, too. Content of a later one is refused with an {@link UnsupportedModelException}
   * before the reader sees it.
   *
   * @param type one of {@link #readers}
   */
  default int revision(String type) {
    return 0;
  }
}
