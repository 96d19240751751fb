package dev.ragstream.template;

import dev.ragstream.core.Message;
import dev.ragstream.core.Template;
import java.util.ArrayList;
import java.util.List;

/** A template whose system messages are replaced by one. */
record SystemOverride(Template template, MustacheText system) implements Template {

  @Override
  public String name() {
    return template.name();
  }

  @Override
  public List<Message> render(Values values) {
    List<Message> messages = new ArrayList<>();
    messages.add(
        new Message(Message.Role.SYSTEM, system.render(MessagesTemplate.variables(values))));
    for (Message message : template.render(values)) {
      if (message.role() != Message.Role.SYSTEM) {
        messages.add(message);
      }
    }
    return messages;
  }
}
