package io.drawbar.internal.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * The one layout of a model's zip: each entry stored, dated 1 January 1980, without extra fields or
 * comments (PKWARE's APPNOTE.TXT, sections 4.3.7, 4.3.12 and 4.3.16).
 */
final class ZipLayout {
  static final int HEADER_BYTES = 30;
  static final int DIRECTORY_BYTES = 46;
  static final int END_BYTES = 22;
  static final int MOST_ENTRIES = 65_534;

  /** Where a header says how long the entry is. */
  static final int LENGTH_AT = 22;

  private static final int VERSION = 10;
  private static final int FIRST_DAY = 0x21;

  private ZipLayout() {}

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** What stands before an entry. */
  static byte[] header(String file, byte[] content) {
    ByteBuffer header = buffer(HEADER_BYTES + file.length()).putInt(0x0403_4B50);
    return common(header, file, content).putShort((short) 0).put(name(file)).array();
  }

  /** What stands for an entry in the directory at the end. */
  static byte[] directory(String file, byte[] content, long offset) {
    ByteBuffer entry = buffer(DIRECTORY_BYTES + file.length()).putInt(0x0201_4B50);
    common(entry.putShort((short) VERSION), file, content);
    // No extra field, comment, disk or attributes.
    return entry.put(new byte[12]).putInt((int) offset).put(name(file)).array();
  }

  /** What ends the file. */
  static byte[] end(int entries, long directoryBytes, long directoryOffset) {
    return buffer(END_BYTES)
        .putInt(0x0605_4B50)
        .putInt(0)
        .putShort((short) entries)
        .putShort((short) entries)
        .putInt((int) directoryBytes)
        .putInt((int) directoryOffset)
        .putShort((short) 0)
        .array();
  }

  private static ByteBuffer common(ByteBuffer into, String file, byte[] content) {
    CRC32 checksum = new CRC32();
    checksum.update(content);
    return into.putShort((short) VERSION)
        .putShort((short) 0)
        .putShort((short) 0)
        .putShort((short) 0)
        .putShort((short) FIRST_DAY)
        .putInt((int) checksum.getValue())
        .putInt(content.length)
        .putInt(content.length)
        .putShort((short) file.length());
  }

  private static byte[] name(String file) {
    return file.getBytes(StandardCharsets.US_ASCII);
  }
}
