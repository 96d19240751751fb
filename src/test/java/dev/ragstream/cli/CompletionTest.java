package dev.ragstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What real shells offer. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has other shells")
class CompletionTest {

  @TempDir private Path folder;

  /** The scripts ask {@code ragstream} for values; here it is one that only knows those. */
  @BeforeEach
  void makeAProjectWithProfilesAndTemplates() throws IOException {
    Path ragstream =
        Files.writeString(
            folder.resolve("ragstream"),
            """
            #!/bin/sh
            case "$3" in
              profiles) echo wide; echo narrow ;;
              templates) echo default; echo prompts/short.yaml ;;
            esac
            """);
    assertThat(ragstream.toFile().setExecutable(true)).isTrue();
    for (String shell : List.of("bash", "zsh", "fish")) {
      Files.writeString(folder.resolve("completion." + shell), script("completion", shell));
    }
  }

  @Test
  void theProfilesThatTheScriptsAskForAreThoseOfTheSettings() throws IOException {
    Files.writeString(
        folder.resolve("ragstream.yaml"), "profiles: {wide: {retrieval: {topK: 12}}}\n");

    assertThat(script("completion", "--values", "profiles")).isEqualTo("wide\n");
  }

  @Test
  void theTemplatesThatTheScriptsAskForAreThoseOfTheFolder() throws IOException {
    Files.createDirectories(folder.resolve("prompts"));
    Files.writeString(
        folder.resolve("prompts/short.yaml"), "messages: [{role: user, content: Be short.}]\n");
    Files.writeString(folder.resolve("brief.mustache"), "{{question}}\n");
    Files.writeString(folder.resolve("ragstream.yaml"), "retrieval: {topK: 12}\n");
    Files.writeString(folder.resolve("compose.yaml"), "services: {}\n");

    assertThat(script("completion", "--values", "templates").lines())
        .containsExactly("default", "brief.mustache", "prompts/short.yaml");
  }

  @Test
  void bashCompletesCommandsOptionsAndValues() throws Exception {
    assertThat(bash("ragstream", "se")).contains("search", "serve");
    assertThat(bash("ragstream", "log", "sh")).containsExactly("show");
    assertThat(bash("ragstream", "search", "--exp")).containsExactly("--explain");
    assertThat(bash("ragstream", "search", "--mode", "")).contains("hybrid", "lexical", "vector");
    assertThat(bash("ragstream", "search", "--format", "j")).containsExactly("json");
    assertThat(bash("ragstream", "ask", "-m", "extr")).containsExactly("extractive");
    assertThat(bash("ragstream", "ask", "--profile", "w")).containsExactly("wide");
    assertThat(bash("ragstream", "ask", "-t", "ragstr")).containsExactly("ragstream");
    assertThat(bash("ragstream", "ask", "-t", "")).containsExactly("default", "prompts/short.yaml");
    assertThat(bash("ragstream", "ask", "-m", "cu")).containsExactly("custom:");
    assertThat(bash("ragstream", "completion", "")).containsExactly("bash", "zsh", "fish");
  }

  @Test
  void bashCompletesAValueThatIsTiedToItsOption() throws Exception {
    assertThat(bash("ragstream", "ask", "--profile", "=", "w")).containsExactly("wide");
    assertThat(bash("ragstream", "ask", "--profile", "=")).containsExactly("wide", "narrow");
    assertThat(bash("ragstream", "--profile", "=", "wide", "ask", "--mode", "=", "hy"))
        .containsExactly("hybrid");
  }

  @Test
  void fishCompletesCommandsOptionsAndValues() throws Exception {
    assertThat(fish("ragstream se")).contains("search", "serve");
    assertThat(fish("ragstream --profile wide se")).contains("search", "serve");
    assertThat(fish("ragstream log sh")).containsExactly("show");
    assertThat(fish("ragstream search --exp")).containsExactly("--explain");
    assertThat(fish("ragstream search --mode ")).contains("hybrid", "lexical", "vector");
    assertThat(fish("ragstream ask -m extr")).containsExactly("extractive");
    assertThat(fish("ragstream ask --profile w")).containsExactly("wide");
    assertThat(fish("ragstream ask --profile=w")).containsExactly("--profile=wide");
    assertThat(fish("ragstream ask --profile wide -t ragstr")).containsExactly("ragstream");
    assertThat(fish("ragstream ask -t ")).containsExactly("default", "prompts/short.yaml");
    assertThat(fish("ragstream ask --template=prom"))
        .containsExactly("--template=prompts/short.yaml");
    assertThat(fish("ragstream ask -m cu")).containsExactly("custom:");
    assertThat(fish("ragstream completion ")).containsExactly("bash", "fish", "zsh");
  }

  @Test
  @Timeout(120)
  void zshCompletesCommandsAndValues() throws Exception {
    assertThatZshCompletes("autoload -Uz compinit; compinit -u -d dump; source completion.zsh");
  }

  @Test
  @Timeout(120)
  void zshFindsTheCompletionInAFolderOfItsPath() throws Exception {
    Path site = Files.createDirectories(folder.resolve("site"));
    Files.copy(folder.resolve("completion.zsh"), site.resolve("_ragstream"));

    assertThatZshCompletes("fpath=($PWD/site $fpath); autoload -U compinit; compinit -u -d dump");
  }

  /** In a terminal of its own, as there is no other way to press Tab in zsh. */
  private void assertThatZshCompletes(String preparation) throws Exception {
    Files.writeString(
        folder.resolve("typed.zsh"),
        """
        zmodload zsh/zpty
        zpty shell 'zsh -f -i'
        zpty -w shell '%s; echo rea""dy'
        zpty -r -m shell out '*ready*'
        zpty -w -n shell $'ragstream log sh\\t'
        zpty -r -m shell out '*log show*' && print shown
        zpty -w -n shell $'\\C-uragstream ask --profile wi\\t'
        zpty -r -m shell out '*--profile wide*' && print shown
        zpty -w -n shell $'\\C-uragstream ask --profile=na\\t'
        zpty -r -m shell out '*--profile=narrow*' && print shown
        zpty -w -n shell $'\\C-uragstream ask -t prom\\t'
        zpty -r -m shell out '*-t prompts/short.yaml*' && print shown
        zpty -d shell
        """
            .formatted(preparation));

    assertThat(run("zsh", "-f", "typed.zsh")).containsExactly("shown", "shown", "shown", "shown");
  }

  private List<String> bash(String... words) throws Exception {
    StringBuilder array = new StringBuilder();
    for (String word : words) {
      array.append(" '").append(word).append('\'');
    }
    return run(
        "bash",
        "--norc",
        "-c",
        "source completion.bash; COMP_WORDS=(%s); COMP_CWORD=%d; _complete_ragstream_split; printf '%%s\\n' \"${COMPREPLY[@]}\""
            .formatted(array, words.length - 1));
  }

  private List<String> fish(String line) throws Exception {
    return run("fish", "--no-config", "-c", "source completion.fish; complete -C '" + line + "'")
        .stream()
        .map(offered -> offered.split("\t", -1)[0])
        .toList();
  }

  private List<String> run(String... command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().merge("PATH", folder.toString(), (path, ours) -> ours + ":" + path);
    builder.environment().put("HOME", folder.toString());
    builder.redirectError(
        folder.resolve("stderr.txt").toFile()); // bash: compopt is not for scripts
    Process shell = builder.start();
    shell.getOutputStream().close();
    String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    shell.waitFor();
    return said.lines().map(String::strip).filter(each -> !each.isEmpty()).toList();
  }

  private String script(String... arguments) {
    return new Session(folder).run(List.of(arguments), "").out();
  }
}
