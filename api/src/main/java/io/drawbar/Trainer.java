package io.drawbar;

/**
 * Fits a model to a dataset. A trainer is an immutable record whose components are its
 * hyper-parameters, and is written with {@link Dataset#reduce} and {@link Dataset#hold}: see the
 * package page of {@code io.drawbar.iterate}.
 *
 * @param <M> what it returns
 */
public non-sealed interface Trainer<M extends Model> extends PipelineStage {
  /**
   * Fits.
   *
   * @throws io.drawbar.error.DrawbarException if the data does not determine a model; says which
   *     columns or rows are to blame
   */
  M fit(Dataset training);
}
