package dev.ragstream.cli;

import dev.ragstream.config.StarterFile;
import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "init",
    header = "Write a commented ragstream.yaml into this folder.",
    footer = {"", "Examples:", "  ragstream init"})
final class InitCommand implements Callable<Integer> {

  private final RootCommand root;

  @Option(names = "--force", description = "Replace the file that is there.")
  private boolean force;

  InitCommand(RootCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    Path file = root.settingsFile();
    try {
      Files.writeString(
          file,
          StarterFile.text(),
          StandardOpenOption.WRITE,
          force ? StandardOpenOption.CREATE : StandardOpenOption.CREATE_NEW,
          StandardOpenOption.TRUNCATE_EXISTING);
    } catch (FileAlreadyExistsException _) {
      throw new FailureException(
          Failure.Kind.USAGE, file + " is there already", "edit it, or replace it with --force");
    } catch (IOException e) {
      throw new FailureException(
          Failure.Kind.USAGE, file + " cannot be written: " + e, "check the folder");
    }
    root.notice("wrote " + file + "; next: ragstream index PATH");
    return ExitCode.SUCCESS;
  }
}
