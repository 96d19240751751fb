package dev.ragstream.cassette;

import dev.ragstream.core.AnswerEvent;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** How a recorded model answered. All times are in milliseconds from its request. */
sealed interface Answer {

  /** In process: the pieces themselves. */
  record InProcess(List<Piece> pieces) implements Answer {

    public InProcess {
      pieces = List.copyOf(pieces);
    }
  }

  /**
   * From a server.
   *
   * @param response null where no success came
   */
  record OverHttp(Request request, @Nullable Response response, List<Chunk> chunks, End end)
      implements Answer {

    public OverHttp {
      chunks = List.copyOf(chunks);
    }
  }

  /** Of the answer. */
  record Piece(long at, boolean reasoning, String text) {

    AnswerEvent event() {
      return reasoning ? new AnswerEvent.Reasoning(text) : new AnswerEvent.Text(text);
    }
  }

  /**
   * What was asked; without headers, where keys are.
   *
   * @param url without user and query, where keys may be
   * @param baseUrl of it, as in the setting {@code llm.baseUrl}
   */
  record Request(String method, URI url, URI baseUrl, JsonNode body) {}

  /** The head of the answer. */
  record Response(long at, int status, String contentType) {}

  /**
   * The end of the bytes.
   *
   * @param silence how long the server had been silent; zero but for {@code STALLED}
   */
  record End(long at, How how, Duration silence) {

    End(long at, How how) {
      this(at, how, Duration.ZERO);
    }
  }

  /** Why no more bytes came. */
  enum How {
    /** The server closed in good order. */
    CLOSED,
    /** The connection broke. */
    RESET,
    /** The server fell silent. */
    STALLED,
    /** There was no answer to read: the run's failure says why. */
    REFUSED,
    /** The reader needed no more. */
    LEFT,
    /** The reader was interrupted. */
    INTERRUPTED
  }
}
