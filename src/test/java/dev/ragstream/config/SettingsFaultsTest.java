package dev.ragstream.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ragstream.core.FailureException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the user is told about settings that cannot be. */
class SettingsFaultsTest {

  private SettingsFolder user;

  @BeforeEach
  void aUser(@TempDir Path temporary) {
    user = new SettingsFolder(temporary);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          retrieval: {topKK: 3}       | unknown setting retrieval.topKK    | did you mean retrieval.topK?
          retrieval: {top_k: 3}       | unknown setting retrieval.top_k    | did you mean retrieval.topK?
          retrieval: {size: 3}        | unknown setting retrieval.size     | did you mean chunking.size?
          retrieval: {colour: 3}      | unknown setting retrieval.colour   | retrieval has mode, topK, candidates, minScore, rerank and boost
          ingest: {fields: {txt: a}}  | unknown setting ingest.fields.txt  | did you mean ingest.fields.text?
          ingest: {field: {text: a}}  | unknown setting ingest.field       | did you mean ingest.fields?
          retreival: {topK: 3}        | unknown section retreival          | did you mean retrieval?
          topK: 3                     | unknown section topK               | did you mean retrieval.topK?
          profile: {}                 | unknown section profile            | did you mean profiles?
          plugins: {}                  | unknown section plugins             | the sections are store, embedding, chunking, ingest, retrieval, prompt, llm, journal, chats, chat, output, replay, serve and profiles
          profiles: {a: {llm: {x: 1}}} | unknown setting llm.x             | llm has model, baseUrl, apiKey, thinking, headers, proxy, connectTimeout, firstTokenTimeout, idleTimeout, request, options and response
          """)
  void anUnknownNameIsRefusedWithTheNearestKnownOne(String text, String problem, String remedy) {
    user.projectFile("# first line\n" + text);

    assertThat(user.failure())
        .isEqualTo("SETTINGS\nragstream.yaml:2: %s\n%s\n".formatted(problem, remedy));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          retrieval: {topK: five}          | retrieval.topK cannot be five                    | use a whole number from 1 to 1000
          retrieval: {topK: 0}             | retrieval.topK cannot be 0                       | use a whole number from 1 to 1000
          retrieval: {topK: 1001}          | retrieval.topK cannot be 1001                    | use a whole number from 1 to 1000
          retrieval: {topK: 5.5}           | retrieval.topK cannot be 5.5                     | use a whole number from 1 to 1000
          retrieval: {topK: 99999999999}   | retrieval.topK cannot be 99999999999             | use a whole number from 1 to 1000
          retrieval: {topK: [5]}           | retrieval.topK takes one value, not a list       | use a whole number from 1 to 1000
          retrieval: {topK: {k: 5}}        | retrieval.topK takes one value, not a section    | use a whole number from 1 to 1000
          retrieval: {topK: }              | retrieval.topK has no plain value                | use a whole number from 1 to 1000, or remove the line
          retrieval: {topK: ''}            | retrieval.topK has no value                      | use a whole number from 1 to 1000
          retrieval: {topK: [[5]]}         | retrieval.topK has no plain value                | use a whole number from 1 to 1000, or remove the line
          retrieval: {minScore: -1}        | retrieval.minScore cannot be -1                  | use a number from 0
          retrieval: {minScore: NaN}       | retrieval.minScore cannot be NaN                 | use a number from 0
          retrieval: {minScore: 1.2.3}     | retrieval.minScore cannot be 1.2.3               | use a number from 0
          retrieval: {mode: hybird}        | retrieval.mode cannot be hybird                  | did you mean hybrid? use hybrid, lexical or vector
          store: {type: elastic}           | store.type cannot be elastic                     | use lucene or elasticsearch
          store: {url: [http://a, b]}      | store.url cannot be b                            | use an address such as http://localhost:9200
          store: {url: 'http://a,b:9200'}  | store.url cannot be b:9200                       | use an address such as http://localhost:9200
          store: {url: {a: b}}             | store.url takes a list, not a section            | use an address such as http://localhost:9200, or a list of them
          store: {url: 'http://me:canary@es:9200'} | store.url holds a user name or a password | use store.user and store.password
          store: {caFingerprint: 53:09}    | store.caFingerprint cannot be 53:09              | use 64 hexadecimal digits, with or without colons
          store: {path: ~/index}           | store.path cannot start with ~                   | write ${HOME} in its place
          embedding: {cache: yes}          | embedding.cache cannot be yes                    | use true or false
          ingest: {include: {a: b}}        | ingest.include takes a list, not a section       | use a list such as [first, second]
          ingest: {include: [a, '']}       | ingest.include holds an empty value              | use a list such as [first, second]
          ingest: {maxFileSize: 0}         | ingest.maxFileSize cannot be 0                   | use a size such as 256MB or 64KiB
          ingest: {maxFileSize: 5 apples}  | ingest.maxFileSize cannot be 5 apples            | use a size such as 256MB or 64KiB
          llm: {model: gpt-4o}             | llm.model cannot be gpt-4o                       | use extractive, openai:NAME, deepseek:NAME, anthropic:NAME, gemini:NAME, ollama:NAME, custom:NAME, replay:FILE
          llm: {model: 'olama:qwen3:8b'}   | llm.model names a provider that is unknown: olama | did you mean ollama:qwen3:8b?
          llm: {model: extractiv}          | llm.model cannot be extractiv                    | did you mean extractive?
          llm: {model: 'openai:'}          | llm.model cannot be openai:                      | use extractive, openai:NAME, deepseek:NAME, anthropic:NAME, gemini:NAME, ollama:NAME, custom:NAME, replay:FILE
          llm: {baseUrl: localhost:8000}   | llm.baseUrl cannot be localhost:8000             | use an address such as http://localhost:8000/v1
          llm: {baseUrl: 'http://a?k=v'}   | llm.baseUrl holds a query, after which no path can follow | leave out what follows the ? or #; put the key into llm.apiKey or llm.headers
          llm: {baseUrl: 'http://a b'}     | llm.baseUrl cannot be http://a b                 | use an address such as http://localhost:8000/v1
          llm: {baseUrl: 'ftp://a'}        | llm.baseUrl cannot be ftp://a                    | use an address such as http://localhost:8000/v1
          llm: {idleTimeout: 0s}           | llm.idleTimeout cannot be 0s                     | use a duration from 1ms to 1h, such as 10s
          llm: {idleTimeout: 120}          | llm.idleTimeout cannot be 120                    | use a duration from 1ms to 1h, such as 10s
          llm: {idleTimeout: 2h}           | llm.idleTimeout cannot be 2h                     | use a duration from 1ms to 1h, such as 10s
          llm: {headers: [a]}              | llm.headers takes headers, not a list            | use headers such as {X-Team: search}
          llm: {headers: {a b: c}}         | llm.headers holds a header name with characters that no header may have | use headers such as {X-Team: search}
          retrieval: 5                     | retrieval is a section, it takes no value or list of its own | write section, then settings in lines beneath it, as in retrieval: {topK: 8}
          [a, b]                           | a settings file holds sections with settings, not a plain value or a list | write section, then settings in lines beneath it, as in retrieval: {topK: 8}
          chunking: {size: 40}             | chunking.overlap (32) is more than half of chunking.size (40) | set chunking.overlap to 20 or less
          chunking: {overlap: 200}         | chunking.overlap (200) is more than half of chunking.size (256) | set chunking.overlap to 128 or less
          prompt: {budget: 1000}           | prompt.reserve (1024) leaves nothing of prompt.budget (1000) | set prompt.reserve to less than 1000
          profiles: {a: {retrieval: {topK: 0}}} | retrieval.topK cannot be 0                  | use a whole number from 1 to 1000
          """)
  void aValueThatIsNotAcceptedIsShownWithWhatWouldBe(String text, String problem, String remedy) {
    user.projectFile("\n" + text);

    assertThat(user.failure())
        .isEqualTo("SETTINGS\nragstream.yaml:2: %s\n%s\n".formatted(problem, remedy));
  }

  @Test
  void aLongValueIsShownInPart() {
    user.projectFile("retrieval:\n  mode: " + "很长".repeat(100));

    assertThat(user.failure())
        .startsWith("SETTINGS\nragstream.yaml:2: retrieval.mode cannot be 很长")
        .contains("很…\n")
        .hasSizeLessThan(200);
  }

  @Test
  void aSettingWrittenTwiceIsRefused() {
    user.projectFile("retrieval:\n  topK: 3\n  mode: vector\n  topK: 4\n");

    assertThat(user.failure())
        .isEqualTo(
            """
            SETTINGS
            ragstream.yaml:4: retrieval.topK is written twice, first in line 2
            keep one of the two
            """);
  }

  @Test
  void aSectionWrittenTwiceIsRefused() {
    user.projectFile("retrieval: {topK: 3}\nllm: {}\nretrieval: {mode: vector}\n");

    assertThat(user.failure())
        .isEqualTo(
            """
            SETTINGS
            ragstream.yaml:3: retrieval is written twice, first in line 1
            keep one of the two
            """);
  }

  @Test
  void allFaultsAreToldAtOnce() {
    user.userFile("retrieval: {topK: 0}");
    user.projectFile("retreival: {}\nllm:\n  idleTimeout: soon\n")
        .environment("RAGSTREAM_RETRIEVAL_MODE", "fast")
        .set("chunking.siz=3");

    assertThat(user.failure().replace(user.home.toString(), "HOME"))
        .isEqualTo(
            """
            SETTINGS
            5 settings cannot be used:
              ragstream.yaml:1: unknown section retreival (did you mean retrieval?)
              --set chunking.siz: no setting has this name (did you mean chunking.size?)
              HOME/.config/ragstream/config.yaml:1: retrieval.topK cannot be 0 (use a whole number from 1 to 1000)
              ragstream.yaml:3: llm.idleTimeout cannot be soon (use a duration from 1ms to 1h, such as 10s)
              RAGSTREAM_RETRIEVAL_MODE: retrieval.mode cannot be fast (use hybrid, lexical or vector)
            correct each of them
            """);
  }

  @Test
  void ofVeryManyFaultsTheFirstAreTold() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 1000; i++) {
      text.append("wrong").append(i).append(": {}\n");
    }
    user.projectFile(text.toString());

    assertThat(user.failure())
        .startsWith("SETTINGS\n1000 settings cannot be used:\n  ragstream.yaml:1: unknown section")
        .endsWith("\n  and 980 more\ncorrect each of them\n")
        .hasLineCount(24);
  }

  @Test
  void anUnknownVariableIsRefusedWithTheNearestKnownOne() {
    user.environment("RAGSTREAM_RETRIEVAL_TOPKK", "3");

    assertThat(user.failure())
        .isEqualTo(
            """
            SETTINGS
            RAGSTREAM_RETRIEVAL_TOPKK: no setting has this name
            did you mean RAGSTREAM_RETRIEVAL_TOP_K?
            """);
  }

  @Test
  void aVariableThatIsNearNoneIsToldHowVariablesAreNamed() {
    user.environment("RAGSTREAM_VERBOSE", "3");

    assertThat(user.failure())
        .isEqualTo(
            """
            SETTINGS
            RAGSTREAM_VERBOSE: no setting has this name
            variables are named like RAGSTREAM_RETRIEVAL_TOP_K: section, then key
            """);
  }

  @Test
  void twoSpellingsOfOneVariableAreRefused() {
    user.environment("RAGSTREAM_RETRIEVAL_TOPK", "3").environment("RAGSTREAM_RETRIEVAL_TOP_K", "4");

    assertThat(user.failure())
        .isEqualTo(
            """
            SETTINGS
            RAGSTREAM_RETRIEVAL_TOP_K: sets the same as RAGSTREAM_RETRIEVAL_TOPK
            keep one of them
            """);
  }

  @Test
  void anUnknownProfileIsRefusedWithTheNearestKnownOne() {
    user.userFile("profiles: {narrow: {}}").projectFile("profiles: {wide: {}}").profile("wied");

    assertThat(user.failure())
        .isEqualTo(
            """
            SETTINGS
            --profile wied: no profile has this name
            did you mean wide?
            """);
    assertThat(user.profile("other").failure())
        .isEqualTo(
            """
            SETTINGS
            --profile other: no profile has this name
            the profiles are narrow and wide
            """);
  }

  @Test
  void aProfileWithoutAnyDefinedIsRefused() {
    assertThat(user.profile("wide").failure())
        .isEqualTo(
            """
            SETTINGS
            --profile wide: no profile has this name
            write one beneath profiles: in a settings file
            """);
  }

  @Test
  void aFlagWithoutAnEqualsSignIsRefused() {
    assertThatThrownBy(() -> FlagValue.set("retrieval.topK"))
        .isInstanceOfSatisfying(
            FailureException.class,
            thrown ->
                assertThat(SettingsFolder.told(thrown))
                    .isEqualTo(
                        """
                        SETTINGS
                        --set retrieval.topK has no =
                        write --set KEY=VALUE, for example --set retrieval.topK=8
                        """));
  }

  @Test
  void aFlagWithAWrongValueIsRefused() {
    user.set("retrieval.topK=none");

    assertThat(user.failure())
        .isEqualTo(
            """
            SETTINGS
            --set retrieval.topK: retrieval.topK cannot be none
            use a whole number from 1 to 1000
            """);
  }
}
