package dev.ragstream.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.server.Backend.Wording;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The options of {@code /v1/chat/completions} that the model gets. */
class OpenAiOptionsTest {

  private static final JsonMapper MAPPER = new JsonMapper();

  @Test
  void theOptionsOfARequestReachTheModel() throws Exception {
    assertThat(
            wording(
                "'temperature':0.3,'top_p':1,'max_tokens':9,'seed':-9007199254740993,'stop':['a','b']"))
        .isEqualTo(new Wording(0.3, 1.0, 9, -9007199254740993L, List.of("a", "b")));
    assertThat(wording("'stop':'END','max_tokens':9,'max_completion_tokens':7"))
        .isEqualTo(new Wording(null, null, 7, null, List.of("END")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'n':1",
        "'temperature':null,'top_p':null,'max_tokens':null,'seed':null,'stop':null",
        "'stop':[]",
        "'frequency_penalty':'?','presence_penalty':9,'logit_bias':{},'user':'u','tools':[]",
        "'base_url':'http://evil.example','llm':{'baseUrl':'http://evil.example'}"
      })
  void whatIsNotSetOrNotKnownChangesNothing(String options) throws Exception {
    assertThat(wording(options)).isEqualTo(Wording.NONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'temperature':2.1                  | temperature",
        "'temperature':-0.1                 | temperature",
        "'temperature':1e999                | temperature",
        "'temperature':'hot'                | temperature",
        "'temperature':[1]                  | temperature",
        "'top_p':1.01                       | top_p",
        "'top_p':true                       | top_p",
        "'max_tokens':0                     | max_tokens",
        "'max_tokens':-1                    | max_tokens",
        "'max_tokens':1.5                   | max_tokens",
        "'max_tokens':2000001               | max_tokens",
        "'max_tokens':'9'                   | max_tokens",
        "'max_completion_tokens':0          | max_completion_tokens",
        "'max_tokens':0,'max_completion_tokens':7 | max_tokens",
        "'seed':1.5                         | seed",
        "'seed':'7'                         | seed",
        "'seed':9223372036854775808         | seed",
        "'stop':''                          | stop",
        "'stop':7                           | stop",
        "'stop':['a',7]                     | stop",
        "'stop':{'a':'b'}                   | stop",
        "'stop':['a','b','c','d','e']       | stop"
      })
  void anOptionOfAnotherTypeOrOutOfRangeIsRefusedByName(String options, String name)
      throws Exception {
    try (TestServer server = TestServer.saying("Yes.")) {
      HttpResponse<String> refused = ask(server, options);
      assertThat(refused.statusCode()).isEqualTo(400);
      JsonNode error = MAPPER.readTree(refused.body()).path("error");
      assertThat(error.path("param").asString()).isEqualTo(name);
      assertThat(error.path("type").asString()).isEqualTo("invalid_request_error");
      assertThat(error.path("message").asString()).contains("'" + name + "'");
      assertThat(server.backend.choices).isEmpty();
    }
  }

  private static Wording wording(String options) throws Exception {
    try (TestServer server = TestServer.saying("Yes.")) {
      HttpResponse<String> answer = ask(server, options);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      return server.backend.choices.getFirst().wording();
    }
  }

  private static HttpResponse<String> ask(TestServer server, String options) throws Exception {
    String body = "{%s,'messages':[{'role':'user','content':'Rain?'}]}".formatted(options);
    return server.send(server.post("/v1/chat/completions", body.replace('\'', '"')));
  }
}
