package dev.ragstream.server;

import dev.ragstream.core.ChatLog;
import dev.ragstream.core.Message;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Chats for the length of a test. */
final class MemoryChats implements ChatLog {

  private final Map<Chat, List<Turn>> turns = new LinkedHashMap<>();

  @Override
  public synchronized void append(Chat chat, Turn turn) {
    List<Turn> said = turns.remove(chat);
    List<Turn> all = said == null ? new ArrayList<>() : said;
    all.add(turn);
    turns.put(chat, all);
  }

  @Override
  public synchronized List<Listed> chats(Owner owner) {
    List<Listed> listed = new ArrayList<>();
    turns.forEach((chat, said) -> {
      if (chat.owner().equals(owner)) {
        Turn last = said.getLast();
        listed.addFirst(new Listed(chat.chatId(), last.title(), last.time()));
      }
    });
    return listed;
  }

  @Override
  public synchronized List<Message> messages(Chat chat) {
    List<Message> messages = new ArrayList<>();
    turns.getOrDefault(chat, List.of()).forEach(turn -> messages.addAll(turn.said()));
    return messages;
  }

  @Override
  public void close() {}
}
