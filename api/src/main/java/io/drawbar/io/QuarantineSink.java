package io.drawbar.io;

import io.drawbar.config.Config;
import io.drawbar.spi.CommitProtocol;
import io.drawbar.spi.PartFile;
import io.drawbar.spi.PartWriter;
import io.drawbar.spi.Sink;
import io.drawbar.type.Schema;
import java.io.IOException;

/** A folder of bad rows as lines of JSON, in place of what an earlier run has left there. */
record QuarantineSink(OutputPlace place) implements Sink {
  @Override
  public QuarantineSink configured(Config config) {
    return new QuarantineSink(place.configured(config));
  }

  @Override
  public String describe() {
    return "quarantine " + place.path();
  }

  @Override
  public void check(Schema schema) {
    // Its columns are always the same.
  }

  @Override
  public CommitProtocol commitProtocol(Schema schema) {
    return QuarantineCommit.to(place);
  }

  @Override
  public PartWriter open(PartFile file, Schema schema) throws IOException {
    return new JsonPartWriter(place.open(file), file.name(), schema);
  }

  @Override
  public String extension() {
    return place.extension(".json");
  }
}
