package dev.ragstream.cassette;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.core.AnswerEvent;
import dev.ragstream.core.AnswerEvent.Cancelled;
import dev.ragstream.core.AnswerEvent.Completed;
import dev.ragstream.core.AnswerEvent.Ending;
import dev.ragstream.core.AnswerEvent.Failed;
import dev.ragstream.core.ChatModel;
import dev.ragstream.core.Message;
import dev.ragstream.core.Passage;
import dev.ragstream.core.Pipeline;
import dev.ragstream.core.PromptBuilder;
import dev.ragstream.core.Question;
import dev.ragstream.core.Retrieval;
import dev.ragstream.core.Retriever;
import dev.ragstream.core.Samples;
import dev.ragstream.core.Secret;
import dev.ragstream.core.Template;
import dev.ragstream.core.Timings;
import dev.ragstream.model.ChatOptions;
import dev.ragstream.model.HttpChatModel;
import dev.ragstream.model.OpenAiApi;
import dev.ragstream.upstream.Endpoint;
import dev.ragstream.upstream.HttpTransport;
import dev.ragstream.upstream.RetryPolicy;
import dev.ragstream.upstream.Timeouts;
import dev.ragstream.upstream.Transport;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Records into one file and replays from it, over a pipeline of everything that a user has. */
final class Studio {

  static final String KEY = "sk-canary-\"4711\"-never-kept";
  static final String HEADER_KEY = "canary-header-0815";
  static final String QUESTION = "Is it raining?";
  static final Pace AT_ONCE = Pace.of(Double.POSITIVE_INFINITY);

  static final Timeouts PATIENT =
      new Timeouts(Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofSeconds(60));

  final Path path;
  Timeouts timeouts = PATIENT;
  ChatOptions options = ChatOptions.DEFAULTS;
  List<Passage> passages = Samples.passages("It rains until noon.", "The sun is a star.");
  List<Message> history = List.of();
  Instant now = Instant.parse("2026-11-23T09:00:00Z");

  Studio(Path path) {
    this.path = path;
  }

  /** The events of one run. */
  record Played(List<AnswerEvent> events, Ending ending) {

    String answer() {
      StringBuilder answer = new StringBuilder();
      events.forEach(event -> {
        if (event instanceof AnswerEvent.Text(String text)) {
          answer.append(text);
        }
      });
      return answer.toString();
    }

    /** With the same times everywhere. */
    List<AnswerEvent> timeless() {
      Timings never = new Timings(0, 0, 0);
      return events.stream()
          .map(event ->
              switch (event) {
                case Completed completed ->
                    new Completed(
                        completed.finishReason(),
                        completed.citations(),
                        completed.usage(),
                        completed.unread(),
                        never);
                case Cancelled _ -> new Cancelled(never);
                case Failed failed -> new Failed(failed.failure(), never);
                case AnswerEvent other -> other;
              })
          .toList();
    }
  }

  Played record(URI server, String question) {
    Endpoint endpoint =
        endpoint(
            server,
            new Secret("$TEST_KEY", () -> KEY),
            Map.of("X-Team", new Secret("$TEAM", () -> HEADER_KEY)));
    RetryPolicy retry = new RetryPolicy(0, InstantSource.system(), () -> 0, _ -> {});
    return record(
        question, via -> model(endpoint, via.through(new HttpTransport(endpoint, retry, _ -> {}))));
  }

  /** Something that becomes a model once it is known what records it. */
  interface Recorded {
    ChatModel through(Recorder recorder);
  }

  Played record(String question, Recorded model) {
    return record(question, model, _ -> {});
  }

  Played record(String question, Recorded model, Consumer<AnswerEvent> reader) {
    List<AnswerEvent> events = new ArrayList<>();
    Consumer<AnswerEvent> keeping =
        event -> {
          events.add(event);
          reader.accept(event);
        };
    CassetteFile file = new CassetteFile(path);
    file.requireRecordable();
    Recorder recorder = new Recorder(file, "in-process", now, System::nanoTime);
    Pipeline pipeline = pipeline(retriever(), model.through(recorder));
    Ending ending = recorder.record(keeping, told -> pipeline.answer(asked(question), told));
    assertThat(recorder.kept()).as("something was kept").isTrue();
    return new Played(events, ending);
  }

  Played replay(Match match, String question) {
    return replay(match, AT_ONCE, question, _ -> {});
  }

  Played replay(Match match, Pace pace, String question, Consumer<AnswerEvent> reader) {
    Replay replay = new Replay(new CassetteFile(path).read(), match, pace, this::replayed);
    List<AnswerEvent> events = new ArrayList<>();
    Consumer<AnswerEvent> keeping =
        event -> {
          events.add(event);
          reader.accept(event);
        };
    Retriever found = match == Match.QUESTION ? replay.retriever() : retriever();
    Ending ending = pipeline(found, replay).answer(asked(question), keeping);
    return new Played(events, ending);
  }

  private Optional<ChatModel> replayed(String name, URI baseUrl, Transport transport) {
    return name.equals("openai:test-model")
        ? Optional.of(model(endpoint(baseUrl, null, Map.of()), transport))
        : Optional.empty();
  }

  private ChatModel model(Endpoint endpoint, Transport transport) {
    return new HttpChatModel(new OpenAiApi("test-model", endpoint, options), transport);
  }

  private Endpoint endpoint(URI baseUrl, @Nullable Secret key, Map<String, Secret> headers) {
    return new Endpoint(baseUrl, key, headers, timeouts, new Endpoint.Names("llm", "TEST_KEY"));
  }

  private Question asked(String question) {
    return new Question(question, history);
  }

  private Retriever retriever() {
    return (query, wanted, limit) -> new Retrieval(query, wanted, passages, Duration.ofMillis(12));
  }

  private static Pipeline pipeline(Retriever retriever, ChatModel model) {
    return new Pipeline(
        retriever,
        Samples.options(1),
        new PromptBuilder(new Lines(), Samples::words, 4096, 1024),
        model);
  }

  /** One message of passages between delimiters, the history and the question. */
  private record Lines() implements Template {

    @Override
    public String name() {
      return "lines";
    }

    @Override
    public List<Message> render(Values values) {
      List<Message> messages = new ArrayList<>(values.history());
      StringBuilder text = new StringBuilder("Answer from the passages.\n");
      values.excerpts().forEach(e -> text.append(e.fenced(values.fence())).append('\n'));
      messages.add(
          new Message(
              Message.Role.USER, text.append("Question: ").append(values.question()).toString()));
      return messages;
    }
  }
}
