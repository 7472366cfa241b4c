package io.drawbar;

import io.drawbar.spi.CommitProtocol;
import io.drawbar.spi.PartFile;
import io.drawbar.spi.PartReceipt;
import io.drawbar.spi.PartWriter;
import io.drawbar.spi.Sink;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.util.List;

/** A sink whose commit, after a look around, fails as if the process were killed there. */
final class LateTarget implements Sink {
  private static final long serialVersionUID = 1;

  private final Sink sink;
  private final transient Runnable look;

  LateTarget(Sink sink, Runnable look) {
    this.sink = sink;
    this.look = look;
  }

  @Override
  public String describe() {
    return sink.describe();
  }

  @Override
  public void check(Schema schema) {
    sink.check(schema);
  }

  @Override
  public CommitProtocol commitProtocol(Schema schema) {
    return new Killed(sink.commitProtocol(schema), look);
  }

  @Override
  public PartWriter open(PartFile file, Schema schema) throws IOException {
    return sink.open(file, schema);
  }

  @Override
  public String extension() {
    return sink.extension();
  }

  private static final class Killed implements CommitProtocol {
    private static final long serialVersionUID = 1;

    private final CommitProtocol protocol;
    private final transient Runnable look;

    Killed(CommitProtocol protocol, Runnable look) {
      this.protocol = protocol;
      this.look = look;
    }

    @Override
    public void begin() {
      protocol.begin();
    }

    @Override
    public PartFile create(String attempt, String name) throws IOException {
      return protocol.create(attempt, name);
    }

    @Override
    public void commit(List<PartReceipt> parts) {
      look.run();
      throw new IllegalStateException("killed");
    }

    @Override
    public void abort() {
      protocol.abort();
    }
  }
}
