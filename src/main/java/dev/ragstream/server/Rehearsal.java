package dev.ragstream.server;

import dev.ragstream.core.ChatModel;
import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Trouble on purpose, so that a front end's developer sees how the page takes it: {@code
 * rate=20/s,first=3s,stall=10}.
 *
 * @param perSecond how many pieces come in a second at most; 0: as they come
 * @param first how long the first piece is waited for
 * @param stall after so many pieces nothing comes any more, until the model is given up
 * @param error after so many pieces the model fails; {@link #NEVER}
 * @param cut after so many events the connection breaks off; {@link #NEVER}
 * @param duplicate every so many events one comes twice; 0: none
 * @param split whether what is sent comes in two halves
 * @param status the request is refused with it: 429 or 503; 0: it is not
 */
record Rehearsal(
    int perSecond,
    Duration first,
    int stall,
    int error,
    int cut,
    int duplicate,
    boolean split,
    int status) {

  /** In the place of a number of pieces or events that is never reached. */
  static final int NEVER = -1;

  static final Rehearsal NONE = new Rehearsal(0, Duration.ZERO, NEVER, NEVER, NEVER, 0, false, 0);

  private static final String KNOWN =
      "rate=20/s, first=3s, stall=N, error=N, cut=N, duplicate=N, split, 429 and 503";

  private static final Pattern NUMBERED = Pattern.compile("([a-z]+)=(\\d{1,6})(/s|s|ms)?");
  private static final Duration RETRY = Duration.ofSeconds(2);

  /**
   * Reads what is wanted.
   *
   * @param spec null or empty: nothing
   * @throws RefusedException where it is not understood
   */
  static Rehearsal of(@Nullable String spec) {
    Rehearsal rehearsal = NONE;
    if (spec == null || spec.isBlank()) {
      return rehearsal;
    }
    for (String part : spec.split(",", -1)) {
      Matcher numbered = NUMBERED.matcher(part.strip());
      rehearsal =
          numbered.matches()
              ? rehearsal.with(
                  numbered.group(1) + "=N" + Objects.requireNonNullElse(numbered.group(3), ""),
                  Integer.parseInt(numbered.group(2)))
              : rehearsal.with(part.strip(), 0);
    }
    return rehearsal;
  }

  /**
   * Looks whether a setting is understood.
   *
   * @throws FailureException of kind {@code SETTINGS} where it is not
   */
  static void check(@Nullable String setting) {
    try {
      of(setting);
    } catch (RefusedException e) {
      throw new FailureException(
          new Failure(
              Failure.Kind.SETTINGS,
              "serve.rehearse cannot be " + setting,
              "use " + KNOWN + "; several between commas"),
          e);
    }
  }

  /** One more trouble, where N stands for the number. */
  private Rehearsal with(String part, int n) {
    return switch (part) {
      case "rate=N/s", "rate=N" ->
          new Rehearsal(some(n), first, stall, error, cut, duplicate, split, status);
      case "first=Ns", "first=N" -> late(Duration.ofSeconds(n));
      case "first=Nms" -> late(Duration.ofMillis(n));
      case "stall=N" -> new Rehearsal(perSecond, first, n, error, cut, duplicate, split, status);
      case "error=N" -> new Rehearsal(perSecond, first, stall, n, cut, duplicate, split, status);
      case "cut=N" -> new Rehearsal(perSecond, first, stall, error, n, duplicate, split, status);
      case "duplicate=N" ->
          new Rehearsal(perSecond, first, stall, error, cut, some(n), split, status);
      case "split" -> new Rehearsal(perSecond, first, stall, error, cut, duplicate, true, status);
      case "429", "503" ->
          new Rehearsal(
              perSecond, first, stall, error, cut, duplicate, split, Integer.parseInt(part));
      default -> throw notUnderstood(part.replace("=N", "=" + n));
    };
  }

  private static int some(int n) {
    if (n == 0) {
      throw Body.invalid("nothing can be rehearsed every 0 times");
    }
    return n;
  }

  private Rehearsal late(Duration by) {
    return new Rehearsal(perSecond, by, stall, error, cut, duplicate, split, status);
  }

  /** Whether something happens to the events on their way. */
  boolean troublesWire() {
    return cut != NEVER || duplicate > 0;
  }

  /**
   * Refuses the request where that is rehearsed.
   *
   * @throws RefusedException then
   */
  void refuse() {
    if (status != 0) {
      throw new Refusal(
              status,
              new Failure(
                  status == 429 ? Failure.Kind.UPSTREAM_RATE_LIMITED : Failure.Kind.UPSTREAM_ERROR,
                  "a rehearsed " + status,
                  "ask again after Retry-After"),
              RETRY)
          .exception();
    }
  }

  /**
   * The model as it behaves in the rehearsal.
   *
   * @param silence how long a stall lasts
   */
  ChatModel of(ChatModel model, Duration silence) {
    return perSecond == 0 && first.isZero() && stall == NEVER && error == NEVER
        ? model
        : new RehearsedModel(model, this, silence);
  }

  FailureException rehearsedError() {
    return new FailureException(
        Failure.Kind.UPSTREAM_ERROR,
        "a rehearsed error after " + error + " pieces",
        "leave rehearse out to see the whole answer");
  }

  FailureException rehearsedStall(Duration silence) {
    return new FailureException(
        Failure.Kind.UPSTREAM_STALLED,
        "the model sent nothing for " + silence.toMillis() / 1000.0 + " s, as rehearsed",
        "leave rehearse out to see the whole answer");
  }

  private static RefusedException notUnderstood(String part) {
    return Body.invalid("'" + part + "' cannot be rehearsed, but " + KNOWN + " can");
  }
}
