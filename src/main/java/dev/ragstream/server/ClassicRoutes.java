package dev.ragstream.server;

import dev.ragstream.core.ChatLog.Chat;
import dev.ragstream.core.ChatLog.Listed;
import dev.ragstream.core.ChatLog.Owner;
import dev.ragstream.core.Message;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.util.Objects;
import java.util.UUID;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The chats of the older service's users, in its envelopes. */
record ClassicRoutes(Desk desk) {

  void addTo(RoutesConfig routes) {
    add(routes, "/newchat", this::newChat);
    add(routes, "/historylist", this::chats);
    add(routes, "/chathistory", this::messages);
  }

  private static void add(RoutesConfig routes, String path, Handler handler) {
    Routes.add(routes, HandlerType.POST, path, Envelope::failure, handler);
  }

  private void newChat(Context ctx) throws IOException {
    owner(desk.body(ctx));
    ArrayNode result = JsonNodeFactory.instance.arrayNode();
    result.addObject().put("chatId", id());
    answer(ctx, result);
  }

  private void chats(Context ctx) throws IOException {
    ArrayNode result = JsonNodeFactory.instance.arrayNode();
    for (Listed chat : desk.backend().chats().chats(owner(desk.body(ctx)))) {
      result
          .addObject()
          .put("historyId", chat.chatId())
          .put("historyTitle", chat.title())
          .put("updateTime", chat.time());
    }
    answer(ctx, result);
  }

  private void messages(Context ctx) throws IOException {
    Body body = desk.body(ctx);
    String chatId = body.text("chatId");
    if (chatId == null) {
      throw Body.invalid("there is no 'chatId'");
    }
    ArrayNode result = JsonNodeFactory.instance.arrayNode();
    for (Message message : desk.backend().chats().messages(new Chat(owner(body), chatId))) {
      result
          .addObject()
          .put("role", message.role() == Message.Role.USER ? "user" : "assist")
          .put("content", message.content());
    }
    answer(ctx, result);
  }

  private Owner owner(Body body) {
    String userId = body.text("userId");
    if (userId == null) {
      throw Body.invalid("there is no 'userId'");
    }
    String orgId = body.text("orgId");
    Organisations.of(desk.options()).check(orgId);
    return new Owner(userId, Objects.requireNonNullElse(orgId, ""));
  }

  private static void answer(Context ctx, ArrayNode result) {
    ctx.contentType("application/json");
    ctx.result(Envelope.success(Envelope.result(result, id())));
  }

  private static String id() {
    return UUID.randomUUID().toString().replace("-", "");
  }
}
