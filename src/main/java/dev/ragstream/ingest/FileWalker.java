package dev.ragstream.ingest;

import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Finds the files to index below the paths that a user names. What a user names is taken; below it,
 * hidden entries and what {@code .gitignore} and {@code .ragstreamignore} ignore are passed over in
 * silence, and each other entry is either {@link Found} or {@link Skipped} with a reason.
 */
public final class FileWalker {

  private final Path project;
  private final IgnoreRules include;
  private final IgnoreRules exclude;
  private final Limits limits;

  /**
   * A walker for one project.
   *
   * @param project the folder that sources are relative to
   * @param include globs as in {@code .gitignore}, and {@code {a,b}}, relative to the project; none
   *     means every file
   * @param exclude globs likewise; they win over {@code include}
   */
  public FileWalker(Path project, List<String> include, List<String> exclude, Limits limits) {
    this.project = project.toAbsolutePath().normalize();
    this.include = IgnoreRules.ofGlobs(include);
    this.exclude = IgnoreRules.ofGlobs(exclude);
    this.limits = limits;
  }

  /**
   * Walks files and folders; relative paths are relative to the working folder.
   *
   * @return each source once, sorted by source
   * @throws FailureException of kind {@code USAGE} where a path does not exist
   */
  public List<Finding> walk(List<Path> paths) {
    Walk walk = new Walk();
    for (Path path : paths) {
      Path start = path.toAbsolutePath().normalize();
      if (!Files.exists(start)) {
        throw new FailureException(
            Failure.Kind.USAGE,
            "there is no file or folder " + path,
            "check the spelling, and that the path is right from the folder you are in");
      }
      walk.start(start);
    }
    walk.followLinks();
    return List.copyOf(walk.findings.values());
  }

  /** How chunks and reports call a file: relative to the project, or absolute outside of it. */
  public String source(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    Path named = absolute.startsWith(project) ? project.relativize(absolute) : absolute;
    return named.toString().replace('\\', '/');
  }

  /** Where the file of a source is. */
  Path path(String source) {
    return project.resolve(source);
  }

  /** One walk: what it has found so far and where it has been. */
  private final class Walk {
    final SortedMap<String, Finding> findings = new TreeMap<>();
    private final Set<Path> seen = new HashSet<>();
    private final List<Path> roots = new ArrayList<>();
    private final List<Link> links = new ArrayList<>();

    private record Link(Path path, IgnoreChain ignored) {}

    void start(Path path) {
      try {
        roots.add(path.toRealPath());
        if (Files.isDirectory(path)) {
          folder(path, IgnoreChain.above(path));
        } else if (excluded(source(path))) {
          skip(path, "left out by the include and exclude patterns");
        } else {
          file(path);
        }
      } catch (IOException e) {
        skip(path, reason(e));
      }
    }

    private void folder(Path folder, IgnoreChain above) {
      try {
        if (!seen.add(folder.toRealPath())) {
          return;
        }
        IgnoreChain ignored = above.enter(folder);
        for (Path entry : sorted(folder)) {
          entryOrReason(entry, ignored);
        }
      } catch (IOException e) {
        skip(folder, reason(e));
      }
    }

    /** One entry that cannot be looked at does not hide the others. */
    private void entryOrReason(Path entry, IgnoreChain ignored) {
      try {
        entry(entry, ignored);
      } catch (IOException e) {
        skip(entry, reason(e));
      }
    }

    private List<Path> sorted(Path folder) throws IOException {
      try (Stream<Path> entries = Files.list(folder)) {
        return entries.sorted().toList();
      }
    }

    private void entry(Path entry, IgnoreChain ignored) throws IOException {
      String name = String.valueOf(entry.getFileName());
      boolean isFolder = Files.isDirectory(entry);
      if (name.startsWith(".") || ignored.ignores(entry, isFolder)) {
        return;
      }
      if (Files.isSymbolicLink(entry)) {
        links.add(new Link(entry, ignored));
      } else if (isFolder) {
        if (exclude.verdict(source(entry), true) != IgnoreRules.Verdict.IGNORED) {
          folder(entry, ignored);
        }
      } else if (!excluded(source(entry))) {
        file(entry);
      }
    }

    /** Links come last, so that what they lead to is found under its own name where it can be. */
    void followLinks() {
      roots.add(project);
      for (int i = 0; i < links.size(); i++) { // grows while links lead to folders with links
        Link link = links.get(i);
        try {
          follow(link);
        } catch (IOException e) {
          skip(link.path(), reason(e));
        }
      }
    }

    private void follow(Link link) throws IOException {
      if (!Files.exists(link.path())) {
        skip(link.path(), "a link to nothing");
        return;
      }
      Path target = link.path().toRealPath();
      if (roots.stream().noneMatch(target::startsWith)) {
        skip(link.path(), "a link out of the folder, to " + target);
      } else if (seen.contains(target)) {
        skip(link.path(), "a link to " + source(target) + ", which was already visited");
      } else if (Files.isDirectory(target)) {
        folder(link.path(), link.ignored());
      } else if (!excluded(source(link.path()))) {
        file(link.path());
      }
    }

    private void file(Path file) throws IOException {
      if (!Files.isRegularFile(file)) {
        skip(file, "not a regular file");
        return;
      }
      seen.add(file.toRealPath());
      long size = Files.size(file);
      if (size == 0) {
        skip(file, "empty");
      } else if (size > limits.fileBytes()) {
        skip(
            file,
            "larger than the limit of %s; split it into smaller files"
                .formatted(Limits.megabytes(limits.fileBytes())));
      } else {
        findings.put(source(file), new Found(file, source(file)));
      }
    }

    private void skip(Path path, String reason) {
      boolean folder = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
      String source = source(path) + (folder ? "/" : "");
      findings.putIfAbsent(source, new Skipped(source, reason));
    }
  }

  private boolean excluded(String source) {
    return exclude.covers(source) || !(include.rules().isEmpty() || include.covers(source));
  }

  private static String reason(IOException e) {
    return switch (e) {
      case AccessDeniedException _ -> "it may not be read: permission denied";
      case NoSuchFileException _ -> "it vanished during the walk";
      default -> "it cannot be read: " + e;
    };
  }
}
