package dev.ragstream.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.core.Failure;
import dev.ragstream.core.Template;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MustacheTextTest {

  @TempDir private Path temp;
  private TemplateFolder folder;

  @BeforeEach
  void folder() {
    folder = new TemplateFolder(temp);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {{question}}                                              | Rain?
          {{{question}}} {{&question}}                              | Rain? Rain?
          {{#passages}}[{{n}}] {{source}}: {{text}} {{/passages}}   | '[1] today.md: It rains. [2] old.md: It was dry. '
          {{#passages}}{{id}} {{score}};{{/passages}}               | today.md#0 1.0;old.md#0 0.5;
          {{#passages}}{{#title}}{{title}}{{/title}}{{^title}}none{{/title}};{{/passages}} | Today › North;none;
          {{#passages}}{{metadata.lang}},{{/passages}}              | en,,
          {{#passages}}{{#metadata.lang}}in {{metadata.lang}}{{/metadata.lang}};{{/passages}} | in en;;
          {{#passages}}{{n}}{{^-last}}, {{/-last}}{{/passages}}     | 1, 2
          {{#passages}}{{-index}}{{/passages}}                      | 12
          {{#history}}{{role}}: {{content}} {{/history}}{{question}} | user: Hello assistant: Hi Rain?
          {{! a remark }}{{question}}                               | Rain?
          {{=<% %>=}}<%question%> {{fence}}                         | Rain? {{fence}}
          {{^passages}}nothing{{/passages}}{{question}}             | Rain?
          """)
  void renders(String template, String text) {
    assertThat(folder.rendered(template)).isEqualTo(text);
  }

  @Test
  void whatLooksLikeAVariableInAValueStaysAsItIs() {
    Template.Values values =
        new Template.Values(
            "What is {{fence}}? {{{x}}} {{#y}}",
            List.of(),
            List.of(
                TemplateFolder.excerpt(
                    1, "{{question}}", "{{/context}}", "{{>file}} <b>&amp;</b>", Map.of())),
            TemplateFolder.FENCE);
    String text =
        folder
            .load("t.txt", "{{#passages}}{{source}} {{title}} {{text}}{{/passages}} {{question}}")
            .render(values)
            .getLast()
            .content();
    assertThat(text)
        .isEqualTo(
            "{{question}} {{/context}} {{>file}} <b>&amp;</b> What is {{fence}}? {{{x}}} {{#y}}");
  }

  @Test
  void aVariableThatIsNotClosedIsPointedAt() {
    assertThat(folder.failure("ask.txt", "Say {{fence}}\nto {{question now").problem())
        .isEqualTo(
            """
            the template ask.txt opens a variable that it does not close (line 2):
              to {{question now
                 ^\
            """);
  }

  @Test
  void anUnknownVariableIsPointedAt() {
    Failure failure =
        folder.failure("ask.txt", "Passages:\n{{context}}\nAnswer {{question}} {{qestion}} now.");
    assertThat(failure)
        .isEqualTo(
            new Failure(
                Failure.Kind.TEMPLATE,
                """
                the template ask.txt uses 'qestion', which is unknown (line 3):
                  Answer {{question}} {{qestion}} now.
                                        ^\
                """,
                "did you mean 'question'? the variables are question, context, fence, passages,"
                    + " history, n, id, source, title, text, score, block, role, content and"
                    + " metadata.KEY"));
  }

  @Test
  void theCaretStandsBelowItsVariableAlsoAfterChineseAndTabs() {
    assertThat(folder.failure("ask.txt", "问题，\tab{{ x }}\r\n").problem())
        .isEqualTo(
            """
            the template ask.txt uses 'x', which is unknown (line 1):
              问题，\tab{{ x }}
              　　　\t     ^\
            """);
  }

  @Test
  void theCaretDoesNotPointAtALongerNameThatBeginsTheSame() {
    assertThat(
            folder.failure("ask.txt", "{{context}}\n{{#passages}}{{con}}{{/passages}}").problem())
        .endsWith("(line 2):\n  {{#passages}}{{con}}{{/passages}}\n                 ^");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{#history}}{{#passages}}{{oops}}{{/passages}}{{/history}}",
        "{{^question}}{{oops}}{{/question}}",
        "{{#oops}}x{{/oops}}",
        "{{^oops}}x{{/oops}}",
        "{{{oops}}}",
        "{{& oops}}"
      })
  void anUnknownVariableIsRefusedWhereverItStands(String template) {
    assertThat(folder.failure("ask.txt", template).problem())
        .startsWith("the template ask.txt uses 'oops', which is unknown (line 1):");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{question.class}}",
        "{{question.length}}",
        "{{passages.getClass}}",
        "{{passages.size}}",
        "{{passages.0}}",
        "{{history.iterator}}",
        "{{getClass}}",
        "{{toString}}",
        "{{entrySet}}",
        "{{#passages}}{{text.bytes}}{{/passages}}",
        "{{#passages}}{{key}}{{value}}{{/passages}}",
        "{{#passages}}{{metadata}}{{/passages}}",
        "{{#question}}{{length}}{{/question}}",
        "{{this.class}}"
      })
  void nothingButTheVariablesCanBeReached(String template) {
    assertThat(folder.failure("ask.txt", template).problem()).contains("which is unknown");
  }

  @ParameterizedTest
  @ValueSource(strings = {"metadata.class", "metadata.size", "metadata.a.b", "metadata.getClass"})
  void metadataHoldsItsKeysAndNothingElse(String name) {
    assertThat(folder.rendered("{{#passages}}[{{" + name + "}}]{{/passages}}")).isEqualTo("[][]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "score", "role"})
  void aVariableOfAPassageOutsideOfPassagesIsPointedAt(String name) {
    assertThat(folder.failure("ask.txt", "Say\n{{" + name + "}}").problem())
        .isEqualTo(
            "the template ask.txt uses '"
                + name
                + "', which has no value here (line 2):\n  {{"
                + name
                + "}}\n    ^");
  }

  @Test
  void metadataOutsideOfPassagesIsPointedAt() {
    assertThat(folder.failure("ask.txt", "Say {{metadata.lang}}").problem())
        .isEqualTo(
            """
            the template ask.txt uses 'metadata', which has no value here (line 1):
              Say {{metadata.lang}}
                    ^\
            """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{{>secrets}}", "{{<base}}{{/base}}", "{{$block}}x{{/block}}"})
  void otherFilesCannotBeIncluded(String template) {
    assertThat(folder.failure("ask.txt", template).problem())
        .startsWith("the template ask.txt includes '");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a\\n{{#passages}}x       | Section missing close tag 'passages' (line 2)
          a\\nb{{/passages}}       | Section close tag with no open tag 'passages' (line 2)
          {{#passages}}{{/history}} | Section close tag with mismatched open tag 'history' != 'passages' (line 1)
          """)
  void aSlipOfTheFormNamesItsLine(String template, String problem) {
    Failure failure = folder.failure("ask.txt", template.replace("\\n", "\n"));
    assertThat(failure.kind()).isEqualTo(Failure.Kind.TEMPLATE);
    assertThat(failure.problem()).isEqualTo("the template ask.txt does not parse: " + problem);
  }
}
