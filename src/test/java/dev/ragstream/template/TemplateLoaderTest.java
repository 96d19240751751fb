package dev.ragstream.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.core.Failure;
import dev.ragstream.core.Message;
import dev.ragstream.core.Message.Role;
import dev.ragstream.core.Template;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateLoaderTest {

  @TempDir private Path temp;
  private TemplateFolder folder;

  @BeforeEach
  void folder() {
    folder = new TemplateFolder(temp);
  }

  @Test
  void aTextIsTheUserMessageAndHistoryComesBefore() {
    Template template = folder.load("ask.txt", "Q: {{question}}\n\n");
    assertThat(template.name()).isEqualTo("ask.txt");
    assertThat(template.render(TemplateFolder.TWO_FOUND))
        .containsExactly(
            new Message(Role.USER, "Hello"),
            new Message(Role.ASSISTANT, "Hi"),
            new Message(Role.USER, "Q: Rain?"));
  }

  @Test
  void yamlNamesItsMessages() {
    Template template =
        folder.load(
            "ask.YML",
            """
            messages:
              - {role: system, content: Be brief.}
              - {role: assistant, content: 'Ready: {{fence}}'}
              - role: user
                content: |-
                  {{question}}
            """);
    assertThat(template.render(TemplateFolder.NOTHING_FOUND))
        .containsExactly(
            new Message(Role.SYSTEM, "Be brief."),
            new Message(Role.ASSISTANT, "Ready: 0badc0de"),
            new Message(Role.USER, "Rain?"));
  }

  @Test
  void aTemplateThatShowsTheHistoryItselfGetsItOnce() {
    Template template =
        folder.load("ask.txt", "{{#history}}{{role}}: {{content}}\n{{/history}}Q: {{question}}");
    assertThat(template.render(TemplateFolder.TWO_FOUND))
        .containsExactly(new Message(Role.USER, "user: Hello\nassistant: Hi\nQ: Rain?"));
  }

  @Test
  void aMessageThatComesOutBlankIsLeftOut() {
    Template template =
        folder.load(
            "ask.yaml",
            """
            messages:
              - {role: system, content: "{{#passages}}{{text}}\\n{{/passages}}"}
              - {role: user, content: "{{question}}"}
            """);
    assertThat(template.render(TemplateFolder.NOTHING_FOUND))
        .containsExactly(new Message(Role.USER, "Rain?"));
  }

  @Test
  void aByteOrderMarkAndWindowsLineEndsDoNoHarm() {
    assertThat(folder.rendered("\uFEFFQ:\r\n{{question}}\r\n")).isEqualTo("Q:\r\nRain?");
    assertThat(
            folder
                .load(
                    "t.yaml",
                    """
                    \uFEFFmessages:
                      - role: user
                        content: |-
                          a
                          {{question}}
                    """
                        .replace("\n", "\r\n"))
                .render(TemplateFolder.NOTHING_FOUND))
        .containsExactly(new Message(Role.USER, "a\nRain?"));
  }

  @Test
  void anotherSystemTextTakesThePlaceOfTheTemplatesOwn() {
    Template template =
        TemplateLoader.withSystem(TemplateLoader.standard(), "Use {{fence}} as you like.");
    List<Message> messages = template.render(TemplateFolder.TWO_FOUND);
    assertThat(messages).filteredOn(message -> message.role() == Role.SYSTEM).hasSize(1);
    assertThat(messages.getFirst())
        .isEqualTo(new Message(Role.SYSTEM, "Use 0badc0de as you like."));
    assertThat(messages).hasSize(4);
  }

  @Test
  void anotherSystemTextIsCheckedAsWell() {
    Failure failure =
        TemplateFolder.failure(
            () -> TemplateLoader.withSystem(TemplateLoader.standard(), "Use {{pasages}}."));
    assertThat(failure.problem())
        .isEqualTo(
            """
            the template -s uses 'pasages', which is unknown (line 1):
              Use {{pasages}}.
                    ^\
            """);
    assertThat(failure.remedy()).startsWith("did you mean 'passages'?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                       | the template FILE is empty
          '  \\n '                                 | the template FILE is empty
          message: []                              | the template t.yaml has no list 'messages'
          messages: []                             | the template t.yaml has no list 'messages'
          messages: hello                          | the template t.yaml has no list 'messages'
          just words                               | the template t.yaml has no list 'messages'
          - a                                      | the template t.yaml has no list 'messages'
          messages: [hello]                        | the template t.yaml, message 1, has no text 'content'
          messages: [{role: user, content: 5}]     | the template t.yaml, message 1, has no text 'content'
          messages: [{role: user}]                 | the template t.yaml, message 1, has no text 'content'
          messages: [{content: a}]                 | the template t.yaml, message 1, has no role
          messages: [{role: bot, content: a}]      | the template t.yaml, message 1, has the role 'bot'
          messages: [{role: USER, content: a}]     | the template t.yaml, message 1, has the role 'USER'
          """)
  void aFileOfTheWrongFormIsRefused(String yaml, String problem) {
    Failure failure = folder.failure("t.yaml", yaml.replace("\\n", "\n"));
    assertThat(failure.kind()).isEqualTo(Failure.Kind.TEMPLATE);
    assertThat(failure.problem())
        .isEqualTo(problem.replace("FILE", temp.resolve("t.yaml").toString()));
  }

  @Test
  void aFaultInAMessageNamesTheMessage() {
    String yaml =
        """
        messages:
          - {role: system, content: Be brief.}
          - role: user
            content: |
              First
              {{contxt}}
        """;
    assertThat(folder.failure("t.yaml", yaml).problem())
        .isEqualTo(
            """
            the template t.yaml, message 2, uses 'contxt', which is unknown (line 2):
              {{contxt}}
                ^\
            """);
  }

  @Test
  void invalidYamlIsPointedAt() {
    assertThat(folder.failure("t.yaml", "messages:\n  - role: user\n   content: a\n").problem())
        .startsWith("the template t.yaml is not valid YAML: ")
        .contains(", line 3:\n", "content: a", "^");
  }

  @Test
  void twoDocumentsInOneFileAreRefused() {
    assertThat(folder.failure("t.yaml", "messages: []\n---\nmessages: []\n").problem())
        .startsWith("the template t.yaml is not valid YAML: ");
  }

  @Test
  void aBombOfAliasesIsDefused() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x]\n");
    for (int i = 1; i < 80; i++) {
      bomb.append("a%d: &a%d [*a%d,*a%d]\n".formatted(i, i, i - 1, i - 1));
    }
    assertThat(folder.failure("t.yaml", bomb + "messages: *a79\n").problem())
        .startsWith("the template t.yaml is not valid YAML: ");
  }

  @Test
  void yamlThatIsTooDeepIsRefused() {
    assertThat(folder.failure("t.yaml", "messages: " + "[".repeat(200_000)).problem())
        .startsWith("the template t.yaml is not valid YAML: ");
  }

  @Test
  void aMissingFileAFolderAndAnotherEncodingAreTold() {
    Path missing = temp.resolve("missing.txt");
    assertThat(TemplateFolder.failure(() -> TemplateLoader.load(missing)).problem())
        .isEqualTo("there is no template " + missing);
    assertThat(TemplateFolder.failure(() -> TemplateLoader.load(temp)).problem())
        .isEqualTo(temp + " is a folder, not a template");
    Path latin = folder.write("latin.txt", new byte[] {'a', (byte) 0xE9, 'b'});
    assertThat(TemplateFolder.failure(() -> TemplateLoader.load(latin)).problem())
        .isEqualTo("the template " + latin + " is not UTF-8 text");
  }
}
