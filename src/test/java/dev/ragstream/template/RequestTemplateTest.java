package dev.ragstream.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ragstream.core.FailureException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTemplateTest {

  @Test
  void everyValueStaysBetweenItsQuotationMarks() {
    RequestTemplate template =
        new RequestTemplate(
            "llm.request",
            """
            {"turns": [{{#messages}}{"{{role}}": "{{content}}"}{{^-last}}, {{/-last}}{{/messages}}]
            {{#maxTokens}}, "options": {"n": {{maxTokens}}}{{/maxTokens}}}\
            """);
    List<Map<String, Object>> messages =
        List.of(
            Map.of("role", "user", "content", "a \"b\" \\ {{model}}\n\t\u0007 雨"),
            Map.of("role", "assistant", "content", "\"}, {\"x\": \""));
    assertThat(template.render(Map.of("messages", messages, "maxTokens", 64)))
        .isEqualTo(
            """
            {"turns": [{"user": "a \\"b\\" \\\\ {{model}}\\n\\u0009\\u0007 雨"}, \
            {"assistant": "\\"}, {\\"x\\": \\""}]
            , "options": {"n": 64}}\
            """);
    assertThat(template.render(Map.of("messages", messages))).doesNotContain("options");
  }

  @Test
  void anUnknownVariableIsPointedAt() {
    assertThatThrownBy(() -> new RequestTemplate("llm.request", "{\"a\": \"{{promt}}\"}"))
        .isInstanceOf(FailureException.class)
        .hasMessage(
            """
            the template llm.request uses 'promt', which is unknown (line 1):
              {"a": "{{promt}}"}
                       ^\
            """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\": \"{{{prompt}}}\"}", "{\"a\": \"{{&prompt}}\"}"})
  void thereIsNoWayAroundTheEscaping(String text) {
    assertThatThrownBy(() -> new RequestTemplate("llm.request", text))
        .isInstanceOf(FailureException.class)
        .hasMessage("the template llm.request takes a value without escaping it");
  }
}
