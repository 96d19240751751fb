package dev.ragstream.server;

import dev.ragstream.core.FailureException;
import dev.ragstream.core.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How to serve, as far as it can change while the server runs.
 *
 * @param classic whether {@code /stream} and {@code /ws_chat} answer as the older services did
 * @param token what every client has to show; null: nothing
 * @param hosts further names of this server, beside those of the loopback interface and the address
 *     that a connection came in on
 * @param origins of pages on other servers that may ask: {@code http://localhost:5173}
 * @param mostRuns how many questions are answered at the same time
 * @param perMinute how many questions a client may ask in a minute; null: no limit
 * @param organisations names by id; empty: any id will do
 * @param organisationField the metadata that holds a passage's organisation, by name; null:
 *     passages are for all
 * @param rehearse the trouble that every answer has unless its request wants another; null: none
 * @param modelIdle how long a model may be silent in the middle of an answer; a rehearsed stall
 *     ends after it, as a real one does
 */
public record ServerOptions(
    boolean classic,
    @Nullable Secret token,
    Set<String> hosts,
    List<String> origins,
    int mostRuns,
    @Nullable Integer perMinute,
    Map<String, String> organisations,
    @Nullable String organisationField,
    @Nullable String rehearse,
    Duration modelIdle) {

  /**
   * Checks the trouble, or it would be told to the first request only.
   *
   * @throws FailureException of kind {@code SETTINGS} where there is none of that name
   */
  public ServerOptions {
    Rehearsal.check(rehearse);
    hosts = Set.copyOf(hosts);
    origins = List.copyOf(origins);
    organisations = Map.copyOf(organisations);
  }
}
