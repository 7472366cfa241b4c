package io.drawbar.internal.kernel;

import java.io.IOException;

/** The last operator of a stage: does nothing at boundaries unless it says so. */
abstract class Ending implements Operator {
  @Override
  public void beginUnit(long unit) throws IOException {}

  @Override
  public void endBlock() throws IOException {}

  @Override
  public void endUnit() throws IOException {}

  @Override
  public void endSplit() throws IOException {}

  @Override
  public void close() throws IOException {}
}
