package dev.ragstream.ingest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ignore files that hold in a folder: its own, then those of the folders above it up to the
 * root of the git repository. The deepest one that has something to say decides, and {@code
 * .ragstreamignore} decides before the {@code .gitignore} beside it.
 */
record IgnoreChain(@Nullable IgnoreChain parent, Path folder, IgnoreRules rules) {

  private static final List<String> FILES = List.of(".gitignore", ".ragstreamignore");

  /** The chain of the folders above a path, without its own. */
  static IgnoreChain above(Path path) throws IOException {
    Path top = path;
    for (Path at = path; at != null; at = at.getParent()) {
      if (Files.exists(at.resolve(".git"))) {
        top = at;
        break;
      }
    }
    IgnoreChain chain = new IgnoreChain(null, top, new IgnoreRules(List.of()));
    for (Path at = top; !at.equals(path); at = at.resolve(at.relativize(path).getName(0))) {
      chain = chain.enter(at);
    }
    return chain;
  }

  IgnoreChain enter(Path inner) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String name : FILES) {
      Path file = inner.resolve(name);
      if (Files.isRegularFile(file)) {
        lines.addAll(lines(file));
      }
    }
    return lines.isEmpty() ? this : new IgnoreChain(this, inner, IgnoreRules.parse(lines));
  }

  boolean ignores(Path path, boolean isFolder) {
    for (IgnoreChain at = this; at != null; at = at.parent) {
      String relative = at.folder.relativize(path).toString().replace('\\', '/');
      IgnoreRules.Verdict verdict = at.rules.verdict(relative, isFolder);
      if (verdict != IgnoreRules.Verdict.SILENT) {
        return verdict == IgnoreRules.Verdict.IGNORED;
      }
    }
    return false;
  }

  private static List<String> lines(Path file) throws IOException {
    // Not Files.readAllLines, which would end the walk over one byte that is not UTF-8.
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
  }
}
