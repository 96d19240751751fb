package dev.ragstream.faults;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** All rows, by the heading that they stand under. */
public final class FaultTable {

  private FaultTable() {}

  public static SequencedMap<String, List<Fault>> all() {
    SequencedMap<String, List<Fault>> rows = new LinkedHashMap<>();
    rows.put("The reader leaves", ReaderFaults.all());
    rows.put("The server cannot be reached", ConnectionFaults.all());
    rows.put("The server refuses", RefusalFaults.all());
    rows.put("The answer is no stream", BodyFaults.all());
    rows.put("The stream stalls, breaks or ends", EndingFaults.all());
    rows.put("The stream is cut up oddly", FramingFaults.all());
    rows.put("The pieces are odd", PieceFaults.all());
    return rows;
  }

  static List<Fault> rows() {
    return all().values().stream().flatMap(List::stream).toList();
  }
}
