package io.drawbar;

import io.drawbar.summary.Summary;
import java.nio.file.Path;

/**
 * What a {@link Trainer} returns: a transform that adds predictions. It is saved, loaded and scored
 * without an engine:
 *
 * <pre>{@code
 * model.save(Path.of("models/churn"));
 * Scorer<Applicant, Churn> scorer =
 *     Model.load(Path.of("models/churn")).scorer(Applicant.class, Churn.class);
 * }</pre>
 */
public interface Model extends Saveable {
  /**
   * Loads a model that {@link #save} wrote, from a folder or a zip. Everything is checked: each
   * byte by its SHA-256, each length before it is allocated.
   *
   * @throws ModelFileException if nothing is there, or it cannot be read
   * @throws DamagedModelException if it is not a model, or no longer the one that was saved
   * @throws UnsupportedModelException if its format, or its type's revision, is newer than this
   *     version of Drawbar, or its type is not one of those on the class path
   */
  static Model load(Path path) {
    return SavedModels.load(path);
  }

  /**
   * Saves the model: as a zip if the path ends in {@code .zip}, else as a folder. It appears whole
   * or not at all; equal models are equal bytes.
   *
   * @throws ModelFileException if something is there already, or it cannot be written
   * @throws UnsupportedModelException if a part of the model cannot be saved
   */
  default void save(Path path) {
    SavedModels.save(this, path);
  }

  /**
   * What identifies the model's content: the SHA-256, in hexadecimal, of its manifest, which holds
   * its type, columns, metrics and {@link Provenance}, and the SHA-256 of each of its parts. The
   * same on every engine, at any parallelism, and equal to what {@code manifest.sha256} says.
   */
  default String fingerprint() {
    return SavedModels.fingerprint(this);
  }

  /** Where the model comes from. */
  default Provenance provenance() {
    return content().provenance();
  }

  /**
   * What is to be said of the model to people: {@code System.out.println(model.summary())}, or
   * {@code model.summary().saveHtml(path)} for a page with plots. A model that was loaded has the
   * summary of the one that was saved. This one, of a model that does not say more, has its metrics
   * and where it comes from.
   */
  default Summary summary() {
    ModelContent content = content();
    Summary.Builder summary = Summary.of(content.type().replace('-', ' '));
    content.metrics().forEach(summary::figure);
    return summary.part(content.provenance().summary()).build();
  }

  /**
   * Compiles the model for one row at a time: no engine, no session. What it gives has the bits of
   * {@link #transform}.
   *
   * @param in the record whose components are the columns that the model takes
   * @param out the record whose components are the columns wanted: of those that the model adds, or
   *     those of {@code in}
   * @throws io.drawbar.error.DrawbarException if a column is not there or of another type
   * @throws UnsupportedModelException if the transform takes more than the row itself, as a group
   *     does
   */
  default <I extends Record, O extends Record> Scorer<I, O> scorer(Class<I> in, Class<O> out) {
    return Scorer.of(this, in, out);
  }
}
