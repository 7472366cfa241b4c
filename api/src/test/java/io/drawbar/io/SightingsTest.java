package io.drawbar.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbar.testkit.PartialLaws;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class SightingsTest {
  private static List<Object> view(Sightings sightings) {
    List<Object> all = new ArrayList<>(List.of(sightings.isOverflown()));
    for (String name : sightings.names()) {
      all.add(name);
      for (CellKind kind : CellKind.values()) {
        all.add(String.valueOf(sightings.of(name, kind)));
      }
    }
    return all;
  }

  /** Few names and places, so that the same is seen again and again. */
  private static Sightings some(int number, int mostNames) {
    Random random = new Random(number);
    Sightings sightings = new Sightings();
    for (int i = 0; i < 20; i++) {
      int place = random.nextInt(1 << 20);
      sightings.add(
          "ü" + random.nextInt(mostNames),
          CellKind.values()[random.nextInt(CellKind.OVERFLOW.ordinal())],
          new Sighting(
              1 + random.nextInt(5), place & 3, place >> 2 & 1023, place >> 12, "at " + place));
    }
    return sightings;
  }

  @Test
  void mergingIsExact() {
    PartialLaws.of(new SightingKernel(), SightingsTest::view).hold(40, i -> some(i, 7));
  }

  @Test
  void tooManyColumnsAreTooManyInAnyOrder() {
    PartialLaws.of(new SightingKernel(), SightingsTest::view)
        .hold(
            24,
            i -> {
              Sightings sightings = some(i, 7);
              for (int n = 0; n < 500; n++) {
                sightings.add(i + "/" + n, CellKind.LONG, new Sighting(1, 0, 0, 0, ""));
              }
              return sightings;
            });
    PartialLaws.of(new SightingKernel(), SightingsTest::view)
        .hold(
            5,
            i -> {
              Sightings sightings = some(i, 7);
              String name = "x".repeat(Sightings.MOST_NAME_BYTES / 4) + i;
              sightings.add(name, CellKind.TEXT, new Sighting(1, 0, 0, 0, ""));
              return sightings;
            });
  }

  @Test
  void bytesThatAreNoSightingsAreRefusedBeforeMemoryIsTaken() {
    byte[] bytes = {0, 0x7F, 0, 0, 0};
    Assertions.assertThatThrownBy(
            () -> Sightings.decode(new DataInputStream(new ByteArrayInputStream(bytes))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("at most 10001");
  }

  @Test
  void longTextsAreCut() {
    Sighting sighting = new Sighting(1, 0, 0, 0, "\uD83D\uDE9C".repeat(400));
    assertThat(sighting.text()).hasSizeLessThanOrEqualTo(500).endsWith("\uD83D\uDE9C...");
  }
}
