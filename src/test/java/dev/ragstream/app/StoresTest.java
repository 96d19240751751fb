package dev.ragstream.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ragstream.config.FlagValue;
import dev.ragstream.config.Settings;
import dev.ragstream.config.SettingsLoader;
import dev.ragstream.config.SettingsSources;
import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import dev.ragstream.core.Filter;
import dev.ragstream.core.Retrieval.Mode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoresTest {

  @TempDir private Path folder;
  private final List<String> notices = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://es.example:9200",
        "http://10.0.0.1:9200",
        "http://localhost:9200,http://es:9200"
      })
  void offlineAClusterElsewhereIsRefused(String url) {
    try (Assembly assembly = offline("store.type=elasticsearch", "store.url=" + url)) {
      Failure failure = catchThrowableOfType(FailureException.class, assembly::store).failure();

      assertThat(failure.kind()).isEqualTo(Failure.Kind.OFFLINE);
      assertThat(failure.problem()).endsWith(" needs a network, and --offline forbids it");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:9200",
        "http://127.0.0.1:9200,http://127.0.0.2:9201",
        "http://[::1]:9200"
      })
  void offlineAClusterOnThisMachineIsNotRefused(String url) {
    try (Assembly assembly = offline("store.type=elasticsearch", "store.url=" + url)) {
      assertThatCode(assembly::store).doesNotThrowAnyException();
    }
  }

  @Test
  void anIndexWithoutVectorsIsSearchedByWordsWhichIsToldOnce() {
    try (Assembly assembly =
        offline(
            "store.type=elasticsearch",
            "store.url=http://localhost:9200",
            "store.fields.text=answer")) {
      assertThat(assembly.retrieval(Filter.NONE).mode()).isEqualTo(Mode.LEXICAL);
      assertThat(assembly.retrieval(Filter.NONE).mode()).isEqualTo(Mode.LEXICAL);

      assertThat(notices)
          .containsExactly(
              "the index has no vectors (store.fields.vector), so passages are found by words alone");
    }
  }

  @Test
  void whereVectorsAreNamedTheModeIsAsItWasSet() {
    try (Assembly assembly =
        offline(
            "store.type=elasticsearch",
            "store.url=http://localhost:9200",
            "store.fields.text=answer",
            "store.fields.vector=v")) {
      assertThat(assembly.retrieval(Filter.NONE).mode()).isEqualTo(Mode.HYBRID);
      assertThat(notices).isEmpty();
    }
  }

  @Test
  void thereIsNoParityWithoutACluster() {
    try (Assembly assembly = offline()) {
      Failure failure =
          catchThrowableOfType(FailureException.class, () -> new Parity(assembly, false)).failure();

      assertThat(failure)
          .isEqualTo(
              new Failure(
                  Failure.Kind.SETTINGS,
                  "parity compares a cluster with the embedded store, and store.type is lucene",
                  "choose a profile that sets store.type to elasticsearch, such as --profile es"));
    }
  }

  private Assembly offline(String... assignments) {
    Settings settings =
        SettingsLoader.load(
            new SettingsSources(
                folder, Map.of(), null, null, Stream.of(assignments).map(FlagValue::set).toList()));
    return new Assembly(
        settings, new Surroundings(folder.resolve("cache"), Map.of(), true, notices::add));
  }
}
