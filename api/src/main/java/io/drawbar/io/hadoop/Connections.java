package io.drawbar.io.hadoop;

import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.security.UserGroupInformation;

/**
 * The file systems that this process talks to, until it ends.
 *
 * <p>Why not {@link FileSystem#get}: it gives the same one for the same place and user, whatever
 * the settings, so that of two sessions with different credentials the second would work with those
 * of the first.
 */
final class Connections {
  private static final Map<Key, FileSystem> OPEN = new HashMap<>();

  private record Key(
      String scheme, String authority, Map<String, String> settings, UserGroupInformation user) {
    @Override
    public String toString() {
      return scheme + "://" + authority; // settings may hold secrets
    }
  }

  private Connections() {}

  /** The file system of a URI. */
  static FileSystem to(URI uri, TreeMap<String, String> settings) throws IOException {
    String authority = uri.getAuthority() == null ? "" : uri.getAuthority();
    Key key =
        new Key(
            uri.getScheme().toLowerCase(Locale.ROOT),
            authority.toLowerCase(Locale.ROOT),
            settings,
            UserGroupInformation.getCurrentUser());
    synchronized (OPEN) {
      FileSystem open = OPEN.get(key);
      if (open == null) {
        Configuration conf = new Configuration();
        settings.forEach(conf::set);
        try {
          open = FileSystem.newInstance(uri, conf);
        } catch (IllegalArgumentException e) {
          // A host that is not known, a setting that does not fit.
          throw new IOException(e.getMessage(), e);
        }
        OPEN.put(key, open);
      }
      return open;
    }
  }
}
