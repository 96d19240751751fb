package dev.ragstream.journal;

import dev.ragstream.core.AnswerEvent.Ending;
import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import dev.ragstream.render.EventJson;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Runs in the journal's file. */
public final class SqliteRunJournal implements RunJournal {

  private static final Pattern LAST = Pattern.compile("last(?:~(\\d{1,9}))?");

  /** How many of the runs that a prefix may mean are told. */
  private static final int TOLD = 5;

  private final JournalFile file;
  private final InstantSource clock;
  private final RunRows rows;

  /** Of the run that began last. */
  private long lastTick = -1;

  /** Takes the file over: {@link #close()} closes it. */
  public SqliteRunJournal(JournalFile file, InstantSource clock) {
    this.file = file;
    this.clock = clock;
    this.rows = new RunRows("the journal " + file.path());
  }

  @Override
  public String begin(RunStart start) {
    Instant now = clock.instant();
    return file.write(connection -> {
      String id = freeId(connection, Math.max(RunId.tick(now), lastTick + 1));
      update(
          connection,
          "INSERT INTO run (id, started, question, history, model, settings) VALUES (?, ?, ?, ?, ?, ?)",
          id,
          now.toEpochMilli(),
          start.question().text(),
          rows.history(start),
          start.model(),
          rows.settings(start));
      return id;
    });
  }

  /** Of two runs that begin at once, the second one takes the next tick. */
  private String freeId(Connection connection, long tick) throws SQLException {
    for (long next = tick; true; next++) {
      String id = RunId.of(next);
      if (select(connection, "SELECT id FROM run WHERE id = ?", row -> id, id).isEmpty()) {
        lastTick = next;
        return id;
      }
    }
  }

  @Override
  public void together(Runnable writes) {
    file.together(writes);
  }

  @Override
  public void add(String id, List<TimedEvent> events) {
    file.write(connection -> {
      for (TimedEvent timed : events) {
        String json = EventJson.line(timed.event());
        update(
            connection,
            "INSERT INTO event (run, millis, json) VALUES (?, ?, ?)",
            id,
            timed.millis(),
            json);
        if (timed.event() instanceof Ending) {
          update(connection, "UPDATE run SET ending = ? WHERE id = ?", json, id);
        }
      }
      return id;
    });
  }

  @Override
  public List<RunSummary> runs(RunQuery wanted) {
    String ending =
        wanted.ending() == null ? null : wanted.ending().name().toLowerCase(Locale.ROOT);
    return file.read(
        List.of(),
        connection ->
            select(
                connection,
                """
                SELECT * FROM run
                WHERE (?1 IS NULL OR instr(model, ?1) > 0)
                AND (?2 IS NULL OR coalesce(json_extract(ending, '$.type'), 'unfinished') = ?2)
                AND (?3 IS NULL OR instr(lower(question), lower(?3)) > 0)
                ORDER BY started DESC, id DESC LIMIT ?4
                """,
                rows::summary,
                wanted.model(),
                ending,
                wanted.text(),
                wanted.limit()));
  }

  @Override
  public Run run(String reference) {
    Matcher last = LAST.matcher(reference.strip());
    List<RunSummary> meant =
        last.matches()
            ? back(last.group(1) == null ? 0 : Integer.parseInt(last.group(1)))
            : beginningWith(RunId.spelt(reference));
    if (meant.isEmpty()) {
      throw unknown(reference);
    }
    if (meant.size() > 1) {
      throw new FailureException(
          Failure.Kind.USAGE,
          "several runs begin with '%s': %s"
              .formatted(
                  reference,
                  String.join(", ", meant.stream().limit(TOLD).map(RunSummary::id).toList())
                      + (meant.size() > TOLD ? ", …" : "")),
          "write more of the id, or 'last' for the last run");
    }
    return whole(meant.getFirst().id());
  }

  private List<RunSummary> back(int runs) {
    return file.read(
        List.of(),
        connection ->
            select(
                connection,
                "SELECT * FROM run ORDER BY started DESC, id DESC LIMIT 1 OFFSET ?",
                rows::summary,
                runs));
  }

  /** No more than it takes to tell that there are too many; an id that is whole means itself. */
  private List<RunSummary> beginningWith(String prefix) {
    if (prefix.isEmpty()) {
      return List.of();
    }
    return file.read(
        List.of(),
        connection ->
            select(
                connection,
                "SELECT * FROM run WHERE substr(id, 1, length(?1)) = ?1 ORDER BY id DESC LIMIT ?2",
                rows::summary,
                prefix,
                TOLD + 1));
  }

  private Run whole(String id) {
    List<TimedEvent> events =
        file.read(
            List.of(),
            connection ->
                select(
                    connection,
                    "SELECT millis, json FROM event WHERE run = ? ORDER BY n",
                    rows.events(),
                    id));
    return file
        .read(
            List.<Run>of(),
            connection ->
                select(
                    connection, "SELECT * FROM run WHERE id = ?", row -> rows.run(row, events), id))
        .stream()
        .findFirst()
        .orElseThrow(() -> unknown(id)); // removed in between
  }

  private static FailureException unknown(String reference) {
    return new FailureException(
        Failure.Kind.USAGE,
        "there is no run '" + reference + "'",
        "see 'ragstream log' for those that there are");
  }

  @Override
  public List<RunSummary> removable(Removal removal) {
    return file.read(List.of(), connection -> removable(connection, removal));
  }

  private List<RunSummary> removable(Connection connection, Removal removal) throws SQLException {
    return switch (removal) {
      case Removal.OlderThan(var age) ->
          select(
              connection,
              "SELECT * FROM run WHERE started < ? ORDER BY started DESC, id DESC",
              rows::summary,
              clock.instant().minus(age).toEpochMilli());
      case Removal.AllBut(int newest) ->
          select(
              connection,
              "SELECT * FROM run ORDER BY started DESC, id DESC LIMIT -1 OFFSET ?",
              rows::summary,
              newest);
    };
  }

  @Override
  public List<RunSummary> remove(Removal removal) {
    if (removable(removal).isEmpty()) {
      return List.of();
    }
    List<RunSummary> removed =
        file.write(connection -> {
          List<RunSummary> going = removable(connection, removal);
          for (RunSummary run : going) {
            update(connection, "DELETE FROM run WHERE id = ?", run.id());
          }
          return going;
        });
    file.compact();
    return removed;
  }

  @Override
  public void close() {
    file.close();
  }

  private static void update(Connection connection, String sql, Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      set(statement, values);
      statement.executeUpdate();
    }
  }

  private static <T> List<T> select(
      Connection connection, String sql, RunRows.Reading<T> reading, @Nullable Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      set(statement, values);
      List<T> found = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          found.add(reading.of(row));
        }
      }
      return List.copyOf(found);
    }
  }

  private static void set(PreparedStatement statement, @Nullable Object... values)
      throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
  }
}
