package io.drawbar.internal.kernel;

import java.io.IOException;

/** An operator that works on each batch alone and passes everything else on. */
abstract class Forwarding implements Operator {
  final Operator next;

  Forwarding(Operator next) {
    this.next = next;
  }

  @Override
  public void beginUnit(long unit) throws IOException {
    next.beginUnit(unit);
  }

  @Override
  public void endBlock() throws IOException {
    next.endBlock();
  }

  @Override
  public void endUnit() throws IOException {
    next.endUnit();
  }

  @Override
  public void endSplit() throws IOException {
    next.endSplit();
  }

  @Override
  public void endInput() throws IOException {
    next.endInput();
  }

  @Override
  public void close() throws IOException {
    next.close();
  }
}
