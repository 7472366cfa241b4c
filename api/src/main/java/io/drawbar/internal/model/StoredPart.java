package io.drawbar.internal.model;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A file of a model.
 *
 * @param file its name, without a folder
 * @param bytes its content
 */
public record StoredPart(String file, byte[] bytes) {
  /**
   * What a manifest says of a file.
   *
   * @param length in bytes
   * @param sha256 of the content, in hexadecimal
   */
  public record Declared(String file, long length, String sha256) {
    /** Checks content that has been read. */
    void check(byte[] bytes) throws Damage {
      if (!StoredPart.sha256(bytes).equals(sha256)) {
        throw new Damage("%s does not have the SHA-256 that it was saved with".formatted(file));
      }
    }
  }

  /** The SHA-256 of bytes, in hexadecimal. */
  public static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
