package dev.ragstream.ingest;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The names by which columns are recognised, the surest first; case does not matter. */
enum FieldNames {
  QUESTION("question", "prompt", "query", "instruction", "q", "问题", "提问", "問題"),
  ANSWER("answer", "completion", "response", "output", "reply", "a", "答案", "回答", "解答", "答复"),
  TEXT("text", "content", "body", "正文", "内容", "內容", "文本"),
  TITLE("title", "标题", "標題", "heading"),
  ID("_id", "id", "编号", "doc_id");

  private final String names;

  FieldNames(String... names) {
    this.names = String.join("\n", names);
  }

  /** The field of a row that goes by one of these names and is not empty. */
  Optional<String> in(Map<String, String> row) {
    List<String> wanted = names.lines().toList();
    return row.entrySet().stream()
        .filter(field -> !field.getValue().isBlank())
        .map(Map.Entry::getKey)
        .filter(key -> wanted.contains(key.strip().toLowerCase(Locale.ROOT)))
        .min((a, b) -> Integer.compare(rank(wanted, a), rank(wanted, b)));
  }

  /** The field that the settings name, where the row has it, or else the one that is recognised. */
  Optional<String> in(Map<String, String> row, @Nullable String named) {
    return Optional.ofNullable(named).filter(row::containsKey).or(() -> in(row));
  }

  private static int rank(List<String> wanted, String key) {
    return wanted.indexOf(key.strip().toLowerCase(Locale.ROOT));
  }
}
