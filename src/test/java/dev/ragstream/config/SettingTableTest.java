package dev.ragstream.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class SettingTableTest {

  static final List<SettingKey> KEYS = SettingTable.KEYS;

  @ParameterizedTest
  @FieldSource("KEYS")
  void eachSettingHasADescriptionAndAnExampleThatItAccepts(
      SettingKey key, @TempDir Path temporary) {
    String example = key.optional() ? key.key().example() : key.key().standard();
    String text = key.leaf() + ": " + example;
    for (String group : List.of(key.group().split("[.]", -1)).reversed()) {
      text = group + ":\n" + text.indent(2);
    }
    SettingsFolder user =
        new SettingsFolder(temporary)
            .projectFile(text)
            .environment("TEAM_TOKEN", "t")
            .environment("ELASTICSEARCH_URL", "https://localhost:9200")
            .environment("ELASTICSEARCH_USER", "elastic");
    if (key.name().equals("retrieval.boost.field")) {
      user.set("store.type=elasticsearch")
          .set("store.url=https://localhost:9200")
          .set("store.fields.text=answer");
    }

    assertThat(key.key().value()).endsWith(".");
    assertThat(example).isNotEmpty();
    assertThatCode(user::load).doesNotThrowAnyException();
    assertThat(user.load().given())
        .hasEntrySatisfying(key.name(), given -> assertThat(given.value()).isNotEmpty());
  }

  @Test
  void noTwoSettingsShareAVariable() {
    assertThat(KEYS.stream().map(key -> key.variable().replace("_", ""))).doesNotHaveDuplicates();
  }

  @Test
  void aVariableIsNamedAfterItsSetting() {
    assertThat(KEYS.stream().map(SettingKey::variable))
        .contains(
            "RAGSTREAM_STORE_TYPE",
            "RAGSTREAM_RETRIEVAL_TOP_K",
            "RAGSTREAM_INGEST_MAX_FILE_SIZE",
            "RAGSTREAM_INGEST_FIELDS_ID");
  }
}
