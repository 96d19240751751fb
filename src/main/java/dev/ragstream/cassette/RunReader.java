package dev.ragstream.cassette;

import dev.ragstream.cassette.Answer.End;
import dev.ragstream.cassette.Answer.How;
import dev.ragstream.cassette.Answer.InProcess;
import dev.ragstream.cassette.Answer.OverHttp;
import dev.ragstream.cassette.Answer.Piece;
import dev.ragstream.cassette.Answer.Request;
import dev.ragstream.cassette.Answer.Response;
import dev.ragstream.core.AnswerEvent;
import dev.ragstream.core.AnswerEvent.Ending;
import dev.ragstream.core.AnswerEvent.PromptBuilt;
import dev.ragstream.core.AnswerEvent.Reasoning;
import dev.ragstream.core.AnswerEvent.Retrieved;
import dev.ragstream.core.AnswerEvent.Text;
import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import dev.ragstream.core.Prompt;
import dev.ragstream.core.Retrieval;
import dev.ragstream.render.EventReader;
import dev.ragstream.render.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the lines of one run, as {@link RunJson} writes them. */
final class RunReader {

  private final Path file;
  private final int firstLine;
  private final Instant recorded;
  private final String model;
  private final String question;
  private final EventReader events;
  private final List<Piece> pieces = new ArrayList<>();
  private final List<Chunk> chunks = new ArrayList<>();
  private @Nullable Retrieval retrieval;
  private @Nullable Prompt prompt;
  private @Nullable Request request;
  private @Nullable Response response;
  private @Nullable End end;

  /**
   * Reads the first line.
   *
   * @param firstLine its number in the file, from 1
   * @throws FailureException of kind {@code CASSETTE} where it is not one
   */
  RunReader(Path file, int firstLine, JsonNode tree) {
    this.file = file;
    this.firstLine = firstLine;
    JsonObject run = object(tree, firstLine);
    if (!RunJson.RUN.equals(run.text(RunJson.TYPE))) {
      throw damaged(firstLine, "a run begins with a line of the type 'run'");
    }
    this.recorded = parsed(run, "recorded", Instant::parse);
    this.model = run.text("model");
    this.question = run.text("question");
    this.events =
        new EventReader(
            Failure.Kind.CASSETTE,
            "the cassette %s, in the run from line %d on,".formatted(file, firstLine));
  }

  /**
   * Reads a further line.
   *
   * @return the whole run, where this was its last line
   */
  @Nullable Run next(int line, JsonNode tree) {
    JsonObject object = object(tree, line);
    String type = object.text(RunJson.TYPE);
    switch (type) {
      case RunJson.REQUEST -> request = request(object);
      case RunJson.RESPONSE ->
          response =
              new Response(
                  object.longInteger("at"), object.integer("status"), object.text("contentType"));
      case ChunkText.TYPE -> chunks.add(chunk(object));
      case RunJson.END -> end = end(object);
      default -> {
        return event(line, object, events.read(tree));
      }
    }
    return null;
  }

  private @Nullable Run event(int line, JsonObject object, AnswerEvent event) {
    switch (event) {
      case Retrieved(Retrieval found) -> retrieval = found;
      case PromptBuilt(Prompt built) -> prompt = built;
      case Text(String text) -> pieces.add(new Piece(object.longInteger("at"), false, text));
      case Reasoning(String text) -> pieces.add(new Piece(object.longInteger("at"), true, text));
      case Ending ending -> {
        return run(line, ending);
      }
    }
    return null;
  }

  private Run run(int line, Ending ending) {
    if (retrieval == null || prompt == null) {
      throw damaged(line, "the run ends without what was retrieved, or without a prompt");
    }
    if (!question.equals(prompt.question().text())) {
      throw damaged(firstLine, "its question is not the one of its prompt");
    }
    return new Run(firstLine, recorded, model, retrieval, prompt, answer(line), ending);
  }

  private Answer answer(int line) {
    if (request == null) {
      return new InProcess(pieces);
    }
    if (end == null) {
      throw damaged(line, "the stream of bytes has no end");
    }
    if (response == null && end.how() != How.REFUSED && end.how() != How.INTERRUPTED) {
      throw damaged(line, "there is no response");
    }
    return new OverHttp(request, response, chunks, end);
  }

  private static Request request(JsonObject object) {
    JsonNode body = object.node().get("body");
    if (body == null) {
      throw object.unfit("body", "missing");
    }
    return new Request(
        object.text("method"),
        parsed(object, "url", URI::create),
        parsed(object, "baseUrl", URI::create),
        body);
  }

  private static Chunk chunk(JsonObject object) {
    byte[] bytes =
        object.has(ChunkText.TEXT)
            ? object.text(ChunkText.TEXT).getBytes(StandardCharsets.UTF_8)
            : parsed(object, ChunkText.BASE64, Base64.getDecoder()::decode);
    return new Chunk(object.longInteger("at"), bytes);
  }

  private static End end(JsonObject object) {
    How how = object.constant("how", How.class);
    return new End(
        object.longInteger("at"),
        how,
        how == How.STALLED ? Duration.ofMillis(object.longInteger("silentMillis")) : Duration.ZERO);
  }

  private static <T> T parsed(JsonObject object, String name, Function<String, T> parser) {
    try {
      return parser.apply(object.text(name));
    } catch (IllegalArgumentException | DateTimeParseException _) {
      throw object.unfit(name, "malformed");
    }
  }

  private JsonObject object(JsonNode tree, int line) {
    return new JsonObject(tree, "the line", why -> damaged(line, why));
  }

  private FailureException damaged(int line, String why) {
    return CassetteFailures.damaged(file, line, why);
  }
}
