package dev.ragstream.cli;

import picocli.CommandLine.IVersionProvider;

/** The version that the jar's manifest names. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    String version = Version.class.getPackage().getImplementationVersion();
    return new String[] {
      "ragstream " + (version == null ? "(from source)" : version) + ", Java " + Runtime.version()
    };
  }
}
