package dev.ragstream.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the user is told about files that cannot be read or are no YAML. */
class SettingsFilesTest {

  private SettingsFolder user;

  @BeforeEach
  void aUser(@TempDir Path temporary) {
    user = new SettingsFolder(temporary);
  }

  @Test
  void aFaultInTheYamlIsPointedAt() {
    user.projectFile("retrieval:\n  topK: 3\n  mode: hybrid: 4\n");

    assertThat(user.failure())
        .isEqualTo(
            """
            SETTINGS
            ragstream.yaml:3:15: this is not YAML: mapping values are not allowed here
                mode: hybrid: 4
                            ^
            correct the line
            """);
  }

  @Test
  void theCaretStandsBeneathTheFaultAfterWideCharactersToo() {
    user.projectFile("prompt: {template: 模板: a: }}\n");

    assertThat(user.failure())
        .isEqualTo(
            """
            SETTINGS
            ragstream.yaml:1:22: this is not YAML: expected ',' or '}', but got :
              prompt: {template: 模板: a: }}
                                 　　^
            correct the line
            """);
  }

  @Test
  void somethingLeftOpenIsPointedAtWhereItBegins() {
    user.projectFile("retrieval:\n  mode: \"hybrid\n  topK: 3\n");

    assertThat(user.failure())
        .isEqualTo(
            """
            SETTINGS
            ragstream.yaml:2:9: this is not YAML: found unexpected end of stream
                mode: "hybrid
                      ^
            correct the line
            """);
  }

  @Test
  void aTabIsPointedAt() {
    user.projectFile("retrieval:\n\ttopK: 3\n");

    assertThat(user.failure())
        .isEqualTo(
            """
            SETTINGS
            ragstream.yaml:2:1: this is not YAML: found character '\\t(TAB)' that cannot start any token
              \ttopK: 3
              ^
            indent with spaces, not with tabs
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ingest: {include: [*.md]}",
        "ingest: {include: *.md}",
        "ingest:\n  include: **/*.md",
        "llm: {apiKey: ${OPENAI_API_KEY}}",
        "llm: {model: @model}"
      })
  void aValueThatMeansSomethingToYamlHasToBeQuoted(String text) {
    user.projectFile(text);

    assertThat(user.failure())
        .startsWith("SETTINGS\nragstream.yaml:")
        .contains("this is not YAML")
        .endsWith("\nput quotes around the value\n");
  }

  @Test
  void whatMayBeSecretIsLeftOutOfTheDrawing() {
    for (String line :
        new String[] {
          "  apiKey: canary: a",
          "  baseUrl: http://me:canary@es: a",
          "  apiKey: \"canary",
          "  headers: {Authorization: canary: a}",
          "  headers: {X-Other: canary: a}",
          "  model: {apiKey: canary, a: b",
        }) {
      user.projectFile("llm:\n" + line + "\n");

      assertThat(user.failure()).as(line).contains("ragstream.yaml:2").doesNotContain("canary");
    }
  }

  @Test
  void theDrawingOfALongLineIsCut() {
    user.projectFile("ingest: {include: [" + "abc, ".repeat(1000) + "a: b: c]}\n");

    assertThat(user.failure())
        .isEqualTo(
            """
            SETTINGS
            ragstream.yaml:1:5024: this is not YAML: expected ',' or ']', but got :
               abc, abc, abc, abc, abc, abc, abc, abc, abc, a: b: c]}
                                                                ^
            correct the line
            """);
  }

  @Test
  void aControlCharacterIsRefused() {
    user.projectFile("retrieval:\n  mode: a\u0007b\n");

    assertThat(user.failure())
        .isEqualTo(
            """
            SETTINGS
            ragstream.yaml:2: holds the control character U+0007
            remove it
            """);
  }

  @Test
  void aSecondDocumentInTheFileIsRefused() {
    user.projectFile("retrieval: {topK: 3}\n---\nretrieval: {topK: 4}\n");

    assertThat(user.failure())
        .isEqualTo(
            """
            SETTINGS
            ragstream.yaml:2:1: this is not YAML: expected a single document in the stream, but found another document
              ---
              ^
            correct the line
            """);
  }

  @Test
  void aFileNestedDeeplyIsRefused() {
    user.projectFile("a: " + "[".repeat(30_000));

    assertThat(user.failure())
        .isEqualTo(
            """
            SETTINGS
            ragstream.yaml:1: is nested more than 16 levels deep
            write it out flat
            """);
  }

  @Test
  void aFileFullOfAliasesIsRefused() {
    StringBuilder text = new StringBuilder("a0: &a0 [x]\n");
    for (int i = 1; i < 20; i++) {
      text.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ",").repeat(9)));
    }
    user.projectFile(text.toString());

    assertThat(user.failure())
        .isEqualTo(
            """
            SETTINGS
            ragstream.yaml:7: holds more than 50 aliases
            write it out flat
            """);
  }

  @Test
  void aFewAliasesAreFine() {
    user.projectFile("profiles:\n  a: &wide\n    retrieval: {topK: 12}\n  b: *wide\n").profile("b");

    assertThat(user.load().retrieval().topK()).isEqualTo(12);
  }

  @Test
  void anAliasOfItselfEnds() {
    user.projectFile("profiles: &a\n  wide: *a\n");

    assertThat(user.failure())
        .isEqualTo(
            """
            SETTINGS
            ragstream.yaml:2: unknown section wide
            the sections are store, embedding, chunking, ingest, retrieval, prompt, llm, journal, chats, chat, output, replay, serve and profiles
            """);
  }

  @Test
  void aFolderIsRefused() throws IOException {
    Files.createDirectory(user.project.resolve("ragstream.yaml"));

    assertThat(user.failure())
        .isEqualTo(
            """
            SETTINGS
            ragstream.yaml: is a folder, not a settings file
            name the file within it
            """);
  }

  @Test
  void aNamedFileThatDoesNotExistIsRefused() {
    assertThat(user.file("wide.yaml").failure())
        .isEqualTo(
            """
            SETTINGS
            wide.yaml: does not exist
            name another file, or write one with ragstream init
            """);
  }

  @Test
  void aLinkThatLeadsNowhereIsNotPassedOver() throws IOException {
    Path file = user.project.resolve("ragstream.yaml");
    Files.createSymbolicLink(file, Path.of("missing.yaml"));

    assertThat(user.failure()).startsWith("SETTINGS\nragstream.yaml: does not exist\n");
  }

  @Test
  void aLinkToItselfIsRefused() throws IOException {
    Path file = user.project.resolve("ragstream.yaml");
    Files.createSymbolicLink(file, file);

    assertThat(user.failure()).startsWith("SETTINGS\nragstream.yaml: cannot be read: ");
  }

  @Test
  void aFileThatMayNotBeReadIsRefused() throws IOException {
    user.projectFile("");
    Path file = user.project.resolve("ragstream.yaml");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
    assumeThat(Files.isReadable(file)).as("this user may read everything").isFalse();

    assertThat(user.failure())
        .isEqualTo(
            """
            SETTINGS
            ragstream.yaml: may not be read
            allow it to be read, or name another file
            """);
  }

  @Test
  void aFileThatIsNotUtf8IsRefused() throws IOException {
    Files.write(user.project.resolve("ragstream.yaml"), new byte[] {'a', (byte) 0xE9, '\n'});

    assertThat(user.failure())
        .isEqualTo(
            """
            SETTINGS
            ragstream.yaml: is not UTF-8 text
            save it with the encoding UTF-8
            """);
  }

  @Test
  void aHugeFileIsRefused() {
    user.projectFile("# filler\n".repeat(10_000));

    assertThat(user.failure())
        .isEqualTo(
            """
            SETTINGS
            ragstream.yaml: is larger than 64 KiB, which no settings file is
            name another file
            """);
  }
}
