package dev.ragstream.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileWalkerTest {

  private static final Limits LIMITS = new Limits(1 << 20, 1 << 20);

  @TempDir private Path temporary;
  private Path project;

  @BeforeEach
  void makeProject() throws IOException {
    project = Files.createDirectories(temporary.resolve("project")).toRealPath();
  }

  @Test
  void filesComeInTheOrderOfTheirNames() throws IOException {
    files("b.md", "a/z.md", "a/b/c.md", "A.md");

    assertThat(walk()).containsExactly("A.md", "a/b/c.md", "a/z.md", "b.md");
  }

  @Test
  void aPathThatDoesNotExistIsAFaultOfUsage() {
    assertThatThrownBy(() -> walker().walk(List.of(project.resolve("nowhere"))))
        .isInstanceOfSatisfying(
            FailureException.class,
            e -> {
              assertThat(e.failure().kind()).isEqualTo(Failure.Kind.USAGE);
              assertThat(e.failure().problem()).contains("nowhere");
            });
  }

  @Test
  void whatGitIgnoresIsPassedOver() throws IOException {
    files("keep.md", "a.log", "build/x.md", "sub/a.log", "sub/important.log", "sub/tmp/t.md");
    write(".gitignore", "*.log\n/build\n");
    write("sub/.gitignore", "!important.log\ntmp/\n");

    assertThat(walk()).containsExactly("keep.md", "sub/important.log");
  }

  @Test
  void theIgnoreFilesOfParentFoldersHoldUpToTheRootOfTheRepository() throws IOException {
    Files.createDirectory(project.resolve(".git"));
    write(".gitignore", "*.log\n");
    Files.writeString(temporary.resolve(".gitignore"), "*.md\n");
    files("docs/a.md", "docs/a.log");

    assertThat(walk(project.resolve("docs"))).containsExactly("docs/a.md");
  }

  @Test
  void ragstreamignoreDecidesBeforeGitignore() throws IOException {
    write(".gitignore", "*.log\n");
    write(".ragstreamignore", "!wanted.log\n*.csv\n");
    files("a.log", "wanted.log", "a.csv", "a.md");

    assertThat(walk()).containsExactly("a.md", "wanted.log");
  }

  @Test
  void hiddenFilesArePassedOverUnlessTheyAreNamed() throws IOException {
    files(".hidden.md", ".folder/a.md", "a.md");

    assertThat(walk()).containsExactly("a.md");
    assertThat(walk(project.resolve(".hidden.md"))).containsExactly(".hidden.md");
    assertThat(walk(project.resolve(".folder"))).containsExactly(".folder/a.md");
  }

  @Test
  void aFileThatIsNamedIsTakenThoughGitIgnoresIt() throws IOException {
    write(".gitignore", "*.log\n");
    files("a.log");

    assertThat(walk(project.resolve("a.log"))).containsExactly("a.log");
  }

  @Test
  void includeAndExcludeAreGlobsRelativeToTheProject() throws IOException {
    files("docs/a.md", "docs/b.txt", "docs/old/c.md", "other/d.md");
    var walker =
        new FileWalker(project, List.of("docs/**/*.{md,txt}"), List.of("docs/old"), LIMITS);

    assertThat(sources(walker.walk(List.of(project)))).containsExactly("docs/a.md", "docs/b.txt");
  }

  @Test
  void aFileFoundTwiceIsListedOnce() throws IOException {
    files("docs/a.md");

    assertThat(walk(project, project.resolve("docs"), project.resolve("docs/a.md")))
        .containsExactly("docs/a.md");
  }

  @Test
  void outsideOfTheProjectASourceIsTheWholePath() throws IOException {
    Path outside = Files.writeString(temporary.toRealPath().resolve("outside.md"), "x");

    assertThat(walk(outside)).containsExactly(outside.toString());
  }

  @Test
  void aLoopOfLinksEnds() throws IOException {
    files("a/b/c.md");
    Files.createSymbolicLink(project.resolve("a/b/loop"), project.resolve("a"));
    Files.createSymbolicLink(project.resolve("self"), project.resolve("self"));

    assertThat(walk())
        .containsExactly(
            "a/b/c.md",
            "a/b/loop: a link to a, which was already visited",
            "self: a link to nothing");
  }

  @Test
  void aLinkOutOfTheFolderIsSkipped() throws IOException {
    Path secret = Files.writeString(temporary.resolve("secret.md"), "secret");
    Files.createSymbolicLink(project.resolve("link.md"), secret);

    assertThat(walk()).singleElement().asString().startsWith("link.md: a link out of the folder");
  }

  @Test
  void aLinkInsideIsFollowedToWhatIsNotFoundOtherwise() throws IOException {
    files(".data/a.md", "b.md");
    Files.createSymbolicLink(project.resolve("data"), project.resolve(".data"));
    Files.createSymbolicLink(project.resolve("a-link.md"), project.resolve("b.md"));

    assertThat(walk())
        .containsExactly(
            "a-link.md: a link to b.md, which was already visited", "b.md", "data/a.md");
  }

  @Test
  void emptyAndHugeFilesAreSkippedWithAReason() throws IOException {
    write("empty.md", "");
    write("huge.md", "x".repeat((1 << 20) + 1));

    assertThat(walk())
        .containsExactly(
            "empty.md: empty",
            "huge.md: larger than the limit of 1 MB; split it into smaller files");
  }

  @Test
  void whatIsNoRegularFileIsSkipped() throws Exception {
    Path pipe = project.resolve("pipe.md");
    assumeFalse(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() != 0);

    assertThat(walk()).containsExactly("pipe.md: not a regular file");
  }

  @Test
  void aFolderThatMayNotBeReadIsReported() throws IOException {
    assumeFalse("root".equals(System.getProperty("user.name")), "root may read everything");
    files("a.md", "closed/b.md");
    Path closed = project.resolve("closed");
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
    try {
      assertThat(walk()).containsExactly("a.md", "closed/: it may not be read: permission denied");
    } finally {
      Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
    }
  }

  private FileWalker walker() {
    return new FileWalker(project, List.of(), List.of(), LIMITS);
  }

  private List<String> walk() {
    return walk(project);
  }

  private List<String> walk(Path... paths) {
    return sources(walker().walk(List.of(paths)));
  }

  private static List<String> sources(List<Finding> findings) {
    return findings.stream()
        .map(finding ->
            switch (finding) {
              case Found found -> found.source();
              case Skipped skipped -> skipped.source() + ": " + skipped.reason();
            })
        .toList();
  }

  private void files(String... names) throws IOException {
    for (String name : names) {
      write(name, "text of " + name);
    }
  }

  private void write(String name, String content) throws IOException {
    Path file = project.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }
}
