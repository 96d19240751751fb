package dev.ragstream.elastic;

import static dev.ragstream.core.StoreFixture.MODEL;
import static dev.ragstream.core.StoreFixture.chunk;
import static dev.ragstream.core.StoreFixture.failure;
import static dev.ragstream.core.StoreFixture.found;
import static dev.ragstream.core.StoreFixture.index;
import static dev.ragstream.core.StoreFixture.put;
import static dev.ragstream.core.StoreFixture.words;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.core.Failure;
import dev.ragstream.core.PassageStore;
import dev.ragstream.core.PassageWriter;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One writer at a time, also where one of them sleeps for too long or an answer is lost. */
@ExtendWith(ElasticNode.class)
class WriterLockTest {

  private final URI node;
  private final String name = "lock-" + UUID.randomUUID();

  WriterLockTest(URI node) {
    this.node = node;
  }

  @Test
  void aWriterThatWasTakenForDeadChangesNothingAnyMore() {
    try (PassageStore sleeper = Stores.own(node, name);
        PassageStore other = Stores.own(node, name)) {
      PassageWriter sleeping = sleeper.write(MODEL, false);
      put(sleeping, "a", "1", chunk("a", 1, "rain", 0));
      sleeping.commit();
      put(sleeping, "b", "1", chunk("b", 1, "rain", 0));
      letTheLockExpire();
      index(other, chunk("c", 1, "rain", 0));

      assertThat(failure(sleeping::commit).kind()).isEqualTo(Failure.Kind.STORE_LOCKED);
      assertThat(failure(sleeping::close).kind()).isEqualTo(Failure.Kind.STORE_LOCKED);
      assertThat(other.documents()).containsOnlyKeys("a", "c");
      assertThat(found(other, words("rain"))).containsExactlyInAnyOrder("a#1", "c#1");
      index(other, chunk("d", 1, "rain", 0));
    }
  }

  /** As if the holder had given its last sign long ago. */
  private void letTheLockExpire() {
    Rest.at(node)
        .send(
            "PUT",
            "/" + name + "/_doc/%23writer",
            """
            {"state": {"token": "gone", "process": 1, "host": "elsewhere", "sign": "%s"}}
            """
                .formatted(Instant.now().minusSeconds(3_600)));
  }

  @Test
  void aLockOfAnotherMachineIsRespectedWhileItGivesSigns() {
    try (PassageStore store = Stores.own(node, name)) {
      index(store, chunk("a", 1, "rain", 0));
      Rest.at(node)
          .send(
              "PUT",
              "/" + name + "/_doc/%23writer",
              """
              {"state": {"token": "theirs", "process": 4711, "host": "elsewhere", "sign": "%s"}}
              """
                  .formatted(Instant.now()));

      Failure failure = failure(() -> store.write(MODEL, false));

      assertThat(failure.kind()).isEqualTo(Failure.Kind.STORE_LOCKED);
      assertThat(failure.problem()).contains("process 4711 on elsewhere");
    }
  }

  @Test
  void aSignWhoseAnswerWasLostIsRecognised() {
    try (PassageStore store = Stores.own(node, name)) {
      PassageWriter writer = store.write(MODEL, false);
      put(writer, "a", "1", chunk("a", 1, "rain", 0));
      // Written once more without the writer's knowledge, as a request that is sent twice is.
      Rest rest = Rest.at(node);
      String seen = rest.get("/" + name + "/_source/%23writer").body();
      rest.send("PUT", "/" + name + "/_doc/%23writer", seen);

      assertThat(writer.commit()).isEmpty();
      writer.close();

      assertThat(store.documents()).containsOnlyKeys("a");
    }
  }

  @Test
  void whatARebuildThatDiedLeftIsRemovedByTheNextRun() {
    try (PassageStore store = Stores.own(node, name)) {
      index(store, chunk("a", 1, "rain", 0));
      Rest rest = Rest.at(node);
      String mapping = rest.get("/" + name + "-000001/_mapping").body();
      String mappings = mapping.substring(mapping.indexOf(':') + 1, mapping.length() - 1);
      rest.send("PUT", "/" + name + "-000002", mappings);

      index(store, chunk("b", 1, "rain", 0));

      assertThat(rest.get("/" + name + "-000002").statusCode()).isEqualTo(404);
      assertThat(store.documents()).containsOnlyKeys("a", "b");
    }
  }
}
