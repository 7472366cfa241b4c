package io.drawbar.testkit;

import io.drawbar.config.Config;
import io.drawbar.spi.Capabilities;
import io.drawbar.spi.Engine;
import io.drawbar.spi.EngineFactory;
import io.drawbar.spi.Progress;
import io.drawbar.spi.Run;
import io.drawbar.spi.RunResult;
import io.drawbar.spi.StageGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** Engine {@code local}, but for one bit in the last frame of a result. */
final class BitFlippingEngine implements Engine {
  private final Engine local;

  BitFlippingEngine(Config config) {
    local =
        ServiceLoader.load(EngineFactory.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(factory -> factory.name().equals("local"))
            .findFirst()
            .orElseThrow()
            .create(config);
  }

  @Override
  public Capabilities capabilities() {
    return local.capabilities();
  }

  @Override
  public Run run(StageGraph graph) {
    Run run = local.run(graph);
    return new Run() {
      @Override
      public RunResult await() throws InterruptedException {
        RunResult result = run.await();
        List<byte[]> frames = new ArrayList<>(result.frames());
        byte[] last = frames.remove(frames.size() - 1).clone();
        last[last.length - 1] ^= 1;
        frames.add(last);
        return new RunResult(frames, result.counters());
      }

      @Override
      public Progress progress() {
        return run.progress();
      }

      @Override
      public void cancel() {
        run.cancel();
      }
    };
  }

  @Override
  public void close() {
    local.close();
  }
}
