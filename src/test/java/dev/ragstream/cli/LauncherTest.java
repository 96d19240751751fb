package dev.ragstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.waiting.Eventually;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code scripts/launcher} in an image of its own, with this JVM as its runtime. */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it is a shell script")
class LauncherTest {

  private static final Duration PATIENCE = Duration.ofMinutes(8);

  @TempDir private Path folder;
  private Path home;

  @BeforeEach
  void makeAnImage() throws Exception {
    home = folder.toRealPath().resolve("an image");
    Files.createDirectories(home);
    copy("ragstream", "bin/ragstream");
    copy("archive", "libexec/archive");
    Files.createSymbolicLink(home.resolve("runtime"), Path.of(System.getProperty("java.home")));
    jar();
  }

  @Test
  void theFirstStartMakesTheArchiveThatTheNextOneUsesAndAnotherJarANewOne() throws Exception {
    assertThat(version(Map.of())).startsWith("ragstream 1.2.3 (abc1234, Java 25");
    awaitArchive();

    assertThat(sourceOfMain()).contains("shared objects file");

    Files.setLastModifiedTime(jarFile(), FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));

    assertThat(sourceOfMain()).contains("ragstream.jar");
    awaitArchive();

    assertThat(sourceOfMain()).contains("shared objects file");
  }

  @Test
  void firstStartsAtTheSameTimeLeaveOneWholeArchive() throws Exception {
    List<Process> starts = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      starts.add(start(Map.of(), "--version"));
    }
    for (Process each : starts) {
      assertThat(output(each)).startsWith("ragstream 1.2.3");
    }
    awaitArchive();

    assertThat(sourceOfMain()).contains("shared objects file");
    try (Stream<Path> files = Files.list(home)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("bin", "libexec", "runtime", "ragstream.jar", "ragstream.aot");
    }
  }

  @Test
  void whereNoArchiveCanBeMadeCommandsAreOnlySlower() throws Exception {
    Files.createFile(home.resolve("ragstream.aot.lock")); // as if for ever being made

    assertThat(version(Map.of())).startsWith("ragstream 1.2.3");
    assertThat(version(Map.of("XDG_CACHE_HOME", "/dev/null"))).startsWith("ragstream 1.2.3");
    assertThat(home.resolve("ragstream.aot")).doesNotExist();
  }

  @Test
  void anArchiveThatIsBrokenIsPassedOver() throws Exception {
    Path archive = Files.writeString(home.resolve("ragstream.aot"), "no archive");
    Files.setLastModifiedTime(archive, Files.getLastModifiedTime(jarFile()));

    assertThat(version(Map.of())).startsWith("ragstream 1.2.3");
  }

  @Test
  void itIsFoundThroughLinksAndFromAnyFolder() throws Exception {
    Files.createFile(home.resolve("ragstream.aot.lock"));
    Files.createDirectories(folder.resolve("links"));
    Path one =
        Files.createSymbolicLink(folder.resolve("links/one"), Path.of("../an image/bin/ragstream"));
    Path two = Files.createSymbolicLink(folder.resolve("two"), one.toAbsolutePath());

    assertThat(output(process(List.of(two.toString(), "--version"), Map.of()).start()))
        .startsWith("ragstream 1.2.3");
  }

  @Test
  void commandsThatRunLongAreOptimised() throws Exception {
    Files.createFile(home.resolve("ragstream.aot.lock"));

    assertThat(flags("search", "serve")).contains("TieredStopAtLevel=1").contains("UseSerialGC");
    assertThat(flags("--profile", "serve", "log")).contains("TieredStopAtLevel=1");
    assertThat(flags("index", "--dry-run", "."))
        .doesNotContain("TieredStopAtLevel=1")
        .contains("UseSerialGC");
    assertThat(flags("-q", "serve", "--help"))
        .doesNotContain("TieredStopAtLevel=1")
        .contains("UseSerialGC")
        .contains("MaxNewSize=201326592");
  }

  /** Those of {@code script} are 0 columns wide where its input is no terminal. */
  @Test
  void aTerminalThatSaysThatItIs0ColumnsWideIsTakenForOneOf80() throws Exception {
    Files.createFile(home.resolve("ragstream.aot.lock"));
    Map<String, String> properties =
        Map.of("RAGSTREAM_JAVA_OPTS", "-XshowSettings:properties", "RAG", home + "/bin/ragstream");
    List<String> command = List.of("script", "-qec", "stty size; \"$RAG\" --version", "/dev/null");

    ProcessBuilder builder = process(command, properties);
    builder.environment().remove("COLUMNS");
    assertThat(output(builder.start())).contains("0 0").contains("ragstream.columns = 80");

    ProcessBuilder told = process(command, properties);
    told.environment().put("COLUMNS", "50");
    assertThat(output(told.start())).contains("ragstream.columns = 50");
  }

  /** What the JVM says it was given. */
  private String flags(String... arguments) throws Exception {
    return output(start(Map.of("RAGSTREAM_JAVA_OPTS", "-XX:+PrintCommandLineFlags"), arguments));
  }

  /** Where the JVM took the entry class from. */
  private String sourceOfMain() throws Exception {
    Path log = folder.resolve("classes.txt");
    version(Map.of("RAGSTREAM_JAVA_OPTS", "-Xlog:class+load:file=" + log));
    try (Stream<String> lines = Files.lines(log)) {
      return lines
          .filter(line -> line.contains("dev.ragstream.cli.Main "))
          .collect(Collectors.joining());
    }
  }

  private String version(Map<String, String> environment) throws Exception {
    return output(start(environment, "--version"));
  }

  private Process start(Map<String, String> environment, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(home.resolve("bin/ragstream").toString());
    command.addAll(List.of(arguments));
    return process(command, environment).start();
  }

  private ProcessBuilder process(List<String> command, Map<String, String> environment) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder
        .environment()
        .put("XDG_CACHE_HOME", Path.of("target", "test-cache").toAbsolutePath().toString());
    builder.environment().putAll(environment);
    builder.redirectInput(new File("/dev/null"));
    builder.redirectError(folder.resolve("stderr.txt").toFile());
    return builder;
  }

  private static String output(Process process) throws Exception {
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return out;
  }

  private void awaitArchive() throws Exception {
    Path archive = home.resolve("ragstream.aot");
    Eventually.within(PATIENCE)
        .see(
            "the archive",
            () ->
                Files.exists(archive)
                    && Files.getLastModifiedTime(archive)
                        .equals(Files.getLastModifiedTime(jarFile()))
                    && !Files.exists(home.resolve("ragstream.aot.lock")),
            made -> made);
  }

  private void copy(String script, String to) throws IOException {
    Path target = home.resolve(to);
    Files.createDirectories(target.getParent());
    Files.copy(Path.of("scripts", "launcher", script), target);
    assertThat(target.toFile().setExecutable(true)).isTrue();
  }

  private Path jarFile() {
    return home.resolve("ragstream.jar");
  }

  /** The program's classes in a jar, with the libraries of this class path behind it. */
  private void jar() throws Exception {
    List<Path> path =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(Path::of)
            .map(Path::toAbsolutePath)
            .toList();
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.put(Attributes.Name.MAIN_CLASS, Main.class.getName());
    main.put(Attributes.Name.IMPLEMENTATION_VERSION, "1.2.3");
    main.put(new Attributes.Name("Commit"), "abc1234");
    main.put(
        Attributes.Name.CLASS_PATH,
        path.stream()
            .filter(Files::isRegularFile)
            .map(jar -> jar.toUri().toString())
            .collect(Collectors.joining(" ")));
    Path classes = Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (OutputStream file = Files.newOutputStream(jarFile());
        JarOutputStream jar = new JarOutputStream(file, manifest);
        Stream<Path> files = Files.walk(classes)) {
      for (Path each : files.filter(Files::isRegularFile).toList()) {
        jar.putNextEntry(new ZipEntry(classes.relativize(each).toString().replace('\\', '/')));
        Files.copy(each, jar);
      }
    }
  }
}
