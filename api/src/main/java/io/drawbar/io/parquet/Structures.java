package io.drawbar.io.parquet;

import java.nio.ByteBuffer;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.PageHeader;
import shaded.parquet.org.apache.thrift.TBase;
import shaded.parquet.org.apache.thrift.TConfiguration;
import shaded.parquet.org.apache.thrift.TException;
import shaded.parquet.org.apache.thrift.protocol.TCompactProtocol;
import shaded.parquet.org.apache.thrift.protocol.TList;
import shaded.parquet.org.apache.thrift.protocol.TMap;
import shaded.parquet.org.apache.thrift.protocol.TSet;
import shaded.parquet.org.apache.thrift.transport.TEndpointTransport;
import shaded.parquet.org.apache.thrift.transport.TTransportException;

/**
 * Reads the structures of the format out of bytes in memory.
 *
 * <p>Why not the library's own readers of streams: they believe a list or a text of up to 100 MB
 * whose bytes are not there, and make room for it first.
 */
final class Structures {
  private Structures() {}

  /** The footer of a file. */
  static FileMetaData footer(byte[] bytes, int from, int to) throws TException {
    FileMetaData footer = new FileMetaData();
    read(footer, bytes, from, to);
    return footer;
  }

  /**
   * The header of a page.
   *
   * @return the index after it
   */
  static int header(PageHeader header, byte[] bytes, int from, int to) throws TException {
    return read(header, bytes, from, to);
  }

  /**
   * Any structure.
   *
   * @return the index after it
   */
  static int read(TBase<?, ?> into, byte[] bytes, int from, int to) throws TException {
    Transport transport = new Transport(bytes, from, to);
    into.read(new Protocol(transport));
    return transport.at;
  }

  /** An item takes a byte at least; the library's own check takes structures for nothing. */
  private static final class Protocol extends TCompactProtocol {
    Protocol(Transport transport) {
      super(transport);
    }

    @Override
    public TList readListBegin() throws TException {
      TList list = super.readListBegin();
      getTransport().checkReadBytesAvailable(list.size);
      return list;
    }

    /** In an array of its own: those who look at statistics take the whole array for the value. */
    @Override
    public ByteBuffer readBinary() throws TException {
      ByteBuffer slice = super.readBinary();
      byte[] bytes = new byte[slice.remaining()];
      slice.get(bytes);
      return ByteBuffer.wrap(bytes);
    }

    @Override
    public TSet readSetBegin() throws TException {
      TSet set = super.readSetBegin();
      getTransport().checkReadBytesAvailable(set.size);
      return set;
    }

    @Override
    public TMap readMapBegin() throws TException {
      TMap map = super.readMapBegin();
      getTransport().checkReadBytesAvailable(map.size);
      return map;
    }
  }

  /** What is claimed is held against how many bytes are left. */
  private static final class Transport extends TEndpointTransport {
    private final byte[] bytes;
    private final int end;
    private int at;

    Transport(byte[] bytes, int from, int to) throws TTransportException {
      super(new TConfiguration(Math.max(1, to - from), Math.max(1, to - from), 64));
      this.bytes = bytes;
      at = from;
      end = to;
    }

    @Override
    public void checkReadBytesAvailable(long count) throws TTransportException {
      if (count < 0 || count > end - at) {
        throw new TTransportException(
            TTransportException.END_OF_FILE,
            "%s bytes are claimed where %s are left".formatted(count, end - at));
      }
    }

    @Override
    public int read(byte[] into, int from, int length) throws TTransportException {
      checkReadBytesAvailable(length);
      System.arraycopy(bytes, at, into, from, length);
      at += length;
      return length;
    }

    @Override
    public byte[] getBuffer() {
      return bytes;
    }

    @Override
    public int getBufferPosition() {
      return at;
    }

    @Override
    public int getBytesRemainingInBuffer() {
      return end - at;
    }

    @Override
    public void consumeBuffer(int length) {
      at += length;
    }

    @Override
    public void updateKnownMessageSize(long size) {}

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void open() {}

    @Override
    public void close() {}

    @Override
    public void write(byte[] from, int start, int length) {
      throw new UnsupportedOperationException("for reading");
    }
  }
}
