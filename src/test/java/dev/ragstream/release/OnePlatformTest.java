package dev.ragstream.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code scripts/launcher/OnePlatform.java}, on the very jars that ragstream is released with. */
class OnePlatformTest {

  private static final Predicate<String> NATIVE =
      Pattern.compile(".*\\.(so|dylib|jnilib|dll)|.*\\.dSYM/.*[^/]").asMatchPredicate();

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "linux-x86_64, linux-x64, linux-x86_64, Linux/x86_64, Linux/x86_64, linux-x86-64",
    "linux-aarch_64, linux-aarch64, linux-aarch64, Linux/aarch64, Linux/arm64, linux-aarch64",
    "osx-aarch_64, osx-aarch64, osx-aarch64, Mac/aarch64, Mac/arm64, darwin-aarch64",
    "windows-x86_64, win-x64, win-x86_64, Windows/x86_64, Windows/x86_64, win32-x86-64"
  })
  void everyLibraryKeepsItsCodeForThePlatformAndNoOther(
      String platform, String onnx, String tokenizers, String sqlite, String jline, String jna)
      throws Exception {
    for (Path jar : jarsWithNativeCode()) {
      Files.copy(jar, folder.resolve(jar.getFileName()));
    }

    assertThat(run(folder.toString(), platform)).isEmpty();

    assertThat(foldersWithNativeCode())
        .containsExactly(
            entry("jline-native", List.of("org/jline/nativ/" + jline)),
            entry("jna", List.of("com/sun/jna/" + jna)),
            entry("onnxruntime", List.of("ai/onnxruntime/native/" + onnx)),
            entry("sqlite-jdbc", List.of("org/sqlite/native/" + sqlite)),
            entry("tokenizers", List.of("native/lib/" + tokenizers + "/cpu")));
    for (Path jar : jarsWithNativeCode()) {
      assertThat(entries(folder.resolve(jar.getFileName())))
          .containsAll(entries(jar).stream().filter(NATIVE.negate()).toList());
    }
  }

  @Test
  void aPlatformWithoutAReleaseIsRefused() throws Exception {
    assertThat(run(folder.toString(), "osx-x86_64"))
        .isEqualToIgnoringNewLines(
            "error: ragstream is not released for osx-x86_64, but for linux-aarch_64, linux-x86_64,"
                + " osx-aarch_64, windows-x86_64");
  }

  private Map<String, List<String>> foldersWithNativeCode() throws IOException {
    Map<String, List<String>> folders = new TreeMap<>();
    try (Stream<Path> jars = Files.list(folder)) {
      for (Path jar : jars.toList()) {
        TreeSet<String> found = new TreeSet<>();
        entries(jar).stream()
            .filter(NATIVE)
            .forEach(name -> found.add(name.substring(0, name.lastIndexOf('/'))));
        folders.put(jar.getFileName().toString().replaceFirst("-[0-9].*", ""), List.copyOf(found));
      }
    }
    return folders;
  }

  private static List<Path> jarsWithNativeCode() throws IOException {
    List<Path> jars =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> entry.endsWith(".jar"))
            .map(Path::of)
            .toList();
    List<Path> found = new ArrayList<>();
    for (Path jar : jars) {
      if (entries(jar).stream().anyMatch(NATIVE)) {
        found.add(jar);
      }
    }
    return found;
  }

  private static List<String> entries(Path jar) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      return zip.stream().map(ZipEntry::getName).toList();
    }
  }

  /** All that it says. */
  private static String run(String... arguments) throws Exception {
    List<String> command =
        Stream.concat(
                Stream.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    Path.of("scripts", "launcher", "OnePlatform.java").toString()),
                Stream.of(arguments))
            .toList();
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return said;
  }
}
