/**
 * The bytes of saved models: a folder or a zip of a manifest and raw tensors, and the JSON of the
 * manifest. What a manifest means is {@code io.drawbar}'s.
 *
 * <pre>
 * churn/
 *   manifest.json              what the model is, and for each part: name, type, shape, length, SHA-256
 *   manifest.sha256            the SHA-256 of manifest.json, in the form of sha256sum
 *   coefficients.f64           a part: little-endian numbers and nothing else
 *   0.columns.utf8             a part of stage 0 of a pipeline
 * </pre>
 *
 * <p>There is one way to write a model: equal models are equal bytes, as a folder and as a zip.
 * That makes reading simple and safe. Names of files are made from checked names of parts and never
 * taken from the data, so they lead nowhere else. A length is compared with the file's before
 * anything is allocated. In a zip everything that is not a part (headers, times, the directory at
 * its end) follows from the parts, so it is made again and compared: a flipped bit, an entry too
 * many or twice, or one that is compressed is found without a reader of zips.
 *
 * <p>What is wrong with the bytes is a {@link io.drawbar.internal.model.Damage}; an {@link
 * java.io.IOException} of another kind says that a file cannot be read or written.
 */
package io.drawbar.internal.model;
