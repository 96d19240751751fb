package dev.ragstream.eval;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.util.List;

/** What differs between two texts, line by line. */
public final class TextDiff {

  private static final int CONTEXT_LINES = 2;

  /** The lines at the head of a diff that name files. */
  private static final int FILE_LINES = 2;

  private TextDiff() {}

  /** A unified diff without the names of files; empty where the texts are the same. */
  public static List<String> lines(String before, String after) {
    List<String> old = before.isEmpty() ? List.of() : List.of(before.split("\n", -1));
    List<String> fresh = after.isEmpty() ? List.of() : List.of(after.split("\n", -1));
    List<String> diff =
        UnifiedDiffUtils.generateUnifiedDiff(
            "before", "after", old, DiffUtils.diff(old, fresh), CONTEXT_LINES);
    return diff.stream().skip(FILE_LINES).toList();
  }
}
