package io.drawbar.internal.kernel;

import java.io.IOException;

/** The first operator of a stage that is fed with frames: it gets batches, then the end. */
abstract class Receiving implements Operator {
  final TaskScope scope;
  final Operator next;

  Receiving(TaskScope scope, Operator next) {
    this.scope = scope;
    this.next = next;
  }

  @Override
  public final void beginUnit(long unit) {
    throw fedWithUnits();
  }

  @Override
  public final void endBlock() {
    throw fedWithUnits();
  }

  @Override
  public final void endUnit() {
    throw fedWithUnits();
  }

  @Override
  public final void endSplit() {
    throw fedWithUnits();
  }

  private IllegalStateException fedWithUnits() {
    return new IllegalStateException(getClass().getName() + " is fed with frames, not with units");
  }

  @Override
  public void close() throws IOException {
    next.close();
  }
}
