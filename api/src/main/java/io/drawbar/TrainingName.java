package io.drawbar;

import io.drawbar.iterate.DataFingerprint;
import io.drawbar.iterate.Superstep;
import io.drawbar.spi.Layout;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What tells one training from another: what is computed, from where, of which rows and blocks. */
final class TrainingName {
  private static final int DIGITS = 32;

  private TrainingName() {}

  /**
   * A name.
   *
   * @param data the rows
   * @param blocks what {@link BlockOrderKernel} says of them
   */
  static <S> String of(
      Superstep<S, ?> superstep,
      S start,
      DataFingerprint data,
      DataFingerprint blocks,
      Layout layout) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      String[] words = {
        Version.DRAWBAR,
        superstep.describe(),
        superstep.columns().toString(),
        data.toString(),
        blocks.toString(),
        layout.toString()
      };
      for (String word : words) {
        digest.update(word.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
      }
      digest.update(SuperstepLoop.encode(superstep, start));
      return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
