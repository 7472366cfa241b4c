package io.drawbar;

import io.drawbar.error.DrawbarException;
import io.drawbar.error.NearestName;
import io.drawbar.internal.model.Damage;
import io.drawbar.internal.model.ModelStore;
import io.drawbar.internal.model.ModelTarget;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.Function;

/** Saves and loads models, and finds who reads their types. */
final class SavedModels {
  private SavedModels() {}

  /** Who reads a type, up to a revision of its content. */
  private record Reader(Function<ModelContent, Saveable> read, int revision) {}

  static String fingerprint(Model model) {
    return Manifest.fingerprint(model.content());
  }

  static void save(Model model, Path given) {
    Manifest manifest = Manifest.of(model.content());
    Path path = given.toAbsolutePath().normalize();
    try {
      ModelTarget.write(path, manifest.bytes(), manifest.parts());
    } catch (FileAlreadyExistsException e) {
      throw new ModelFileException(
          ("there is already something at %s, and a model is never written over it; delete it, or"
                  + " save to another path")
              .formatted(path),
          e);
    } catch (IOException e) {
      throw new ModelFileException(
          "the model cannot be saved to %s: %s; nothing was written".formatted(path, e), e);
    }
  }

  static Model load(Path given) {
    Path path = given.toAbsolutePath().normalize();
    ModelContent content;
    try (ModelStore store = ModelStore.open(path)) {
      content = ManifestReader.read(store);
    } catch (Damage e) {
      throw new DamagedModelException(
          "no sound model is at %s: %s".formatted(path, e.getMessage()), e);
    } catch (NoSuchFileException e) {
      throw new ModelFileException("there is no model at " + path, e);
    } catch (IOException e) {
      throw new ModelFileException("the model at %s cannot be read: %s".formatted(path, e), e);
    } catch (UnsupportedModelException e) {
      throw new UnsupportedModelException("model at %s: %s".formatted(path, e.getMessage()));
    }
    Saveable made;
    try {
      made = read(content);
    } catch (DamagedModelException e) {
      throw new DamagedModelException(
          "no sound model is at %s: %s".formatted(path, e.getMessage()), e);
    } catch (UnsupportedModelException e) {
      throw new UnsupportedModelException("model at %s: %s".formatted(path, e.getMessage()));
    }
    if (made instanceof Model model) {
      return model;
    }
    throw new UnsupportedModelException(
        "at %s is a '%s', which is no model".formatted(path, content.type()));
  }

  /** Makes what a content is of. */
  static Saveable read(ModelContent content) {
    Map<String, Reader> readers = readers();
    Reader reader = readers.get(content.type());
    if (reader == null) {
      throw new UnsupportedModelException(
          "it is of type '%s', which nobody here reads; found: %s.%s Add the jar whose ModelFormat does"
              .formatted(
                  content.type(),
                  String.join(", ", readers.keySet()),
                  NearestName.suggestion(content.type(), readers.keySet())));
    }
    if (content.revision() > reader.revision()) {
      throw new UnsupportedModelException(
          ("what it holds of the type '%s' is of revision %s, and what is on the class path reads up"
                  + " to %s; use a newer version of the jar that reads it, of Drawbar (here %s) if the"
                  + " type is its own")
              .formatted(content.type(), content.revision(), reader.revision(), Version.DRAWBAR));
    }
    try {
      return reader.read().apply(content);
    } catch (DamagedModelException | UnsupportedModelException e) {
      throw e;
    } catch (IllegalArgumentException | DrawbarException e) {
      throw new DamagedModelException(
          "what it holds makes no %s: %s".formatted(content.type(), e.getMessage()), e);
    }
  }

  private static Map<String, Reader> readers() {
    Map<String, Reader> readers = new TreeMap<>();
    for (ModelFormat format : ServiceLoader.load(ModelFormat.class, loader())) {
      format
          .readers()
          .forEach(
              (type, reader) -> {
                if (readers.put(type, new Reader(reader, format.revision(type))) != null) {
                  throw new UnsupportedModelException(
                      "models of type '%s' have two readers; one is of %s"
                          .formatted(type, format.getClass().getName()));
                }
              });
    }
    return readers;
  }

  private static ClassLoader loader() {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    return context == null ? SavedModels.class.getClassLoader() : context;
  }
}
