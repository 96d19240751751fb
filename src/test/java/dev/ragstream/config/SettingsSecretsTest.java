package dev.ragstream.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ragstream.core.FailureException;
import dev.ragstream.core.Secret;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsSecretsTest {

  private SettingsFolder user;

  @BeforeEach
  void aUser(@TempDir Path temporary) {
    user = new SettingsFolder(temporary);
  }

  @Test
  void aKeyFromTheEnvironmentIsShownByItsVariable() {
    user.projectFile("llm: {apiKey: '${MY_KEY}'}").environment("MY_KEY", "canary\n");

    assertThat(apiKey().placeholder()).isEqualTo("$MY_KEY");
    assertThat(apiKey().reveal()).isEqualTo("canary");
  }

  @Test
  void aKeyInTheFileIsShownByTheVariableThatCouldHoldIt() {
    user.projectFile("llm: {apiKey: canary}");

    assertThat(apiKey().placeholder()).isEqualTo("$RAGSTREAM_LLM_API_KEY");
    assertThat(apiKey().reveal()).isEqualTo("canary");
  }

  @Test
  void headersAreSecretsToo() {
    user.projectFile(
            """
            llm:
              headers:
                Authorization: Bearer ${TOKEN}
                X-Key: canary
                X-Mixed: canary${TOKEN}
            """)
        .environment("TOKEN", "t0ken");

    var headers = user.load().llm().headers();
    assertThat(headers)
        .hasToString(
            "{Authorization=Bearer $TOKEN, X-Key=$RAGSTREAM_LLM_HEADERS_X_KEY,"
                + " X-Mixed=$RAGSTREAM_LLM_HEADERS_X_MIXED}");
    assertThat(headers.values().stream().map(Secret::reveal))
        .containsExactly("Bearer t0ken", "canary", "canaryt0ken");
  }

  @Test
  void headersInAVariableStandInLinesOfTheirOwn() {
    user.environment("RAGSTREAM_LLM_HEADERS", "X-A: 1, 2\nX-B: b:c");

    assertThat(user.load().llm().headers().values().stream().map(Secret::reveal))
        .containsExactly("1, 2", "b:c");
  }

  @Test
  void aMissingKeyIsMissedOnlyWhenItIsUsed() {
    user.projectFile("llm:\n  apiKey: ${MY_KEY}\n");
    Secret key = apiKey();

    assertThat(SettingsFolder.told(catchThrowableOfType(FailureException.class, key::reveal)))
        .isEqualTo(
            """
            SETTINGS
            ragstream.yaml:2: llm.apiKey takes its value from MY_KEY, which is not set
            set MY_KEY in the environment, or write the value itself
            """);
  }

  @Test
  void aMissingVariableElsewhereIsMissedAtOnce() {
    user.projectFile("llm:\n  model: openai:${MODEL}\n");

    assertThat(user.failure())
        .isEqualTo(
            """
            SETTINGS
            ragstream.yaml:2: llm.model takes its value from MODEL, which is not set
            set MODEL in the environment, or write the value itself
            """);
    assertThat(user.environment("MODEL", "small").load().llm().model()).hasToString("openai:small");
  }

  @Test
  void aVariableInAProfileThatIsNotChosenIsNotMissed() {
    user.projectFile("profiles: {other: {llm: {model: 'openai:${MODEL}'}}}");

    assertThat(user.load().llm().model()).hasToString("extractive");
  }

  @Test
  void aVariablesValueIsTakenAsItIs() {
    user.projectFile("prompt: {template: '${A}'}").environment("A", "a$1\\${B}.yaml");

    assertThat(user.load().prompt().template())
        .isEqualTo(new TemplateSource.InFile(user.project.resolve("a$1\\${B}.yaml")));
  }

  @Test
  void aVariableWithoutItsBraceIsRefused() {
    user.projectFile("llm:\n  apiKey: canary${MY_KEY\n");

    assertThat(user.failure())
        .isEqualTo(
            """
            SETTINGS
            ragstream.yaml:2: llm.apiKey holds ${ without a variable's name and }
            write ${NAME}, for example ${OPENAI_API_KEY}
            """);
  }

  @Test
  void aKeyWithALineBreakInItIsRefusedWhenItIsUsed() {
    user.environment("RAGSTREAM_LLM_API_KEY", "canary\nX: y");

    assertThat(SettingsFolder.told(catchThrowableOfType(FailureException.class, apiKey()::reveal)))
        .isEqualTo(
            """
            SETTINGS
            RAGSTREAM_LLM_API_KEY: llm.apiKey holds a line break or another control character
            remove it from the value
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://me:canary@localhost/v1",
        "http://me:canary@a b",
        "ftp://canary@host",
        "me:canary@host"
      })
  void aPasswordInAnAddressIsRefusedAndNotRepeated(String address) {
    user.set("llm.baseUrl=" + address);

    assertThat(user.failure())
        .isEqualTo(
            """
            SETTINGS
            --set llm.baseUrl: llm.baseUrl holds a user name or a password
            put the key into llm.apiKey or llm.headers
            """);
  }

  @Test
  void nothingThatIsPrintedHoldsASecret() {
    user.projectFile("llm: {apiKey: canary, headers: {X-Key: canary, X-Other: '${KEY}'}}")
        .environment("KEY", "canary")
        .set("llm.apiKey=canary");
    Settings settings = user.load();

    assertThat(settings.toString()).doesNotContain("canary");
    assertThat(settings.given().get("llm.apiKey"))
        .isEqualTo(
            new Settings.Given("$RAGSTREAM_LLM_API_KEY", new Origin.Flag("--set llm.apiKey")));
    assertThat(FlagValue.set("llm.apiKey=canary").toString()).doesNotContain("canary");
  }

  @Test
  void aFlagWithoutAnEqualsSignIsRepeatedUpToItsKey() {
    assertThatThrownBy(() -> FlagValue.set("llm.apiKey: canary"))
        .hasMessage("--set llm.apiKey has no =");
  }

  private Secret apiKey() {
    return Objects.requireNonNull(user.load().llm().apiKey());
  }

  @ParameterizedTest
  @MethodSource("secretSettings")
  void eachSecretIsAmongThoseThatNoTextOfAServerMayShow(String name) {
    String value = name.endsWith("proxy") ? "http://ann:canary-9@proxy" : "canary-9";
    if (name.equals("store.password")) {
      user.set("store.user=ann");
    }
    user.set(name + "=" + (name.endsWith("headers") ? "X-A: " : "") + value);

    assertThat(user.load().secrets().stream().map(Secret::reveal)).contains("canary-9");
  }

  static Stream<String> secretSettings() {
    return SettingTable.KEYS.stream().filter(key -> key.type().secret()).map(SettingKey::name);
  }
}
