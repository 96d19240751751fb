package dev.ragstream.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.faults.Wire.Hearing;
import dev.ragstream.faults.Wire.Message;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** An answer that was heard to its end, which is one of its messages and no more. */
record Answered(String text, String ending, String told) {

  static Answered of(Hearing hearing) throws IOException {
    List<Message> messages = new ArrayList<>();
    for (Message message = hearing.next(); message != null; message = hearing.next()) {
      messages.add(message);
    }
    List<Message> endings = messages.stream().filter(each -> each.ending() != null).toList();
    assertThat(endings).as("the ends of %s", messages).hasSize(1);
    Message end = endings.getFirst();
    // What useChat wants after the end says nothing.
    assertThat(messages.subList(messages.indexOf(end) + 1, messages.size()))
        .allMatch(each -> each.text().isEmpty());
    return new Answered(
        messages.stream().map(Message::text).collect(Collectors.joining()),
        String.valueOf(end.ending()),
        end.told());
  }
}
