package dev.ragstream.journal;

import dev.ragstream.core.ChatLog;
import dev.ragstream.core.Message;
import dev.ragstream.core.Message.Role;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Chats in the journal's file. */
public final class SqliteChatLog implements ChatLog {

  private final JournalFile file;

  /** Takes the file over: {@link #close()} closes it. */
  public SqliteChatLog(JournalFile file) {
    this.file = file;
  }

  @Override
  public void append(Chat chat, Turn turn) {
    file.write(connection -> {
      for (Message message : turn.said()) {
        insert(connection, chat, turn, message);
      }
      return chat;
    });
  }

  private static void insert(Connection connection, Chat chat, Turn turn, Message message)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO message (user_id, org_id, chat_id, role, title, content, time)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """)) {
      set(
          insert,
          chat.owner().userId(),
          chat.owner().orgId(),
          chat.chatId(),
          message.role().name().toLowerCase(Locale.ROOT),
          turn.title(),
          message.content(),
          turn.time());
      insert.executeUpdate();
    }
  }

  @Override
  public List<Listed> chats(Owner owner) {
    return file.read(
        List.of(),
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  """
                  SELECT chat_id, title, time FROM message WHERE n IN (
                    SELECT max(n) FROM message WHERE user_id = ? AND org_id = ? GROUP BY chat_id)
                  ORDER BY n DESC
                  """)) {
            set(select, owner.userId(), owner.orgId());
            List<Listed> chats = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
              while (row.next()) {
                chats.add(new Listed(row.getString(1), row.getString(2), row.getString(3)));
              }
            }
            return List.copyOf(chats);
          }
        });
  }

  @Override
  public List<Message> messages(Chat chat) {
    return file.read(
        List.of(),
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  """
                  SELECT role, content FROM message
                  WHERE user_id = ? AND org_id = ? AND chat_id = ? ORDER BY n
                  """)) {
            set(select, chat.owner().userId(), chat.owner().orgId(), chat.chatId());
            List<Message> messages = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
              while (row.next()) {
                Role role = Role.valueOf(row.getString(1).toUpperCase(Locale.ROOT));
                messages.add(new Message(role, row.getString(2)));
              }
            }
            return List.copyOf(messages);
          }
        });
  }

  @Override
  public void close() {
    file.close();
  }

  private static void set(PreparedStatement statement, String... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setString(i + 1, values[i]);
    }
  }
}
