package dev.ragstream.elastic;

import co.elastic.clients.elasticsearch._types.ErrorCause;
import co.elastic.clients.elasticsearch._types.Refresh;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.BulkRequest;
import co.elastic.clients.elasticsearch.core.BulkResponse;
import co.elastic.clients.elasticsearch.core.bulk.BulkOperation;
import co.elastic.clients.elasticsearch.core.bulk.BulkResponseItem;
import dev.ragstream.core.ChatLog;
import dev.ragstream.core.FailureException;
import dev.ragstream.core.Message;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Chats in an index of an Elasticsearch cluster, which other programs may fill as well: a document
 * for each message, in the form that {@link ChatLayout} gives. The index is made when it is first
 * written to.
 */
public final class ElasticChatLog implements ChatLog {

  private static final int INVALID = 400;

  private final Connection connection;
  private final String index;
  private final AtomicLong lastSaid = new AtomicLong();

  /**
   * @param index its name or an alias
   */
  public ElasticChatLog(Cluster cluster, String index) {
    this.connection = new Connection(cluster);
    this.index = index;
  }

  @Override
  public void append(Chat chat, Turn turn) {
    ChatIndex.create(connection, index);
    List<BulkOperation> operations =
        turn.said().stream()
            .map(message ->
                operation(
                    new ChatMessage(
                        chat,
                        message.role(),
                        turn.title(),
                        message.content(),
                        turn.time(),
                        nextSaid())))
            .toList();
    BulkRequest request =
        BulkRequest.of(bulk -> bulk.index(index).refresh(Refresh.True).operations(operations));
    BulkResponse response = connection.call(client -> client.bulk(request));
    for (BulkResponseItem item : response.items()) {
      if (item.error() != null) {
        throw refusal(chat, item.error(), item.status());
      }
    }
  }

  /** With an id of its own, so that a request that is sent twice does no more than one. */
  private static BulkOperation operation(ChatMessage message) {
    return BulkOperation.of(operation ->
        operation.index(index ->
            index.id(UUID.randomUUID().toString()).document(ChatLayout.document(message))));
  }

  private FailureException refusal(Chat chat, ErrorCause error, int status) {
    return status == INVALID
        ? new FailureException(connection.rejected("the chat " + chat.chatId(), error))
        : connection.failure(error, status);
  }

  /** Microseconds of the time, and later than all before. */
  private long nextSaid() {
    long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    return lastSaid.updateAndGet(last -> Math.max(last + 1, now));
  }

  @Override
  public List<Listed> chats(Owner owner) {
    Map<String, ChatMessage> last = new HashMap<>();
    for (ChatMessage message :
        messages(
            layout -> layout.of(owner), message -> message.chat().owner().equals(owner), false)) {
      last.put(message.chat().chatId(), message);
    }
    return last.values().stream()
        .sorted(ChatMessage.IN_ORDER.reversed())
        .map(message -> new Listed(message.chat().chatId(), message.title(), message.time()))
        .toList();
  }

  @Override
  public List<Message> messages(Chat chat) {
    return messages(layout -> layout.of(chat), message -> message.chat().equals(chat), true)
        .stream()
        .map(message -> new Message(message.role(), message.content()))
        .toList();
  }

  /** In order; what the index finds may be more than was meant, as it may analyse ids. */
  private List<ChatMessage> messages(
      Function<ChatLayout, Query> query, Predicate<ChatMessage> meant, boolean contents) {
    Optional<ChatLayout> layout = ChatIndex.layout(connection, index);
    if (layout.isEmpty()) {
      return List.of();
    }
    List<ChatMessage> found = new ArrayList<>();
    Scan.each(
        connection,
        index,
        query.apply(layout.get()),
        ChatLayout.fields(contents),
        true,
        hit -> ChatLayout.message(hit).filter(meant).ifPresent(found::add));
    found.sort(ChatMessage.IN_ORDER);
    return found;
  }

  @Override
  public void close() {
    connection.close();
  }
}
