package io.drawbar.io.parquet;

import java.io.IOException;
import java.util.zip.CRC32;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import shaded.parquet.org.apache.thrift.TException;

/**
 * The pages of a column chunk, one after the other. The bytes of a page are valid until the next.
 */
final class Pages {
  /** Headers are some tens of bytes, and longer only with long texts in their statistics. */
  private static final int FIRST_HEADER_BYTES = 1 << 10;

  private static final int LONGEST_HEADER = 16 << 20;

  private final ChunkInput in;
  private final ColumnDescriptor leaf;
  private final CompressionCodecName codec;
  private final Decompressor decompressor;
  private final CRC32 checksum = new CRC32();
  private final int repetitionWidth;
  private final int definitionWidth;
  private long left;
  private byte[] decompressed = new byte[ChunkInput.SLACK];
  private int number = -1;

  /** How many values the page has, nulls and empty lists too. */
  int count;

  /** How its values are encoded, which are {@code valueBytes[valuesFrom..valuesTo)}. */
  org.apache.parquet.column.Encoding encoding;

  byte[] valueBytes;
  int valuesFrom;
  int valuesTo;
  final HybridInput repetitions = new HybridInput();
  final HybridInput definitions = new HybridInput();

  Pages(
      ChunkInput in, ColumnDescriptor leaf, ColumnChunkMetaData chunk, Decompressor decompressor) {
    this.in = in;
    this.leaf = leaf;
    this.decompressor = decompressor;
    codec = chunk.getCodec();
    left = chunk.getValueCount();
    repetitionWidth = width(leaf.getMaxRepetitionLevel());
    definitionWidth = width(leaf.getMaxDefinitionLevel());
  }

  private static int width(int most) {
    return 32 - Integer.numberOfLeadingZeros(most);
  }

  /** The number of the page in its chunk, for messages. */
  int number() {
    return number;
  }

  long bytesRead() {
    return in.bytesRead();
  }

  /**
   * Moves to the next page of data.
   *
   * @param values takes a dictionary, if one comes before it
   * @return whether there is one
   */
  boolean next(ValueColumn values) throws IOException {
    count = 0;
    while (left > 0) {
      number++;
      PageHeader header = header();
      int stored = header.getCompressed_page_size();
      if (stored < 0 || stored > in.remaining()) {
        throw new DamageException(
            "a page of %s bytes where %s are left".formatted(stored, in.remaining()));
      }
      in.need(stored);
      check(header, stored);
      int from = in.at;
      PageType type = header.getType();
      if (type == PageType.DATA_PAGE) {
        dataPage(header, required(header.getData_page_header()), from, stored);
      } else if (type == PageType.DATA_PAGE_V2) {
        dataPageV2(header, required(header.getData_page_header_v2()), from, stored);
      } else if (type == PageType.DICTIONARY_PAGE) {
        dictionaryPage(header, required(header.getDictionary_page_header()), from, stored, values);
      }
      in.skip(stored);
      if (type == PageType.DATA_PAGE || type == PageType.DATA_PAGE_V2) {
        if (count < 0 || count > left) {
          throw new DamageException("a page of %s values where %s are left".formatted(count, left));
        }
        left -= count;
        if (count > 0) {
          return true;
        }
      }
    }
    return false;
  }

  private static <T> T required(T header) {
    if (header == null) {
      throw new DamageException("a page without its header");
    }
    return header;
  }

  private PageHeader header() throws IOException {
    int wanted = FIRST_HEADER_BYTES;
    while (true) {
      in.need((int) Math.min(wanted, in.remaining()));
      try {
        PageHeader header = new PageHeader();
        int end = Structures.header(header, in.bytes, in.at, in.at + in.buffered());
        in.skip(end - in.at);
        return header;
      } catch (TException | RuntimeException e) {
        if (in.buffered() == in.remaining() || in.buffered() >= LONGEST_HEADER) {
          throw new DamageException("the header of a page cannot be read: " + e.getMessage());
        }
        wanted = Math.max(wanted, in.buffered()) * 4;
      }
    }
  }

  private void check(PageHeader header, int stored) {
    if (header.isSetCrc()) {
      checksum.reset();
      checksum.update(in.bytes, in.at, stored);
      if ((int) checksum.getValue() != header.getCrc()) {
        throw new DamageException("the checksum of a page is not that of its bytes");
      }
    }
  }

  private void dataPage(PageHeader page, DataPageHeader header, int from, int stored) {
    count = header.getNum_values();
    encoding = encoding(header.getEncoding());
    take(from, stored, page.getUncompressed_page_size(), codec);
    if (repetitionWidth > 0) {
      levels(repetitions, repetitionWidth, header.getRepetition_level_encoding());
    }
    if (definitionWidth > 0) {
      levels(definitions, definitionWidth, header.getDefinition_level_encoding());
    }
  }

  /** Levels are in front of the values, and their length in front of them. */
  private void levels(HybridInput levels, int width, Encoding levelEncoding) {
    if (levelEncoding != Encoding.RLE) {
      throw new DamageException(
          "levels are encoded as %s, which has not been written since 2013"
              .formatted(levelEncoding));
    }
    int size = valuesTo - valuesFrom < 4 ? -1 : (int) LittleEndian.INT.get(valueBytes, valuesFrom);
    if (size < 0 || size > valuesTo - valuesFrom - 4) {
      throw new DamageException("levels of %s bytes in a page of fewer".formatted(size));
    }
    levels.begin(valueBytes, valuesFrom + 4, valuesFrom + 4 + size, width);
    valuesFrom += 4 + size;
  }

  private void dataPageV2(PageHeader page, DataPageHeaderV2 header, int from, int stored) {
    count = header.getNum_values();
    encoding = encoding(header.getEncoding());
    int repetitionBytes = header.getRepetition_levels_byte_length();
    int definitionBytes = header.getDefinition_levels_byte_length();
    long levels = (long) repetitionBytes + definitionBytes;
    if (repetitionBytes < 0
        || definitionBytes < 0
        || levels > stored
        || levels > page.getUncompressed_page_size()) {
      throw new DamageException("levels of %s bytes in a page of %s".formatted(levels, stored));
    }
    int valueBytesFrom = from + repetitionBytes + definitionBytes;
    repetitions.begin(in.bytes, from, from + repetitionBytes, repetitionWidth);
    definitions.begin(in.bytes, from + repetitionBytes, valueBytesFrom, definitionWidth);
    boolean isCompressed = !header.isSetIs_compressed() || header.isIs_compressed();
    take(
        valueBytesFrom,
        stored - (int) levels,
        page.getUncompressed_page_size() - (int) levels,
        isCompressed ? codec : CompressionCodecName.UNCOMPRESSED);
  }

  private void dictionaryPage(
      PageHeader page, DictionaryPageHeader header, int from, int stored, ValueColumn values) {
    take(from, stored, page.getUncompressed_page_size(), codec);
    Encoding how = header.getEncoding();
    if (how != Encoding.PLAIN && how != Encoding.PLAIN_DICTIONARY) {
      throw new DamageException("a dictionary is encoded as " + how);
    }
    if (header.getNum_values() < 0) {
      throw new DamageException("a dictionary of %s values".formatted(header.getNum_values()));
    }
    values.dictionary(valueBytes, valuesFrom, valuesTo, header.getNum_values());
  }

  /** Has the bytes of a page, decompressed. */
  private void take(int from, int stored, int length, CompressionCodecName how) {
    if (length == 0 && stored == 0 || how == CompressionCodecName.UNCOMPRESSED) {
      if (length != stored) {
        throw new DamageException("a page of %s bytes is to be of %s".formatted(stored, length));
      }
      valueBytes = in.bytes;
      valuesFrom = from;
      valuesTo = from + stored;
      return;
    }
    if (length == 0 && stored < 64) {
      // Compressed, nothing is something.
      valueBytes = in.bytes;
      valuesFrom = from;
      valuesTo = from;
      return;
    }
    decompressor.check(how, stored, length);
    if (decompressed.length - ChunkInput.SLACK < length) {
      decompressed = new byte[length + ChunkInput.SLACK];
    }
    decompressor.decompress(how, in.bytes, from, stored, decompressed, length);
    valueBytes = decompressed;
    valuesFrom = 0;
    valuesTo = length;
  }

  private static org.apache.parquet.column.Encoding encoding(Encoding encoding) {
    if (encoding == null) {
      throw new DamageException("an encoding that is none");
    }
    return org.apache.parquet.column.Encoding.valueOf(encoding.name());
  }

  /** Whether values of all pages have been seen. */
  boolean isAtEnd() {
    return left == 0;
  }

  ColumnDescriptor leaf() {
    return leaf;
  }
}
