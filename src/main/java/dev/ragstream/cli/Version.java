package dev.ragstream.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import picocli.CommandLine.IVersionProvider;

/** Which ragstream this is, as the build wrote it into the jar's manifest. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    return new String[] {line()};
  }

  /** Version, commit and Java; without the commit where the build was not told of one. */
  static String line() {
    Attributes build = build();
    String version = build.getValue(Attributes.Name.IMPLEMENTATION_VERSION);
    String commit = build.getValue("Commit");
    String java = "Java " + System.getProperty("java.version");
    return "ragstream "
        + (version == null ? "(from source)" : version)
        + " ("
        + (commit == null || commit.isEmpty() ? java : commit + ", " + java)
        + ")";
  }

  /** Empty where the classes are in no jar: the first manifest is another's then. */
  private static Attributes build() {
    try (InputStream in = Version.class.getResourceAsStream("/META-INF/MANIFEST.MF")) {
      if (in != null) {
        Attributes found = new Manifest(in).getMainAttributes();
        if (Main.class.getName().equals(found.getValue(Attributes.Name.MAIN_CLASS))) {
          return found;
        }
      }
    } catch (IOException e) {
      // A jar that cannot be read says nothing of its version.
    }
    return new Attributes();
  }
}
