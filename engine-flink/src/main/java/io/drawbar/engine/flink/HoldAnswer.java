package io.drawbar.engine.flink;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.operators.coordination.CoordinationResponse;
import org.apache.flink.streaming.api.operators.collect.CollectCoordinationResponse;

/**
 * What the {@link HoldCoordinator} answers to the driver. On its way it is a class of Flink's:
 * between job manager and client there are places that know no class of ours.
 *
 * @param isWhole whether all readers have done what was asked; else the driver is to ask again
 * @param ended how many have
 * @param attempts how often readers have been started
 * @param parcels one of each reader, if it is whole
 */
record HoldAnswer(boolean isWhole, int ended, int attempts, List<Parcel> parcels) {

  private static final String WHOLE = "whole";

  CoordinationResponse toResponse() throws IOException {
    List<byte[]> results = new ArrayList<>();
    for (Parcel parcel : parcels) {
      results.add(written(parcel.file().getBytes(StandardCharsets.UTF_8)));
      results.add(written(parcel.bytes()));
    }
    long counts = (long) attempts << Integer.SIZE | ended;
    return new CollectCoordinationResponse(isWhole ? WHOLE : "", counts, results);
  }

  private static byte[] written(byte[] bytes) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(bytes.length + Integer.BYTES);
    BytePrimitiveArraySerializer.INSTANCE.serialize(bytes, out);
    return out.getCopyOfBuffer();
  }

  static HoldAnswer of(CoordinationResponse response) throws IOException {
    CollectCoordinationResponse answer = (CollectCoordinationResponse) response;
    List<byte[]> results = answer.getResults(BytePrimitiveArraySerializer.INSTANCE);
    List<Parcel> parcels = new ArrayList<>();
    for (int i = 0; i < results.size(); i += 2) {
      String file = new String(results.get(i), StandardCharsets.UTF_8);
      parcels.add(new Parcel(results.get(i + 1), file));
    }
    long counts = answer.getLastCheckpointedOffset();
    return new HoldAnswer(
        answer.getVersion().equals(WHOLE),
        (int) counts,
        (int) (counts >>> Integer.SIZE),
        List.copyOf(parcels));
  }
}
