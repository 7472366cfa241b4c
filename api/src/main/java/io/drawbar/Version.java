package io.drawbar;

/**
 * The version of Drawbar, as a constant: jars are repackaged, and lose what their manifests say.
 */
final class Version {
  /** As in {@code pom.xml}; a test holds it to that. */
  static final String DRAWBAR = "0.1.0-SNAPSHOT";

  private Version() {}
}
