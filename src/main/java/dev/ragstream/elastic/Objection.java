package dev.ragstream.elastic;

import co.elastic.clients.elasticsearch._types.ErrorCause;
import dev.ragstream.core.Failure.Kind;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What a cluster can have against a request, in words that go on from its address. Three things of
 * {@link Authorization} may be put into them: who asked, and what to do about credentials that are
 * refused or that lack a privilege.
 */
enum Objection {
  NO_INDEX(
      Kind.STORE_MISSING,
      "has no such index or alias",
      "run 'ragstream index PATH' first, or correct store.index"),
  INDEX_NAME(
      "does not take the name of the index",
      "set store.index to a name of its own: lower case, without spaces and without"
          + " \\ / * ? \" < > | , # :"),
  INDEX_CLOSED(
      "has closed the index", "open it again with POST NAME/_open, or correct store.index"),
  TWO_INDICES(
      "knows several indices behind the alias",
      "let the alias point at one index alone, or set store.index to the name of an index"),
  MAPPING(
      "has other fields in the index than are needed",
      "run 'ragstream index --rebuild PATH', which fills a new index, or correct store.index and"
          + " store.fields"),
  CONFLICT(
      "had the index changed by somebody else at the same time",
      "let one process at a time write to the index, and run the command again"),
  OLD_VERSION("speaks an older protocol, that of version 8 or older", Words.UPGRADE),
  /** Answers to HEAD have no body. */
  WORDLESS("refused the request and gave no reason, as version 8 and older do", Words.UPGRADE),
  UNAUTHENTICATED("refused %s", "%2$s"),
  FORBIDDEN("does not let %s do that", "%3$s"),
  DISK_FULL(
      "has too little free disk space and lets its indices only be read",
      "free disk space or add a node: Elasticsearch then lifts the block by itself; if it stays,"
          + " set index.blocks.read_only_allow_delete of the index to null"),
  NOT_READY(
      "is not ready to work",
      "wait until its nodes have found each other and elected a master, then run the command"
          + " again; 'ragstream doctor' tells when"),
  BLOCKED(
      "has blocked the index",
      "lift the block in the settings of the index: index.blocks.write, index.blocks.read,"
          + " index.blocks.read_only or index.blocks.metadata"),
  UNAVAILABLE(
      "cannot reach all parts of the index; its health is red",
      "wait until the nodes that hold it are back, then run the command again;"
          + " GET _cluster/allocation/explain tells what is missing"),
  OVERLOADED(
      "is overloaded",
      "run the command again later; a cluster that is often overloaded needs more memory or nodes"),
  TOO_LARGE(
      "does not take a request of this size",
      "raise the limit: client_max_body_size of an nginx before the cluster, or"
          + " http.max_content_length of its nodes"),
  SNAPSHOT_LOST(
      "has lost the state of the index that was being read, as when a node leaves",
      "run the command again"),
  TOO_MANY_READERS(
      "has too many searches open",
      "wait some minutes until those that were left open expire, or raise"
          + " search.max_open_scroll_context of the cluster"),
  GATEWAY(
      "is behind a proxy that gets no answer from it",
      "check that the cluster behind the proxy is running, and the proxy's log and time limits"),
  BROKEN("failed while it worked on the request", "look into the cluster's log"),
  UNFIT(
      "refused the request",
      "check the settings in store and retrieval; 'ragstream doctor' compares them with the"
          + " index");

  /** How Elasticsearch says that a field is of another kind or a vector of another length. */
  private static final Pattern OF_MAPPINGS =
      Pattern.compile("^(mapper|Mapper for) \\[|^can't merge|^Fielddata|different .*dimension");

  private static final class Words {

    static final String UPGRADE =
        "ragstream needs Elasticsearch 9: upgrade the cluster, or set store.url to one of that"
            + " version";
  }

  final Kind kind;
  final String words;
  final String remedy;

  Objection(String words, String remedy) {
    this(Kind.STORE, words, remedy);
  }

  Objection(Kind kind, String words, String remedy) {
    this.kind = kind;
    this.words = words;
    this.remedy = remedy;
  }

  static Objection of(ErrorCause error, int status) {
    String reason = Objects.requireNonNullElse(error.reason(), "");
    return switch (Objects.requireNonNullElse(error.type(), "")) {
      case "index_not_found_exception" -> NO_INDEX;
      case "invalid_index_name_exception", "invalid_alias_name_exception" -> INDEX_NAME;
      case "index_closed_exception" -> INDEX_CLOSED;
      case "mapper_parsing_exception",
          "mapper_exception",
          "document_parsing_exception",
          "strict_dynamic_mapping_exception",
          "query_shard_exception" ->
          MAPPING;
      case "illegal_argument_exception" -> argument(reason);
      case "version_conflict_engine_exception", "resource_already_exists_exception" -> CONFLICT;
      case "media_type_header_exception" -> OLD_VERSION;
      case "cluster_block_exception" -> block(reason);
      case "master_not_discovered_exception", "not_master_exception" -> NOT_READY;
      case "no_shard_available_action_exception",
          "unavailable_shards_exception",
          "primary_missing_action_exception" ->
          UNAVAILABLE;
      case "search_phase_execution_exception" -> status == 503 ? UNAVAILABLE : of(status);
      case "es_rejected_execution_exception",
          "circuit_breaking_exception",
          "process_cluster_event_timeout_exception" ->
          OVERLOADED;
      case "search_context_missing_exception", "search_context_missing_nodes_exception" ->
          SNAPSHOT_LOST;
      case "too_many_scroll_contexts_exception" -> TOO_MANY_READERS;
      default -> status == 503 ? NOT_READY : of(status);
    };
  }

  /** Where the status is all that is known. */
  static Objection of(int status) {
    return switch (status) {
      case 401 -> UNAUTHENTICATED;
      case 403 -> FORBIDDEN;
      case 404 -> NO_INDEX;
      case 409 -> CONFLICT;
      case 413 -> TOO_LARGE;
      case 429 -> OVERLOADED;
      case 502, 503, 504 -> GATEWAY;
      default -> status >= 500 ? BROKEN : UNFIT;
    };
  }

  private static Objection argument(String reason) {
    if (reason.startsWith("no write index")) {
      return TWO_INDICES;
    }
    return OF_MAPPINGS.matcher(reason).find() ? MAPPING : UNFIT;
  }

  /** Blocks have numbers: 12 is that of a full disk, 1 and 2 those of a cluster without a head. */
  private static Objection block(String reason) {
    if (reason.contains("/12/")) {
      return DISK_FULL;
    }
    return reason.contains("SERVICE_UNAVAILABLE/") ? NOT_READY : BLOCKED;
  }
}
