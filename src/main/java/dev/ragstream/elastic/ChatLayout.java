package dev.ragstream.elastic;

import co.elastic.clients.elasticsearch._types.mapping.Property;
import co.elastic.clients.elasticsearch._types.mapping.TypeMapping;
import co.elastic.clients.elasticsearch._types.query_dsl.Operator;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.search.Hit;
import dev.ragstream.core.ChatLog.Chat;
import dev.ragstream.core.ChatLog.Owner;
import dev.ragstream.core.Message.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The form in which messages of chats lie in an index: the fields {@code userId}, {@code orgId},
 * {@code chatId}, {@code role} ({@code user} or {@code assist}), {@code title}, {@code content} and
 * {@code updataTime}, as services before this one spelt them. What ragstream writes also has its
 * place in the order, {@code said}.
 *
 * @param fields how the index maps them
 */
record ChatLayout(Map<String, Property> fields) {

  private static final String USER = "userId";
  private static final String ORGANISATION = "orgId";
  private static final String CHAT = "chatId";
  private static final String ROLE = "role";
  private static final String TITLE = "title";
  private static final String CONTENT = "content";
  private static final String TIME = "updataTime";
  private static final String SAID = "said";

  private static final String ASSISTANT = "assist";
  private static final String KEYWORD = "keyword";

  static TypeMapping mapping() {
    return TypeMapping.of(mapping -> {
      for (String exact : List.of(USER, ORGANISATION, CHAT, ROLE, TIME)) {
        mapping.properties(exact, field -> field.keyword(keyword -> keyword));
      }
      return mapping
          .properties(TITLE, field -> field.text(text -> text))
          .properties(CONTENT, field -> field.text(text -> text))
          .properties(SAID, field -> field.long_(number -> number));
    });
  }

  /** Whether the index has seen a message. */
  boolean isComplete() {
    return fields.keySet().containsAll(List.of(USER, ORGANISATION, CHAT));
  }

  static ObjectNode document(ChatMessage message) {
    ObjectNode document =
        JsonNodeFactory.instance
            .objectNode()
            .put(USER, message.chat().owner().userId())
            .put(ORGANISATION, message.chat().owner().orgId())
            .put(CHAT, message.chat().chatId())
            .put(ROLE, message.role() == Role.ASSISTANT ? ASSISTANT : "user")
            .put(TITLE, message.title())
            .put(CONTENT, message.content())
            .put(SAID, message.said());
    if (!message.time().isEmpty()) {
      document.put(TIME, message.time()); // the field may be a date, and no date is empty
    }
    return document;
  }

  /** What to load of a message. */
  static List<String> fields(boolean content) {
    List<String> fields =
        new ArrayList<>(List.of(USER, ORGANISATION, CHAT, ROLE, TITLE, TIME, SAID));
    if (content) {
      fields.add(CONTENT);
    }
    return fields;
  }

  /** Empty where somebody else spoke than a user and an assistant. */
  static Optional<ChatMessage> message(Hit<ObjectNode> hit) {
    ObjectNode found = Hits.source(hit);
    return role(text(found, ROLE))
        .map(role ->
            new ChatMessage(
                new Chat(
                    new Owner(text(found, USER), text(found, ORGANISATION)), text(found, CHAT)),
                role,
                text(found, TITLE),
                text(found, CONTENT),
                text(found, TIME),
                found.path(SAID).asLong(0),
                Objects.requireNonNullElse(hit.seqNo(), 0L)));
  }

  private static String text(ObjectNode document, String field) {
    return document.path(field).asString("");
  }

  private static Optional<Role> role(String spelt) {
    return switch (spelt.toLowerCase(Locale.ROOT)) {
      case "user" -> Optional.of(Role.USER);
      case ASSISTANT, "assistant" -> Optional.of(Role.ASSISTANT);
      default -> Optional.empty();
    };
  }

  Query of(Owner owner) {
    return all(Map.of(USER, owner.userId(), ORGANISATION, owner.orgId()));
  }

  Query of(Chat chat) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put(USER, chat.owner().userId());
    values.put(ORGANISATION, chat.owner().orgId());
    values.put(CHAT, chat.chatId());
    return all(values);
  }

  private Query all(Map<String, String> values) {
    List<Query> each = new ArrayList<>();
    values.forEach((field, value) -> each.add(is(field, value)));
    return Query.of(query -> query.bool(bool -> bool.filter(each)));
  }

  /** Finds every message with the value, and, where the field is analysed, perhaps others. */
  private Query is(String field, String value) {
    Property property = fields.get(field);
    if (property != null && property.isText()) {
      return property.text().fields().containsKey(KEYWORD)
          ? term(field + "." + KEYWORD, value)
          : Query.of(query ->
              query.match(match -> match.field(field).query(value).operator(Operator.And)));
    }
    return term(field, value);
  }

  private static Query term(String field, String value) {
    return Query.of(query -> query.term(term -> term.field(field).value(value)));
  }
}
